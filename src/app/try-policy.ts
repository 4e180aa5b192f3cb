import type { CaseRecord } from '../core/case.ts'
import { firstIdAt, type Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { boundOf, policyMatches, type PolicyBound } from '../core/policy-match.ts'
import type { PolicyName, PolicyRecord } from '../core/policy.ts'
import { DAY } from '../core/time.ts'
import type { Reader } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { asOpened, policyFactsOf } from './policy-facts.ts'
import { policyOf } from './read-policies.ts'

const PAGE = 500
const MAX_EXAMPLES = 50
const DEFAULT_PERIOD_MS = 30 * DAY

/** The notices to try it on, by the time of their arrival; from inclusive, until exclusive. */
export interface TryPeriod {
  readonly from: number | null
  readonly until: number | null
}

/** What people decided on a case, as far as it can be compared. */
export type DecidedAs = 'measure' | 'no_measure' | 'already_gone' | 'open'

/** 試行の結果: what it would have done, had it been in use. Counts of notices; nothing per sender. */
export interface PolicyTrial {
  readonly id: string
  readonly version: number
  readonly effect: PolicyRecord['effect']['kind']
  readonly fromAt: number
  readonly untilAt: number
  readonly notices: number
  readonly used: number
  /** It matches, and a bound keeps it from being used. */
  readonly heldBack: readonly { readonly bound: PolicyBound; readonly count: number }[]
  /** Where it would have been used: what was decided instead. */
  readonly decided: Readonly<Record<DecidedAs, number>>
  /** The newest of these; at most fifty. */
  readonly examples: readonly { readonly caseId: Id<'cas'>; readonly decided: DecidedAs }[]
}

/**
 * 方針を試す: runs a version over what arrived in a period, page by page, and changes nothing. What was
 * observed then is what counts; whether it arrived before the policy is left aside.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function tryPolicy(
  ctx: AppContext,
  actor: Actor,
  name: PolicyName,
  period: TryPeriod = { from: null, until: null },
): Promise<PolicyTrial> {
  requirePermission(actor, 'policies.try')
  const policy = await policyOf(ctx, name)
  const untilAt = period.until ?? ctx.clock.now() + 1
  const fromAt = period.from ?? untilAt - DEFAULT_PERIOD_MS
  const held = new Map<PolicyBound, number>()
  const decided = { measure: 0, no_measure: 0, already_gone: 0, open: 0 }
  const examples: { caseId: Id<'cas'>; decided: DecidedAs }[] = []
  let [notices, used] = [0, 0]
  for await (const notice of arrivedIn(ctx.read, fromAt, untilAt)) {
    notices += 1
    const bound = await judge(ctx, policy, notice)
    if (bound === 'no_match') continue
    if (bound !== undefined) {
      held.set(bound, (held.get(bound) ?? 0) + 1)
      continue
    }
    used += 1
    const as = await decidedAs(ctx.read, notice.caseId)
    decided[as] += 1
    if (notice.caseId === null) continue
    examples.push({ caseId: notice.caseId, decided: as })
    if (examples.length > MAX_EXAMPLES) examples.shift()
  }
  return {
    ...{ id: policy.id, version: policy.version, effect: policy.effect.kind },
    ...{ fromAt, untilAt, notices, used },
    heldBack: [...held].map(([bound, count]) => ({ bound, count })),
    decided,
    examples: examples.reverse(),
  }
}

/** Notices that count by themselves: no revision twice, nothing on trial. */
async function* arrivedIn(
  read: Reader,
  from: number,
  until: number,
): AsyncGenerator<NoticeRecord, void, undefined> {
  let after = firstIdAt('ntc', from)
  for (;;) {
    const page = await read.find('notice', { trial: null }, { orderBy: 'id', after, limit: PAGE })
    for (const notice of page) {
      const { receivedAt, state, lane } = notice
      const isIn = receivedAt >= from && receivedAt < until
      if (isIn && state !== 'superseded' && lane !== 'legal_desk') yield notice
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE || last.id > firstIdAt('ntc', until)) return
    after = last.id
  }
}

async function judge(
  ctx: AppContext,
  policy: PolicyRecord,
  notice: NoticeRecord,
): Promise<PolicyBound | 'no_match' | undefined> {
  const { read, config } = ctx
  const record = notice.caseId === null ? undefined : await read.get('case', { id: notice.caseId })
  const opened = asOpened(notice, record?.targetKey ?? '', config.graveCategories)
  const facts = await policyFactsOf(ctx, read, [policy], opened, notice)
  if (!policyMatches(policy.when, facts)) return 'no_match'
  return boundOf({ effect: policy.effect, activeIndex: -1 }, facts)
}

async function decidedAs(read: Reader, caseId: CaseRecord['id'] | null): Promise<DecidedAs> {
  const record = caseId === null ? undefined : await read.get('case', { id: caseId })
  if (record?.state !== 'decided' || record.decisionId === null) return 'open'
  const decision = await read.get('decision', { id: record.decisionId })
  if (decision === undefined) return 'open'
  if (decision.input.alreadyGone) return 'already_gone'
  return decision.input.actions.length === 0 ? 'no_measure' : 'measure'
}
