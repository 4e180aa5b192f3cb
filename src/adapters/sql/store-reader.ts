import type { Reader } from '../../ports/record-store.ts'
import { PRIMARY_KEYS, type TableName } from '../../ports/record-tables.ts'
import { snakeCase } from './naming.ts'
import { bindValues } from './shapes.ts'
import type { SqlRow, SqlSession, SqlValue } from './sql-session.ts'
import type { SqlStatements } from './sql-statements.ts'
import { keySlot } from './table-statements.ts'

/** Few enough that a page of the largest notices is a few MiB. */
const PAGE = 64

/** A store that is only read, whoever else holds it. */
export interface StoreReader {
  readonly read: Reader
  /** How much room it takes. */
  readonly bytes: () => Promise<number>
  /** Every row of a table as it is kept, in pages. */
  readonly pages: (table: TableName) => AsyncIterable<readonly SqlRow[]>
  readonly close: () => Promise<void>
}

/** Reads a whole table without holding it. */
export async function* tablePages(
  session: SqlSession,
  statements: SqlStatements,
  table: TableName,
): AsyncIterable<readonly SqlRow[]> {
  let last: SqlRow | undefined
  do {
    const statement = statements.table.page(table, last !== undefined)
    const values = { ...keyOf(table, last), limit: PAGE }
    const rows: SqlRow[] = await session.all(statement.sql, bindValues(statement, values))
    if (rows.length > 0) yield rows
    last = rows.length === PAGE ? rows.at(-1) : undefined
  } while (last !== undefined)
}

function keyOf(table: TableName, row: SqlRow | undefined): Record<string, SqlValue> {
  if (row === undefined) return {}
  return Object.fromEntries(
    PRIMARY_KEYS[table].map((name) => [keySlot(name), row[snakeCase(name)] ?? null]),
  )
}
