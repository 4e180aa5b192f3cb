import type { Reader } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

const NAME = 'mode'

/** The mode in which a process began to work on this store last. */
export async function notedMode(read: Reader): Promise<string> {
  return (await read.get('setting', { name: NAME }))?.value ?? 'act'
}

/** Writes down that the desk runs in another mode than before. A new desk is one that acts. */
export async function noteMode(ctx: AppContext): Promise<void> {
  const { config, committer, clock, random, ledger } = ctx
  const { mode } = config
  await committer.submit({
    name: 'mode.note',
    bytes: 256,
    locks: [`setting:${NAME}`],
    run: async (tx) => {
      const from = await notedMode(tx)
      if (from === mode) return { result: undefined, events: [] }
      await tx.put('setting', { name: NAME, value: mode })
      const event = ledgeredEvent(
        { random, logOrigin: ledger.origin },
        {
          type: 'mode.changed',
          lane: null,
          at: clock.now(),
          pub: { mode },
          payload: { v: 1, from, to: mode, by: 'configuration' },
        },
      )
      ctx.log.warn('mode.changed', { mode })
      return { result: undefined, events: [event] }
    },
  })
}
