import { ACTION_KINDS, type ActionKind } from '../core/action-kind.ts'
import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { counterDraft, hasCounter, reversalEnd } from '../core/reversal.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { absorbUndone } from './absorb-case.ts'
import { cancelAction } from './cancel-action.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { heldElsewhere } from './held-elsewhere.ts'
import { leftOversOf, undoEnded } from './left-over.ts'
import { liveNotices } from './notices-of-case.ts'
import { newCounter, planAction } from './plan-action.ts'
import { ledgeredEvent } from './record-event.ts'
import { reportAgain } from './report-due.ts'
import { workOf } from './work-rows.ts'

/** The reversal under which a case stands now, if its decision was taken back and it has no newer one. */
export async function standingReversal(
  tx: Transaction,
  caseId: Id<'cas'>,
): Promise<DecisionRecord | undefined> {
  const found = await tx.get('case', { id: caseId })
  const decisionId = found?.decisionId ?? null
  const decision = decisionId === null ? undefined : await tx.get('decision', { id: decisionId })
  return decision === undefined || decision.reverses === null ? undefined : decision
}

/**
 * What follows from how an action went, where its decision was taken back or its end came meanwhile: what
 * took effect is undone, in whatever order things came, and when the last action is over, so is the
 * reversal.
 *
 * @param action As it is now.
 */
export async function followReversal(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
): Promise<EventDraft[]> {
  const reversal = await standingReversal(tx, action.caseId)
  const events: EventDraft[] = []
  if (action.state === 'executed') {
    if (action.reverses !== null) events.push(...(await markReversed(ctx, tx, action)))
    else if (reversal !== undefined) await planCounter(ctx, tx, action, reversal)
    else if (action.endedAt !== null) await undoEnded(ctx, tx, action)
  }
  // Nobody has to do any more what would be over at once.
  if (action.state === 'pending' && action.endedAt !== null)
    events.push(...(await cancelAction(ctx, tx, action.id)))
  if (reversal === undefined) return events
  return [...events, ...(await endReversal(ctx, tx, reversal))]
}

/** Plans the counter-action of what took effect, or may have, unless there is none. */
export async function planCounter(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  reversal: DecisionRecord,
): Promise<void> {
  const draft = counterDraft(action, reversal.id, ctx.clock.now())
  const state = await tx.get('case', { id: action.caseId })
  const all = await tx.find('action', { caseId: action.caseId })
  if (draft === null || state === undefined || hasCounter(action, all)) return
  const held = await heldElsewhere(tx, state, [action])
  if (held.has(action.id)) return
  await planAction(ctx, tx, newCounter(ctx, draft), reversal, state)
}

/**
 * The original of an executed counter-action, and whatever stood for its sake: the effect is gone, and
 * their senders hear of it. Each entry names the one of what it undoes (law 13).
 */
async function markReversed(
  ctx: AppContext,
  tx: Transaction,
  counter: ActionRecord,
): Promise<EventDraft[]> {
  const original =
    counter.reverses === null ? undefined : await tx.get('action', { id: counter.reverses })
  if (original === undefined || original.state === 'reversed') return []
  const leftOvers = await leftOversOf(tx, original)
  const events: EventDraft[] = []
  await tx.update('action', { id: original.id }, { state: 'reversed' })
  const endedAt = ctx.clock.now()
  for (const { id } of leftOvers) await tx.update('action', { id }, { state: 'reversed', endedAt })
  const undone = [original, ...leftOvers]
  for (const action of undone) {
    events.push(await reversedEvent(ctx, tx, action, counter))
  }
  const told = undone.filter(({ kind, endedAt }) => endedAt !== null && isOnItem(kind))
  for (const action of told) await reportAgain(ctx, tx, action)
  return events
}

/** What isn't on the item was told to nobody, and neither is its end (law 22). */
function isOnItem(kind: ActionKind): boolean {
  return ACTION_KINDS[kind].scope === 'item'
}

async function reversedEvent(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  { id: byAction, decisionId }: ActionRecord,
): Promise<EventDraft> {
  const { id, kind, caseId } = action
  const state = await tx.get('case', { id: caseId })
  const previous = await leafOfExecution(tx, action)
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'action.reversed',
      at: ctx.clock.now(),
      caseId,
      decisionId,
      lane: state?.lane ?? null,
      pub: { kind },
      payload: { v: 1, action: id, kind, by_action: byAction, previous },
    },
  )
}

/** `null` where it isn't known that it was executed. */
export async function leafOfExecution(
  tx: Transaction,
  { id, caseId }: ActionRecord,
): Promise<string | null> {
  const events = await tx.find('event', { caseId, type: 'action.executed' })
  const own = events.find(({ payload }) => {
    const { action } = JSON.parse(new TextDecoder().decode(payload)) as { readonly action: unknown }
    return action === id
  })
  return own?.leafHash ?? null
}

/** Once nothing of it is open any more, its senders are told, and the case rests or is open again. */
export async function endReversal(
  ctx: AppContext,
  tx: Transaction,
  reversal: DecisionRecord,
): Promise<EventDraft[]> {
  const state = await tx.get('case', { id: reversal.caseId })
  if (state?.state !== 'reversing') return []
  const end = reversalEnd(await tx.find('action', { caseId: state.id }))
  if (end === 'open') return []
  const round = await tx.openCase(state)
  const facts = {
    at: ctx.clock.now(),
    openRound: round?.id ?? null,
    counting: await liveNotices(tx, state.id),
    band0GoalMs: ctx.config.band0GoalMs,
  }
  const { next, events } = expectDone(transition(state, { type: 'end_reversal', end }, facts))
  await tx.put('case', next)
  await tell(ctx, tx, reversal, next)
  const moved = await absorbUndone(ctx, tx, next)
  return [...events.map((event) => caseEvent(ctx, next, event)), ...moved]
}

async function tell(
  { clock }: AppContext,
  tx: Transaction,
  reversal: DecisionRecord,
  { state }: CaseRecord,
): Promise<void> {
  const work = await workOf(tx, 'report', reversal.id)
  if (work === undefined) return
  const now = await tx.get('decision', { id: reversal.id })
  const isSilent = state !== 'reversed' && now?.reported === 'nothing'
  if (isSilent) await tx.delete('work', { id: work.id })
  else await tx.update('work', { id: work.id }, { nextAt: clock.now() })
}
