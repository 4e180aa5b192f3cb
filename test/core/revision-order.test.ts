import { expect, it } from 'vitest'
import { afterPause, orderOfRevision, type OrderQuery } from '../../src/core/order.ts'
import { orderSentence } from '../../src/core/order-sentence.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'

const NOW = 1_800_000_000_000
const EARLIER = {
  band: 1,
  tier: 'verified',
  slotAt: NOW - HOUR,
  ownGoalMs: 12 * HOUR,
  goalAt: NOW + 11 * HOUR,
  bandReason: 'none',
} as const
const query = (over: Partial<OrderQuery> = {}): OrderQuery => ({
  receivedAt: NOW,
  category: 'danger',
  sender: { tier: 'verified', scope: null, agreedRatePerDay: 10, agreedBand0RatePerDay: 2 },
  clocks: { 0: 0, 1: 0 },
  band0Categories: new Set(['danger']),
  ownGoalMs: { priority: HOUR, verified: 12 * HOUR, ordinary: DAY, probation: 3 * DAY },
  band0GoalMs: 15 * MINUTE,
  ...over,
})

it('a revision keeps the order, and no clock moves', () => {
  expect(orderOfRevision(query({ category: 'other' }), EARLIER)).toEqual({
    order: EARLIER,
    clock: null,
  })
  const front = { ...EARLIER, band: 0 } as const
  expect(orderOfRevision(query(), front)).toEqual({ order: front, clock: null })
})

it('life first: newly in band 0 by the table, from the kept slot, within the agreed rate', () => {
  const taken = orderOfRevision(query(), EARLIER)
  expect(taken.order).toMatchObject({
    band: 0,
    slotAt: EARLIER.slotAt,
    goalAt: EARLIER.slotAt + 15 * MINUTE,
    bandReason: 'table',
  })
  expect(taken.clock).toMatchObject({ band: 0 })
  const over = query({ clocks: { 0: NOW + 3 * DAY, 1: 0 } })
  expect(orderOfRevision(over, EARLIER)).toEqual({ order: EARLIER, clock: null })
  const none = query({ clocks: { 0: NOW + 3 * DAY, 1: NOW + 3 * DAY } })
  expect(orderOfRevision(none, EARLIER)).toEqual({ order: EARLIER, clock: null })
})

it('the time that an answer took is added to the goal, each time, and told', () => {
  expect(afterPause(EARLIER, null, NOW)).toBe(EARLIER)
  const once = afterPause(EARLIER, NOW - HOUR, NOW)
  expect(once).toEqual({ ...EARLIER, goalAt: EARLIER.goalAt + HOUR, pausedMs: HOUR })
  const twice = afterPause(once, NOW - HOUR, NOW)
  expect(twice).toMatchObject({ goalAt: EARLIER.goalAt + 2 * HOUR, pausedMs: 2 * HOUR })
  expect(afterPause(EARLIER, NOW + 1, NOW).goalAt).toBe(EARLIER.goalAt)
  expect(orderSentence(EARLIER).ja).not.toContain('補足')
  expect(orderSentence(twice).ja).toContain('と補足を待った時間 2時間を加え')
  expect(orderSentence(twice).en).toContain('with the 2 hours that we waited for a supplement')
})
