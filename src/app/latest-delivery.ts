import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { Reader } from '../ports/record-store.ts'

/** The delivery of an outcome that is under way, else the newest; every outcome has one. */
export async function latestDelivery(
  read: Reader,
  outcomeId: OutcomeRecord['id'],
): Promise<DeliveryRecord> {
  const rows = await read.find('delivery', { outcomeId }, { orderBy: 'id', descending: true })
  const latest = rows.find(({ state }) => state === 'waiting') ?? rows[0]
  if (latest === undefined) throw new Error('an outcome without a delivery')
  return latest
}
