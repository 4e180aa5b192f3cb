import { closeSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../../../ports/record-store.ts'
import { migrate } from '../migrate.ts'
import { createSqlStatements } from '../sql-statements.ts'
import { createSqliteShapes, SQLITE_DDL } from './sqlite-dialect.ts'
import { SqliteSession } from './sqlite-session.ts'
import { assertSafeSettings, openReader, openWriter } from './sqlite-settings.ts'
import { SqliteStore } from './sqlite-store.ts'
import { takeWriterLock, type WriterLock } from './writer-lock.ts'

export interface SqliteOptions {
  /** Of the database file, in a folder that exists; or `:memory:`, which nothing survives. */
  readonly path: string
  /** Opens with `synchronous=OFF`: commits aren't durable, and `check` refuses. For one test only. */
  readonly unsafeSynchronousForTest?: boolean
}

/**
 * Opens the record in a SQLite file, which is made where there is none (readable by its owner only),
 * and brings its schema up to date.
 *
 * Throws `StoreUnavailable`: `locked_by_other_process` (with the pid), `unsafe_setting`,
 * `schema_ahead`, `cannot_open` and other reasons of SQLite.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<SqliteStore> {
  const { path, unsafeSynchronousForTest: unsafe = false } = options
  const inMemory = path === ':memory:'
  const lock = inMemory ? undefined : lockAndCreate(path)
  const writer = new SqliteSession(() => {
    const db = openWriter(path, unsafe ? 'off' : 'full')
    if (!unsafe) assertSafeSettings(db, inMemory)
    return db
  })
  try {
    await bringUpToDate(writer)
  } catch (error) {
    writer.drop()
    lock?.release()
    throw error
  }
  const reader = inMemory ? undefined : new SqliteSession(() => openBeside(writer, path))
  const statements = createSqlStatements(createSqliteShapes(), false)
  return new SqliteStore({ path, statements, writer, reader, lock })
}

function lockAndCreate(path: string): WriterLock {
  const lock = takeWriterLock(path)
  try {
    closeSync(openSync(path, 'a', 0o600))
    return lock
  } catch (error) {
    lock.release()
    throw new StoreUnavailable('cannot_open', { cause: error })
  }
}

/** A reader can't make the files of the log, so the writer is there before it. */
function openBeside(writer: SqliteSession, path: string): DatabaseSync {
  writer.connect()
  return openReader(path)
}

/**
 * Whoever held a lease on a piece of work is gone, since we are the only writing process now: what a
 * crash cut off is due at once, not when its lease would have run out.
 */
async function bringUpToDate(writer: SqliteSession): Promise<void> {
  await writer.run('begin immediate', [])
  await migrate(writer, SQLITE_DDL)
  await writer.run('update work set lease_until = null where lease_until is not null', [])
  await writer.run('commit', [])
}
