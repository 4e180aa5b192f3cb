import { isOpen, type CaseRecord } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'

const PAGE = 1_000

/** Every notice that is attached to a case, however many, oldest first. */
export async function noticesOfCase(reader: Reader, caseId: Id<'cas'>): Promise<NoticeRecord[]> {
  const notices: NoticeRecord[] = []
  for (;;) {
    const last = notices.at(-1)
    const after = last === undefined ? {} : { after: last.id }
    const page = await reader.find('notice', { caseId }, { orderBy: 'id', limit: PAGE, ...after })
    notices.push(...page)
    if (page.length < PAGE) return notices
  }
}

/**
 * Those that count for it: in an open case the ones that their senders stand by; in another one, all that
 * stood when it was decided.
 */
export async function countingNotices(
  reader: Reader,
  record: Pick<CaseRecord, 'id' | 'state'>,
): Promise<NoticeRecord[]> {
  return (await noticesOfCase(reader, record.id)).filter((notice) => counts(record, notice))
}

/** Those that their senders stand by, whatever the case is at. */
export async function liveNotices(reader: Reader, caseId: Id<'cas'>): Promise<NoticeRecord[]> {
  return (await noticesOfCase(reader, caseId)).filter(({ state }) => state === 'live')
}

/** Whether a notice of a case counts for it. */
export function counts(
  record: Pick<CaseRecord, 'state'>,
  { state, leftVersion }: Pick<NoticeRecord, 'state' | 'leftVersion'>,
): boolean {
  return leftVersion === null && (state === 'live' || !isOpen(record))
}
