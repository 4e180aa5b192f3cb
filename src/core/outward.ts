import { ACTION_KINDS, type ActionKind } from './action-kind.ts'
import type { Observation } from './notice.ts'
import { isOutwardReason, type OutwardReasonId } from './outward-reasons.ts'
import type { OutcomeStatus } from './vocabulary.ts'

/**
 * Reasons that stay inside (law 21), each with what goes out in its place. Nothing else of the house
 * turns an inside reason into an outside one.
 */
export const INSIDE_REASONS = {
  hold: 'unspecified',
  preservation_hold: 'unspecified',
  secrecy: 'unspecified',
  secrecy_asked: 'unspecified',
  secrecy_ordered: 'unspecified',
  poster_dispute_pending: 'unspecified',
  poster_objection: 'unspecified',
  poster_conduct: 'unspecified',
  guidance_contested: 'unspecified',
  guidance_challenged: 'unspecified',
  authentication_failed: 'unspecified',
  legal_review: 'unspecified',
  removed_by_poster: 'gone_without_measure',
  removed_by_platform_before: 'gone_without_measure',
  removed_by_other: 'gone_without_measure',
  account_gone: 'gone_without_measure',
  account_measure: 'other_measure_taken',
  lesser_measure_chosen: 'other_measure_taken',
} as const satisfies Record<string, 'unspecified' | OutcomeStatus>

/** 措置なしの理由 as it goes outward; whatever isn't made for that becomes `unspecified`. */
export function outwardReason(reason: string | null): OutwardReasonId {
  return reason !== null && isOutwardReason(reason) ? reason : 'unspecified'
}

/** Measures that an outcome may name: those on the item, never one on an account (law 22). */
export function outwardMeasures(kinds: readonly ActionKind[]): ActionKind[] {
  return kinds.filter((kind) => ACTION_KINDS[kind].scope === 'item')
}

/** How long after receipt a look still shows the state at receipt, in ms. */
export const RECEIPT_LOOK_MS = 60_000

export interface AbsenceQuery {
  readonly receivedAt: number
  /** `null`: the target wasn't resolved, or nobody looked. */
  readonly observation: Observation | null
  readonly observedAt: number | null
}

/** What may be said of an item of which nothing was left to decide, and as of when. */
export type Absence =
  | {
      readonly status: 'gone_before_receipt' | 'gone_without_measure'
      /** `null`: as of the decision. */
      readonly asOf: number | null
    }
  | { readonly status: 'not_located'; readonly asOf: number | null }

/**
 * Before receipt only where the platform knows it: gone since an instant before, or looked at within
 * 60 s. Who took it down isn't even read here (law 21).
 */
export function outwardAbsence({ receivedAt, observation, observedAt }: AbsenceQuery): Absence {
  if (observation === null || observation.state === 'unknown')
    return { status: 'not_located', asOf: observedAt }
  if (observation.state === 'present') return { status: 'gone_without_measure', asOf: null }
  const goneSince = observation.since !== undefined && observation.since < receivedAt
  const lookedAtOnce = observedAt !== null && observedAt <= receivedAt + RECEIPT_LOOK_MS
  return {
    status: goneSince || lookedAtOnce ? 'gone_before_receipt' : 'gone_without_measure',
    asOf: observedAt,
  }
}
