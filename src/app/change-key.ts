import type { LedgeredEvent } from '../core/event.ts'
import { keyStateAt, mayBecome, type KeyState, type SenderKey } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'

/** One step in the life of a key. */
export interface KeyChange {
  readonly to: KeyState
  readonly event: Extract<LedgeredEvent, 'key.activated' | 'key.retired' | 'key.revoked'>
  /** When a retiring key ends by itself. */
  readonly retireAt?: number | null
}

/**
 * Brings a key into another state. What it is in now is judged by the time of the commit: a key whose
 * time has come is active, or ended, whatever was written last.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `already` in that state, `key_state_conflict` where
 *   no step leads there.
 */
export async function changeKey(
  ctx: AppContext,
  actor: Actor,
  { senderId, kid }: Pick<SenderKey, 'senderId' | 'kid'>,
  { to, event, retireAt = null }: KeyChange,
): Promise<SenderKey> {
  requirePermission(actor, 'keys.write')
  const { result } = await ctx.committer.submit({
    name: event,
    bytes: 512,
    locks: [senderLock(senderId)],
    run: async (tx) => {
      const key = await tx.get('senderKey', { senderId, kid })
      if (key === undefined) throw new MadoguchiError('not_found')
      const from = keyStateAt(key, ctx.clock.now())
      if (from === to) throw new MadoguchiError('already')
      if (!mayBecome(from, to)) throw new MadoguchiError('key_state_conflict')
      const patch = { state: to, ...(retireAt === null ? {} : { retireAt }) }
      await tx.update('senderKey', { senderId, kid }, patch)
      const detail = { sender: senderId, kid, from, retire_at: retireAt }
      return {
        result: { ...key, ...patch },
        events: [administrativeEvent(ctx, actor, event, { sender: senderId, detail })],
      }
    },
  })
  return result
}
