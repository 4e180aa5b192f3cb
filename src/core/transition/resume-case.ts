import { isHeld, NOT_HELD, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { mayHandle } from './who-decides.ts'

export interface ResumeInput {
  readonly by: DecidedBy
}

export interface ResumeFacts {
  readonly at: number
}

/** 保留を解除する: anybody who may claim the case. */
export function resumeCase(
  state: CaseRecord,
  { by }: ResumeInput,
  { at }: ResumeFacts,
): TransitionResult {
  if (!may(by.role, 'cases.claim') || !mayHandle(by.role, state)) return refused('not_allowed')
  if (!isHeld(state, at)) return refused('already')
  return changed(
    { ...state, ...NOT_HELD },
    {
      type: 'case.resumed',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { by },
    },
  )
}
