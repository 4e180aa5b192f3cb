import { explainOrder, orderOfRevision, type OrderQuery } from '../core/order.ts'
import type { NoticeRecord, OrderExplanation } from '../core/notice.ts'
import type { Sender } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppConfig } from './context.ts'

/** Tests have clocks of their own, at the same rates: they keep nobody waiting but other tests. */
const TEST_BANDS = 2
const offsetOf = (trial: NoticeRecord['trial']): number => (trial === 'test' ? TEST_BANDS : 0)

/** What its place follows from, of a notice. */
type Arrival = Pick<NoticeRecord, 'category' | 'receivedAt' | 'trial'>

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
  notice: Arrival,
): Promise<OrderExplanation> {
  const taken = explainOrder(await orderQuery(tx, config, sender, notice))
  if (!taken.ok) throw new MadoguchiError('over_agreed_rate', { retryAfterMs: taken.retryAfterMs })
  await moveClock(tx, sender, notice, taken.clock)
  return taken.order
}

/** 差替え: the order that a revision keeps; only a step into band 0 moves the clock of that band. */
export async function takeOrderOfRevision(
  tx: Transaction,
  config: AppConfig,
  sender: Sender,
  notice: Arrival,
  kept: OrderExplanation,
): Promise<OrderExplanation> {
  const { order, clock } = orderOfRevision(await orderQuery(tx, config, sender, notice), kept)
  if (clock !== null) await moveClock(tx, sender, notice, clock)
  return order
}

async function orderQuery(
  tx: Transaction,
  { band0Categories, ownGoalMs, band0GoalMs }: AppConfig,
  sender: Sender,
  { category, receivedAt, trial }: Arrival,
): Promise<OrderQuery> {
  const offset = offsetOf(trial)
  const clocks = {
    0: await readClock(tx, sender.id, offset),
    1: await readClock(tx, sender.id, offset + 1),
  }
  return { receivedAt, category, sender, clocks, band0Categories, ownGoalMs, band0GoalMs }
}

async function moveClock(
  tx: Transaction,
  { id }: Sender,
  { trial }: Arrival,
  { band, tat }: { readonly band: 0 | 1; readonly tat: number },
): Promise<void> {
  await tx.put('senderClock', { senderId: id, band: band + offsetOf(trial), tat })
}

async function readClock(tx: Transaction, senderId: string, band: number): Promise<number> {
  const row = await tx.get('senderClock', { senderId, band })
  return row?.tat ?? 0
}
