import type { NoticeRecord } from './notice.ts'
import type { OutcomeStatus } from './vocabulary.ts'

/** 状況: how a notice stands, as its own sender sees it. */
export type NoticeStatus = 'received' | 'withdrawn' | 'superseded' | OutcomeStatus

const INTERIM: ReadonlySet<OutcomeStatus> = new Set<OutcomeStatus>([
  'under_review',
  'information_requested',
])

/**
 * What came of it, where that was told; else that its sender took it back or put another in its place;
 * else where it is on the way. A question that was answered waits for nobody.
 * Of what is on trial nothing is told but that it came.
 */
export function noticeStatus(
  { state, caseId, pausedAt, trial }: Pick<NoticeRecord, 'state' | 'caseId' | 'pausedAt' | 'trial'>,
  newestOutcome: OutcomeStatus | undefined,
): NoticeStatus {
  if (newestOutcome !== undefined && !INTERIM.has(newestOutcome)) return newestOutcome
  if (state !== 'live') return state
  if (trial !== null) return 'received'
  if (pausedAt !== null) return 'information_requested'
  return caseId === null ? 'received' : 'under_review'
}
