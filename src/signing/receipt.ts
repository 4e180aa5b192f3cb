import type { Id } from '../core/ids.ts'
import { formatTime, SECOND } from '../core/time.ts'
import { receiptSentence, type Trial } from '../core/trial.ts'
import type { Signer } from '../ports/signer.ts'
import { signJws } from './sign-jws.ts'
import { TOKEN_TYPES } from './token-type.ts'

/** What a receipt confirms. No URL is in it (law 11). */
export interface ReceiptFields {
  readonly receiptId: Id<'rcp'>
  /** Ours. */
  readonly issuer: string
  readonly senderId: string
  /** The sender's own, of the notice or message that arrived. */
  readonly senderMessageId: string
  readonly noticeId: Id<'ntc'>
  /** Of a withdrawal or supplement of that notice. */
  readonly messageId?: Id<'msg'>
  readonly receivedAt: number
  /** base64url, of the body that was accepted. */
  readonly bodySha256: string
  /** base64url, of the compact JWS that was accepted. */
  readonly requestSha256: string
  /** Of the sender's key. */
  readonly kid: string
  readonly profile: 'mdg-jwt-1'
  /** base64url; of the entry of what arrived (law 13). Names no index: that is given at commit. */
  readonly leafHash: string
  readonly trial: Trial | null
}

/** The sentence of every receipt, of whatever nature the notice is. */
export const RECEIPT_STATEMENT = {
  ja: '本受領証は、通知が当社に到達したことを示すものです。内容の確認・評価及び対応の約束を意味しません。',
  en: 'This receipt shows that the notice has reached us. It does not mean that its content has been confirmed or assessed, and it promises no action.',
} as const

/**
 * 受領証: signs that a notice arrived, and promises nothing. Made before the commit and handed out only
 * after it (law 1); made once, kept, and given again byte for byte.
 */
export function makeReceipt(signer: Signer, fields: ReceiptFields): Promise<string> {
  const { trial } = fields
  const says = receiptSentence(RECEIPT_STATEMENT, trial)
  return signJws(signer, TOKEN_TYPES.receipt, {
    iss: fields.issuer,
    aud: fields.senderId,
    jti: fields.receiptId,
    sub: fields.senderMessageId,
    iat: Math.floor(fields.receivedAt / SECOND),
    notice: fields.noticeId,
    message: fields.messageId,
    received_at: formatTime(fields.receivedAt),
    body_sha256: fields.bodySha256,
    request_sha256: fields.requestSha256,
    sender_kid: fields.kid,
    profile: fields.profile,
    state: 'accepted',
    leaf_hash: fields.leafHash,
    ...(trial === null ? {} : { trial }),
    statement_ja: says.ja,
    statement_en: says.en,
  })
}
