import { isOpen, type CaseRecord } from './case.ts'
import type { DecidedBy } from './decision.ts'
import type { Id } from './ids.ts'
import { may } from './permissions.ts'
import { DAY } from './time.ts'
import { isDocument } from './transition/check-input.ts'
import { refused, type Refusal } from './transition/result.ts'
import { liveClaim } from './transition/who-decides.ts'

/** No wish is heard for longer. */
export const LONGEST_LEAVE_UP_MS = 14 * DAY

/**
 * 掲載の継続の求め: a body asked in writing that an item be left up for now. It binds nobody: with two
 * people of the legal desk the case is set aside until then at the latest, and whatever happens to the case
 * ends that. For everybody else it is a case that is decided later.
 */
export interface LeaveUpRecord {
  readonly id: Id<'lup'>
  readonly caseId: Id<'cas'>
  /** Which body. */
  readonly requestedBy: string
  /** The writing that it came in; what was only said is none. */
  readonly document: string
  readonly until: number
  readonly proposedBy: DecidedBy
  readonly proposedAt: number
  readonly agreedBy: DecidedBy | null
  readonly agreedAt: number | null
}

export type LeaveUpInput = Pick<LeaveUpRecord, 'requestedBy' | 'document' | 'until'>

/** Why a case can't be left for later, if so: never where life or a child may be at stake. */
export function refuseLeaveUp(
  state: CaseRecord,
  by: DecidedBy,
  { requestedBy, document, until }: LeaveUpInput,
  now: number,
): Refusal | undefined {
  if (!may(by.role, 'leave_ups.handle') || state.noView) return { code: 'not_allowed' }
  if (state.band === 0 || state.band0Marked) return { code: 'life_does_not_wait' }
  if (!isOpen(state) || state.state === 'new') return { code: 'already' }
  const errors = [
    ...(isDocument(requestedBy) ? [] : [{ pointer: '/requested_by', keyword: 'pattern' }]),
    ...(isDocument(document) ? [] : [{ pointer: '/document', keyword: 'pattern' }]),
    ...(until > now ? [] : [{ pointer: '/until', keyword: 'minimum' }]),
    ...(until <= now + LONGEST_LEAVE_UP_MS ? [] : [{ pointer: '/until', keyword: 'maximum' }]),
  ]
  return errors.length > 0 ? { code: 'invalid_input', errors } : undefined
}

/**
 * The second person agrees: the case is set aside, as any other may be, and says nothing of why. Its
 * version stays; whoever has it decides as if nothing were.
 */
export function agreeLeaveUp(
  state: CaseRecord,
  by: DecidedBy,
  leaveUp: LeaveUpRecord,
  now: number,
):
  | { readonly ok: true; readonly next: CaseRecord }
  | { readonly ok: false; readonly refusal: Refusal } {
  const refusal = refuseLeaveUp(state, by, leaveUp, now)
  if (refusal !== undefined) return refused(refusal)
  if (leaveUp.agreedBy !== null) return refused('already')
  if (leaveUp.proposedBy.operator === by.operator) return refused('second_person_needed')
  const claim = liveClaim(state, now)
  if (claim !== undefined) return refused({ code: 'claimed_by_other', claimUntil: claim.until })
  return { ok: true, next: { ...state, holdUntil: leaveUp.until, holdReason: null } }
}
