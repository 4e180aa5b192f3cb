import { isOpen, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { DecidedBy } from '../decision.ts'
import type { Id } from '../ids.ts'
import type { OutwardText } from '../message.ts'
import { may } from '../permissions.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { liveClaim, mayHandle } from './who-decides.ts'

export interface AskInput {
  readonly by: DecidedBy
  readonly noticeId: Id<'ntc'>
  readonly questionId: Id<'qst'>
  readonly text: OutwardText
}

/** `counting`: the notices as they stand with the question; the one that is asked waits. */
export interface AskFacts extends PlaceFacts {
  /** A question to this sender about this notice is open already. */
  readonly isAsked: boolean
  /** The desk only observes: nothing goes out, a question neither. */
  readonly isObserving: boolean
}

/**
 * 補足をお願いする: asks the sender of one notice, which alone then waits. It is no veto: whoever decides
 * may decide without the answer, so the version stays.
 */
export function askSender(
  state: CaseRecord,
  { by, noticeId, questionId, text }: AskInput,
  facts: AskFacts,
): TransitionResult {
  const { at } = facts
  if (!may(by.role, 'cases.ask') || !mayHandle(by.role, state)) return refused('not_allowed')
  if (!isOpen(state)) return refused('already')
  // On trial nobody hears it, and a notice would wait for an answer that can't come.
  if (state.state === 'new' || state.trial !== null || facts.isObserving)
    return refused('not_allowed')
  const claim = liveClaim(state, at)
  if (claim !== undefined && claim.operator !== by.operator)
    return refused({ code: 'claimed_by_other', claimUntil: claim.until })
  if (facts.isAsked || !facts.counting.some(({ id }) => id === noticeId)) return refused('already')
  return changed(
    { ...state, ...standingOf(state, facts) },
    {
      type: 'information.requested',
      at,
      caseId: state.id,
      noticeId,
      decisionId: null,
      detail: { by, question: questionId, text },
    },
  )
}
