import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import type { MeasureTerms } from './measure-terms.ts'
import { DAY } from './time.ts'
import type { Bilingual } from './vocabulary.ts'

/** Counted here, from the platform's own decisions and nothing else. */
export const COUNTED_MANNERS = ['repeat_posting', 'duplicate_posting'] as const
/** Facts that only the platform can supply (M-21); nothing is detected here. */
export const SUPPLIED_MANNERS = ['bot_like', 'impression_farming'] as const
export type SuppliedManner = (typeof SUPPLIED_MANNERS)[number]
export type Manner = (typeof COUNTED_MANNERS)[number] | SuppliedManner

/**
 * 態様: how something was posted, an axis beside its category and never about whether it is true. Other
 * items of the account, and others with the same content, on which the platform's own restriction stands.
 * Requests that came are never counted.
 */
export interface MannerCounts {
  readonly repeat: number
  readonly duplicate: number
}

export interface MannerFacts extends MannerCounts {
  readonly supplied: readonly SuppliedManner[]
}

/** From how many other items on the platform speaks of a manner; its own rule. */
export interface MannerRule {
  readonly repeatFrom: number
  readonly duplicateFrom: number
}

/** Nothing is counted, or there is nothing to count by. */
export const NO_MANNER: MannerFacts = { repeat: 0, duplicate: 0, supplied: [] }

/** How long a restriction counts. */
export const MANNER_WINDOW_MS = 365 * DAY

/**
 * Whether a measure is a restriction that counts: of what is seen, of money or of an account, and final.
 * A label that leaves visibility alone isn't, so that a warning of the police counts for nothing.
 */
export function isRestriction(kind: ActionKind, terms: MeasureTerms | null): boolean {
  const { visibility, scope } = ACTION_KINDS[kind]
  return (
    (visibility !== 'none' || scope === 'account' || MONEY.has(kind)) && terms?.interim !== true
  )
}

const MONEY: ReadonlySet<ActionKind> = new Set<ActionKind>(['demonetize_item', 'ad_stop'])

/** The words of the manners that hold; what a standing policy can ask for. */
export function mannersOf(facts: MannerFacts, rule: MannerRule): readonly Manner[] {
  return [
    ...(facts.repeat >= rule.repeatFrom ? (['repeat_posting'] as const) : []),
    ...(facts.duplicate >= rule.duplicateFrom ? (['duplicate_posting'] as const) : []),
    ...facts.supplied,
  ]
}

/** Grounds that rest on a manner, with the count that they need. */
const GROUNDS: Readonly<Partial<Record<string, keyof MannerCounts>>> = {
  manner_policy_repeat: 'repeat',
  manner_policy_duplicate: 'duplicate',
}

/** Whether a ground rests on a manner at all. */
export function isMannerGround(kind: string): boolean {
  return GROUNDS[kind] !== undefined
}

/** Whether what a ground says of the manner was counted at all; its clause says from how many on. */
export function isMannerCounted(kind: string, counts: MannerCounts): boolean {
  const name = GROUNDS[kind]
  return name === undefined || counts[name] > 0
}

const SUPPLIED_LABELS: Readonly<Record<SuppliedManner, Bilingual>> = {
  bot_like: { ja: '自動的とみられる投稿', en: 'posting that looks automated' },
  impression_farming: { ja: '表示回数の獲得を目的とする投稿', en: 'posting for impressions' },
}

/** The facts in words, for the reviewer; `null` where there are none. */
export function mannerSentence({ repeat, duplicate, supplied }: MannerFacts): Bilingual | null {
  const parts: Bilingual[] = []
  if (repeat > 0)
    parts.push({
      ja: `同じアカウントの別の投稿${repeat}件に、当社による制限があります。`,
      en: `Our own restriction stands on ${repeat} other item(s) of the same account.`,
    })
  if (duplicate > 0)
    parts.push({
      ja: `同じ内容の別の投稿${duplicate}件に、当社による制限があります。`,
      en: `Our own restriction stands on ${duplicate} other item(s) with the same content.`,
    })
  if (parts.length > 0)
    parts.push({
      ja: '直近12か月の確定した判断だけを数え、取り消したもの及び受け付けた通知の数は含みません。',
      en: 'Only final decisions of the last twelve months count; none that was reversed, and no notice that came.',
    })
  if (supplied.length > 0)
    parts.push({
      ja: `当社の記録: ${supplied.map((one) => SUPPLIED_LABELS[one].ja).join('、')}。`,
      en: `By our own records: ${supplied.map((one) => SUPPLIED_LABELS[one].en).join(', ')}.`,
    })
  if (parts.length === 0) return null
  parts.push({
    ja: '態様は、内容の当否を示すものではありません。',
    en: 'The manner says nothing about whether the content is true or unlawful.',
  })
  return { ja: parts.map(({ ja }) => ja).join(''), en: parts.map(({ en }) => en).join(' ') }
}
