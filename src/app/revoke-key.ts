import type { SenderKey } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'

/**
 * Revokes a key, for good. Whatever it signed and is not committed yet is refused; what was accepted
 * stands.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already`.
 */
export async function revokeKey(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  kid: string,
): Promise<SenderKey> {
  requirePermission(actor, 'keys.write')
  const { result } = await ctx.committer.submit({
    name: 'key.revoke',
    bytes: 512,
    locks: [senderLock(senderId)],
    run: async (tx) => {
      const key = await tx.get('senderKey', { senderId, kid })
      if (key === undefined) throw new MadoguchiError('not_found')
      if (key.state === 'revoked') throw new MadoguchiError('already')
      await tx.update('senderKey', { senderId, kid }, { state: 'revoked' })
      const facts = { sender: senderId, detail: { sender: senderId, kid } }
      return {
        result: { ...key, state: 'revoked' as const },
        events: [administrativeEvent(ctx, actor, 'key.revoked', facts)],
      }
    },
  })
  return result
}
