import type { OrderExplanation } from './notice.ts'
import type { Sender } from './sender.ts'
import { DAY } from './time.ts'
import type { Tier } from './vocabulary.ts'

/** One step of a sender's clock (generic cell rate algorithm, one clock per sender and band). */
export interface SlotRequest {
  readonly receivedAt: number
  /** Theoretical arrival time after the last accepted notice; 0 where there was none. */
  readonly tat: number
  readonly ratePerDay: number
  /** How much may come at once and keep its time of arrival: so many ms of the agreed rate. */
  readonly burstMs?: number
}

export type SlotResult =
  | { readonly ok: true; readonly slotAt: number; readonly tat: number }
  | { readonly ok: false; readonly retryAfterMs: number }

/**
 * The slot of one notice: its arrival, or later by as much as its sender is ahead of the agreed rate.
 * A flood thus delays only itself; a day's batch at once keeps its arrival. More than `burstMs` and
 * another day ahead is over the agreed rate, and the clock stands still.
 *
 * Times are whole ms, so the interval of a rate is rounded down, in favour of the sender. A rate of 0
 * admits nothing.
 */
export function takeSlot({ receivedAt, tat, ratePerDay, burstMs = DAY }: SlotRequest): SlotResult {
  if (ratePerDay <= 0) return { ok: false, retryAfterMs: DAY }
  const interval = Math.min(Math.max(1, Math.floor(DAY / ratePerDay)), burstMs + DAY)
  const nextTat = Math.max(receivedAt, tat) + interval
  const over = nextTat - receivedAt - burstMs - DAY
  if (over > 0) return { ok: false, retryAfterMs: over }
  return { ok: true, slotAt: Math.max(receivedAt, nextTat - interval - burstMs), tat: nextTat }
}

/** What the place of a notice follows from. A sender's own "urgent" is no part of it. */
export interface OrderQuery {
  readonly receivedAt: number
  readonly category: string
  readonly sender: Pick<Sender, 'tier' | 'scope' | 'agreedRatePerDay' | 'agreedBand0RatePerDay'>
  /** `tat` of the sender's two clocks, by band; 0 where there is none yet. */
  readonly clocks: Readonly<Record<0 | 1, number>>
  /** The platform's own table of categories with danger to life or body. */
  readonly band0Categories: ReadonlySet<string>
  readonly ownGoalMs: Readonly<Record<Tier, number>>
  readonly band0GoalMs: number
  readonly burstMs?: number
}

export type OrderResult =
  | {
      readonly ok: true
      readonly order: OrderExplanation
      /** The one clock that moved; stored together with the notice. */
      readonly clock: { readonly band: 0 | 1; readonly tat: number }
    }
  | { readonly ok: false; readonly retryAfterMs: number }

/**
 * 対応順: the place of a notice, once, at receipt. Band 0 takes the platform's own table, the sender's
 * scope and its agreed band-0 rate; a notice beyond that rate is taken in band 1, not refused for it.
 */
export function explainOrder(query: OrderQuery): OrderResult {
  if (!query.band0Categories.has(query.category)) return placeInBand1(query, 'none')
  if (isOutsideScope(query)) return placeInBand1(query, 'outside_scope')
  const { tier, agreedBand0RatePerDay } = query.sender
  const slot = takeSlot(clockOf(query, 0, agreedBand0RatePerDay))
  if (!slot.ok) return placeInBand1(query, 'over_band0_rate')
  const ownGoalMs = query.band0GoalMs
  const goalAt = slot.slotAt + ownGoalMs
  return {
    ok: true,
    order: { band: 0, tier, slotAt: slot.slotAt, ownGoalMs, goalAt, bandReason: 'table' },
    clock: { band: 0, tat: slot.tat },
  }
}

function placeInBand1(
  query: OrderQuery,
  bandReason: 'none' | 'outside_scope' | 'over_band0_rate',
): OrderResult {
  const slot = takeSlot(clockOf(query, 1, query.sender.agreedRatePerDay))
  if (!slot.ok) return slot
  const tier = tierFor(query)
  const ownGoalMs = query.ownGoalMs[tier]
  const goalAt = slot.slotAt + ownGoalMs
  const order = { band: 1, tier, slotAt: slot.slotAt, ownGoalMs, goalAt, bandReason } as const
  return {
    ok: true,
    order: isOutsideScope(query) ? { ...order, outsideScope: true } : order,
    clock: { band: 1, tat: slot.tat },
  }
}

function isOutsideScope({ category, sender: { scope } }: OrderQuery): boolean {
  return scope !== null && !scope.includes(category)
}

/** A tier holds inside the scope that was agreed; outside of it nobody goes before an ordinary sender. */
function tierFor(query: OrderQuery): Tier {
  const { tier } = query.sender
  return isOutsideScope(query) && tier !== 'probation' ? 'ordinary' : tier
}

function clockOf(query: OrderQuery, band: 0 | 1, ratePerDay: number): SlotRequest {
  const { receivedAt, clocks, burstMs = DAY } = query
  return { receivedAt, tat: clocks[band], ratePerDay, burstMs }
}

export type RevisionOrder = {
  readonly order: OrderExplanation
  /** The one clock that moved, if any. */
  readonly clock: { readonly band: 0 | 1; readonly tat: number } | null
}

/**
 * 差替え: a revision keeps the order of the notice that it supersedes, and no clock moves. Life first: one
 * whose category the platform's own table newly puts in band 0 comes to the front from its kept slot,
 * within the agreed band-0 rate, as any notice would.
 */
export function orderOfRevision(query: OrderQuery, earlier: OrderExplanation): RevisionOrder {
  const asNew = earlier.band === 0 ? undefined : explainOrder(query)
  if (asNew?.ok !== true || asNew.order.band !== 0) return { order: earlier, clock: null }
  const { slotAt } = earlier
  const goalAt = slotAt + asNew.order.ownGoalMs
  return { order: { ...asNew.order, slotAt, goalAt }, clock: asNew.clock }
}

/** The order after its sender answered a question: the time that it took is added to the goal. */
export function afterPause(
  order: OrderExplanation,
  pausedAt: number | null,
  now: number,
): OrderExplanation {
  if (pausedAt === null) return order
  const took = Math.max(0, now - pausedAt)
  return { ...order, goalAt: order.goalAt + took, pausedMs: (order.pausedMs ?? 0) + took }
}

/** The order after a person took the matter for one of life or body; the slot stays. */
export function markedByPerson(order: OrderExplanation, band0GoalMs: number): OrderExplanation {
  return {
    ...order,
    band: 0,
    ownGoalMs: band0GoalMs,
    goalAt: Math.min(order.goalAt, order.slotAt + band0GoalMs),
    bandReason: 'person',
  }
}

/** A place in the one order of machines and people. `position` is the ledger index of the notice. */
export interface Place {
  readonly band: number
  readonly goalAt: number
  readonly position: number
}

/** Smallest first; negative where `a` comes before `b`. */
export function compareOrder(a: Place, b: Place): number {
  return a.band - b.band || a.goalAt - b.goalAt || a.position - b.position
}
