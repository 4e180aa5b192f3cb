import type { DeliveryRecord, DeliveryState } from '../core/outcome.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'

/** One page of deliveries; `nextCursor` is `null` on the last. */
export interface DeliveryPage {
  readonly items: readonly DeliveryRecord[]
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
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? sealCursor(last.id) : null }
}
