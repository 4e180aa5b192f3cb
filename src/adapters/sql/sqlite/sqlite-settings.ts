import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../../../ports/record-store.ts'

/** How long a statement waits, and blocks this process, for another program's lock on the file. */
const BUSY_TIMEOUT_MS = 1_000
/** Pages of the log that are folded into the file at once: 8 MiB, against syncing the file too often. */
const CHECKPOINT_PAGES = 2_000
const FULL = 2

/**
 * Opens the writing connection so that a commit is on disk when it returns: WAL, synced at every
 * commit, deleted content overwritten.
 *
 * @param synchronous `off` makes every commit unsafe; only for proving that a test would notice.
 */
export function openWriter(path: string, synchronous: 'full' | 'off'): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  db.exec('pragma journal_mode = wal')
  db.exec(`pragma synchronous = ${synchronous}`)
  db.exec('pragma secure_delete = on')
  // macOS: fsync alone doesn't reach the disk there. Without effect elsewhere.
  db.exec('pragma fullfsync = on')
  db.exec('pragma checkpoint_fullfsync = on')
  db.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.exec('pragma cache_size = -16384')
  db.exec('pragma temp_store = memory')
  return db
}

/** Opens a connection that can't write and doesn't wait for the writer. */
export function openReader(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  db.exec('pragma cache_size = -8192')
  return db
}

/**
 * Reads the settings back from the connection. Throws {@link StoreUnavailable} `unsafe_setting`
 * unless a commit would be durable and deleted content overwritten. What lives in memory is durable
 * for nobody, which whoever asks for `:memory:` knows: its journal is no fault.
 */
export function assertSafeSettings(db: DatabaseSync, inMemory: boolean): void {
  const journal = readPragma(db, 'journal_mode')
  const safe =
    journal === (inMemory ? 'memory' : 'wal') &&
    Number(readPragma(db, 'synchronous')) >= FULL &&
    readPragma(db, 'secure_delete') === 1 &&
    readPragma(db, 'fullfsync') === 1
  if (!safe) throw new StoreUnavailable('unsafe_setting')
}

function readPragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0]
}
