import { toBase64 } from '../core/base64.ts'
import type { Id } from '../core/ids.ts'
import type { SignedNotice } from '../core/notice.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { makeReceipt } from '../signing/receipt.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import type { Committed } from './command.ts'
import type { AppContext } from './context.ts'
import type { Acceptance } from './receive-notice.ts'

/**
 * Notices and messages of a sender share one name space.
 *
 * @throws MadoguchiError `notice_id_reused`.
 */
export async function requireFreeId(
  tx: Transaction,
  table: 'notice' | 'message',
  senderId: string,
  id: string,
): Promise<void> {
  const taken =
    table === 'notice'
      ? await tx.find('notice', { senderId, senderNoticeId: id }, { limit: 1 })
      : await tx.find('message', { senderId, senderMessageId: id }, { limit: 1 })
  if (taken.length > 0) throw new MadoguchiError('notice_id_reused')
}

/** What a receipt says of the notice or message that arrived. */
export interface Received extends Pick<
  SignedNotice,
  'senderId' | 'receivedAt' | 'bodySha256' | 'profile' | 'kid' | 'receiptId' | 'trial'
> {
  /** The sender's own, of what arrived. */
  readonly senderMessageId: string
  readonly noticeId: Id<'ntc'>
  readonly messageId?: Id<'msg'>
}

/** @throws MadoguchiError `signer_unavailable`. */
export async function signReceipt(
  ctx: AppContext,
  received: Received,
  request: VerifiedRequest,
  leafHash: string,
): Promise<string> {
  try {
    return await makeReceipt(ctx.signer, {
      senderId: received.senderId,
      senderMessageId: received.senderMessageId,
      receivedAt: received.receivedAt,
      bodySha256: received.bodySha256,
      profile: received.profile,
      receiptId: received.receiptId,
      issuer: ctx.config.issuer,
      noticeId: received.noticeId,
      ...(received.messageId === undefined ? {} : { messageId: received.messageId }),
      requestSha256: request.tokenSha256,
      kid: received.kid,
      trial: received.trial,
      leafHash,
    })
  } catch (cause) {
    throw new MadoguchiError('signer_unavailable', { cause, retryAfterMs: 1_000 })
  }
}

/** What a sender gets once its notice or message is committed, whose entry is the first of the commit. */
export async function firstAcceptance<P extends 'ntc' | 'msg'>(
  ctx: AppContext,
  accepted: { readonly id: Id<P>; readonly receipt: string },
  entry: Uint8Array,
  committed: Committed<unknown>,
): Promise<Acceptance<P>> {
  const index = committed.entries[0]?.index
  if (index === undefined) throw new MadoguchiError('internal_error')
  return {
    id: accepted.id,
    receipt: accepted.receipt,
    entry: toBase64(entry),
    proof: await ctx.ledger.proof(index, committed),
    replayed: false,
  }
}
