import { StoreUnavailable } from '../../../ports/record-store.ts'
import type { TableName } from '../../../ports/record-tables.ts'
import { snakeCase, sqlTable } from '../naming.ts'
import type { SqlRow, SqlSession } from '../sql-session.ts'
import type { StoreReader } from '../store-reader.ts'
import { COLUMNS } from '../tables.ts'

const TABLES = Object.keys(COLUMNS) as TableName[]

/**
 * Writes every row of a store, a page at a time, inside a transaction that keeps other writers out. An
 * event keeps its `seq`, and the next one is beyond it.
 */
export async function copyRows(session: SqlSession, source: StoreReader): Promise<void> {
  await session.all(
    `select set_config('statement_timeout', '0', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`,
    [],
  )
  await session.run(`lock table ${TABLES.map(quoted).join(', ')} in exclusive mode`, [])
  for (const table of TABLES) {
    if ((await session.all(`select 1 as one from ${quoted(table)} limit 1`, [])).length > 0)
      throw new StoreUnavailable('not_empty')
    for await (const rows of source.pages(table)) await insertRows(session, table, rows)
  }
  await session.all(
    `select setval(pg_get_serial_sequence('event', 'seq'), max(seq)) from event having max(seq) > 0`,
    [],
  )
}

async function insertRows(
  session: SqlSession,
  table: TableName,
  rows: readonly SqlRow[],
): Promise<void> {
  const columns = Object.keys(COLUMNS[table]).map(snakeCase)
  const places = rows.map((_, row) => {
    const numbers = columns.map((_column, at) => `$${row * columns.length + at + 1}`)
    return `(${numbers.join()})`
  })
  await session.run(
    `insert into ${quoted(table)} ("${columns.join('", "')}") overriding system value
      values ${places.join()}`,
    rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
  )
}

const quoted = (table: TableName): string => `"${sqlTable(table)}"`
