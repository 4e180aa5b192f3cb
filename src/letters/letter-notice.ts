import { label } from '../core/vocabulary-lookup.ts'
import type { LetterNotice, LetterTarget } from '../generated/types.ts'
import { ILLEGAL_CATEGORIES } from '../generated/vocabularies.ts'
import { readJapaneseDate } from './japanese-date.ts'

/** A date of a letter that is none, by its pointer. */
export interface DateFault {
  readonly pointer: string
  readonly reason: 'unreadable' | 'impossible'
}

export type LetterReadingResult =
  | {
      readonly ok: true
      /** A notice of the wire, still to be checked as one. */
      readonly notice: Readonly<Record<string, unknown>>
      readonly movedProvisions: readonly string[]
    }
  | { readonly ok: false; readonly fault: DateFault }

/** What stands where a letter on form 2 names no class: the form can't be refused for citing a law instead. */
export const NO_CLASS = '（書面に記載なし）'
const MAX_REASONING = 10_000

/**
 * A letter as the notice that it is: dates on the calendar of the wire, and on form 2 no law, since that
 * form claims no illegality (law 6).
 *
 * @param id Stands for the identifier that a letter doesn't have.
 */
export function noticeOfLetter(letter: LetterNotice, id: string): LetterReadingResult {
  const issued = readJapaneseDate(letter.issued_on)
  if (!issued.ok) return { ok: false, fault: { pointer: '/issued_on', reason: issued.reason } }
  const target = targetOf(letter.target)
  if (!target.ok) return target
  const wanted = dayOf(letter.answer_wanted_on)
  if (wanted === undefined)
    return { ok: false, fault: { pointer: '/answer_wanted_on', reason: 'unreadable' } }
  const dated = { ...letter, id, issued_on: issued.day, ...target.target, ...wanted }
  const { legal_provisions: cited = [], ...rest } = dated
  return letter.form === 'public_order'
    ? { ok: true, notice: withoutLaw(rest, cited), movedProvisions: cited }
    : { ok: true, notice: dated, movedProvisions: [] }
}

/** The day that a letter names for an answer; `undefined` where it can't be read. */
function dayOf(text: string | undefined): { readonly answer_wanted_on?: string } | undefined {
  if (text === undefined) return {}
  const read = readJapaneseDate(text)
  return read.ok ? { answer_wanted_on: read.day } : undefined
}

/** A general request has no target. */
function targetOf(
  target: LetterTarget | undefined,
):
  | { readonly ok: true; readonly target: { readonly target?: LetterTarget } }
  | { readonly ok: false; readonly fault: DateFault } {
  if (target === undefined) return { ok: true, target: {} }
  if (target.posted_on === undefined) return { ok: true, target: { target } }
  const read = readJapaneseDate(target.posted_on)
  return read.ok
    ? { ok: true, target: { target: { ...target, posted_on: read.day } } }
    : { ok: false, fault: { pointer: '/target/posted_on', reason: read.reason } }
}

/**
 * What a letter cites goes to `suspected_category` where it is an item of the illegal list by name, else
 * behind the reasons; whole it stays in the record of the letter.
 */
function withoutLaw(
  notice: Omit<LetterNotice, 'legal_provisions'>,
  cited: readonly string[],
): Readonly<Record<string, unknown>> {
  const named = ILLEGAL_CATEGORIES.find(({ id }) =>
    cited.includes(label('illegal-categories', id, 'ja')),
  )
  const suspected = notice.suspected_category ?? named?.id
  const others = cited.filter((each) => named === undefined || each !== named.label_ja)
  const addition = others.length === 0 ? '' : `\n（書面に記載された法令名等：${others.join('、')}）`
  const { reasoning = '' } = notice
  const isShort = reasoning.length + addition.length <= MAX_REASONING
  return {
    ...notice,
    guideline_category: notice.guideline_category ?? NO_CLASS,
    ...(suspected === undefined ? {} : { suspected_category: suspected }),
    ...(notice.reasoning === undefined
      ? {}
      : { reasoning: isShort ? `${reasoning}${addition}` : reasoning }),
  }
}
