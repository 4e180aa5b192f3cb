import type { SenderKey } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { importPublicJwk } from '../signing/jwk.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'
import { readInput } from './read-input.ts'

/**
 * Registers a public key of a sender; it may sign from now on, or from `not_before` on. A key id is
 * never given twice, not even after its key was revoked.
 *
 * @param input A public JWK, unchecked. Beside its members `not_before`: a time in the future; null for a
 *   key that somebody activates.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `not_found`, `already`.
 */
export async function registerKey(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  input: unknown,
): Promise<SenderKey> {
  requirePermission(actor, 'keys.write')
  const { alg, kid, jwk } = importPublicJwk(input)
  const key: SenderKey = {
    senderId,
    kid,
    alg,
    jwk,
    ...readStart(input, ctx.clock.now()),
    createdAt: ctx.clock.now(),
    lastUsedAt: null,
    retireAt: null,
  }
  await ctx.committer.submit({
    name: 'key.register',
    bytes: 1_024,
    locks: [senderLock(senderId)],
    run: async (tx) => {
      if ((await tx.get('sender', { id: senderId })) === undefined)
        throw new MadoguchiError('not_found')
      if ((await tx.get('senderKey', { senderId, kid })) !== undefined)
        throw new MadoguchiError('already')
      await tx.insert('senderKey', key)
      const { state, notBefore } = key
      const detail = { sender: senderId, kid, alg, jwk, state, not_before: notBefore }
      return {
        result: undefined,
        events: [administrativeEvent(ctx, actor, 'key.registered', { sender: senderId, detail })],
      }
    },
  })
  return key
}

function readStart(input: unknown, now: number): Pick<SenderKey, 'state' | 'notBefore'> {
  const reader = readInput(input)
  if (reader.anything('not_before') === undefined) return { state: 'active', notBefore: null }
  const notBefore = reader.optionalTime('not_before')
  if (notBefore !== null && notBefore <= now)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/not_before', keyword: 'minimum' }],
    })
  return { state: 'pending', notBefore }
}
