import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/** 送付: makes an outcome due at its sender's endpoint, in the order of its notice. */
export async function scheduleDelivery(
  ctx: AppContext,
  tx: Transaction,
  outcome: OutcomeRecord,
  { band, goalAt }: { readonly band: number; readonly goalAt: number },
): Promise<DeliveryRecord> {
  const now = ctx.clock.now()
  const { noticeId, senderId } = outcome
  const delivery: DeliveryRecord = {
    id: ctx.random.id('dlv'),
    outcomeId: outcome.id,
    noticeId,
    senderId,
    channel: 'push',
    state: 'waiting',
    createdAt: now,
    attempts: 0,
    nextAt: now,
    lastResult: null,
    doneAt: null,
    handed: null,
  }
  await tx.insert('delivery', delivery)
  const row = { kind: 'deliver', subjectId: delivery.id, groupKey: senderId } as const
  const place = { position: outcome.entryIndex, nextAt: now, band, goalAt }
  await tx.insert('work', newWork(ctx.random, { ...row, ...place }))
  return delivery
}
