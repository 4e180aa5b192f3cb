import { isOpen, isOver, type CaseFlag, type CaseRecord } from '../case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface FlagInput {
  readonly flag: CaseFlag
}

export interface FlagFacts {
  readonly at: number
}

/** What a person had to look at is settled; nothing else of the case changes by that. */
export function clearFlag(state: CaseRecord, { flag }: FlagInput): TransitionResult {
  if (!state.flags.includes(flag)) return refused('already')
  return changed({ ...state, flags: state.flags.filter((one) => one !== flag) })
}

/**
 * A case that isn't open needs a person again. Nothing is reversed or decided by the flag itself; what
 * one person thought of a new decision, or of a reversal, without knowing it is dropped.
 */
export function flagCase(
  state: CaseRecord,
  { flag }: FlagInput,
  { at }: FlagFacts,
): TransitionResult {
  if (isOpen(state) || isOver(state)) return refused('not_allowed')
  if (state.flags.includes(flag)) return refused('already')
  const version = state.version + 1
  return changed(
    { ...state, version, flags: [...state.flags, flag], opinions: [], reversalAsked: null },
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
