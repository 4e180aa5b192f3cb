import type { CaseRecord } from '../core/case.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { ChangeFacts, LaterChange } from '../core/transition/decide-case.ts'
import type { Reader } from '../ports/record-store.ts'
import { counts, noticesOfCase } from './notices-of-case.ts'

/** What a person who acts on a version must have seen: which notices came when, and what changed since. */
export async function changesOfCase(reader: Reader, record: CaseRecord): Promise<ChangeFacts> {
  const all = await noticesOfCase(reader, record.id)
  const attached = all
    .filter((notice) => counts(record, notice))
    .map(({ id, caseVersion }) => ({ id, atVersion: caseVersion ?? 1 }))
  return { attached, changes: await laterChanges(reader, all) }
}

/** Of all the notices of a case: which left it, and what was added to one. */
export async function laterChanges(
  reader: Reader,
  notices: readonly NoticeRecord[],
): Promise<LaterChange[]> {
  const changes: LaterChange[] = []
  for (const { id, state, leftVersion } of notices) {
    if (leftVersion !== null && state !== 'live')
      changes.push({ kind: state, id, atVersion: leftVersion })
    const supplements = await reader.find('message', { noticeId: id, kind: 'supplement' })
    for (const { id: messageId, caseVersion } of supplements)
      changes.push({ kind: 'supplement', id: messageId, atVersion: caseVersion ?? 0 })
  }
  return changes
}
