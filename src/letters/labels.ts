import type { ReferenceForm } from '../core/vocabulary.ts'
import { widenKana } from './clean-lines.ts'
import { FORM_WORDS, type PlaceDetail } from './layout.ts'

/** What a word of the form says about the text behind it. */
export type Label =
  | 'reference_no'
  | 'issued_on'
  | 'contact_email'
  | 'handler_name'
  | 'checker_name'
  | 'title_1'
  | 'title_2'
  | 'place'
  | 'url'
  | 'other_place'
  | 'content'
  | 'reasons'
  | 'provisions'
  | 'class'
  | 'reasoning'

/** A label that was found, and what stands behind it on the line. */
export interface Found<L> {
  readonly label: L
  readonly rest: string
  /** The label went on in the next line. */
  readonly tookNext: boolean
}

const NUMBERING = String.raw`(?:[（(]?[0-9０-９]{1,2}[)）.．、]|[①-⑳]|[・○●◯◎■□◆◇▼▽*＊※])`
const OPENING = String.raw`^\s*(?:${NUMBERING}\s*)?[【〔［\[<＜]?`
const BETWEEN = String.raw`[\s【】「」]*`
/** A word of the form ends with the line, before a colon, bracket or space, or before the next one. */
const END = String.raw`(?=$|[\s:：】〕］\]>＞(（]|[UＵ][RＲ][LＬ]|例[)）])`
const CLOSING = String.raw`\s*[】〕］\]>＞]?\s*[:：]?\s*`

const patternOf = (words: string): string => Array.from(words.replace(/[【】]/gu, '')).join(BETWEEN)

function labelPattern(words: readonly string[], hint = ''): RegExp {
  return new RegExp(`${OPENING}(?:${words.map(patternOf).join('|')})${END}${hint}${CLOSING}`, 'u')
}

const IN_BRACKETS = String.raw`(?:\s*[(（][^)）]*[)）])?`
const WORDS: readonly (readonly [Label, readonly string[], string?])[] = [
  ['reference_no', ['整理番号', '文書番号']],
  ['issued_on', ['通知年月日', '年月日', '通知日']],
  ['contact_email', ['連絡先'], IN_BRACKETS],
  ['handler_name', ['担当者氏名', '担当者']],
  ['checker_name', ['確認者氏名', '確認者', '責任者氏名']],
  ['title_1', [FORM_WORDS.illegal_information.title]],
  ['title_2', [FORM_WORDS.public_order.title]],
  ['place', ['掲載されている場所']],
  ['url', ['URL等', 'URL', 'ＵＲＬ等', 'ＵＲＬ']],
  ['other_place', ['その他情報の特定に必要な情報']],
  ['content', ['掲載されている情報']],
  ['reasons', [FORM_WORDS.illegal_information.reasons, FORM_WORDS.public_order.reasons]],
  ['provisions', ['違反する法令名等', '違反する法令名']],
  ['class', ['分類の種類']],
  [
    'reasoning',
    [
      FORM_WORDS.illegal_information.reasoning,
      FORM_WORDS.public_order.reasoning,
      '上記分類に当てはまると判断した理由',
    ],
  ],
]

const LABELS = WORDS.map(([label, words, hint]) => ({
  label,
  words,
  pattern: labelPattern(words, hint),
}))

/** Of these a narrow column breaks the words. */
const SHORTEST_BROKEN = 5
const folded = (text: string): string => text.replace(/[\s【】「」]/gu, '')

/** The word of the form at the beginning of a line, which may go on in the next one. */
export function labelAt(text: string, next: string | undefined): Found<Label> | undefined {
  const widened = widenKana(text)
  for (const { label, pattern } of LABELS) {
    const match = pattern.exec(widened)
    if (match !== null) return { label, rest: widened.slice(match[0].length), tookNext: false }
  }
  return next === undefined ? undefined : brokenLabel(widened, widenKana(next))
}

function brokenLabel(text: string, next: string): Found<Label> | undefined {
  const begun = folded(text)
  if (begun.length < SHORTEST_BROKEN) return undefined
  const both = `${text}${next}`
  for (const { label, words, pattern } of LABELS) {
    const isBegun = words.some((each) => folded(each) !== begun && folded(each).startsWith(begun))
    const match = isBegun ? pattern.exec(both) : null
    if (match !== null && match[0].length > text.length)
      return { label, rest: both.slice(match[0].length), tookNext: true }
  }
  return undefined
}

const DETAIL_WORDS: Readonly<Record<PlaceDetail, string>> = {
  locator: String.raw`所在(?:[(（]アプリ等[)）])?|アプリ内の所在`,
  site_name: String.raw`(?:ウェブ)?サイト(?:の名称|名)|掲示板(?:の名称|名)|アプリ(?:の名称|名)`,
  position: String.raw`(?:(?:ウェブ)?サイト内の|掲示板内の|アプリ内の)?書き?込み場所`,
  posted_on: String.raw`(?:掲載|投稿|書き?込み)?日付?`,
  file_name: 'ファイル名',
  other: 'その他',
}
const DETAILS = Object.entries(DETAIL_WORDS) as [PlaceDetail, string][]
const BULLET = String.raw`^\s*(?:${NUMBERING}\s*)?`

/** One of 「その他情報の特定に必要な情報」, with its colon. */
export function detailAt(text: string): Found<PlaceDetail> | undefined {
  const widened = widenKana(text)
  for (const [label, words] of DETAILS) {
    const match = new RegExp(`${BULLET}(?:${words})\\s*[:：]\\s*`, 'u').exec(widened)
    if (match !== null) return { label, rest: widened.slice(match[0].length), tookNext: false }
  }
  return undefined
}

const ANY_DETAIL = DETAILS.map(([, words]) => words).join('|')
const BEFORE_DETAIL = new RegExp(`[\\s、，,;；／/]{1,80}(?=(?:${ANY_DETAIL})\\s*[:：])`, 'u')
const BEFORE_HEAD = /[\s　]+(?=(?:整理番号|連絡先|担当者|確認者)(?:氏名)?[\s:：(（])/u
const BEFORE_PLACE = /[\s　]+(?=その他情報の特定に必要な情報)/u

/** Fields that share a line, each by itself. */
export function splitShared(text: string): readonly string[] {
  return text
    .split(BEFORE_HEAD)
    .flatMap((part) => part.split(BEFORE_PLACE))
    .filter((part) => part !== '')
}

/** Details that share a line, each by itself. */
export function splitDetails(text: string): readonly string[] {
  return text.split(BEFORE_DETAIL).filter((part) => part !== '')
}

/** Printed beside the words of the form and no text of a sender. */
const FURNITURE = /^(?:記|[<＜]?\s*参考書式.*|\d?\s*【.*に関する(?:送信防止措置等|対応)依頼書】)$/u
const ENQUIRY = /^[※*＊]?\s*(?:本(?:通知|件|依頼))?(?:に関する)?(?:ご|御|お)?問い?合わ?せ/u

export const isFurniture = (text: string): boolean => FURNITURE.test(text.trim())
export const isEnquiry = (text: string): boolean => ENQUIRY.test(text.trim())

/** Which form a label belongs to; most are on both. */
export function formOfLabel(label: Label): ReferenceForm | undefined {
  if (label === 'title_1' || label === 'provisions') return 'illegal_information'
  return label === 'title_2' || label === 'class' ? 'public_order' : undefined
}
