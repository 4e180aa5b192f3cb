import { pausedUntil } from '../core/breaker.ts'
import type { DeliveryRecord, DeliveryState } from '../core/outcome.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'

/** A delivery as the desk reads it. */
export interface DeliveryView extends DeliveryRecord {
  /** Until when nothing is sent to its endpoint, which failed too often in a row; `null`: no pause. */
  readonly pausedUntil: number | null
}

/** One page of deliveries; `nextCursor` is `null` on the last. */
export interface DeliveryPage {
  readonly items: readonly DeliveryView[]
  readonly nextCursor: string | null
}

/**
 * 送付, newest first: what was handed to senders and, as `given_up`, what was not.
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input` for a cursor that isn't ours.
 */
export async function readDeliveries(
  ctx: AppContext,
  actor: Actor,
  query: { readonly state?: DeliveryState; readonly cursor?: string; readonly limit: number },
): Promise<DeliveryPage> {
  requirePermission(actor, 'deliveries.read')
  const { state, cursor, limit } = query
  const after = cursor === undefined ? undefined : openCursor(cursor)
  const rows = await ctx.read.find('delivery', state === undefined ? {} : { state }, {
    orderBy: 'id',
    descending: true,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = await Promise.all(page.map((row) => viewDelivery(ctx, row)))
  return { items, nextCursor: rows.length > limit && last ? sealCursor(last.id) : null }
}

/** With what holds it up. */
export async function viewDelivery(
  { read, clock }: AppContext,
  row: DeliveryRecord,
): Promise<DeliveryView> {
  const { channel, state, senderId } = row
  const isToBeSent = channel === 'push' && state === 'waiting'
  const breaker = isToBeSent ? await read.get('breaker', { senderId }) : undefined
  return { ...row, pausedUntil: pausedUntil(breaker, clock.now()) }
}
