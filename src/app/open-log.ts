import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { STORE_MOVED, StoreUnavailable } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

/**
 * Makes sure that the log of this store is the one that we sign for: begins it with `log.genesis` on a
 * new store, else compares its origin and its key.
 *
 * @throws MadoguchiError `log_mismatch` when the store belongs to another issuer or log key;
 *   StoreUnavailable `moved` when its record goes on elsewhere.
 */
export async function openLog(ctx: AppContext): Promise<void> {
  const { read, ledger, committer, clock, random } = ctx
  if ((await read.get('setting', { name: STORE_MOVED })) !== undefined)
    throw new StoreUnavailable('moved')
  const known = await read.get('setting', { name: 'log.key' })
  if (known !== undefined) {
    if (known.value !== ledger.verifierKey) throw new MadoguchiError('log_mismatch')
    return
  }
  const event = ledgeredEvent(
    { random, logOrigin: ledger.origin },
    {
      type: 'log.genesis',
      at: clock.now(),
      pub: { key: ledger.verifierKey },
      payload: { v: 1, issuer: ctx.config.issuer, key: ledger.verifierKey },
    },
  )
  await committer.submit({
    name: 'log.open',
    bytes: 256,
    locks: ['setting:log.key'],
    run: async (tx) => {
      await tx.insert('setting', { name: 'log.key', value: ledger.verifierKey })
      return { result: undefined, events: [event] }
    },
  })
}
