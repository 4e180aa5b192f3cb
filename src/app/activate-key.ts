import type { SenderKey } from '../core/sender.ts'
import type { Actor } from './actor.ts'
import { changeKey } from './change-key.ts'
import type { AppContext } from './context.ts'

/**
 * Activates a pending key now. Nothing else happens by it: the keys that are active stay so, so that a
 * sender can go over from one to the other in its own time.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already`, `key_state_conflict`.
 */
export function activateKey(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  kid: string,
): Promise<SenderKey> {
  return changeKey(ctx, actor, { senderId, kid }, { to: 'active', event: 'key.activated' })
}
