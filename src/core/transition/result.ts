import type { ActionRecord } from '../action.ts'
import type { CaseRecord, CaseState } from '../case.ts'
import type { DecisionRecord } from '../decision.ts'
import type { TermsRefusal } from '../measure-terms.ts'
import type { Id } from '../ids.ts'
import type { ErrorCode, InputFault } from '../../errors/madoguchi-error.ts'
import type { CoreEvent } from './core-event.ts'

/** What changed since the version that a person decided on. */
export interface CaseDifference {
  readonly version: number
  readonly state: CaseState
  readonly noticesSince: readonly Id<'ntc'>[]
  /** Notices that no longer count. */
  readonly withdrawnSince: readonly Id<'ntc'>[]
  readonly supersededSince: readonly Id<'ntc'>[]
  readonly supplementsSince: readonly Id<'msg'>[]
}

/** The case that is open with the key that another one would get. */
export interface OpenCase {
  readonly id: Id<'cas'>
  readonly version: number
}

type PlainRefusalCode = Extract<
  ErrorCode,
  | 'not_allowed'
  | 'already'
  | 'not_claimed'
  | 'second_person_needed'
  | 'ground_missing'
  | 'clause_not_in_force'
  | 'clause_too_new'
  | 'emergency_needs_reason'
  | 'ground_not_for_form'
  | 'measure_too_wide'
  | 'interim_not_here'
  | 'interim_taken'
  | 'weight_not_for_form'
  | 'decline_reason_not_outward'
  | 'manner_not_counted'
  | 'on_hold'
  | 'life_does_not_wait'
  | 'not_mergeable'
  | 'other_window'
  | 'recheck_out_of_range'
  | 'help_comes_first'
  | 'another_person_needed'
>

/** Why a command changes nothing; an answer, not a fault. */
export type Refusal =
  | { readonly code: 'stale_version'; readonly difference: CaseDifference }
  | { readonly code: 'claimed_by_other'; readonly claimUntil: number }
  | { readonly code: 'case_open_there'; readonly open: OpenCase }
  | { readonly code: 'invalid_input'; readonly errors: readonly InputFault[] }
  | { readonly code: PlainRefusalCode | TermsRefusal }

/** A decision before the ledger gave it a leaf and an index. */
export type DecisionDraft = Omit<DecisionRecord, 'leafHash' | 'entryIndex'>
/** A planned action before it has an id and its idempotency key. */
export type ActionDraft = Omit<ActionRecord, 'id' | 'idempotencyKey'>

export interface Transitioned {
  readonly ok: true
  readonly next: CaseRecord
  readonly events: readonly CoreEvent[]
  readonly decision: DecisionDraft | null
  readonly actions: readonly ActionDraft[]
}
export type TransitionResult = Transitioned | { readonly ok: false; readonly refusal: Refusal }

/** A change of the case that records no decision. */
export function changed(next: CaseRecord, ...events: readonly CoreEvent[]): Transitioned {
  return { ok: true, next, events, decision: null, actions: [] }
}

export function refused(refusal: Refusal | PlainRefusalCode | TermsRefusal): {
  readonly ok: false
  readonly refusal: Refusal
} {
  return { ok: false, refusal: typeof refusal === 'string' ? { code: refusal } : refusal }
}
