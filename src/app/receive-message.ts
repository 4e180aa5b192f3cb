import type { MessageKind, MessageRecord } from '../core/message.ts'
import type { InboundNotice } from '../core/notice.ts'
import { MadoguchiError, type ErrorCode } from '../errors/madoguchi-error.ts'
import { validateMessage } from '../schema/validate.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import { acceptMessage } from './accept-message.ts'
import type { AppContext } from './context.ts'
import { findOwnNotice } from './own-notice.ts'
import { acceptanceOf, ownIdOf, verifySender, type Acceptance } from './receive-notice.ts'

/** Which notice a message is about: the sender's own id or ours. */
export interface MessageAddress {
  readonly kind: MessageKind
  readonly notice: string
}

/**
 * 取下げ・補足: takes in one message about a notice, by the rules of a notice: durable before its receipt,
 * the same again gets the stored one, the same id for anything else is refused.
 *
 * @throws MadoguchiError with a code of the sender catalogue; nothing is stored then.
 */
export async function receiveMessage(
  ctx: AppContext,
  inbound: InboundNotice,
  { kind, notice: noticeRef }: MessageAddress,
): Promise<Acceptance<'msg'>> {
  const request = await verifySender(ctx, inbound)
  const { senderId } = request
  const value = parseStrictJson(inbound.body)
  const id = ownIdOf(value)
  return ctx.inFlight.run(`${senderId}\n${id}`, async () => {
    const notice = await findOwnNotice(ctx.read, senderId, noticeRef)
    if (notice === undefined) throw new MadoguchiError('not_found')
    const replayed = (): Promise<Acceptance<'msg'> | undefined> =>
      replay(ctx, request, { senderMessageId: id, kind, noticeId: notice.id })
    const before = await replayed()
    if (before !== undefined) return before
    try {
      return await acceptMessage(ctx, request, notice, validateMessage(kind, value))
    } catch (fault) {
      // A twin in another process may have won between our look and our commit.
      if (!(fault instanceof MadoguchiError) || !TAKEN_BY_TWIN.has(fault.code)) throw fault
      const won = await replayed()
      if (won === undefined) throw fault
      return won
    }
  })
}

const TAKEN_BY_TWIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'token_reused',
  'notice_id_reused',
  'notice_withdrawn',
  'too_many_messages',
  'appealed_before',
  'internal_error',
])

async function replay(
  ctx: AppContext,
  { senderId, bodySha256 }: VerifiedRequest,
  asked: Pick<MessageRecord, 'senderMessageId' | 'kind' | 'noticeId'>,
): Promise<Acceptance<'msg'> | undefined> {
  const { senderMessageId, kind, noticeId } = asked
  const [stored] = await ctx.read.find('message', { senderId, senderMessageId }, { limit: 1 })
  if (stored === undefined) return undefined
  const isSame =
    stored.bodySha256 === bodySha256 && stored.kind === kind && stored.noticeId === noticeId
  if (!isSame) throw new MadoguchiError('notice_id_reused')
  return { ...(await acceptanceOf(ctx, stored)), replayed: true }
}
