import type { NoticeRecord } from '../core/notice.ts'
import type { NoticeFacts } from './handlers.ts'

/** The facts of a notice that may leave the record: none of its words, nothing of its target. */
export function noticeFacts(notice: NoticeRecord): NoticeFacts {
  return {
    id: notice.id,
    senderId: notice.senderId,
    form: notice.form,
    lane: notice.lane,
    category: notice.category,
    assurance: notice.assurance,
    trial: notice.trial,
    band: notice.order.band,
    goalAt: notice.order.goalAt,
    receivedAt: notice.receivedAt,
  }
}
