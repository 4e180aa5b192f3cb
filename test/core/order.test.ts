import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderExplanation } from '../../src/core/notice.ts'
import {
  compareOrder,
  explainOrder,
  markedByPerson,
  takeSlot,
  type OrderQuery,
  type Place,
} from '../../src/core/order.ts'
import { orderSentence } from '../../src/core/order-sentence.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import { TIERS, type Tier } from '../../src/core/vocabulary.ts'

const NOW = Date.parse('2026-11-22T01:00:00.000Z')
const GOALS = { priority: 4 * HOUR, verified: 12 * HOUR, ordinary: DAY, probation: 3 * DAY }

interface Step {
  readonly at: number
  readonly category?: string
  readonly tier?: Tier
}

/** One sender's clocks, moved by its accepted notices; `null` where one is over the rate. */
function hotline(
  over: Partial<OrderQuery['sender']> = {},
): (step: Step) => OrderExplanation | null {
  const clocks = { 0: 0, 1: 0 }
  const agreed = { scope: null, agreedRatePerDay: 100, agreedBand0RatePerDay: 10 }
  return ({ at, category = 'drugs', tier = 'ordinary' }) => {
    const result = explainOrder({
      receivedAt: at,
      category,
      sender: { ...agreed, tier, ...over },
      clocks,
      band0Categories: new Set(['suicide']),
      ownGoalMs: GOALS,
      band0GoalMs: 15 * MINUTE,
    })
    if (!result.ok) return null
    clocks[result.clock.band] = result.clock.tat
    return result.order
  }
}

const place = (order: OrderExplanation | null, position: number): Place => ({ ...order!, position })

describe('takeSlot', () => {
  it('gives a first notice its arrival', () => {
    expect(takeSlot({ receivedAt: NOW, tat: 0, ratePerDay: 24 })).toEqual({
      ok: true,
      slotAt: NOW,
      tat: NOW + HOUR,
    })
  })

  it('moves the slot by what goes beyond the burst', () => {
    expect(takeSlot({ receivedAt: NOW, tat: NOW + DAY, ratePerDay: 24 })).toMatchObject({
      slotAt: NOW,
    })
    expect(takeSlot({ receivedAt: NOW, tat: NOW + DAY + HOUR, ratePerDay: 24 })).toEqual({
      ok: true,
      slotAt: NOW + HOUR,
      tat: NOW + DAY + 2 * HOUR,
    })
  })

  it('refuses beyond the burst and another day, and passes when it said', () => {
    const full = { receivedAt: NOW, tat: NOW + 2 * DAY, ratePerDay: 24 }
    expect(takeSlot({ ...full, tat: full.tat - HOUR })).toMatchObject({ ok: true })
    expect(takeSlot(full)).toEqual({ ok: false, retryAfterMs: HOUR })
    expect(takeSlot({ ...full, receivedAt: NOW + HOUR - 1 })).toEqual({
      ok: false,
      retryAfterMs: 1,
    })
    expect(takeSlot({ ...full, receivedAt: NOW + HOUR })).toMatchObject({ ok: true })
  })

  it('takes another burst, a very high rate and a rate below one a day', () => {
    expect(
      takeSlot({ receivedAt: NOW, tat: NOW + HOUR, ratePerDay: 24, burstMs: 0 }),
    ).toMatchObject({
      slotAt: NOW + HOUR,
    })
    expect(takeSlot({ receivedAt: NOW, tat: 0, ratePerDay: 10 * DAY })).toMatchObject({
      tat: NOW + 1,
    })
    expect(takeSlot({ receivedAt: NOW, tat: 0, ratePerDay: 0.1 })).toMatchObject({ slotAt: NOW })
  })

  it('admits nothing at a rate of 0', () => {
    expect(takeSlot({ receivedAt: NOW, tat: 0, ratePerDay: 0 })).toEqual({
      ok: false,
      retryAfterMs: DAY,
    })
  })

  it('never gives a slot before arrival, never moves a clock back', () => {
    const query = fc.record({
      receivedAt: fc.integer({ min: 0, max: 1e13 }),
      tat: fc.integer({ min: 0, max: 1e13 }),
      ratePerDay: fc.integer({ min: 1, max: 1e7 }),
      burstMs: fc.integer({ min: 0, max: 3 * DAY }),
    })
    fc.assert(
      fc.property(query, (one) => {
        const slot = takeSlot(one)
        if (!slot.ok) {
          expect(takeSlot({ ...one, receivedAt: one.receivedAt + slot.retryAfterMs }).ok).toBe(true)
          return
        }
        expect(slot.slotAt).toBeGreaterThanOrEqual(one.receivedAt)
        expect(slot.slotAt).toBeLessThanOrEqual(one.receivedAt + DAY)
        expect(slot.tat).toBeGreaterThan(Math.max(one.receivedAt, one.tat))
        expect(Number.isSafeInteger(slot.slotAt) && Number.isSafeInteger(slot.tat)).toBe(true)
      }),
    )
  })

  it('keeps the arrival of a whole day of the agreed rate that comes at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (ratePerDay) => {
        let tat = 0
        for (let sent = 0; sent < ratePerDay; sent++) {
          const slot = takeSlot({ receivedAt: NOW, tat, ratePerDay })
          expect(slot).toMatchObject({ ok: true, slotAt: NOW })
          if (slot.ok) tat = slot.tat
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('explainOrder', () => {
  it('puts a category of the own table in band 0', () => {
    expect(hotline()({ at: NOW, category: 'suicide' })).toEqual({
      band: 0,
      tier: 'ordinary',
      slotAt: NOW,
      ownGoalMs: 15 * MINUTE,
      goalAt: NOW + 15 * MINUTE,
      bandReason: 'table',
    })
  })

  it('keeps a band-0 category outside the scope in band 1', () => {
    const order = hotline({ scope: ['drugs'] })({ at: NOW, category: 'suicide' })
    expect(order).toMatchObject({ band: 1, bandReason: 'outside_scope', goalAt: NOW + DAY })
    expect(hotline({ scope: ['suicide'] })({ at: NOW, category: 'suicide' })).toMatchObject({
      band: 0,
    })
  })

  it('takes a band-0 notice beyond its rate in band 1, and refuses only beyond that', () => {
    const send = hotline({ agreedRatePerDay: 1, agreedBand0RatePerDay: 1 })
    const reasons = [1, 2, 3, 4, 5].map(() => send({ at: NOW, category: 'suicide' })?.bandReason)
    expect(reasons).toEqual(['table', 'table', 'over_band0_rate', 'over_band0_rate', undefined])
    const none = hotline({ agreedBand0RatePerDay: 0 })({ at: NOW, category: 'suicide' })
    expect(none).toMatchObject({ band: 1, bandReason: 'over_band0_rate' })
  })

  it('law 3: a tier changes the goal and nothing else', () => {
    const orders = TIERS.map((tier) => hotline()({ at: NOW, tier })!)
    expect(orders.map(({ goalAt }) => goalAt - NOW)).toEqual([4 * HOUR, 12 * HOUR, DAY, 3 * DAY])
    for (const { band, slotAt, bandReason } of orders)
      expect({ band, slotAt, bandReason }).toEqual({ band: 1, slotAt: NOW, bandReason: 'none' })
    const urgent = TIERS.map((tier) => hotline()({ at: NOW, tier, category: 'suicide' })!.goalAt)
    expect(new Set(urgent).size).toBe(1)
  })

  it('honours another burst', () => {
    const query: OrderQuery = {
      receivedAt: NOW,
      category: 'drugs',
      sender: { tier: 'priority', scope: null, agreedRatePerDay: 24, agreedBand0RatePerDay: 1 },
      clocks: { 0: 0, 1: NOW + HOUR },
      band0Categories: new Set(),
      ownGoalMs: GOALS,
      band0GoalMs: 1,
    }
    expect(explainOrder({ ...query, burstMs: 0 })).toMatchObject({ order: { slotAt: NOW + HOUR } })
    expect(explainOrder(query)).toMatchObject({ order: { slotAt: NOW } })
  })
})

describe('the order', () => {
  it('puts one band-0 notice before a weekend of 1,000 overdue cases', () => {
    const weekend = Array.from({ length: 1_000 }, (_, index) =>
      place(hotline()({ at: NOW - 3 * DAY + index, tier: 'priority' }), index),
    )
    const urgent = place(hotline()({ at: NOW, category: 'suicide', tier: 'probation' }), 1_000)
    expect(weekend.every(({ goalAt }) => goalAt < NOW)).toBe(true)
    expect([...weekend, urgent].sort(compareOrder)[0]).toBe(urgent)
  })

  it("puts a hotline's band-0 notice before its own daily batch, which keeps slot = received", () => {
    const send = hotline({ agreedRatePerDay: 500 })
    const batch = Array.from({ length: 500 }, (_, index) => place(send({ at: NOW }), index))
    const urgent = place(send({ at: NOW + 1, category: 'suicide' }), 500)
    expect([...batch, urgent].sort(compareOrder)[0]).toBe(urgent)
    expect(batch.every((one) => 'slotAt' in one && one.slotAt === NOW)).toBe(true)
  })

  it('lets a flood delay only itself', () => {
    const flood = hotline({ agreedRatePerDay: 100 })
    const calm = hotline({ agreedRatePerDay: 100 })
    const flooding = Array.from({ length: 300 }, () => flood({ at: NOW }))
    const accepted = flooding.filter((order) => order !== null)
    const other = calm({ at: NOW + MINUTE })!
    expect(other.slotAt).toBe(NOW + MINUTE)
    expect(accepted).toHaveLength(200)
    const before = accepted.filter(({ goalAt }) => goalAt < other.goalAt)
    expect(before.length).toBeLessThanOrEqual(102)
    expect(Math.max(...accepted.map(({ slotAt }) => slotAt))).toBeGreaterThan(NOW + 23 * HOUR)
  })

  it('lets waiting win in the end: an older ordinary notice is before a later priority one', () => {
    const old = place(hotline()({ at: NOW - 21 * HOUR }), 1)
    const fresh = place(hotline()({ at: NOW, tier: 'priority' }), 2)
    expect(compareOrder(old, fresh)).toBeLessThan(0)
  })

  it('is band, then goal, then position', () => {
    const places = [
      { band: 0, goalAt: 9, position: 9 },
      { band: 1, goalAt: 1, position: 5 },
      { band: 1, goalAt: 2, position: 3 },
      { band: 1, goalAt: 2, position: 4 },
    ]
    expect(places.toReversed().sort(compareOrder)).toEqual(places)
  })
})

describe('orderSentence', () => {
  const order = hotline()({ at: NOW, tier: 'priority' })!

  it('says the numbers in both languages', () => {
    const { ja, en } = orderSentence(order)
    expect(ja).toBe(
      '通常の区分です。起点 2026年11月22日 10時00分 に、優先区分「優先」の自社の目標 4時間を加え、目標時刻は 2026年11月22日 14時00分 です。',
    )
    expect(en).toContain(
      'Counted from 2026-11-22 10:00 JST, our own goal of 4 hours for the tier “priority” is 2026-11-22 14:00 JST.',
    )
  })

  it('says why for every reason, without a word of duty', () => {
    const reasons = ['table', 'person', 'none', 'outside_scope', 'over_band0_rate'] as const
    const said = reasons.map((bandReason) => orderSentence({ ...order, bandReason }))
    expect(new Set(said.map(({ ja }) => ja)).size).toBe(5)
    expect(JSON.stringify(said)).not.toMatch(/期限|deadline|due|SLA/)
  })

  it('shows the mark of a person with its goal in minutes', () => {
    const marked = markedByPerson(order, 15 * MINUTE)
    expect(marked).toMatchObject({ band: 0, bandReason: 'person', goalAt: NOW + 15 * MINUTE })
    expect(orderSentence(marked).ja).toContain('緊急区分の自社の目標 15分')
    expect(orderSentence(marked).en).toContain(
      '15 minutes for the urgent band is 2026-11-22 10:15 JST',
    )
    expect(markedByPerson(order, DAY).goalAt).toBe(order.goalAt)
  })
})

describe('outside the scope that was agreed', () => {
  const scoped = (tier: Tier, scope: readonly string[] | null, category = 'drugs') =>
    hotline({ scope })({ at: NOW, tier, category })

  it('no tier shortens the goal; nothing else is another', () => {
    for (const tier of TIERS) {
      const inside = scoped(tier, ['drugs'])
      const outside = scoped(tier, ['firearms'])
      expect(inside).not.toHaveProperty('outsideScope')
      expect(inside).toEqual(scoped(tier, null))
      const ordinary = scoped(tier === 'probation' ? 'probation' : 'ordinary', null)
      expect(outside).toEqual({ ...ordinary, outsideScope: true })
    }
  })

  it('a sender is told so, and an urgent category is taken in the normal band', () => {
    const order = scoped('priority', ['drugs'], 'suicide')
    expect(order).toMatchObject({ band: 1, bandReason: 'outside_scope', tier: 'ordinary' })
    expect(orderSentence(order!).ja).toContain('登録範囲の外')
    expect(orderSentence(order!).en).toContain('no goal shorter')
    expect(orderSentence(scoped('priority', null)!).en).not.toContain('no goal shorter')
  })
})
