import { daysAfter } from './time.ts'
import type { Bilingual } from './vocabulary.ts'

export interface Clause {
  readonly id: string
  readonly title: Bilingual
  readonly link?: string
}

/** 自社基準: the platform's published rules, one version. Only a clause in force may be cited. */
export interface Standard {
  readonly id: string
  readonly version: string
  readonly title: Bilingual
  /** `YYYY-MM-DD`, in Japan. */
  readonly publishedOn: string
  readonly effectiveOn: string
  /** Last day on which this version is in force; `null`: still. */
  readonly endsOn: string | null
  readonly clauses: readonly Clause[]
}

/** Whether a standard is in force on a day (`YYYY-MM-DD`). Days of this form sort as text. */
export function isInForce(standard: Standard, day: string): boolean {
  return (
    standard.effectiveOn <= day &&
    standard.publishedOn <= day &&
    (standard.endsOn === null || day <= standard.endsOn)
  )
}

/** 施行規則17条: so long before the day of a measure its standard must have been published. */
const NOTICE_PERIOD_DAYS = 14

/**
 * First day on which a measure may rest on a standard.
 *
 * @param needsNoticePeriod Of a designated platform that prevents a transmission.
 */
export function citableFrom(
  { publishedOn, effectiveOn }: Pick<Standard, 'publishedOn' | 'effectiveOn'>,
  needsNoticePeriod: boolean,
): string {
  const from = needsNoticePeriod ? daysAfter(publishedOn, NOTICE_PERIOD_DAYS) : publishedOn
  return from > effectiveOn ? from : effectiveOn
}
