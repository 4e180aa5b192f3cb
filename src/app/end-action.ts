import type { ActionRecord } from '../core/action.ts'
import { expiryStep, type ExpiryStep } from '../core/expiry.ts'
import { formatTime } from '../core/time.ts'
import type { Transaction } from '../ports/record-store.ts'
import { cancelAction } from './cancel-action.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { flagCase } from './flag-case.ts'
import { leafOfExecution } from './follow-reversal.ts'
import { isHeldUp } from './held-elsewhere.ts'
import { undoEnded } from './left-over.ts'
import { ledgeredEvent } from './record-event.ts'
import { bringReportForward } from './report-due.ts'
import { workOf } from './work-rows.ts'

/** 措置の終了: what stands is undone by a counter-action of its own, what hasn't begun doesn't begin. */
export async function endAction(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
): Promise<EventDraft[]> {
  const all = await tx.find('action', { caseId: action.caseId })
  const step = expiryStep(action, all, await isHeldUp(tx, action))
  if (step === 'leave') return []
  const followed = await markEnded(ctx, tx, action, step)
  const ended = { ...action, endedAt: ctx.clock.now() }
  const counter = step === 'counter' ? await undoEnded(ctx, tx, ended) : undefined
  const event = await expired(ctx, tx, ended, step, counter)
  if (step !== 'cancel') return [event, ...followed]
  await bringReportForward(ctx, tx, action)
  // Nobody carried it out in time; a person says what becomes of the case.
  const flagged = await flagCase(ctx, tx, action.caseId, 'action_failed')
  return [event, ...followed, ...flagged]
}

/** Writes that an action holds its effect up no more; its counter-action is planned by the caller. */
export async function markEnded(
  ctx: AppContext,
  tx: Transaction,
  { id }: Pick<ActionRecord, 'id'>,
  step: ExpiryStep,
): Promise<EventDraft[]> {
  const endedAt = ctx.clock.now()
  await tx.update('action', { id }, { endedAt })
  if (step === 'cancel') return cancelAction(ctx, tx, id)
  if (step === 'wait') await hurry(ctx, tx, id)
  return []
}

/** Between two attempts nobody has to wait for the next: none will be made. */
export async function hurry(
  { clock }: AppContext,
  tx: Transaction,
  id: ActionRecord['id'],
): Promise<void> {
  const work = await workOf(tx, 'act', id)
  if (work !== undefined) await tx.update('work', { id: work.id }, { nextAt: clock.now() })
}

async function expired(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  step: ExpiryStep,
  counter: ActionRecord | undefined,
): Promise<EventDraft> {
  const { id, caseId, decisionId, kind, state: was, endsAt } = action
  const decision = await tx.get('decision', { id: decisionId })
  const executed = await leafOfExecution(tx, action)
  const state = await tx.get('case', { id: caseId })
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'action.expired',
      at: ctx.clock.now(),
      caseId,
      decisionId,
      lane: state?.lane ?? null,
      pub: { kind },
      payload: {
        v: 1,
        action: id,
        kind,
        was,
        step,
        ends_at: endsAt === null ? null : formatTime(endsAt),
        counter: counter?.id ?? null,
        previous: executed ?? decision?.leafHash ?? null,
      },
    },
  )
}
