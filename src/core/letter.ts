import type { Role } from './vocabulary.ts'

/** How a 書面の通知 reached the platform. */
export const LETTER_SOURCES = ['paper', 'email', 'fax', 'phone', 'other'] as const
export type LetterSource = (typeof LETTER_SOURCES)[number]

/** Somebody of the desk, by pseudonym. */
export interface DeskHand {
  readonly operator: string
  readonly role: Role
}

/** What is known of a notice that nobody signed: whence it came and who typed it in. */
export interface LetterFacts {
  readonly source: LetterSource
  readonly sourceNote: string | null
  /** Day in Japan on which it arrived; may lie before the day on which it was typed in. */
  readonly arrivedOn: string
  readonly enteredBy: DeskHand
  /** Provisions that a letter on form 2 cites, verbatim; the form itself claims no illegality. */
  readonly movedProvisions: readonly string[]
}

/** How an answer was handed over by a person. */
export const HAND_WAYS = ['post', 'email', 'fax', 'in_person', 'other'] as const
export type HandWay = (typeof HAND_WAYS)[number]

/** That a person sent an answer, which no machine can know. */
export interface Handover {
  readonly by: DeskHand
  readonly way: HandWay
  /** Day in Japan. */
  readonly sentOn: string
  readonly note: string | null
}
