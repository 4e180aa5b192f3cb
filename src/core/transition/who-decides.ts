import { isOpen, isOver, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import type { Role } from '../vocabulary.ts'
import type { Refusal } from './result.ts'

/** Two people, for a measure and for none alike: grave categories (law 24) and agencies (law 8). */
export function needsTwoPeople(state: Pick<CaseRecord, 'grave' | 'lane'>): boolean {
  return state.grave || state.lane === 'agency'
}

/** Whether a role may see a case at all; no-view ones are for `child_safety` alone (law 11). */
export function maySee(role: Role, state: Pick<CaseRecord, 'noView'>): boolean {
  return state.noView ? may(role, 'cases.read_no_view') : may(role, 'cases.read')
}

/**
 * Why this person can't give the opinion that the case waits for next, if so. After two that differ, a
 * lead who is neither of them decides; on a no-view case anybody else of `child_safety`.
 */
export function refusePerson(
  state: CaseRecord,
  by: DecidedBy,
  permission: 'cases.claim' | 'cases.decide',
): Refusal | undefined {
  if (!may(by.role, permission) || !maySee(by.role, state)) return { code: 'not_allowed' }
  if (state.opinions.some((opinion) => opinion.by.operator === by.operator))
    return { code: 'second_person_needed' }
  const settles = state.noView || by.role === 'lead'
  return state.opinions.length >= 2 && !settles ? { code: 'not_allowed' } : undefined
}

/** Decided, being reversed or merged away, with nothing that a person must look at. */
export function needsNobody(state: CaseRecord): boolean {
  if (isOpen(state) || state.state === 'reversed') return false
  return isOver(state) || state.flags.length === 0
}

/**
 * Why this person can't let go of a claim or pass it on, if so: one's own anybody, another person's a
 * lead, and on a no-view case anybody of `child_safety`.
 */
export function refuseHolder(state: CaseRecord, by: DecidedBy, now: number): Refusal | undefined {
  if (!may(by.role, 'cases.claim') || !maySee(by.role, state)) return { code: 'not_allowed' }
  const claim = liveClaim(state, now)
  if (claim === undefined) return { code: 'not_claimed' }
  const isFor = may(by.role, 'cases.release_other') && (state.noView || by.role === 'lead')
  return claim.operator === by.operator || isFor
    ? undefined
    : { code: 'claimed_by_other', claimUntil: claim.until }
}

export interface LiveClaim {
  readonly operator: string
  readonly until: number
}

/** The claim that holds the case now, if any. */
export function liveClaim(
  { claimedBy, claimUntil }: CaseRecord,
  now: number,
): LiveClaim | undefined {
  return claimedBy !== null && claimUntil !== null && now < claimUntil
    ? { operator: claimedBy, until: claimUntil }
    : undefined
}
