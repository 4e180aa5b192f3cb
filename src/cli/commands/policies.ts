import { addPolicy } from '../../app/add-policy.ts'
import { activatePolicy, adoptPolicy, retirePolicy } from '../../app/change-policy.ts'
import type { Actor } from '../../app/actor.ts'
import type { AppContext } from '../../app/context.ts'
import { exportPolicy, readPolicies, readPolicy } from '../../app/read-policies.ts'
import type { PolicyName } from '../../core/policy.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { printPolicies, printPolicy, type PolicyOnWire } from '../policy-text.ts'
import { readJsonFile } from '../read-json-file.ts'
import { UsageError } from '../usage-error.ts'

const LEAD = { devOperator: 'lead', isForSystem: false } as const
const SECOND = { devOperator: 'second', isForSystem: false } as const
const VERSION = ['ID', 'VERSION'] as const

/** Standing policies: rules that are adopted before what they are used on arrives. */
export const POLICIES: readonly Command[] = [
  {
    name: 'policies list',
    options: ACCESS_OPTIONS,
    summary: { ja: '事前方針の版の一覧', en: 'List versions of your standing policies' },
    run: list,
  },
  {
    name: 'policies show',
    operands: VERSION,
    options: ACCESS_OPTIONS,
    summary: { ja: '事前方針の版を見る', en: 'Show a version of a policy' },
    run: (call) => oneVersion(call, 'GET', '', LEAD, readPolicy),
  },
  {
    name: 'policies add',
    operands: ['FILE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '事前方針の新しい版を下書きとして登録する（FILE は schemas/policy.schema.json の JSON）',
      en: 'Write down a new version, as a draft (FILE: JSON as in schemas/policy.schema.json)',
    },
    run: (call) => add(call, false),
  },
  {
    name: 'policies import',
    operands: ['FILE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: 'ほかの事業者が書き出した方針を、下書きとして取り込む',
      en: "Take over another platform's exported policy, as a draft",
    },
    run: (call) => add(call, true),
  },
  {
    name: 'policies export',
    operands: VERSION,
    options: ACCESS_OPTIONS,
    summary: {
      ja: '方針を書き出す（通知元、アカウント、件数、契機とした要請を含まない）',
      en: 'Print a policy for others (no senders, accounts, figures, nor what prompted it)',
    },
    run: exportOne,
  },
  {
    name: 'policies adopt',
    operands: VERSION,
    options: ACCESS_OPTIONS,
    summary: {
      ja: '下書きを採択する（用いるには二人目の有効化が必要）',
      en: 'Adopt a draft (a second person has to activate it)',
    },
    run: (call) => oneVersion(call, 'POST', '/adoption', LEAD, adoptPolicy),
  },
  {
    name: 'policies activate',
    operands: VERSION,
    options: ACCESS_OPTIONS,
    summary: {
      ja: '採択された版を二人目として有効にする（この後に到達した通知に用いる）',
      en: 'Put an adopted version into use, as the second person (for what arrives from then on)',
    },
    run: (call) => oneVersion(call, 'POST', '/activation', SECOND, activatePolicy),
  },
  {
    name: 'policies retire',
    operands: VERSION,
    options: ACCESS_OPTIONS,
    summary: {
      ja: '方針を廃止する（これまでの判断はそのまま）',
      en: 'Use a policy no more (what was decided by it stands)',
    },
    run: (call) => oneVersion(call, 'POST', '/retirement', LEAD, retirePolicy),
  },
]

async function list(call: Call): Promise<ExitCode> {
  const { out } = call
  const answer = (await onDesk(call, {
    ...LEAD,
    method: 'GET',
    path: '/v1/policies',
    run: async (ctx, actor) => ({ items: await readPolicies(ctx, actor) }),
  })) as { readonly items: readonly PolicyOnWire[] }
  out.result(answer, () => {
    printPolicies(out, answer.items)
  })
  return 0
}

async function add(call: Call, imported: boolean): Promise<ExitCode> {
  const { flags, out } = call
  const body = readJsonFile(flags.operand(0, 'FILE'))
  const policy = (await onDesk(call, {
    ...LEAD,
    method: 'POST',
    path: imported ? '/v1/policies/import' : '/v1/policies',
    body,
    run: (ctx, actor) => addPolicy(ctx, actor, body, { imported }),
  })) as PolicyOnWire
  out.result(policy, () => {
    out.say(DRAFTED)
    printPolicy(out, policy)
  })
  return 0
}

const DRAFTED: Bilingual = {
  ja: '下書きとして登録しました。採択し、別の人が有効にするまで、何も行いません。',
  en: 'Written down as a draft. It does nothing until it is adopted, and activated by another person.',
}

async function oneVersion(
  call: Call,
  method: 'GET' | 'POST',
  step: string,
  who: typeof LEAD | typeof SECOND,
  run: (ctx: AppContext, actor: Actor, name: PolicyName) => Promise<unknown>,
): Promise<ExitCode> {
  const { flags, out } = call
  const name = nameFrom(flags)
  const path = `${pathOf(name)}${step}`
  const policy = (await onDesk(call, {
    ...who,
    method,
    path,
    run: (ctx, actor) => run(ctx, actor, name),
  })) as PolicyOnWire
  out.result(policy, () => {
    printPolicy(out, policy)
  })
  return 0
}

/** JSON in every case: it is a file for somebody else. */
async function exportOne(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const name = nameFrom(flags)
  const rule = await onDesk(call, {
    ...LEAD,
    method: 'GET',
    path: `${pathOf(name)}/export`,
    run: (ctx, actor) => exportPolicy(ctx, actor, name),
  })
  out.result(rule, () => {
    out.say(JSON.stringify(rule, null, 2))
  })
  return 0
}

/** The two operands that name a version. */
export function nameFrom(flags: Flags): PolicyName {
  const id = flags.operand(0, 'ID')
  const version = flags.operand(1, 'VERSION')
  if (/^[1-9]\d{0,8}$/.test(version)) return { id, version: Number(version) }
  throw new UsageError('VERSION は1からの番号です。', 'VERSION is a number from 1.')
}

export const pathOf = ({ id, version }: PolicyName): string =>
  `/v1/policies/${encodeURIComponent(id)}/versions/${version}`
