import type { Bilingual } from '../core/vocabulary.ts'

/** What a person reads of an error: what it is, and what to do about it. */
export interface ErrorText {
  readonly title: Bilingual
  readonly remedy: Bilingual
}

/** One row of the catalogue. */
export const text = (ja: string, en: string, remedyJa: string, remedyEn: string): ErrorText => ({
  title: { ja, en },
  remedy: { ja: remedyJa, en: remedyEn },
})
