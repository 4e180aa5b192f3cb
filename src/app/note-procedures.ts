import { canonicalJson, parseCanonicalJson } from '../core/canonical-json.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

const NAME = 'procedures'

/** Writes down that the procedures profile is another than before. A new desk has an empty one. */
export async function noteProcedures(ctx: AppContext): Promise<void> {
  const { config, committer, clock, random, ledger } = ctx
  const to: unknown = JSON.parse(JSON.stringify(config.proceduresDocument))
  const value = new TextDecoder().decode(canonicalJson(to))
  await committer.submit({
    name: 'procedures.note',
    bytes: 1_024 + value.length,
    locks: [`setting:${NAME}`],
    run: async (tx) => {
      const known = (await tx.get('setting', { name: NAME }))?.value ?? '{}'
      if (known === value) return { result: undefined, events: [] }
      await tx.put('setting', { name: NAME, value })
      const from = parseCanonicalJson(new TextEncoder().encode(known)) ?? null
      const event = ledgeredEvent(
        { random, logOrigin: ledger.origin },
        {
          type: 'procedures.changed',
          lane: null,
          at: clock.now(),
          pub: {},
          payload: { v: 1, from, to, by: 'configuration' },
        },
      )
      ctx.log.warn('procedures.changed')
      return { result: undefined, events: [event] }
    },
  })
}
