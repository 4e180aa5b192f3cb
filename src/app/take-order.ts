import { explainOrder } from '../core/order.ts'
import type { NoticeRecord, OrderExplanation } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppConfig } from './context.ts'

/** Tests have clocks of their own, at the same rates: they keep nobody waiting but other tests. */
const TEST_BANDS = 2

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
  { category, receivedAt, trial }: Pick<NoticeRecord, 'category' | 'receivedAt' | 'trial'>,
): Promise<OrderExplanation> {
  const offset = trial === 'test' ? TEST_BANDS : 0
  const clocks = {
    0: await readClock(tx, sender.id, offset),
    1: await readClock(tx, sender.id, offset + 1),
  }
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
  const { band, tat } = taken.clock
  await tx.put('senderClock', { senderId: sender.id, band: band + offset, tat })
  return taken.order
}

async function readClock(tx: Transaction, senderId: string, band: number): Promise<number> {
  const row = await tx.get('senderClock', { senderId, band })
  return row?.tat ?? 0
}
