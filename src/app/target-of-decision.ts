import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'

/** A resolved notice of those that the decision covers: by now they may belong to another case. */
export async function targetOfDecision(
  reader: Reader,
  decisionId: Id<'dec'>,
): Promise<NoticeRecord | undefined> {
  const decision = await reader.get('decision', { id: decisionId })
  for (const id of decision?.noticeIds ?? []) {
    const notice = await reader.get('notice', { id })
    if (notice !== undefined && notice.targetRef !== null) return notice
  }
  return undefined
}
