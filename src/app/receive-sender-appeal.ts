import type { MessageRecord } from '../core/message.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { AppealDocument } from '../generated/types.ts'
import type { Transaction } from '../ports/record-store.ts'
import { newAppeal, requireSenderMay, standingDecision } from './appeal-rows.ts'
import type { AppContext } from './context.ts'

/**
 * 通知元からの異議の申出: writes the objection of a sender to what it was told about its notice, as part
 * of accepting the signed message that it came with.
 *
 * @returns What is to be written once the entry has its index.
 * @throws MadoguchiError `nothing_to_appeal`, `appealed_before`.
 */
export async function receiveSenderAppeal(
  ctx: AppContext,
  tx: Transaction,
  { id: noticeId, caseId }: NoticeRecord,
  { text }: AppealDocument,
  { id: messageId, receivedAt, leafHash }: Pick<MessageRecord, 'id' | 'receivedAt' | 'leafHash'>,
): Promise<(inner: Transaction, entryIndex: number) => Promise<void>> {
  const standing = await standingDecision(tx, caseId)
  await requireSenderMay(tx, standing, noticeId)
  const id = ctx.random.id('apl')
  const given = { id, by: 'sender', noticeId, messageId, about: ['measure'], text } as const
  await tx.insert('appeal', newAppeal(standing, { ...given, receivedAt, leafHash }))
  return async (inner, entryIndex) => {
    await inner.update('appeal', { id }, { entryIndex })
  }
}
