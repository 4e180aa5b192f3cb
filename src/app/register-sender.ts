import type { Sender } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromSender, toSender } from '../schema/to-core.ts'
import { validateSender } from '../schema/validate.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'

/**
 * Registers a sender, active from now on but without a key. Its id is what its tokens name as `iss`
 * and never changes.
 *
 * @param input A document of `sender.schema.json`, unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input` (also where the nature departs from the default
 *   of the type without reason and document), `endpoint_refused`, `already`.
 */
export async function registerSender(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<Sender> {
  requirePermission(actor, 'senders.write')
  const document = validateSender(input)
  const sender = toSender(document, ctx.clock.now())
  checkEndpoint(ctx, sender.callbackUrl)
  await ctx.committer.submit({
    name: 'sender.register',
    bytes: 2_048,
    locks: [senderLock(sender.id)],
    run: async (tx) => {
      if ((await tx.get('sender', { id: sender.id })) !== undefined)
        throw new MadoguchiError('already')
      await tx.insert('sender', sender)
      const detail = {
        sender: fromSender(sender),
        nature_reason: document.nature_reason ?? null,
        nature_document: document.nature_document ?? null,
      }
      const facts = { sender: sender.id, detail }
      return {
        result: undefined,
        events: [administrativeEvent(ctx, actor, 'sender.registered', facts)],
      }
    },
  })
  return sender
}

/** Outcomes go to public addresses over TLS only (law 14). Throws `endpoint_refused`. */
export function checkEndpoint({ transport }: AppContext, callbackUrl: string | null): void {
  if (callbackUrl !== null && transport.refuse(callbackUrl) !== undefined)
    throw new MadoguchiError('endpoint_refused')
}
