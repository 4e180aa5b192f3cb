import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spreadOf } from '../../../src/core/statistics/spread.ts'

const seconds = (...times: number[]): number[] => times.map((time) => time * 1_000)

it('the middle of all times, and the one that nine of ten do not exceed', () => {
  expect(spreadOf(seconds(5, 1, 4, 2, 3))).toEqual({ count: 5, median: 3, p90: 5 })
  expect(spreadOf(seconds(1, 2, 3, 4, 5, 6, 7, 8, 9, 100))).toEqual({
    count: 10,
    median: 6,
    p90: 9,
  })
  expect(spreadOf([1_400, 1_600, 0, 0, 1_600, 1_600])).toMatchObject({ median: 2 })
})

it('of fewer than five nothing is said', () => {
  expect(spreadOf([])).toBeNull()
  expect(spreadOf(seconds(1, 2, 3, 4))).toBeNull()
})

it('stay within what was measured, and the second is no smaller than the first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e9), { minLength: 5 }), (times) => {
      const spread = spreadOf(times)
      if (spread === null) throw new Error('enough were given')
      const { median, p90 } = spread
      expect(median).toBeLessThanOrEqual(p90)
      expect(p90).toBeLessThanOrEqual(Math.round(Math.max(...times) / 1_000))
      const within = times.filter((time) => Math.round(time / 1_000) <= p90).length
      expect(within).toBeGreaterThanOrEqual(Math.ceil(times.length * 0.9))
    }),
  )
})
