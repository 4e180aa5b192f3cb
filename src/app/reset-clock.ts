import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { senderLock } from './locks.ts'

/**
 * Forgets how far a sender is ahead of its agreed rates, in both bands. Slots that were given stay.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function resetClock(ctx: AppContext, actor: Actor, senderId: string): Promise<void> {
  requirePermission(actor, 'clocks.reset')
  await ctx.committer.submit({
    name: 'clock.reset',
    bytes: 512,
    locks: [senderLock(senderId)],
    run: async (tx) => {
      if ((await tx.get('sender', { id: senderId })) === undefined)
        throw new MadoguchiError('not_found')
      const clocks = await tx.find('senderClock', { senderId })
      for (const { band } of clocks) await tx.delete('senderClock', { senderId, band })
      const tats = clocks.map(({ band, tat }) => ({ band, tat }))
      const facts = { sender: senderId, detail: { sender: senderId, clocks: tats } }
      return { result: undefined, events: [administrativeEvent(ctx, actor, 'clock.reset', facts)] }
    },
  })
}
