import { NOT_HELD, type CaseRecord } from '../case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface HideFacts {
  readonly at: number
}

/**
 * Another notice showed that the target of this case is of a no-view category: what was reported under
 * another category is the same item, so only `child_safety` may have this case from now on (law 11).
 */
export function hideCase(state: CaseRecord, _command: object, { at }: HideFacts): TransitionResult {
  if (state.noView) return refused('already')
  const version = state.version + 1
  return changed(
    { ...state, ...NOT_HELD, noView: true, version, claimedBy: null, claimUntil: null },
    {
      type: 'case.hidden',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { version },
    },
  )
}
