import { isHeld, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { liveClaim, needsNobody, refusePerson } from './who-decides.ts'

export interface ClaimInput {
  readonly by: DecidedBy
}

export interface ClaimFacts {
  readonly at: number
  readonly claimLeaseMs: number
}

/**
 * 担当する: a lease on an open case, on one that waits for a person again, or on a reversed one that may
 * be decided anew. A case that is set aside is resumed first. Asked again by
 * the same person it is extended. The version stays: a claim changes nothing that a decision must see.
 */
export function claimCase(
  state: CaseRecord,
  { by }: ClaimInput,
  { at, claimLeaseMs }: ClaimFacts,
): TransitionResult {
  const refusal = refusePerson(state, by, 'cases.claim')
  if (refusal !== undefined) return refused(refusal)
  if (state.state === 'new') return refused('not_allowed')
  if (needsNobody(state)) return refused('already')
  if (isHeld(state, at)) return refused('on_hold')
  const claim = liveClaim(state, at)
  if (claim !== undefined && claim.operator !== by.operator)
    return refused({ code: 'claimed_by_other', claimUntil: claim.until })
  const until = at + claimLeaseMs
  return changed(
    { ...state, claimedBy: by.operator, claimUntil: until },
    {
      type: 'case.claimed',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { by, until, extended: claim !== undefined },
    },
  )
}
