import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'

/** The item as the platform named it. */
export type ItemOfPlatform = Pick<NoticeRecord, 'targetRef' | 'targetAccount'>

/**
 * By a resolved notice of those that the decision covers, which by now may belong to another case; or, where
 * nobody sent one, by the signal that it rests on.
 */
export async function targetOfDecision(
  reader: Reader,
  decisionId: Id<'dec'>,
): Promise<ItemOfPlatform | undefined> {
  const decision = await reader.get('decision', { id: decisionId })
  for (const id of decision?.noticeIds ?? []) {
    const notice = await reader.get('notice', { id })
    if (notice !== undefined && notice.targetRef !== null) return notice
  }
  if (decision === undefined || decision.noticeIds.length > 0) return undefined
  const [signal] = await reader.find('signal', { caseId: decision.caseId }, { limit: 1 })
  return signal
}
