import { isOpen, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { Id } from '../ids.ts'
import { afterChange } from './leave-case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface SupplementInput {
  readonly noticeId: Id<'ntc'>
  readonly messageId: Id<'msg'>
}

/** `counting`: the notices as they stand with it; one that was waiting for this answer no longer waits. */
export type SupplementFacts = PlaceFacts

/** 補足: a sender says more about its notice. A decision must have seen it, so the version grows. */
export function supplementCase(
  state: CaseRecord,
  { noticeId, messageId }: SupplementInput,
  facts: SupplementFacts,
): TransitionResult {
  if (!isOpen(state)) return refused('already')
  const changedCase = afterChange(state)
  const next = { ...changedCase, ...standingOf(changedCase, facts) }
  return changed(next, {
    type: 'case.supplemented',
    at: facts.at,
    caseId: state.id,
    noticeId,
    decisionId: null,
    detail: { version: next.version, message: messageId, opinionsDropped: state.opinions.length },
  })
}
