import type { SenderKey } from '../core/sender.ts'
import type { Actor } from './actor.ts'
import { changeKey } from './change-key.ts'
import type { AppContext } from './context.ts'

/**
 * Revokes a key, for good. Whatever it signed and is not committed yet is refused; what was accepted
 * stands.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already`.
 */
export function revokeKey(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  kid: string,
): Promise<SenderKey> {
  return changeKey(ctx, actor, { senderId, kid }, { to: 'revoked', event: 'key.revoked' })
}
