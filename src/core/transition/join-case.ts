import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import { compareOrder } from '../order.ts'
import type { NoticeForCase } from './open-case.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface JoinInput {
  readonly notice: NoticeForCase
}

export interface JoinFacts {
  readonly at: number
  /** Of the joining notice's category. */
  readonly grave: boolean
  readonly noView: boolean
}

/**
 * Another notice about the same target under the same procedure. It bumps the version, so whoever is
 * deciding gets the difference; it takes opinions back to none, since they were given without it; and
 * it can only bring the case forward.
 *
 * What is grave or no-view for one of its notices is so for the case. A claim stays, unless the case
 * just became a no-view one: then only `child_safety` may have it.
 */
export function joinCase(
  state: CaseRecord,
  { notice }: JoinInput,
  facts: JoinFacts,
): TransitionResult {
  if (!isOpen(state)) return refused('already')
  const isOfCase = (['lane', 'form', 'trial'] as const).every((one) => notice[one] === state[one])
  if (!isOfCase) return refused('not_allowed')
  const place = { ...notice.order, position: notice.position }
  // Where all wait for their senders, the one that doesn't gives the place.
  const isFirst = state.allPausedAt !== null || compareOrder(place, state) < 0
  const first = isFirst ? place : state
  const dropsClaim = facts.noView && !state.noView
  const next: CaseRecord = {
    ...state,
    ...NOT_HELD,
    state: state.state === 'new' ? 'new' : 'ready',
    version: state.version + 1,
    grave: state.grave || facts.grave,
    noView: state.noView || facts.noView,
    band: first.band,
    goalAt: first.goalAt,
    position: first.position,
    allPausedAt: null,
    opinions: [],
    claimedBy: dropsClaim ? null : state.claimedBy,
    claimUntil: dropsClaim ? null : state.claimUntil,
  }
  return changed(next, {
    type: 'case.joined',
    at: facts.at,
    caseId: state.id,
    noticeId: notice.id,
    decisionId: null,
    detail: { version: next.version, opinionsDropped: state.opinions.length },
  })
}
