import type { CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { Id } from '../ids.ts'
import { changed, refused, type Transitioned, type TransitionResult } from './result.ts'

export interface EndReversalInput {
  /** What its actions have come to. */
  readonly end: 'open' | 'undone' | 'reversed'
}

/** `counting`: the notices that their senders still stand by. */
export interface EndReversalFacts extends PlaceFacts {
  /** A later round of the case that is open, which an undone case can't be opened beside. */
  readonly openRound: Id<'cas'> | null
}

/** The last action of a case that was being reversed is over. */
export function endReversal(
  state: CaseRecord,
  { end }: EndReversalInput,
  facts: EndReversalFacts,
): TransitionResult {
  if (state.state !== 'reversing' || end === 'open') return refused('not_allowed')
  return afterReversal(state, end, facts)
}

/**
 * Where a case stands whose decision was taken back. Where something took effect it stays `reversed`
 * until somebody decides anew. Where nothing did, its notices still have no answer: it is open again,
 * or they go to the later round that is open by now. What was withdrawn meanwhile needs none.
 */
export function afterReversal(
  state: CaseRecord,
  end: EndReversalInput['end'],
  facts: EndReversalFacts,
): Transitioned {
  const { at, openRound, counting } = facts
  const version = state.version + 1
  const about = { at, caseId: state.id, noticeId: null, decisionId: state.decisionId }
  if (end === 'open') return changed({ ...state, version })
  if (end === 'reversed')
    return changed(
      { ...state, version, state: 'reversed' },
      { ...about, type: 'case.reversed', detail: { version } },
    )
  if (counting.length === 0)
    return changed(
      { ...state, version, state: 'withdrawn' },
      { ...about, type: 'case.withdrawn', detail: { version } },
    )
  if (openRound !== null)
    return changed({ ...state, version, state: 'merged', mergedInto: openRound })
  return changed(
    { ...state, ...standingOf(state, facts), version, state: 'ready' },
    { ...about, type: 'case.ready', detail: { cause: 'decision_taken_back' } },
  )
}
