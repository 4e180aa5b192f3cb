import type { Bilingual } from '../core/vocabulary.ts'

/** What a person reads of an error. */
export interface ErrorText {
  /** What it is. */
  readonly title: Bilingual
  /** What it most likely comes from; for the handbook, not in the answer. */
  readonly cause: Bilingual
  /** What to do about it. */
  readonly remedy: Bilingual
}

/** One row of the catalogue: title, likely cause, what to do; Japanese before English. */
export const text = (
  ...[ja, en, causeJa, causeEn, remedyJa, remedyEn]: [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
): ErrorText => ({
  title: { ja, en },
  cause: { ja: causeJa, en: causeEn },
  remedy: { ja: remedyJa, en: remedyEn },
})
