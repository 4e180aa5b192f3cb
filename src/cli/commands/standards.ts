import { publishStandard } from '../../app/publish-standard.ts'
import { readStandards } from '../../app/read-standards.ts'
import type { StandardDocument } from '../../generated/types.ts'
import { fromStandard } from '../../schema/to-core.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Output } from '../output.ts'
import { readJsonFile } from '../read-json-file.ts'

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

type StandardOnWire = StandardDocument & { readonly in_force: boolean }

/** Standards: the platform's published rules, which decisions cite. */
export const STANDARDS: readonly Command[] = [
  {
    name: 'standards publish',
    operands: ['FILE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '自社基準の版を登録する（FILE は schemas/standard.schema.json の JSON。後から編集はできない）',
      en: 'Enter a version of your standard (FILE: JSON as in schemas/standard.schema.json; never edited later)',
    },
    run: async (call: Call): Promise<ExitCode> => {
      const { flags, out } = call
      const body = readJsonFile(flags.operand(0, 'FILE'))
      const standard = (await onDesk(call, {
        ...ADMIN,
        method: 'POST',
        path: '/v1/standards',
        body,
        run: async (ctx, actor) => fromStandard(await publishStandard(ctx, actor, body)),
      })) as StandardDocument
      out.result(standard, () => {
        const name = `${standard.title[out.lang]} ${standard.version}`
        out.say({
          ja: `登録しました: ${name}（${standard.effective_on} から）`,
          en: `Published: ${name} (from ${standard.effective_on})`,
        })
      })
      return 0
    },
  },
  {
    name: 'standards list',
    options: ACCESS_OPTIONS,
    summary: { ja: '自社基準の版と条項の一覧', en: 'List versions and clauses of your standards' },
    run: async (call: Call): Promise<ExitCode> => {
      const { out } = call
      const answer = (await onDesk(call, {
        ...ADMIN,
        method: 'GET',
        path: '/v1/standards',
        run: async (ctx, actor) => ({
          items: (await readStandards(ctx, actor)).map(({ inForce, ...standard }) => ({
            ...fromStandard(standard),
            inForce,
          })),
        }),
      })) as { readonly items: readonly StandardOnWire[] }
      out.result(answer, () => {
        if (answer.items.length === 0)
          out.say({ ja: '登録された自社基準はありません。', en: 'No standard is published.' })
        for (const standard of answer.items) printStandard(out, standard)
      })
      return 0
    },
  },
]

function printStandard(out: Output, standard: StandardOnWire): void {
  const { id, version, title, effective_on, ends_on, in_force, clauses } = standard
  out.say(`${id}  ${version}  ${title[out.lang]}`)
  out.say({
    ja: `  ${effective_on} から${ends_on ? ` ${ends_on} まで` : ''}（${in_force ? '施行中' : '施行中ではない'}）`,
    en: `  from ${effective_on}${ends_on ? ` to ${ends_on}` : ''} (${in_force ? 'in force' : 'not in force'})`,
  })
  for (const clause of clauses) out.say(`    ${clause.id}  ${clause.title[out.lang]}`)
}
