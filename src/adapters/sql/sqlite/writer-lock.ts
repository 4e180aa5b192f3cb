import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../../../ports/record-store.ts'
import { sqliteCode, translateSqliteError } from './sqlite-errors.ts'

const SQLITE_BUSY = 5
/** For the instant in which another process writes or reads the pid. */
const HANDOVER_MS = 200

/** The right to be the one writing process of a database file. */
export interface WriterLock {
  release(): void
}

/**
 * Takes the lock file `<path>-lock`, a SQLite file of one page whose `user_version` is the holder's
 * pid. It is held by a lock of the operating system, which ends with the process however that ends:
 * nothing goes stale, and equal pids in two containers on one volume don't deceive it. The file stays.
 *
 * Throws {@link StoreUnavailable} `locked_by_other_process`, with the pid.
 */
export function takeWriterLock(path: string): WriterLock {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(`${path}-lock`, { timeout: HANDOVER_MS })
    const held = db
    if (!reserve(held)) throw lockedBy(held)
    held.exec(`pragma user_version = ${process.pid}`)
    held.exec('commit')
    if (!reserve(held)) throw lockedBy(held)
    return {
      release: () => {
        held.close()
      },
    }
  } catch (error) {
    db?.close()
    throw translateSqliteError(error)
  }
}

/** A reserved lock keeps other writers out and lets them read the pid. */
function reserve(db: DatabaseSync): boolean {
  try {
    db.exec('begin immediate')
    return true
  } catch (error) {
    if (sqliteCode(error) === SQLITE_BUSY) return false
    throw error
  }
}

function lockedBy(db: DatabaseSync): StoreUnavailable {
  const pid = Number(db.prepare('pragma user_version').get()?.['user_version'])
  return new StoreUnavailable('locked_by_other_process', { pid })
}
