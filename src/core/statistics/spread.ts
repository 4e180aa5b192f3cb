import { SECOND } from '../time.ts'
import { SMALLEST } from './small-cells.ts'

/** How long something took, over many notices, in whole seconds. */
export interface Spread {
  readonly count: number
  /** The middle one, or the mean of the two in the middle. */
  readonly median: number
  /** The shortest time that nine of ten did not exceed. */
  readonly p90: number
}

/** `null` for so few that a time would be one notice's own. */
export function spreadOf(times: readonly number[]): Spread | null {
  const count = times.length
  if (count < SMALLEST) return null
  const sorted = Float64Array.from(times).sort()
  const at = (place: number): number => sorted[place] ?? 0
  const median = (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2
  return {
    count,
    median: Math.round(median / SECOND),
    p90: Math.round(at(Math.ceil(count * 0.9) - 1) / SECOND),
  }
}
