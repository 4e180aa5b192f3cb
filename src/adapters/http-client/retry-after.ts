import { DAY, SECOND } from '../../core/time.ts'

/** A date of RFC 9110 §5.6.7: as it is written now, and its two obsolete forms. */
const DATES = [
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
]

/**
 * `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from now: never below 0, never
 * above 24 h. `undefined` for anything else.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const waitMs = /^\d+$/.test(value) ? Number(value) * SECOND : dateOf(value) - now
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), DAY)
}

function dateOf(value: string): number {
  if (!DATES.some((form) => form.test(value))) return Number.NaN
  return Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
}
