import type { ActionRecord } from '../core/action.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { releaseHeld } from './left-over.ts'
import { wakeOrDrop } from './plan-poster-notice.ts'
import { plainEvent } from './record-event.ts'
import { workOf } from './work-rows.ts'

/**
 * An action that isn't to be carried out any more. Of one that was handed to a person or to the platform
 * the event says so; should it be carried out all the same, its settlement is still taken.
 */
export async function cancelAction(
  ctx: AppContext,
  tx: Transaction,
  id: ActionRecord['id'],
): Promise<EventDraft[]> {
  const action = await tx.get('action', { id })
  if (action === undefined) return []
  await tx.update('action', { id }, { state: 'cancelled' })
  const work = await workOf(tx, 'act', id)
  if (work !== undefined) await tx.delete('work', { id: work.id })
  await releaseHeld(ctx, tx, action)
  const { caseId, decisionId, kind, state: was } = action
  await wakeOrDrop(tx, decisionId, ctx.clock.now())
  const payload = { v: 1, action: id, kind, was }
  return [plainEvent('action.cancelled', ctx.clock.now(), { caseId, decisionId }, payload)]
}
