import type { DeliveryChannel, DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/** Place of a delivery among others: that of its notice. */
export interface DeliveryPlace {
  readonly band: number
  readonly goalAt: number
}

/**
 * 送付: hands an outcome over. By `push` it is due at its sender's endpoint now; else it waits, to be
 * fetched or, as the answer to a letter, for a person to send it.
 */
export async function scheduleDelivery(
  ctx: AppContext,
  tx: Transaction,
  outcome: OutcomeRecord,
  place: DeliveryPlace,
  channel: DeliveryChannel,
): Promise<DeliveryRecord> {
  const now = ctx.clock.now()
  const { noticeId, senderId } = outcome
  const delivery: DeliveryRecord = {
    id: ctx.random.id('dlv'),
    outcomeId: outcome.id,
    noticeId,
    senderId,
    channel,
    state: 'waiting',
    createdAt: now,
    attempts: 0,
    nextAt: channel === 'push' ? now : null,
    lastResult: null,
    doneAt: null,
    handed: null,
  }
  await tx.insert('delivery', delivery)
  if (channel === 'push') await makeDue(ctx, tx, delivery, outcome, place)
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
 * A newer outcome stands for this one: it can't be fetched any more, and nobody need mail it. Where it
 * is due at an endpoint, whoever takes it up there finds that out.
 */
export async function withdrawOutcome(
  ctx: AppContext,
  tx: Transaction,
  outcomeId: OutcomeRecord['id'],
): Promise<void> {
  await tx.update('outcome', { id: outcomeId }, { awaited: false })
  for (const { id, channel } of await tx.find('delivery', { outcomeId, state: 'waiting' })) {
    if (channel === 'push') continue
    await tx.update('delivery', { id }, { state: 'skipped', doneAt: ctx.clock.now() })
  }
}
