import { explainOrder } from '../core/order.ts'
import type { OrderExplanation } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppConfig } from './context.ts'

/**
 * The place of one notice, and the step of its sender's clock that goes with it. Called inside the
 * transaction that accepts the notice, so replays and refusals don't move a clock.
 *
 * @throws MadoguchiError `over_agreed_rate`.
 */
export async function takeOrder(
  tx: Transaction,
  config: AppConfig,
  sender: Sender,
  category: string,
  receivedAt: number,
): Promise<OrderExplanation> {
  const clocks = { 0: await readClock(tx, sender.id, 0), 1: await readClock(tx, sender.id, 1) }
  const { band0Categories, ownGoalMs, band0GoalMs } = config
  const taken = explainOrder({
    receivedAt,
    category,
    sender,
    clocks,
    band0Categories,
    ownGoalMs,
    band0GoalMs,
  })
  if (!taken.ok) throw new MadoguchiError('over_agreed_rate', { retryAfterMs: taken.retryAfterMs })
  await tx.put('senderClock', { senderId: sender.id, ...taken.clock })
  return taken.order
}

async function readClock(tx: Transaction, senderId: string, band: number): Promise<number> {
  const row = await tx.get('senderClock', { senderId, band })
  return row?.tat ?? 0
}
