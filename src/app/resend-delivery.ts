import { isId } from '../core/ids.ts'
import type { DeliveryRecord } from '../core/outcome.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { plainEvent } from './record-event.ts'
import { scheduleDelivery } from './schedule-delivery.ts'

/**
 * 再送: sends an outcome once more, as a delivery of its own with all its attempts. The bytes are those
 * that were made once. An outcome that a newer one replaced is skipped when its turn comes.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already` while the delivery is under way,
 *   `endpoint_refused` where the sender has no endpoint.
 */
export async function resendDelivery(
  ctx: AppContext,
  actor: Actor,
  deliveryId: string,
): Promise<DeliveryRecord> {
  requirePermission(actor, 'deliveries.resend')
  const { result } = await ctx.committer.submit({
    name: 'delivery.resend',
    bytes: 512,
    locks: [`delivery:${deliveryId}`],
    run: async (tx) => {
      const old = isId('dlv', deliveryId) ? await tx.get('delivery', { id: deliveryId }) : undefined
      if (old === undefined) throw new MadoguchiError('not_found')
      if (old.state === 'waiting') throw new MadoguchiError('already')
      const [outcome, notice, sender] = await Promise.all([
        tx.get('outcome', { id: old.outcomeId }),
        tx.get('notice', { id: old.noticeId }),
        tx.get('sender', { id: old.senderId }),
      ])
      if (outcome === undefined || notice === undefined) throw new MadoguchiError('not_found')
      if (!sender?.callbackUrl) throw new MadoguchiError('endpoint_refused')
      const delivery = await scheduleDelivery(ctx, tx, outcome, notice.order)
      const event = plainEvent(
        'delivery.resent',
        delivery.createdAt,
        { noticeId: old.noticeId },
        { v: 1, delivery: delivery.id, instead_of: old.id, by: { ...actor } },
      )
      return { result: delivery, events: [event], rings: ['deliver'] }
    },
  })
  return result
}
