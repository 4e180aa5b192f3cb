import { expect, it } from 'vitest'
import { orderSentence } from '../../src/core/order-sentence.ts'
import {
  shiftMonths,
  dayInJapan,
  formatTime,
  formatTimeEnglish,
  formatDayJapanese,
  formatTimeJapanese,
  HOUR,
  parseTime,
  startOfDayInJapan,
} from '../../src/core/time.ts'

const AT = Date.parse('2026-11-21T15:02:03.004Z')

it('writes one moment for the wire and for people in Japan', () => {
  expect(formatTime(AT)).toBe('2026-11-21T15:02:03.004Z')
  expect(dayInJapan(AT)).toBe('2026-11-22')
  expect(formatTimeJapanese(AT)).toBe('2026年11月22日 0時02分')
  expect(formatTimeEnglish(AT)).toBe('2026-11-22 00:02 JST')
})

it('reads a moment back only in the form that it writes', () => {
  expect(parseTime('2026-11-21T15:02:03.004Z')).toBe(AT)
  for (const text of [
    '2026-11-21T15:02:03Z',
    '2026-11-21T15:02:03.004+00:00',
    '2026-02-30T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    ' 2026-11-21T15:02:03.004Z',
    '',
  ])
    expect(parseTime(text), text).toBeUndefined()
})

it('knows when a day begins in Japan, and which days there are', () => {
  expect(startOfDayInJapan('2026-11-22')).toBe(Date.parse('2026-11-21T15:00:00.000Z'))
  expect(startOfDayInJapan('2026-02-30')).toBeUndefined()
})

it('writes a day as people in Japan do', () => {
  expect(formatDayJapanese('2026-01-02')).toBe('2026年1月2日')
})

it('counts one hour as one', () => {
  const order = { band: 1, tier: 'priority', slotAt: AT, bandReason: 'none' } as const
  const { en } = orderSentence({ ...order, ownGoalMs: HOUR, goalAt: AT + HOUR })
  expect(en).toContain('1 hour ')
})

it.each([
  ['2026-11-22', -18, '2025-05-22'],
  ['2026-08-31', -18, '2025-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-12-31', 2, '2027-02-28'],
])('%s, %i months away', (day, months, shifted) => {
  expect(shiftMonths(day, months)).toBe(shifted)
})
