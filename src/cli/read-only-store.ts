import { existsSync } from 'node:fs'
import { createSqlStatements } from '../adapters/sql/sql-statements.ts'
import { SqlReader } from '../adapters/sql/sql-reader.ts'
import { createSqliteShapes } from '../adapters/sql/sqlite/sqlite-dialect.ts'
import { SqliteSession } from '../adapters/sql/sqlite/sqlite-session.ts'
import { openReader } from '../adapters/sql/sqlite/sqlite-settings.ts'
import { StoreUnavailable, type Reader } from '../ports/record-store.ts'

/**
 * Reads a store without changing it, whether or not a process holds it.
 *
 * @throws StoreUnavailable; `cannot_open` where there is no such file, which is not made.
 */
export async function readStore<R>(path: string, use: (reader: Reader) => Promise<R>): Promise<R> {
  if (!existsSync(path)) throw new StoreUnavailable('cannot_open')
  const session = new SqliteSession(() => openReader(path))
  try {
    return await use(new SqlReader(session, createSqlStatements(createSqliteShapes(), false)))
  } finally {
    session.drop()
  }
}
