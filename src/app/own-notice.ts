import { isId } from '../core/ids.ts'
import type { SignedNotice } from '../core/notice.ts'
import type { Reader } from '../ports/record-store.ts'

/**
 * A notice that a sender signed, by the sender's own identifier or by ours. One of somebody else isn't
 * there, nor is a letter that the desk typed in.
 */
export async function findOwnNotice(
  read: Reader,
  senderId: string,
  id: string,
): Promise<SignedNotice | undefined> {
  const found = isId('ntc', id)
    ? await read.get('notice', { id })
    : (await read.find('notice', { senderId, senderNoticeId: id }, { limit: 1 }))[0]
  return found?.senderId === senderId && found.assurance === 'signed' ? found : undefined
}
