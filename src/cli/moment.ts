import { formatTime, parseTime, startOfDayInJapan } from '../core/time.ts'
import { UsageError } from './usage-error.ts'

/**
 * A day, which means its beginning in Japan, or a moment as the wire writes it.
 *
 * @throws UsageError for anything else.
 */
export function momentFrom(option: string, text: string): number {
  const at = startOfDayInJapan(text) ?? parseTime(text)
  if (at !== undefined) return at
  throw new UsageError(
    `${option} の時刻は 2026-12-01 又は ${formatTime(0)} の形で書いてください。`,
    `Write the time of ${option} as 2026-12-01 or ${formatTime(0)}.`,
  )
}
