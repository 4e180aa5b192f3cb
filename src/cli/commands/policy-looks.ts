import {
  readPolicyUses,
  reviewPolicyUse,
  type PolicyUsesQuery,
} from '../../app/review-policy-use.ts'
import { tryPolicy, type DecidedAs, type TryPeriod } from '../../app/try-policy.ts'
import type { PolicyBound } from '../../core/policy-match.ts'
import { REVIEW_FINDINGS } from '../../core/policy.ts'
import { formatTime } from '../../core/time.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { momentFrom } from '../moment.ts'
import type { Output } from '../output.ts'
import { timeForPeople } from '../words.ts'
import { nameFrom, pathOf } from './policies.ts'

interface TrialOnWire {
  readonly from_at: string
  readonly until_at: string
  readonly notices: number
  readonly used: number
  readonly held_back: readonly { readonly bound: PolicyBound; readonly count: number }[]
  readonly decided: Readonly<Record<DecidedAs, number>>
  readonly examples: readonly { readonly case_id: string; readonly decided: DecidedAs }[]
}

interface UseOnWire {
  readonly id: string
  readonly policy_id: string
  readonly version: number
  readonly case_id: string
  readonly used_at: string
  readonly review: string
}

/** Looking before a policy is used, and after it was. */
export const POLICY_LOOKS: readonly Command[] = [
  {
    name: 'policies try',
    operands: ['ID', 'VERSION'],
    options: {
      from: { value: 'TIME', text: { ja: '到達がこの日時以後', en: 'Arrived from then on' } },
      until: {
        value: 'TIME',
        text: { ja: 'この日時より前（既定は30日間）', en: 'Before then (default: 30 days)' },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '方針を過去の通知で試す（結果を示すだけで、何も変えない）',
      en: 'Try a policy on what arrived (shows what it would have done, changes nothing)',
    },
    run: tryOne,
  },
  {
    name: 'policies review',
    operands: ['[USE]'],
    options: {
      finding: {
        value: 'FINDING',
        text: { ja: REVIEW_FINDINGS.join(', '), en: REVIEW_FINDINGS.join(', ') },
      },
      note: { value: 'TEXT', text: { ja: '内部の記録', en: 'Internal note' } },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '事後の確認: 抽出された適用の一覧。USE を指定すると確認の結果を記録する（取消しは cases reverse）',
      en: 'Uses that were drawn for a look afterwards; with USE says what it found (cases reverse takes back)',
    },
    run: (call) => (call.flags.operandCount === 0 ? listDue(call) : reviewOne(call)),
  },
]

async function tryOne(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const name = nameFrom(flags)
  const period = { from: timeFrom(flags, 'from'), until: timeFrom(flags, 'until') }
  const trial = (await onDesk(call, {
    devOperator: 'lead',
    isForSystem: false,
    method: 'GET',
    path: `${pathOf(name)}/trial${queryOf(period)}`,
    run: (ctx, actor) => tryPolicy(ctx, actor, name, period),
  })) as TrialOnWire
  out.result(trial, () => {
    printTrial(out, trial)
  })
  return 0
}

function timeFrom(flags: Flags, name: 'from' | 'until'): number | null {
  const text = flags.text(name)
  return text === undefined ? null : momentFrom(`--${name}`, text)
}

function queryOf({ from, until }: TryPeriod): string {
  const query = new URLSearchParams()
  if (from !== null) query.set('from', formatTime(from))
  if (until !== null) query.set('until', formatTime(until))
  return query.size === 0 ? '' : `?${query.toString()}`
}

const BOUNDS: Readonly<Record<PolicyBound, Bilingual>> = {
  lane: { ja: '手続区分', en: 'lane' },
  older_notice: { ja: '有効化より前', en: 'older than the policy' },
  target: { ja: '対象を特定できず、又は非公開', en: 'target unknown or private' },
  gone: { ja: '掲載なし', en: 'gone' },
  people: { ja: '人が担当', en: 'with people' },
  decided_before: { ja: '判断済みの対象', en: 'decided before' },
  life: { ja: '人命に関わる', en: 'danger to life' },
  grave: { ja: '二人で判断する種類', en: 'two people decide' },
}
const DECIDED: Readonly<Record<DecidedAs, Bilingual>> = {
  measure: { ja: '措置', en: 'measure' },
  no_measure: { ja: '措置なし', en: 'no measure' },
  already_gone: { ja: '掲載なし', en: 'already gone' },
  open: { ja: '判断前', en: 'open' },
}

function printTrial(out: Output, trial: TrialOnWire): void {
  const { from_at, until_at, notices, used, held_back, decided, examples } = trial
  const list = (rows: readonly (readonly [Bilingual, number])[]): string =>
    rows.map(([name, count]) => `${out.text(name)} ${count}`).join(', ') || '—'
  const kinds = Object.keys(DECIDED) as DecidedAs[]
  out.facts([
    [
      { ja: '期間', en: 'period' },
      `${timeForPeople(out, from_at)} – ${timeForPeople(out, until_at)}`,
    ],
    [{ ja: '通知', en: 'notices' }, String(notices)],
    [{ ja: '用いるもの', en: 'used on' }, String(used)],
    [
      { ja: '実際の判断', en: 'what was decided' },
      list(kinds.map((kind) => [DECIDED[kind], decided[kind]] as const)),
    ],
    [
      { ja: '用いないもの', en: 'held back' },
      list(held_back.map(({ bound, count }) => [BOUNDS[bound], count] as const)),
    ],
  ])
  for (const { case_id, decided: as } of examples) out.say(`  ${case_id}  ${out.text(DECIDED[as])}`)
  out.say({ ja: '何も変えていません。', en: 'Nothing was changed.' })
}

async function listDue(call: Call): Promise<ExitCode> {
  const { out } = call
  const query: PolicyUsesQuery = { review: 'due', limit: 200 }
  const answer = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'GET',
    path: '/v1/policies/uses?review=due&limit=200',
    run: (ctx, actor) => readPolicyUses(ctx, actor, query),
  })) as { readonly items: readonly UseOnWire[] }
  out.result(answer, () => {
    if (answer.items.length === 0)
      out.say({ ja: '確認を待つものはありません。', en: 'Nothing waits for a look.' })
    for (const { id, policy_id, version, case_id, used_at } of answer.items)
      out.say(`${id}  ${policy_id} ${version}  ${case_id}  ${timeForPeople(out, used_at)}`)
  })
  return 0
}

async function reviewOne(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'USE')
  flags.need('finding')
  const body = {
    finding: flags.oneOf('finding', REVIEW_FINDINGS, 'confirmed'),
    note: flags.text('note') ?? null,
  }
  const use = (await onDesk(call, {
    devOperator: 'reviewer',
    isForSystem: false,
    method: 'POST',
    path: `/v1/policies/uses/${encodeURIComponent(id)}/review`,
    body,
    run: (ctx, actor) => reviewPolicyUse(ctx, actor, id, body),
  })) as UseOnWire
  out.result(use, () => {
    out.say({ ja: `記録しました: ${use.id}`, en: `Kept: ${use.id}` })
  })
  return 0
}
