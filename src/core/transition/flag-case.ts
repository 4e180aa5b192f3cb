import type { CaseFlag, CaseRecord } from '../case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface FlagInput {
  readonly flag: CaseFlag
}

export interface FlagFacts {
  readonly at: number
}

/**
 * A decided case needs a person again. Nothing is reversed or decided by the flag itself; an opinion
 * on a new decision that was given without it is dropped.
 */
export function flagCase(
  state: CaseRecord,
  { flag }: FlagInput,
  { at }: FlagFacts,
): TransitionResult {
  if (state.state !== 'decided') return refused('not_allowed')
  if (state.flags.includes(flag)) return refused('already')
  const version = state.version + 1
  return changed(
    { ...state, version, flags: [...state.flags, flag], opinions: [] },
    {
      type: 'case.flagged',
      at,
      caseId: state.id,
      noticeId: null,
      decisionId: state.decisionId,
      detail: { flag, version },
    },
  )
}
