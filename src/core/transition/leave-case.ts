import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { Id } from '../ids.ts'
import type { CoreEvent } from './core-event.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface LeaveInput {
  readonly noticeId: Id<'ntc'>
  readonly cause: 'withdrawn' | 'superseded'
}

/** `counting`: the notices that are left. */
export type LeaveFacts = PlaceFacts

/**
 * 取下げ: a notice no longer counts for its open case. The version grows, so whoever is deciding gets the
 * difference, and opinions that were given with it are dropped. A case without a notice closes without
 * a decision.
 */
export function leaveCase(
  state: CaseRecord,
  { noticeId, cause }: LeaveInput,
  facts: LeaveFacts,
): TransitionResult {
  if (!isOpen(state)) return refused('already')
  const { at, counting } = facts
  const changedCase = afterChange(state)
  const left = leftEvent(changedCase, noticeId, cause, state.opinions.length, at)
  if (counting.length > 0)
    return changed({ ...changedCase, ...standingOf(changedCase, facts) }, left)
  const next: CaseRecord = {
    ...changedCase,
    state: 'withdrawn',
    allPausedAt: null,
    claimedBy: null,
    claimUntil: null,
  }
  const { id: caseId, version } = next
  return changed(next, left, {
    type: 'case.withdrawn',
    at,
    caseId,
    noticeId: null,
    decisionId: null,
    detail: { version },
  })
}

/** An open case after its notices changed: a new version, on which no opinion has been given yet. */
export function afterChange(state: CaseRecord): CaseRecord {
  return {
    ...state,
    state: state.state === 'new' ? 'new' : 'ready',
    ...NOT_HELD,
    version: state.version + 1,
    opinions: [],
  }
}

/** Says which notice left, and that opinions given with it no longer count. */
export function leftEvent(
  { id: caseId, version }: CaseRecord,
  noticeId: Id<'ntc'>,
  cause: LeaveInput['cause'],
  opinionsDropped: number,
  at: number,
): CoreEvent {
  const detail = { version, cause, opinionsDropped }
  return { type: 'case.left', at, caseId, noticeId, decisionId: null, detail }
}
