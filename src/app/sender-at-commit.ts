import { keyRefusal } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { UniqueViolation, type Reader, type Transaction } from '../ports/record-store.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import type { AppContext } from './context.ts'

/**
 * The sender of a request as it stands now: a key revoked or a sender suspended since the signature was
 * checked is seen here.
 *
 * @throws MadoguchiError `signature_rejected`, `key_not_active`, `key_revoked`, `sender_suspended`.
 */
export async function senderAtCommit(
  read: Reader,
  request: VerifiedRequest,
  now: number,
): Promise<VerifiedRequest['sender']> {
  const sender = await read.get('sender', { id: request.senderId })
  const key = await read.get('senderKey', { senderId: request.senderId, kid: request.kid })
  if (sender === undefined || key === undefined) throw new MadoguchiError('signature_rejected')
  const refusal = keyRefusal(key, now)
  if (refusal !== undefined) throw new MadoguchiError(refusal)
  if (sender.state === 'suspended') throw new MadoguchiError('sender_suspended')
  return sender
}

/**
 * Spends the token id of a request that changes something. One that repeats what was done spends none.
 *
 * @throws MadoguchiError `token_reused`.
 */
export async function spendTokenId(
  tx: Transaction,
  request: VerifiedRequest,
  { config }: Pick<AppContext, 'config'>,
): Promise<void> {
  const keepUntil = request.expiresAt + config.clockToleranceMs + config.clockLeadMs
  try {
    await tx.insert('tokenId', { senderId: request.senderId, jti: request.jti, keepUntil })
  } catch (fault) {
    if (fault instanceof UniqueViolation) throw new MadoguchiError('token_reused')
    throw fault
  }
}
