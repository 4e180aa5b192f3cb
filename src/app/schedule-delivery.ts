import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/** Place of a delivery among others: that of its notice. */
export interface DeliveryPlace {
  readonly band: number
  readonly goalAt: number
}

/**
 * 送付: hands an outcome over. It can be fetched from now on; where its sender has an endpoint, it is due
 * there as well.
 */
export async function scheduleDelivery(
  ctx: AppContext,
  tx: Transaction,
  outcome: OutcomeRecord,
  place: DeliveryPlace,
  hasEndpoint: boolean,
): Promise<DeliveryRecord> {
  const now = ctx.clock.now()
  const { noticeId, senderId } = outcome
  const delivery: DeliveryRecord = {
    id: ctx.random.id('dlv'),
    outcomeId: outcome.id,
    noticeId,
    senderId,
    channel: hasEndpoint ? 'push' : 'poll',
    state: 'waiting',
    createdAt: now,
    attempts: 0,
    nextAt: hasEndpoint ? now : null,
    lastResult: null,
    doneAt: null,
    handed: null,
  }
  await tx.insert('delivery', delivery)
  if (hasEndpoint) await makeDue(ctx, tx, delivery, outcome, place)
  return delivery
}

/** Makes a delivery due at the endpoint of its sender, now. */
export async function makeDue(
  ctx: AppContext,
  tx: Transaction,
  { id, senderId }: DeliveryRecord,
  { entryIndex }: OutcomeRecord,
  { band, goalAt }: DeliveryPlace,
): Promise<void> {
  const row = { kind: 'deliver', subjectId: id, groupKey: senderId } as const
  const place = { position: entryIndex, nextAt: ctx.clock.now(), band, goalAt }
  await tx.insert('work', newWork(ctx.random, { ...row, ...place }))
}

/**
 * A newer outcome stands for this one: it can't be fetched any more. Where it is due at an endpoint,
 * whoever takes it up there finds that out.
 */
export async function withdrawOutcome(
  ctx: AppContext,
  tx: Transaction,
  outcomeId: OutcomeRecord['id'],
): Promise<void> {
  await tx.update('outcome', { id: outcomeId }, { awaited: false })
  const waiting = { outcomeId, state: 'waiting', channel: 'poll' } as const
  for (const { id } of await tx.find('delivery', waiting))
    await tx.update('delivery', { id }, { state: 'skipped', doneAt: ctx.clock.now() })
}
