import type { AppealRecord } from '../core/appeal.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { faultOfReason, qualityOf, type ClosedNotice, type Quality } from '../core/quality.ts'
import { DAY } from '../core/time.ts'
import type { Reader } from '../ports/record-store.ts'

const WINDOW_MS = 365 * DAY
/** So many of the newest notices are looked at; it says enough of a sender. */
const MOST = 1_000
/** Cases that are read together. */
const PAGE = 100

/** What was decided in a case, and who objected. */
interface CaseHistory {
  readonly decisions: readonly DecisionRecord[]
  readonly appeals: readonly AppealRecord[]
}

/** 通知の質 of a sender: of the last twelve months, and at most its newest 1,000 notices. */
export async function readQuality(reader: Reader, senderId: string, now: number): Promise<Quality> {
  const rows = await reader.find(
    'notice',
    { senderId },
    { orderBy: 'id', descending: true, limit: MOST },
  )
  const notices = rows.filter(
    ({ receivedAt, trial, state, caseId }) =>
      receivedAt >= now - WINDOW_MS && trial === null && state !== 'superseded' && caseId !== null,
  )
  const histories = await historiesOf(reader, notices)
  const closed = notices.flatMap((notice) => {
    const known = histories.get(notice.caseId ?? '')
    const one = known === undefined ? undefined : closedNotice(notice, known)
    return one === undefined ? [] : [one]
  })
  return qualityOf(closed)
}

async function historiesOf(
  reader: Reader,
  notices: readonly NoticeRecord[],
): Promise<Map<string, CaseHistory>> {
  const ids = [...new Set(notices.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))]
  const histories = new Map<string, CaseHistory>()
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE)
    const found = await Promise.all(part.map((caseId) => historyOf(reader, caseId)))
    for (const [place, id] of part.entries()) histories.set(id, found[place] ?? NOTHING)
  }
  return histories
}

const NOTHING: CaseHistory = { decisions: [], appeals: [] }

async function historyOf(reader: Reader, caseId: Id<'cas'>): Promise<CaseHistory> {
  const [decisions, appeals] = await Promise.all([
    reader.find('decision', { caseId, trial: null }, { orderBy: 'entryIndex' }),
    reader.find('appeal', { caseId, by: 'poster', state: 'changed' }),
  ])
  return { decisions, appeals }
}

/** `undefined`: not closed; nothing is decided about it, or what was decided before it had any effect was undone. */
function closedNotice(
  { id, senderNoticeId }: NoticeRecord,
  { decisions, appeals }: CaseHistory,
): ClosedNotice | undefined {
  const own = decisions.filter(({ noticeIds }) => noticeIds.includes(id))
  const last = own.at(-1)
  if (last === undefined) return undefined
  const isOverturned = own.some(
    (decision) =>
      decision.input.actions.length > 0 &&
      appeals.some(({ decisionId }) => decisionId === decision.id),
  )
  if (isOverturned) return { id, senderNoticeId, fault: 'overturned' }
  if (last.reverses !== null) return undefined
  const { actions, alreadyGone, declineReason } = last.input
  const fault = alreadyGone || actions.length > 0 ? null : faultOfReason(declineReason)
  return { id, senderNoticeId, fault }
}
