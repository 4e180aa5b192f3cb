import { isId } from '../core/ids.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Reader } from '../ports/record-store.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { defang } from './defang.ts'
import { whoseIs } from './read-dead-letter-payload.ts'
import { viewDelivery, type DeliveryView } from './read-deliveries.ts'
import { recordReading } from './record-reading.ts'
import { requireSight } from './require-sight.ts'

/** One delivery with what it hands over. */
export interface DeliveryInFull extends DeliveryView {
  /** The outcome: the stored JWS. */
  readonly outcome: string
  /** What its sender wrote on refusing it (RFC 8936 `description`); text of somebody else, its URLs dead. */
  readonly said: string | null
}

/**
 * Opens a delivery to see what is handed over: for whoever may decide, and on no-view categories for
 * `child_safety` alone. Recorded.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function readDelivery(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<DeliveryInFull> {
  requirePermission(actor, 'dead_letters.payload')
  const row = isId('dlv', id) ? await ctx.read.get('delivery', { id }) : undefined
  if (row === undefined) throw new MadoguchiError('not_found')
  const whose = await whoseIs(ctx, { noticeId: row.noticeId })
  requireSight(actor, whose)
  const what = whose.noView ? 'no_view' : 'dead_letter_payload'
  await recordReading(ctx, actor, { what, subject: row.id })
  const outcome = await ctx.read.get('outcome', { id: row.outcomeId })
  if (outcome === undefined) throw new MadoguchiError('internal_error')
  const said = await wordsOf(ctx.read, row.noticeId, id)
  return { ...(await viewDelivery(ctx, row)), outcome: outcome.jws, said }
}

async function wordsOf(
  read: Reader,
  noticeId: DeliveryView['noticeId'],
  deliveryId: string,
): Promise<string | null> {
  const events = await read.find('event', { noticeId, type: 'outcome.given_up' })
  for (const { payload } of events) {
    const { delivery, said } = JSON.parse(new TextDecoder().decode(payload)) as {
      readonly delivery: string
      readonly said?: string
    }
    if (delivery === deliveryId && said !== undefined) return defang(said)
  }
  return null
}
