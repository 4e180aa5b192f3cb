import type { CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { refuseHolder } from './who-decides.ts'

export interface ReleaseInput {
  readonly by: DecidedBy
}

export interface ReleaseFacts {
  readonly at: number
}

/** 担当を外す: lets go of one's own claim, or, as a lead, ends somebody else's. The version stays. */
export function releaseCase(
  state: CaseRecord,
  { by }: ReleaseInput,
  { at }: ReleaseFacts,
): TransitionResult {
  const refusal = refuseHolder(state, by, at)
  if (refusal !== undefined) return refused(refusal)
  return changed(
    { ...state, claimedBy: null, claimUntil: null },
    {
      type: 'case.released',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { by, claimedBy: state.claimedBy },
    },
  )
}
