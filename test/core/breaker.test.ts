import { describe, expect, it } from 'vitest'
import {
  afterAttempt,
  breakerState,
  FIRST_PAUSE_MS,
  isUnwell,
  LONGEST_PAUSE_MS,
  OPEN_AFTER,
  pausedUntil,
  type BreakerRecord,
} from '../../src/core/breaker.ts'
import type { AttemptResult } from '../../src/core/retry-schedule.ts'

const SENDER = 'https://hotline.example/'
const answered = (status: number): AttemptResult => ({ kind: 'answered', status })
const failed = (code: string): AttemptResult => ({ kind: 'failed', code })
const BAD = answered(503)

/** What is noted after these, one a second; where nothing is, what was before. */
function after(...results: readonly AttemptResult[]): BreakerRecord | undefined {
  return results.reduce<BreakerRecord | undefined>(
    (before, result, at) => afterAttempt(SENDER, before, result, at * 1_000) ?? before,
    undefined,
  )
}
const times = (count: number, result: AttemptResult): AttemptResult[] =>
  Array.from({ length: count }, () => result)

it('an endpoint of which nothing is noted is well', () => {
  expect(breakerState(undefined, 0)).toBe('closed')
  expect(pausedUntil(undefined, 0)).toBeNull()
  expect(after(answered(200), answered(409))).toBeUndefined()
})

it.each([
  [answered(200), false],
  [answered(409), false],
  [answered(400), false],
  [answered(410), false],
  [answered(302), true],
  [answered(404), true],
  [answered(429), true],
  [answered(500), true],
  [failed('connect_failed'), true],
  [failed('blocked_address'), true],
])('%j speaks against the endpoint: %s', (result, unwell) => {
  expect(isUnwell(result)).toBe(unwell)
})

describe('opens', () => {
  it('after five failures in a row, and not after four', () => {
    expect(after(...times(OPEN_AFTER - 1, BAD))).toMatchObject({ state: 'closed', failures: 4 })
    const open = after(...times(OPEN_AFTER, BAD))
    const until = 4_000 + FIRST_PAUSE_MS
    expect(open).toEqual({
      senderId: SENDER,
      state: 'open',
      failures: OPEN_AFTER,
      pauses: 1,
      openUntil: until,
    })
    expect([until - 1, until].map((now) => pausedUntil(open, now))).toEqual([until, null])
    expect([until - 1, until].map((now) => breakerState(open, now))).toEqual(['open', 'half_open'])
  })

  it('not where one in between was taken, or refused for good', () => {
    for (const well of [answered(204), answered(400)])
      expect(after(...times(4, BAD), well, ...times(4, BAD))).toMatchObject({ state: 'closed' })
  })

  it('again, for twice as long, where the one attempt that tells fails', () => {
    const pauses = [5, 6, 7, 8, 9, 10, 11, 12, 20].map((count) => {
      const open = after(...times(count, BAD))
      return (open?.openUntil ?? 0) - (count - 1) * 1_000
    })
    const minute = FIRST_PAUSE_MS
    expect(pauses).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60, 60].map((n) => Math.min(n * minute, LONGEST_PAUSE_MS)),
    )
  })
})

it('closes with the first that is taken, and counts from the start', () => {
  const closed = after(...times(7, BAD), answered(200))
  expect(closed).toMatchObject({ state: 'closed', failures: 0, pauses: 0, openUntil: null })
  expect(afterAttempt(SENDER, closed, answered(200), 0)).toBeUndefined()
  expect(after(...times(7, BAD), answered(200), BAD)).toMatchObject({ failures: 1 })
})
