import type { SenderKey } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import { changeKey } from './change-key.ts'
import type { AppContext } from './context.ts'
import { readInput } from './read-input.ts'

/**
 * Marks an active key as on its way out. It goes on signing until `retire_at`, or until it is revoked.
 *
 * @param input `retire_at`, in the future, or none; unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`, `not_found`, `already`, `key_state_conflict`.
 */
export async function retireKey(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  kid: string,
  input: unknown,
): Promise<SenderKey> {
  requirePermission(actor, 'keys.write')
  const reader = readInput(input)
  const retireAt = reader.optionalTime('retire_at')
  reader.done()
  if (retireAt !== null && retireAt <= ctx.clock.now())
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/retire_at', keyword: 'minimum' }],
    })
  return changeKey(
    ctx,
    actor,
    { senderId, kid },
    { to: 'retiring', event: 'key.retired', retireAt },
  )
}
