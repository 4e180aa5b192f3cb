import type { TableName, Tables } from '../../ports/record-tables.ts'
import { snakeCase } from './naming.ts'
import type { SqlRow, SqlValue } from './sql-session.ts'
import { COLUMNS, type ColumnType } from './tables.ts'

/** One column of a table: its name in the record, in SQL, and how it is kept. */
export interface Column {
  readonly name: string
  readonly sqlName: string
  readonly type: ColumnType
  /** The database gives the value; what the record holds at insertion is ignored. */
  readonly generated: boolean
}

const columnsByTable = new Map<TableName, ReadonlyMap<string, Column>>()

/** The columns of a table, by their names in the record. */
export function columnsOf(table: TableName): ReadonlyMap<string, Column> {
  let columns = columnsByTable.get(table)
  if (columns === undefined) {
    columns = new Map(
      Object.entries<ColumnType>(COLUMNS[table]).map(([name, type]) => [
        name,
        { name, sqlName: snakeCase(name), type, generated: table === 'event' && name === 'seq' },
      ]),
    )
    columnsByTable.set(table, columns)
  }
  return columns
}

/** One column of a table. Throws `TypeError` where the table has none of that name. */
export function columnOf(table: TableName, name: string): Column {
  const column = columnsOf(table).get(name)
  if (column === undefined) throw new TypeError(`${table} has no column ${name}`)
  return column
}

/** A column that can be compared and sorted by. Throws `TypeError` for JSON and bytes. */
export function comparableColumn(table: TableName, name: string): Column {
  const column = columnOf(table, name)
  if (column.type === 'json' || column.type === 'blob') {
    throw new TypeError(`${table}.${name} can't be compared`)
  }
  return column
}

const encoders: Record<ColumnType, (value: unknown) => SqlValue | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined),
  bool: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  json: (value) => JSON.stringify(value),
  blob: (value) => (value instanceof Uint8Array ? value : undefined),
}

/** Throws `TypeError` for a value that the column can't hold, `undefined` above all. */
export function encodeValue(table: TableName, column: Column, value: unknown): SqlValue {
  if (value === null) return null
  const encoded = encoders[column.type](value)
  if (encoded === undefined) throw new TypeError(`${table}.${column.name} is not ${column.type}`)
  return encoded
}

/** A row of the database as a record. */
export function decodeRow<T extends TableName>(table: T, row: SqlRow): Tables[T] {
  const record: Record<string, unknown> = {}
  for (const { name, sqlName, type } of columnsOf(table).values()) {
    const value = row[sqlName] ?? null
    if (value === null) record[name] = null
    else if (type === 'json') record[name] = JSON.parse(String(value))
    else if (type === 'bool') record[name] = value === 1
    else record[name] = value
  }
  return record as unknown as Tables[T]
}
