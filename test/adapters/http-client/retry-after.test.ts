import { expect, it } from 'vitest'
import { parseRetryAfter } from '../../../src/adapters/http-client/retry-after.ts'

const now = Date.parse('2026-11-22T00:00:00.000Z')

it.each([
  ['0', 0],
  ['120', 120_000],
  ['86401', 86_400_000],
  ['9'.repeat(400), 86_400_000],
  ['Sun, 22 Nov 2026 00:01:00 GMT', 60_000],
  ['Sunday, 22-Nov-26 00:01:00 GMT', 60_000],
  ['Sun Nov 22 00:01:00 2026', 60_000],
  ['Sat, 21 Nov 2026 00:01:00 GMT', 0],
  ['Tue, 22 Dec 2026 00:00:00 GMT', 86_400_000],
])('reads %s', (value, waitMs) => {
  expect(parseRetryAfter(value, now)).toBe(waitMs)
})

it.each([
  undefined,
  '',
  '-1',
  '1.5',
  '1e3',
  ' 5',
  'soon',
  '2026-11-22',
  'Sun, 99 Nov 2026 00:00:00 GMT',
])('ignores %s', (value) => {
  expect(parseRetryAfter(value, now)).toBeUndefined()
})
