import type { Id } from './ids.ts'

/**
 * 監査用の抽出: the cases that one external auditor may see, fixed when its access was made. `seed`, period
 * and number stand in the log, so that it can be checked later that nobody picked them by hand.
 */
export interface SampleRecord {
  readonly id: Id<'smp'>
  readonly operatorId: Id<'opr'>
  readonly drawnAt: number
  /** Of the decisions: from, inclusive … */
  readonly decidedFrom: number
  /** … until, exclusive. */
  readonly decidedUntil: number
  readonly seed: string
  /** How many cases there were to draw from. */
  readonly population: number
  /** Those drawn, in the order of their draw. */
  readonly caseIds: readonly Id<'cas'>[]
  /** Makes the pseudonyms of this sample's people; never shown. */
  readonly pseudonymKey: string
}

/** How many to draw: that many, or that share of all in per cent, rounded up. */
export type SampleSize = { readonly size: number } | { readonly percent: number }

export const MAX_SAMPLE = 1_000

/** How many cases are drawn from a population. */
export function sampleCount(wanted: SampleSize, population: number): number {
  const asked = 'size' in wanted ? wanted.size : Math.ceil((population * wanted.percent) / 100)
  return Math.min(asked, population, MAX_SAMPLE)
}
