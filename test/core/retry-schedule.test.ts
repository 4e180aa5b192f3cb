import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DELIVERY_SCHEDULE,
  EXECUTOR_SCHEDULE,
  HANDLER_SCHEDULE,
  nextAttempt,
  nextWaitMs,
  RESOLVER_SCHEDULE,
  verdictOf,
} from '../../src/core/retry-schedule.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/time.ts'

const answered = (status: number) => ({ kind: 'answered', status }) as const
const failed = (code: string) => ({ kind: 'failed', code }) as const

it('delivers over days by the schedule of Standard Webhooks', () => {
  const seconds = DELIVERY_SCHEDULE.map((ms) => ms / SECOND)
  expect(seconds).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
  expect(seconds.reduce((sum, one) => sum + one) / 3_600).toBeCloseTo(75.58, 1)
})

it('begins at once and has three tries to resolve', () => {
  for (const schedule of [
    DELIVERY_SCHEDULE,
    EXECUTOR_SCHEDULE,
    HANDLER_SCHEDULE,
    RESOLVER_SCHEDULE,
  ])
    expect(nextWaitMs(schedule, 0, 0.3)).toBe(0)
  expect(RESOLVER_SCHEDULE).toHaveLength(3)
})

describe('nextWaitMs', () => {
  it('spreads by 20 % both ways', () => {
    expect(nextWaitMs(DELIVERY_SCHEDULE, 2, 0)).toBe(4 * MINUTE)
    expect(nextWaitMs(DELIVERY_SCHEDULE, 2, 0.5)).toBe(5 * MINUTE)
    expect(nextWaitMs(DELIVERY_SCHEDULE, 2, 1)).toBe(6 * MINUTE)
  })

  it('ends with the schedule', () => {
    expect(nextWaitMs(DELIVERY_SCHEDULE, 9, 0.5)).toBe(DAY)
    expect(nextWaitMs(DELIVERY_SCHEDULE, 10, 0.5)).toBeUndefined()
  })

  it('honours Retry-After up to a day, and never waits less for it', () => {
    expect(nextWaitMs(DELIVERY_SCHEDULE, 1, 0.5, HOUR)).toBe(HOUR)
    expect(nextWaitMs(DELIVERY_SCHEDULE, 1, 0.5, 9 * DAY)).toBe(DAY)
    expect(nextWaitMs(DELIVERY_SCHEDULE, 4, 0.5, SECOND)).toBe(2 * HOUR)
  })

  it('stays within a fifth of the schedule', () => {
    const attempt = fc.nat({ max: DELIVERY_SCHEDULE.length - 1 })
    fc.assert(
      fc.property(attempt, fc.double({ min: 0, max: 1, noNaN: true }), (made, random) => {
        const wait = nextWaitMs(DELIVERY_SCHEDULE, made, random)!
        expect(Math.abs(wait - DELIVERY_SCHEDULE[made]!)).toBeLessThanOrEqual(
          DELIVERY_SCHEDULE[made]! / 5,
        )
      }),
    )
  })
})

it.each([
  ['delivered', [200, 201, 202, 204, 299, 409]],
  ['retry', [100, 301, 302, 307, 404, 408, 425, 429, 500, 502, 503, 504, 599]],
  ['stop', [400, 401, 403, 405, 413, 415, 422]],
  ['disable', [410]],
] as const)('%s: %j', (verdict, statuses) => {
  for (const status of statuses)
    expect([status, verdictOf(answered(status))]).toEqual([status, verdict])
})

it('tries again after faults that pass, not after a blocked endpoint', () => {
  for (const code of ['dns_failed', 'connect_failed', 'tls_failed', 'timed_out', 'connection_lost'])
    expect(verdictOf(failed(code))).toBe('retry')
  for (const code of ['blocked_url', 'blocked_address'])
    expect(verdictOf(failed(code))).toBe('stop')
})

it.each([
  [1, answered(204), { kind: 'delivered' }],
  [1, answered(503), { kind: 'retry', waitMs: 5 * SECOND }],
  [1, { ...answered(429), retryAfterMs: HOUR }, { kind: 'retry', waitMs: HOUR }],
  [2, failed('timed_out'), { kind: 'retry', waitMs: 5 * MINUTE }],
  [1, answered(401), { kind: 'give_up', why: 'refused' }],
  [1, answered(410), { kind: 'give_up', why: 'endpoint_gone' }],
  [9, answered(500), { kind: 'retry', waitMs: DAY }],
  [10, answered(500), { kind: 'give_up', why: 'attempts_used' }],
] as const)('after attempt %i with %j: %j', (attempt, result, verdict) => {
  expect(nextAttempt({ attempt, result, jitter: 0.5 })).toEqual(verdict)
})
