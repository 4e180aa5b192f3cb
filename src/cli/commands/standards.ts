import { publishStandard } from '../../app/publish-standard.ts'
import { readStandards } from '../../app/read-standards.ts'
import type { StandardDocument } from '../../generated/types.ts'
import { fromStandard } from '../../schema/to-core.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Output } from '../output.ts'
import { timeForPeople } from '../words.ts'
import { readJsonFile } from '../read-json-file.ts'

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

interface StandardOnWire extends StandardDocument {
  readonly in_force: boolean
  readonly citable_from: string
  readonly change_due_since: string | null
}

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
          items: (await readStandards(ctx, actor)).map(
            ({ inForce, citableFrom, changeDueSince, ...standard }) => ({
              ...fromStandard(standard),
              inForce,
              citableFrom,
              changeDueSince,
            }),
          ),
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
  const { citable_from, change_due_since } = standard
  out.say(`${id}  ${version}  ${title[out.lang]}`)
  out.say({
    ja: `  ${effective_on} から${ends_on ? ` ${ends_on} まで` : ''}（${in_force ? '施行中' : '施行中ではない'}）`,
    en: `  from ${effective_on}${ends_on ? ` to ${ends_on}` : ''} (${in_force ? 'in force' : 'not in force'})`,
  })
  if (citable_from > effective_on)
    out.say({
      ja: `  送信防止措置の根拠とできるのは ${citable_from} から（公表から14日。施行規則17条）`,
      en: `  a transmission may be prevented on it from ${citable_from} (14 days after publication)`,
    })
  if (change_due_since !== null)
    out.say({
      ja: `  予測できない緊急（${timeForPeople(out, change_due_since)}）を受けた変更が必要です（26条3項）`,
      en: `  an unforeseen emergency (${timeForPeople(out, change_due_since)}) asks for a change (article 26(3))`,
    })
  for (const clause of clauses) out.say(`    ${clause.id}  ${clause.title[out.lang]}`)
}
