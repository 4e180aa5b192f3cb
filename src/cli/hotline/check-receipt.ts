import { fromBase64, fromBase64Url } from '../../core/base64.ts'
import { leafHash, sameBytes } from '../../ledger/merkle.ts'
import { verifyProof } from '../../ledger/proof.ts'
import { sha256Base64url } from '../../signing/sha256.ts'
import type { JsonObject } from '../../signing/strict-json.ts'
import { TOKEN_TYPES } from '../../signing/token-type.ts'
import { verifyOurs } from '../../signing/verify-ours.ts'
import { attemptRead, check, type Check } from './check.ts'
import type { DeskDirectory } from './desk-directory.ts'
import type { Exchange } from './hotline-client.ts'

/** The answer to an accepted notice: four members of text. */
export interface AcceptanceAnswer {
  readonly id: string
  readonly receipt: string
  readonly entry: string
  readonly proof: string
}

/** Whether an answer is an acceptance by its form. */
export function isAcceptance(answer: unknown): answer is AcceptanceAnswer {
  if (typeof answer !== 'object' || answer === null) return false
  const members = answer as Readonly<Record<string, unknown>>
  return ['id', 'receipt', 'entry', 'proof'].every((name) => typeof members[name] === 'string')
}

/** A receipt that was looked at: the claims, and what was found. */
export interface CheckedReceipt {
  readonly claims: JsonObject
  /** base64url of the leaf hash of the entry of the notice. */
  readonly leafHash: string
  readonly checks: readonly Check[]
}

/**
 * 受領証: checks what a sender can check with public keys alone. A replay brings the receipt of the first
 * time, which names the signature of that time: then that one check isn't made.
 */
export function checkReceipt(
  desk: DeskDirectory,
  senderId: string,
  { token, body, replayed }: Pick<Exchange, 'token' | 'body' | 'replayed'>,
  { receipt, entry, proof }: AcceptanceAnswer,
): CheckedReceipt {
  const claims = attemptRead(() => verifyOurs(receipt, TOKEN_TYPES.receipt, desk.jwks)) ?? {}
  const bytes = fromBase64(entry) ?? new Uint8Array()
  const leaf = typeof claims['leaf_hash'] === 'string' ? claims['leaf_hash'] : ''
  const checks = [
    check(
      'receipt_signature',
      '受領証の署名は、窓口の公開鍵のものです',
      'The receipt is signed with the public key of the desk',
      () => claims['iss'] === desk.issuer && claims['aud'] === senderId,
    ),
    check(
      'receipt_body',
      '受領証の本文ハッシュは、送った通知のものです',
      'The receipt names the hash of exactly what was sent',
      () => claims['body_sha256'] === sha256Base64url(body),
    ),
    ...(replayed ? [] : [requestCheck(claims, token)]),
    check(
      'entry_hash',
      '受領証は、台帳のこの記載を指しています（前後の連鎖）',
      'The receipt names the hash of this ledger entry (the chain)',
      () => sameLeaf(leaf, bytes),
    ),
    check(
      'entry_proof',
      '記載は台帳にあります（記載の証明を台帳の公開鍵で確認）',
      "The entry stands in the ledger (proof checked with the log's public key)",
      () => isInLog(desk, bytes, proof),
    ),
  ]
  return { claims, leafHash: leaf, checks }
}

function requestCheck(claims: JsonObject, token: string): Check {
  return check(
    'receipt_request',
    '受領証の署名ハッシュは、送った署名のものです',
    'The receipt names the hash of the signature that was sent',
    () => claims['request_sha256'] === sha256Base64url(token),
  )
}

/** Whether a hash in base64url is that of an entry. */
export function sameLeaf(hash: string, entry: Uint8Array): boolean {
  const named = fromBase64Url(hash)
  return named !== undefined && sameBytes(named, leafHash(entry))
}

/** Whether a tlog-proof shows an entry in the log of this desk. */
export function isInLog(desk: DeskDirectory, entry: Uint8Array, proof: string): boolean {
  return verifyProof(proof, entry, [desk.logKey], desk.logOrigin) !== undefined
}
