import { existsSync, statSync } from 'node:fs'
import { StoreUnavailable } from '../../../ports/record-store.ts'
import { createSqlStatements } from '../sql-statements.ts'
import { SqlReader } from '../sql-reader.ts'
import { tablePages, type StoreReader } from '../store-reader.ts'
import { createSqliteShapes } from './sqlite-dialect.ts'
import { SqliteSession } from './sqlite-session.ts'
import { openReader } from './sqlite-settings.ts'

/** Throws {@link StoreUnavailable} `cannot_open` where there is no such file, which is not made. */
export function openSqliteReader({ path }: { readonly path: string }): StoreReader {
  if (!existsSync(path)) throw new StoreUnavailable('cannot_open')
  const session = new SqliteSession(() => openReader(path))
  const statements = createSqlStatements(createSqliteShapes(), false)
  return {
    read: new SqlReader(session, statements),
    bytes: () => Promise.resolve(statSync(path).size),
    pages: (table) => tablePages(session, statements, table),
    close: () => {
      session.drop()
      return Promise.resolve()
    },
  }
}
