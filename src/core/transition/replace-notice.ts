import { isOpen, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { Id } from '../ids.ts'
import { afterChange, leftEvent } from './leave-case.ts'
import type { NoticeForCase } from './open-case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface ReplaceInput {
  /** The notice that is superseded. */
  readonly earlierId: Id<'ntc'>
  /** The one that supersedes it. */
  readonly notice: NoticeForCase
}

/** `counting`: the notices from now on, the new one among them. */
export interface ReplaceFacts extends PlaceFacts {
  /** Of the new notice's category. */
  readonly grave: boolean
  readonly noView: boolean
}

/**
 * 差替え: a notice takes the place of an earlier one of its sender in an open case, in one step, so that
 * the case is never without it. A claim stays, unless the case just became a no-view one.
 */
export function replaceNotice(
  state: CaseRecord,
  { earlierId, notice }: ReplaceInput,
  facts: ReplaceFacts,
): TransitionResult {
  if (!isOpen(state)) return refused('already')
  const isOfCase = (['lane', 'form', 'trial'] as const).every((one) => notice[one] === state[one])
  if (!isOfCase) return refused('not_allowed')
  const { at } = facts
  const dropsClaim = facts.noView && !state.noView
  const changedCase = afterChange(state)
  const next: CaseRecord = {
    ...changedCase,
    ...standingOf(changedCase, facts),
    grave: state.grave || facts.grave,
    noView: state.noView || facts.noView,
    claimedBy: dropsClaim ? null : state.claimedBy,
    claimUntil: dropsClaim ? null : state.claimUntil,
  }
  const opinionsDropped = state.opinions.length
  return changed(next, leftEvent(next, earlierId, 'superseded', opinionsDropped, at), {
    type: 'case.joined',
    at,
    caseId: state.id,
    noticeId: notice.id,
    decisionId: null,
    detail: { version: next.version, opinionsDropped },
  })
}
