/**
 * Time inside Madoguchi is a whole number of epoch milliseconds; a name that ends in `At` holds one.
 * On the wire it is RFC 3339 in UTC with three decimals. People read it in Asia/Tokyo.
 */

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const WIRE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Epoch milliseconds → `2026-11-22T01:02:03.456Z`. */
export function formatTime(at: number): string {
  return new Date(at).toISOString()
}

/** The inverse of {@link formatTime}, for exactly the form that it writes; otherwise `undefined`. */
export function parseTime(text: string): number | undefined {
  if (!WIRE.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) || formatTime(at) !== text ? undefined : at
}

/** The calendar day in Japan (UTC+9, no daylight saving) at an instant, as `YYYY-MM-DD`. */
export function dayInJapan(at: number): string {
  return formatTime(at + 9 * HOUR).slice(0, 10)
}

/** The calendar day so many days after one, both as `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): string {
  return formatTime(Date.parse(`${day}T00:00:00.000Z`) + days * DAY).slice(0, 10)
}

/** The instant at which a calendar day begins in Japan, or `undefined` where there is no such day. */
export function startOfDayInJapan(day: string): number | undefined {
  const midnightUtc = parseTime(`${day}T00:00:00.000Z`)
  return midnightUtc === undefined ? undefined : midnightUtc - 9 * HOUR
}

/** The same instant in Japan for readers of English: `2026-11-22 10:02 JST`. */
export function formatTimeEnglish(at: number): string {
  const local = formatTime(at + 9 * HOUR)
  return `${local.slice(0, 10)} ${local.slice(11, 16)} JST`
}

/** The same instant as people in Japan write it: `2026年11月22日 10時02分`. */
export function formatTimeJapanese(at: number): string {
  const text = formatTime(at + 9 * HOUR)
  const number = (from: number): string => String(Number(text.slice(from, from + 2)))
  return `${text.slice(0, 4)}年${number(5)}月${number(8)}日 ${number(11)}時${text.slice(14, 16)}分`
}

/** A calendar day (`YYYY-MM-DD`) as people in Japan write it: `2026年11月22日`. */
export function formatDayJapanese(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${String(year)}年${String(month)}月${String(date)}日`
}

/** The same day of the month so many months away, or the last one of a shorter month. */
export function shiftMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const lastOf = new Date(Date.UTC(year, month + months, 0))
  const shifted = Date.UTC(
    lastOf.getUTCFullYear(),
    lastOf.getUTCMonth(),
    Math.min(date, lastOf.getUTCDate()),
  )
  return formatTime(shifted).slice(0, 10)
}
