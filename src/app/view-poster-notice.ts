import type { PosterNoticeRecord } from '../core/poster-notice.ts'

/** 発信者への通知 as a line: what it is about and how far it has come, without its words. */
export type PosterNoticeView = Pick<
  PosterNoticeRecord,
  | 'id'
  | 'caseId'
  | 'decisionId'
  | 'kind'
  | 'state'
  | 'createdAt'
  | 'toldAt'
  | 'toldBy'
  | 'failureCode'
  | 'postponedFor'
>

export function viewPosterNotice(notice: PosterNoticeRecord): PosterNoticeView {
  const { id, caseId, decisionId, kind, state, createdAt } = notice
  const { toldAt, toldBy, failureCode, postponedFor } = notice
  return {
    id,
    caseId,
    decisionId,
    kind,
    state,
    createdAt,
    toldAt,
    toldBy,
    failureCode,
    postponedFor,
  }
}
