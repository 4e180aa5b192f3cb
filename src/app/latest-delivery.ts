import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { Reader } from '../ports/record-store.ts'

/** The newest delivery of an outcome; every outcome has one. */
export async function latestDelivery(
  read: Reader,
  outcomeId: OutcomeRecord['id'],
): Promise<DeliveryRecord> {
  const newest = { orderBy: 'id', descending: true, limit: 1 } as const
  const [delivery] = await read.find('delivery', { outcomeId }, newest)
  if (delivery === undefined) throw new Error('an outcome without a delivery')
  return delivery
}
