import { openSqliteReader } from './adapters/sql/sqlite/open-sqlite-reader.ts'
import { openSqliteStore } from './adapters/sql/sqlite/open-sqlite-store.ts'
import type { StoreReader } from './adapters/sql/store-reader.ts'
import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'
import { SecretText } from './config/secret-text.ts'
import { StoreUnavailable, type Reader, type RecordStore } from './ports/record-store.ts'
import { STORE_MOVED } from './ports/record-tables.ts'

/** What a store is opened by. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: SecretText }

/** The place that the settings name. */
export function placeOf(settings: {
  readonly config: Pick<Config, 'store'>
  readonly secrets: Pick<Secrets, 'storeUrl'>
}): StorePlace {
  const { store } = settings.config
  const { storeUrl } = settings.secrets
  if (store.kind === 'sqlite') return store
  if (storeUrl === null) throw new TypeError('a database without its URL')
  return { kind: 'postgres', url: storeUrl }
}

/** PostgreSQL is loaded where it is used: the embedded default starts without it. */
const postgres = () => import('./adapters/sql/postgres/open-postgres-store.ts')

/**
 * Opens a store for writing. A SQLite file is made and brought up to date; PostgreSQL never is.
 *
 * @throws StoreUnavailable
 */
export async function openStore(place: StorePlace): Promise<RecordStore> {
  if (place.kind === 'sqlite') return openSqliteStore(place)
  const { openPostgresStore } = await postgres()
  return openPostgresStore({ url: place.url.reveal() })
}

/**
 * Reads a store without changing it, whether or not a process holds it.
 *
 * @throws StoreUnavailable
 */
export async function readStore<R>(
  place: StorePlace,
  use: (store: StoreReader) => Promise<R>,
): Promise<R> {
  const store = await openReader(place)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** Brings the tables of a store up to date. */
export async function migrateStore(place: StorePlace): Promise<void> {
  if (place.kind === 'postgres') {
    const { migratePostgresStore } = await postgres()
    await migratePostgresStore({ url: place.url.reveal() })
  }
  const store = await openStore(place)
  try {
    await store.check()
  } finally {
    await store.close()
  }
}

/** The value of `STORE_MOVED` from before the copy is committed until it is known that it was. */
const MOVING = 'moving'
const MOVED = 'postgres'

/**
 * Copies an embedded store, which no other process may hold, into an empty database, and marks it as
 * moved. Returns whether it did: where `isWhole` says no, nothing of it stands. The mark comes before the
 * copy is committed, so that wherever it breaks off no two stores go on with one log; to move again ends
 * what was begun.
 *
 * @throws StoreUnavailable
 */
export async function moveStore(
  from: Extract<StorePlace, { kind: 'sqlite' }>,
  to: Extract<StorePlace, { kind: 'postgres' }>,
  isWhole: (source: Reader, target: Reader) => Promise<boolean>,
): Promise<boolean> {
  const held = await openSqliteStore(from)
  try {
    const mark = (value: string) =>
      held.transact((tx) => tx.put('setting', { name: STORE_MOVED, value }))
    const marked = await held.read.get('setting', { name: STORE_MOVED })
    if (marked?.value === MOVED) throw new StoreUnavailable('moved')
    if (marked !== undefined) {
      if (await hasArrived(held.read, to)) return (await mark(MOVED), true)
      await held.transact((tx) => tx.delete('setting', { name: STORE_MOVED }))
    }
    const { copyIntoPostgres } = await postgres()
    const stands = await readStore(from, (source) =>
      copyIntoPostgres({ url: to.url.reveal() }, source, async (target) => {
        const isGood = await isWhole(source.read, target)
        if (isGood) await mark(MOVING)
        return isGood
      }),
    )
    if (stands) await mark(MOVED)
    return stands
  } finally {
    await held.close()
  }
}

/**
 * Whether a move that broke off was committed after all: the database, which may be at work by now, has
 * the last entry of the log in its place. Throws `not_empty` where it holds another record.
 */
async function hasArrived(source: Reader, to: StorePlace): Promise<boolean> {
  const size = (await source.get('ledgerState', { name: 'ledger' }))?.size ?? 0
  const [last] = await source.ledgerEntries(size - 1, size)
  return readStore(to, async ({ read }) => {
    if ((await read.get('ledgerState', { name: 'ledger' })) === undefined) return false
    const [there] = await read.ledgerEntries(size - 1, size)
    if (there?.leafHash !== last?.leafHash) throw new StoreUnavailable('not_empty')
    return true
  })
}

/** A store that is empty, up to date, and thrown away afterwards. */
export interface ScratchStore {
  /** `MADOGUCHI_STORE`; it may hold a password. */
  readonly setting: string
  readonly place: StorePlace
  drop(): Promise<void>
}

/**
 * Makes a store for trying things out where `place` is: a schema of its own in a database, or else a
 * file in the given folder. What a real desk keeps there is not touched.
 *
 * @throws StoreUnavailable
 */
export async function openScratchStore(place: StorePlace, folder: string): Promise<ScratchStore> {
  if (place.kind === 'sqlite') {
    const path = `${folder}/madoguchi.db`
    const drop = () => Promise.resolve()
    return { setting: `sqlite:${path}`, place: { kind: 'sqlite', path }, drop }
  }
  const { createScratchSchema } = await import('./adapters/sql/postgres/scratch-schema.ts')
  const schema = await createScratchSchema(place.url.reveal())
  const scratch: StorePlace = { kind: 'postgres', url: new SecretText(schema.url) }
  await migrateStore(scratch)
  return { setting: schema.url, place: scratch, drop: () => schema.drop() }
}

async function openReader(place: StorePlace): Promise<StoreReader> {
  if (place.kind === 'sqlite') return openSqliteReader(place)
  const { openPostgresReader } = await postgres()
  return openPostgresReader({ url: place.url.reveal() })
}
