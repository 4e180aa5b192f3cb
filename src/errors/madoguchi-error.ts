import { DESK_ERRORS } from './desk-errors.ts'
import type { ErrorText } from './error-text.ts'
import { MEASURE_ERRORS } from './measure-errors.ts'
import { POSTER_ERRORS } from './poster-errors.ts'
import { OUR_ERRORS } from './our-errors.ts'
import { POLICY_ERRORS } from './policy-errors.ts'
import { SENDER_ERRORS } from './sender-errors.ts'
import { SIGNATURE_ERRORS } from './signature-errors.ts'

/**
 * Every code that anybody outside may meet, with its text in both languages. HTTP statuses stand in
 * `http/problem-status.ts`; `docs/errors.md` and `openapi.yaml` list the same.
 */
export const ERRORS = {
  ...SIGNATURE_ERRORS,
  ...SENDER_ERRORS,
  ...DESK_ERRORS,
  ...MEASURE_ERRORS,
  ...POSTER_ERRORS,
  ...POLICY_ERRORS,
  ...OUR_ERRORS,
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof ERRORS

/** Whether a text is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text)
}

/** Where and against which rule a message fails; names members of our schema, never of the input. */
export interface InputFault {
  readonly pointer: string
  readonly keyword: string
  /** A hint that names another member of the schema, e.g. `suspected_category`. */
  readonly hint?: string
}

export interface ErrorDetails {
  readonly errors?: readonly InputFault[]
  readonly retryAfterMs?: number
  /** With `time_skew`. */
  readonly serverTime?: string
  /** With `stale_version`: what changed since the version that was decided on. */
  readonly difference?: object
  /** With `claimed_by_other`: epoch ms at which the claim ends by itself. */
  readonly claimUntil?: number
  /** With `letter_known`: our identifiers of the notices that look the same. */
  readonly knownNotices?: readonly string[]
  /** With `case_open_there`. */
  readonly openCase?: { readonly id: string; readonly version: number }
  /** With `other_window`: what it is, and where it goes. */
  readonly otherWindow?: { readonly kind: string; readonly where: string }
  readonly cause?: unknown
}

/** The one error that crosses our borders. Its message is its code; it never holds input. */
export class MadoguchiError extends Error {
  override readonly name = 'MadoguchiError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.details = details
  }
}
