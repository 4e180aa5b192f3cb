import type { ActionRecord } from '../core/action.ts'
import { isSettled } from '../core/action.ts'
import type { CaseFlag } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { formatTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { flagCase } from './flag-case.ts'
import { followReversal, standingReversal } from './follow-reversal.ts'
import { releaseHeld } from './left-over.ts'
import { targetLock, workLock } from './locks.ts'
import { followForPoster } from './plan-poster-notice.ts'
import { keepRestriction } from './manner-facts.ts'
import { ledgeredEvent, plainEvent } from './record-event.ts'
import { bringReportForward } from './report-due.ts'
import { isStillOurs, type ClaimedWork } from './work-rows.ts'

/** How an attempt, or somebody outside, says that an action went. */
export type Settlement =
  | { readonly kind: 'executed'; readonly at: number; readonly by: string }
  | { readonly kind: 'pending' }
  /** On trial: nobody was asked to do anything. */
  | { readonly kind: 'simulated' }
  | { readonly kind: 'failed'; readonly code: string }
  /** Of attempts only: worth trying again. */
  | { readonly kind: 'retry'; readonly code: string }

/** Whose word it is. Without an attempt it comes from outside: an operator, or the platform's own desk. */
export interface SettlementSource {
  readonly attempt?: number
  readonly work?: ClaimedWork
  /** It came after its time was up. */
  readonly isLate?: boolean
}

/**
 * Writes how an action went. Only the newest attempt may change its state; the word of an older or late
 * one is kept beside it. When the last action of a decision is settled, its outcomes are due.
 *
 * @throws MadoguchiError `not_found`; for a word from outside also `already` when the action is settled
 *   or hasn't begun, and `invalid_input` for what is no moment or no code.
 */
export async function settleAction(
  ctx: AppContext,
  actionId: Id<'act'>,
  settlement: Settlement,
  source: SettlementSource = {},
): Promise<ActionRecord> {
  checkSettlement(settlement)
  const found = await ctx.read.get('action', { id: actionId })
  if (found === undefined) throw new MadoguchiError('not_found')
  const { result } = await ctx.committer.submit({
    name: 'action.settle',
    bytes: 256,
    locks: [
      ...(source.work === undefined ? [] : [workLock(source.work)]),
      targetLock(found.targetKey),
    ],
    run: async (tx): Promise<Change<ActionRecord>> => {
      const action = await tx.get('action', { id: actionId })
      if (action === undefined) throw new MadoguchiError('not_found')
      if (source.attempt === undefined) {
        if (!mayBeSettled(action, settlement)) throw new MadoguchiError('already')
      } else if (!(await isOwnWord(tx, action, source))) {
        return keepLateResult(ctx, tx, action, settlement, source.attempt)
      }
      if (source.work !== undefined) await tx.delete('work', { id: source.work.id })
      return apply(ctx, tx, action, settlement)
    },
  })
  return result
}

/** What was taken back from a person or the platform may have been done all the same. */
function mayBeSettled({ state, attempt }: ActionRecord, { kind }: Settlement): boolean {
  if (state === 'cancelled') return attempt > 0 && kind === 'executed'
  return !isSettled(state) && state !== 'planned'
}

/** `lower_snake`, short: a word of somebody's list, no message. */
export function isFailureCode(code: unknown): code is string {
  return typeof code === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(code)
}

export function checkSettlement(settlement: Settlement): void {
  const isMoment = settlement.kind !== 'executed' || Number.isSafeInteger(settlement.at)
  const isCoded = settlement.kind !== 'failed' || isFailureCode(settlement.code)
  if (isMoment && isCoded) return
  const pointer = isMoment ? '/code' : '/at'
  throw new MadoguchiError('invalid_input', { errors: [{ pointer, keyword: 'format' }] })
}

async function isOwnWord(
  tx: Transaction,
  action: ActionRecord,
  source: SettlementSource,
): Promise<boolean> {
  if (source.isLate === true || action.attempt !== source.attempt || action.state !== 'executing')
    return false
  return source.work === undefined || isStillOurs(tx, source.work)
}

async function keepLateResult(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  settlement: Settlement,
  attempt: number,
): Promise<Change<ActionRecord>> {
  const at = ctx.clock.now()
  const lateResults = [...action.lateResults, { attempt, result: settlement.kind, at }]
  await tx.update('action', { id: action.id }, { lateResults })
  const flagged = await flagCase(ctx, tx, action.caseId, 'late_result')
  const { caseId, decisionId } = action
  const payload = { v: 1, action: action.id, attempt, result: settlement.kind }
  return {
    result: { ...action, lateResults },
    events: [plainEvent('action.late_result', at, { caseId, decisionId }, payload), ...flagged],
  }
}

async function apply(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  settlement: Settlement,
): Promise<Change<ActionRecord>> {
  const next = after(action, settlement, ctx.clock.now())
  await tx.update('action', { id: action.id }, next)
  if (next.state === 'executed') await keepRestriction(tx, next)
  const flag = flagOf(action, next, await standingReversal(tx, action.caseId))
  const flagged = flag === null ? [] : await flagCase(ctx, tx, action.caseId, flag)
  const event = await eventOf(ctx, tx, next, settlement)
  await bringReportForward(ctx, tx, next)
  if (next.state === 'failed') await releaseHeld(ctx, tx, next)
  const followed = await followReversal(ctx, tx, next)
  await followForPoster(ctx, tx, next)
  const events = [event, ...flagged, ...followed]
  return { result: next, events, rings: ['report', 'act', 'tell'] }
}

/**
 * What a person must look at: a measure, or a counter-action, that failed for good; and one that was
 * carried out after it was taken back, in a case that was decided anew by then.
 */
function flagOf(
  before: ActionRecord,
  next: ActionRecord,
  reversal: DecisionRecord | undefined,
): CaseFlag | null {
  const isTakenBack = next.reverses === null && (reversal !== undefined || next.endedAt !== null)
  if (next.state === 'failed') return isTakenBack ? null : 'action_failed'
  return before.state === 'cancelled' && !isTakenBack ? 'late_result' : null
}

/** Nothing was executed in the future, whatever another machine's clock says. */
function after(action: ActionRecord, settlement: Settlement, now: number): ActionRecord {
  switch (settlement.kind) {
    case 'executed': {
      const executedAt = Math.max(0, Math.min(settlement.at, now))
      return { ...action, state: 'executed', executedAt, settledBy: settlement.by }
    }
    case 'pending':
    case 'simulated':
      return { ...action, state: settlement.kind }
    case 'failed':
    case 'retry':
      return { ...action, state: 'failed', failureCode: settlement.code }
  }
}

async function eventOf(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  settlement: Settlement,
): Promise<EventDraft> {
  const { caseId, decisionId } = action
  const at = ctx.clock.now()
  const payload = {
    v: 1,
    action: action.id,
    kind: action.kind,
    state: action.state,
    attempt: action.attempt,
    executed_at: action.executedAt === null ? null : formatTime(action.executedAt),
    settled_by: action.settledBy,
    failure: action.failureCode,
  }
  if (settlement.kind === 'pending' || settlement.kind === 'simulated')
    return plainEvent(`action.${settlement.kind}`, at, { caseId, decisionId }, payload)
  const decision = await tx.get('decision', { id: decisionId })
  const record = await tx.get('case', { id: caseId })
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: action.state === 'executed' ? 'action.executed' : 'action.failed',
      at,
      caseId,
      decisionId,
      lane: record?.lane ?? null,
      pub: { kind: action.kind },
      payload: { ...payload, previous: decision?.leafHash ?? null },
    },
  )
}
