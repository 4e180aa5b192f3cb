import { isOpen, isOver, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import type { Role } from '../vocabulary.ts'
import type { Refusal } from './result.ts'

/** Two people, for a measure and for none alike: grave categories (law 24) and agencies (law 8). */
export function needsTwoPeople(state: Pick<CaseRecord, 'grave' | 'lane'>): boolean {
  return state.grave || state.lane === 'agency'
}

/** What of a case says whose it is. */
export type Whose = Pick<CaseRecord, 'noView' | 'lane'>

/**
 * Whether a role may see a case at all: no-view ones are for `child_safety` alone (law 11), those of the
 * legal desk for it and who audits it.
 */
export function maySee(role: Role, { noView, lane }: Whose): boolean {
  if (noView) return may(role, 'cases.read_no_view')
  return may(role, lane === 'legal_desk' ? 'legal.read' : 'cases.read')
}

/** Whether a role is told that a case is there: of the legal desk's nobody else is, of the others all are. */
export function mayKnowOf(role: Role, { noView, lane }: Whose): boolean {
  if (lane !== 'legal_desk' || may(role, 'legal.read')) return true
  return noView && may(role, 'legal.handle')
}

/** Whether a role may work on a case: the legal desk on its own, the others on the rest. */
export function mayHandle(role: Role, whose: Whose): boolean {
  const lane = whose.lane === 'legal_desk' ? 'legal.handle' : 'cases.handle'
  return maySee(role, whose) && may(role, lane)
}

/** Whether a role stands above the others on a case: settles what two differ on, frees what one holds. */
export function leads(role: Role, { noView, lane }: Whose): boolean {
  return noView || lane === 'legal_desk' || role === 'lead'
}

/**
 * Why this person can't give the opinion that the case waits for next, if so. After two that differ, a
 * lead who is neither of them decides; on a no-view case anybody else of `child_safety`, on the legal desk
 * anybody else of it.
 */
export function refusePerson(
  state: CaseRecord,
  by: DecidedBy,
  permission: 'cases.claim' | 'cases.decide',
): Refusal | undefined {
  if (!may(by.role, permission) || !mayHandle(by.role, state)) return { code: 'not_allowed' }
  if (state.opinions.some((opinion) => opinion.by.operator === by.operator))
    return { code: 'second_person_needed' }
  return state.opinions.length >= 2 && !leads(by.role, state) ? { code: 'not_allowed' } : undefined
}

/** Decided, being reversed or merged away, with nothing that a person must look at. */
export function needsNobody(state: CaseRecord): boolean {
  if (isOpen(state) || state.state === 'reversed') return false
  return isOver(state) || state.flags.length === 0
}

/**
 * Why this person can't let go of a claim or pass it on, if so: one's own anybody, another person's a
 * lead, on a no-view case anybody of `child_safety`, on the legal desk anybody of it.
 */
export function refuseHolder(state: CaseRecord, by: DecidedBy, now: number): Refusal | undefined {
  if (!may(by.role, 'cases.claim') || !mayHandle(by.role, state)) return { code: 'not_allowed' }
  const claim = liveClaim(state, now)
  if (claim === undefined) return { code: 'not_claimed' }
  const isFor = may(by.role, 'cases.release_other') && leads(by.role, state)
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
