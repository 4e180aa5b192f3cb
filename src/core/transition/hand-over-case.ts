import type { CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import type { ClaimFacts } from './claim-case.ts'
import { changed, refused, type Refusal, type TransitionResult } from './result.ts'
import { liveClaim, needsNobody, refuseHolder, refusePerson } from './who-decides.ts'

export interface HandOverInput {
  readonly by: DecidedBy
  /** An active operator. */
  readonly to: DecidedBy
  /** For whoever takes over; stays inside. */
  readonly note: string | null
}

/**
 * 引き継ぐ: the case gets a named person, who may decide it, with a fresh lease. Only a claim can be passed
 * on; a case of band 0 also without one, at once (law 18). The version stays.
 */
export function handOverCase(
  state: CaseRecord,
  { by, to, note }: HandOverInput,
  { at, claimLeaseMs }: ClaimFacts,
): TransitionResult {
  const refusal =
    refuseGiver(state, by, at) ?? refuseMoment(state) ?? refusePerson(state, to, 'cases.decide')
  if (refusal !== undefined) return refused(refusal)
  if (liveClaim(state, at)?.operator === to.operator) return refused('already')
  const until = at + claimLeaseMs
  return changed(
    { ...state, claimedBy: to.operator, claimUntil: until },
    {
      type: 'case.handed_over',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { by, to, until, note },
    },
  )
}

function refuseGiver(state: CaseRecord, by: DecidedBy, at: number): Refusal | undefined {
  const refusal = refuseHolder(state, by, at)
  return refusal?.code === 'not_claimed' && state.band === 0 ? undefined : refusal
}

function refuseMoment(state: CaseRecord): Refusal | undefined {
  if (state.state === 'new') return { code: 'not_allowed' }
  return needsNobody(state) ? { code: 'already' } : undefined
}
