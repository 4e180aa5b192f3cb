import {
  DECLINE_REASONS,
  FIXED_SENTENCES,
  GROUNDS,
  ILLEGAL_CATEGORIES,
  NATURES,
  PUBLIC_ORDER_CATEGORIES,
  SENDER_TYPES,
  VOCABULARIES,
  type CategoryRow,
  type DeclineReasonRow,
  type GroundRow,
  type SenderTypeRow,
  type VocabularyName,
  type VocabularyRow,
} from '../generated/vocabularies.ts'
import type { Bilingual, Form, Lang, LegalNature } from './vocabulary.ts'

/** Whether a row is valid on a day (`YYYY-MM-DD`, Japan); both ends belong to it. */
export function isValidOn(row: VocabularyRow, day: string): boolean {
  return (
    (row.valid_from === null || row.valid_from <= day) &&
    (row.valid_to === null || day <= row.valid_to)
  )
}

/** An agency names a category of either kind; it claims nothing by that. */
const ALL_CATEGORIES = [...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES]

function categoriesOf(form: Form): readonly CategoryRow[] {
  if (form === 'illegal_information') return ILLEGAL_CATEGORIES
  if (form === 'public_order') return PUBLIC_ORDER_CATEGORIES
  return form === 'agency_request' || form === 'general_request' ? ALL_CATEGORIES : []
}

/**
 * The row of a category in the list that was valid when the notice was issued (law 15). `undefined`:
 * an open list doesn't know it on that day; the id is kept and shown as "other".
 */
export function categoryRow(form: Form, id: string, issuedOn: string): CategoryRow | undefined {
  return categoriesOf(form).find((row) => row.id === id && isValidOn(row, issuedOn))
}

const OTHER: Bilingual = { ja: 'その他', en: 'Other' }

/** What a person reads for an id of a list; "other" for one that the list doesn't know. */
export function label(list: VocabularyName, id: string, lang: Lang): string {
  const rows: readonly VocabularyRow[] = VOCABULARIES[list]
  const row = rows.find((each) => each.id === id)
  if (row === undefined) return OTHER[lang]
  return lang === 'ja' ? row.label_ja : row.label_en
}

/** A reason for no measure, with its sentence. Open list: `undefined` for an unknown one. */
export function declineReason(id: string): DeclineReasonRow | undefined {
  return DECLINE_REASONS.find((row) => row.id === id)
}

/** A ground by its id: on which forms it may be used, whether it claims illegality (law 6). */
export function groundRow(id: string): GroundRow | undefined {
  return GROUNDS.find((row) => row.id === id)
}

/** A sender type with its defaults. Open list: `undefined` for an unknown one. */
export function senderTypeRow(id: string): SenderTypeRow | undefined {
  return SENDER_TYPES.find((row) => row.id === id)
}

/** The fixed sentences that follow from the assessed nature (law 20). */
export interface NatureSentences {
  /** Beside the request, for the desk. */
  readonly desk: Bilingual
  /** In the outcome; `null` where no fixed sentence exists. */
  readonly answer: Bilingual | null
}

/**
 * The sentences of a legal nature (glossary §6).
 *
 * @throws RangeError for a nature without a row, which the closed list rules out.
 */
export function natureSentences(nature: LegalNature): NatureSentences {
  const row = NATURES.find((each) => each.id === nature)
  if (row === undefined) throw new RangeError('nature without sentences')
  return {
    desk: { ja: row.desk_ja, en: row.desk_en },
    answer:
      row.answer_ja === null || row.answer_en === null
        ? null
        : { ja: row.answer_ja, en: row.answer_en },
  }
}

/**
 * A fixed sentence that doesn't depend on the nature: `receipt`, `effort_duty_desk`, `police_label`.
 *
 * @throws RangeError for another name.
 */
export function fixedSentence(id: string): Bilingual {
  const row = FIXED_SENTENCES.find((each) => each.id === id)
  if (row === undefined) throw new RangeError('no such fixed sentence')
  return { ja: row.text_ja, en: row.text_en }
}

const idsWhere = (holds: (row: CategoryRow) => boolean): ReadonlySet<string> =>
  new Set([...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES].filter(holds).map((row) => row.id))

/** The shipped table of categories with danger to life or body; a platform may set its own. */
export const DEFAULT_BAND0_CATEGORIES = idsWhere((row) => row.default_band0)

/** The shipped table of grave categories: two people for a measure and for none (law 24). */
export const DEFAULT_GRAVE_CATEGORIES = idsWhere((row) => row.default_grave)

/** The shipped table of categories whose very description is toxic (law 11). */
export const DEFAULT_NO_VIEW_CATEGORIES = idsWhere((row) => row.no_view)
