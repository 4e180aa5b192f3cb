import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { StoreUnavailable } from '../ports/record-store.ts'
import { STORE_MOVED } from '../ports/record-tables.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

const LOG_KEY = { name: 'log.key' } as const

/**
 * Makes sure that the log of this store is the one that we sign for: begins it with `log.genesis` on a
 * new store, else compares its origin and its key.
 *
 * @throws MadoguchiError `log_mismatch` when the store belongs to another issuer or log key;
 *   StoreUnavailable `moved` when its record goes on elsewhere, `moving` where that broke off.
 */
export async function openLog(ctx: AppContext): Promise<void> {
  const { read, ledger } = ctx
  const moved = await read.get('setting', { name: STORE_MOVED })
  if (moved !== undefined) throw new StoreUnavailable(moved.value === 'moving' ? 'moving' : 'moved')
  const known = await read.get('setting', LOG_KEY)
  if ((known?.value ?? (await begin(ctx))) !== ledger.verifierKey)
    throw new MadoguchiError('log_mismatch')
}

/** Returns the key with which the log was begun: by us, or by another process at the same time. */
async function begin({ ledger, committer, clock, random, config }: AppContext): Promise<string> {
  const key = ledger.verifierKey
  const event = ledgeredEvent(
    { random, logOrigin: ledger.origin },
    {
      type: 'log.genesis',
      lane: null,
      at: clock.now(),
      pub: { key },
      payload: { v: 1, issuer: config.issuer, key },
    },
  )
  const { result } = await committer.submit({
    name: 'log.open',
    bytes: 256,
    locks: ['setting:log.key'],
    run: async (tx): Promise<Change<string>> => {
      const known = await tx.get('setting', LOG_KEY)
      if (known !== undefined) return { result: known.value, events: [] }
      await tx.insert('setting', { ...LOG_KEY, value: key })
      return { result: key, events: [event] }
    },
  })
  return result
}
