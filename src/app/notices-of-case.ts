import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'

const PAGE = 1_000

/** Which notices are attached, and with which version of the case each came. */
export async function attachmentsOfCase(
  reader: Reader,
  caseId: Id<'cas'>,
): Promise<{ readonly id: Id<'ntc'>; readonly atVersion: number }[]> {
  const notices = await noticesOfCase(reader, caseId)
  return notices.map(({ id, caseVersion }) => ({ id, atVersion: caseVersion ?? 1 }))
}

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
