import { existsSync, statSync } from 'node:fs'
import { StoreUnavailable } from '../../../ports/record-store.ts'
import { createSqlStatements } from '../sql-statements.ts'
import { SqlReader } from '../sql-reader.ts'
import type { StoreReader } from '../store-reader.ts'
import { createSqliteShapes } from './sqlite-dialect.ts'
import { SqliteSession } from './sqlite-session.ts'
import { openReader } from './sqlite-settings.ts'

/** Throws {@link StoreUnavailable} `cannot_open` where there is no such file, which is not made. */
export function openSqliteReader({ path }: { readonly path: string }): StoreReader {
  if (!existsSync(path)) throw new StoreUnavailable('cannot_open')
  const session = new SqliteSession(() => openReader(path))
  return {
    read: new SqlReader(session, createSqlStatements(createSqliteShapes(), false)),
    bytes: () => Promise.resolve(statSync(path).size),
    close: () => {
      session.drop()
      return Promise.resolve()
    },
  }
}
