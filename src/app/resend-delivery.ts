import { isId } from '../core/ids.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { latestDelivery } from './latest-delivery.ts'
import { outcomesLock } from './locks.ts'
import { isStanding } from './newest-outcome.ts'
import { plainEvent } from './record-event.ts'
import { makeDue, scheduleDelivery, type DeliveryPlace } from './schedule-delivery.ts'

/**
 * 再送: hands an outcome over once more, as a delivery of its own with all its attempts. The bytes are
 * those that were made once. What waits to be fetched is sent where its sender has an endpoint by now.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already` while the delivery is under way, where
 *   a newer outcome stands for this one or its question was closed, `answered_by_hand` for the answer to a letter.
 */
export async function resendDelivery(
  ctx: AppContext,
  actor: Actor,
  deliveryId: string,
): Promise<DeliveryRecord> {
  requirePermission(actor, 'deliveries.resend')
  const old = isId('dlv', deliveryId)
    ? await ctx.read.get('delivery', { id: deliveryId })
    : undefined
  if (old === undefined) throw new MadoguchiError('not_found')
  if (old.channel === 'hand') throw new MadoguchiError('answered_by_hand')
  const { result } = await ctx.committer.submit({
    name: 'delivery.resend',
    bytes: 512,
    locks: [outcomesLock(old.noticeId)],
    run: async (tx) => {
      if (!(await canBeResent(tx, old))) throw new MadoguchiError('already')
      const { delivery, event } = await resend(ctx, tx, actor, old)
      return { result: delivery, events: [event], rings: ['deliver'] }
    },
  })
  ctx.polls.tell([result.senderId])
  return result
}

/** Whether handing it over once more is possible, and not under way. */
export async function canBeResent(read: Reader, old: DeliveryRecord): Promise<boolean> {
  if (old.channel === 'hand') return false
  const outcome = await read.get('outcome', { id: old.outcomeId })
  if (outcome === undefined || !(await isStanding(read, outcome))) return false
  const latest = await latestDelivery(read, old.outcomeId)
  if (latest.state !== 'waiting') return true
  const sender = await read.get('sender', { id: old.senderId })
  return latest.channel === 'poll' && typeof sender?.callbackUrl === 'string'
}

/** To be called only where {@link canBeResent} holds, under the lock of its outcomes. */
export async function resend(
  ctx: AppContext,
  tx: Transaction,
  actor: Actor,
  old: DeliveryRecord,
): Promise<{ readonly delivery: DeliveryRecord; readonly event: EventDraft }> {
  const [outcome, notice, sender] = await Promise.all([
    tx.get('outcome', { id: old.outcomeId }),
    tx.get('notice', { id: old.noticeId }),
    tx.get('sender', { id: old.senderId }),
  ])
  if (outcome === undefined || notice === undefined) throw new MadoguchiError('not_found')
  await tx.update('outcome', { id: outcome.id }, { awaited: true })
  const latest = await latestDelivery(tx, outcome.id)
  const channel = typeof sender?.callbackUrl === 'string' ? 'push' : 'poll'
  const delivery =
    latest.state === 'waiting'
      ? await sendInstead(ctx, tx, latest, outcome, notice.order)
      : await scheduleDelivery(ctx, tx, outcome, notice.order, channel)
  const event = plainEvent(
    'delivery.resent',
    ctx.clock.now(),
    { noticeId: old.noticeId },
    { v: 1, delivery: delivery.id, instead_of: old.id, by: { ...actor } },
  )
  return { delivery, event }
}

/** What waited to be fetched is sent. */
async function sendInstead(
  ctx: AppContext,
  tx: Transaction,
  waiting: DeliveryRecord,
  outcome: OutcomeRecord,
  place: DeliveryPlace,
): Promise<DeliveryRecord> {
  const due = { channel: 'push', nextAt: ctx.clock.now() } as const
  await tx.update('delivery', { id: waiting.id }, due)
  await makeDue(ctx, tx, waiting, outcome, place)
  return { ...waiting, ...due }
}
