import { shiftMonths } from './time.ts'

/** What a trusted body does: finds items itself, checks what others found, or forwards. */
export const BODY_ROLES = ['finds', 'checks', 'forwards'] as const
export type BodyRole = (typeof BODY_ROLES)[number]

/** 認定: why the platform takes a body for a trusted one (M-19). Days are `YYYY-MM-DD` in Japan. */
export interface Accreditation {
  readonly grantedBy: string
  /** The criteria by which it was granted. */
  readonly basis: string
  readonly from: string
  readonly to: string | null
  readonly reviewOn: string
  readonly roles: readonly BodyRole[]
  readonly legalForm: string
  readonly funding: string
  /** Also with the platform and its competitors. */
  readonly conflictsOfInterest: string
  /** Its newest public report. */
  readonly report: { readonly address: string; readonly publishedOn: string } | null
}

/** 通知元の判断基準: the sender's own published criteria (M-07). */
export interface SenderCriteria {
  readonly address: string
  readonly version: string
  readonly usersConsulted: 'yes' | 'no' | 'unknown'
}

/** What a person should look at in the record of a body. */
export const REVIEW_ITEMS = [
  'accreditation_missing',
  'accreditation_not_begun',
  'accreditation_ended',
  'review_due',
  'report_missing',
  'report_old',
  'criteria_missing',
] as const
export type ReviewItem = (typeof REVIEW_ITEMS)[number]

/** A report older than this is to be looked at. */
export const REPORT_MONTHS = 18

/** Sender types whose standing rests on what a platform knows of them. */
const TRUSTED_TYPES: ReadonlySet<string> = new Set(['trusted_flagger', 'fact_checker'])

/** The record of a body, as far as it is looked at. */
export interface BodyRecord {
  readonly type: string
  readonly accreditation: Accreditation | null
  readonly criteria: SenderCriteria | null
}

/**
 * 確認を要する事項: what has run out or is missing on a day. Nothing follows from it by itself; a tier, a
 * suspension and whatever else takes a person.
 */
export function reviewItems(body: BodyRecord, day: string): readonly ReviewItem[] {
  const { accreditation: held, criteria, type } = body
  if (held === null) return TRUSTED_TYPES.has(type) ? ['accreditation_missing'] : []
  const holds: readonly (readonly [ReviewItem, boolean])[] = [
    ['accreditation_not_begun', day < held.from],
    ['accreditation_ended', held.to !== null && held.to < day],
    ['review_due', held.reviewOn <= day],
    ['report_missing', held.report === null],
    ['report_old', isOld(held.report?.publishedOn ?? day, day)],
    ['criteria_missing', criteria === null],
  ]
  return holds.filter(([, isSo]) => isSo).map(([item]) => item)
}

function isOld(publishedOn: string, day: string): boolean {
  return publishedOn < shiftMonths(day, -REPORT_MONTHS)
}
