import type { Reader } from '../../../ports/record-store.ts'
import { SqlReader } from '../sql-reader.ts'
import { createSqlStatements } from '../sql-statements.ts'
import { tablePages, type StoreReader } from '../store-reader.ts'
import { copyRows } from './copy-rows.ts'
import { PostgresConnection } from './postgres-connection.ts'
import { createPostgresShapes } from './postgres-dialect.ts'
import { PostgresLine, PostgresReadLines } from './postgres-line.ts'
import { assertCurrentSchema, migratePostgres } from './postgres-schema.ts'
import { assertSafeSettings, setUpReader, setUpWriter } from './postgres-settings.ts'
import { commit, PostgresStore } from './postgres-store.ts'

const setUp = async (
  connection: PostgresConnection,
  ...steps: readonly ((connection: PostgresConnection) => Promise<void>)[]
): Promise<PostgresConnection> => {
  try {
    for (const step of steps) await step(connection)
    return connection
  } catch (error) {
    connection.drop()
    throw error
  }
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=…`; never shown. */
  readonly url: string
}

/**
 * Opens the record in a PostgreSQL database whose tables are up to date.
 *
 * Throws `StoreUnavailable`: `schema_behind`, `schema_ahead`, `unsafe_setting`, `read_only`,
 * `connection_lost`, `no_permission`, `cannot_open` and others.
 */
export async function openPostgresStore({ url }: PostgresOptions): Promise<PostgresStore> {
  const writer = new PostgresLine(async () =>
    setUp(await PostgresConnection.open(url), setUpWriter, assertSafeSettings, assertCurrentSchema),
  )
  await writer.connected()
  const statements = createSqlStatements(createPostgresShapes(), true)
  return new PostgresStore({ statements, writer, readers: readLines(url) })
}

/**
 * Opens a database for reading only, a standby too. Throws `StoreUnavailable` as
 * {@link openPostgresStore} does.
 */
export async function openPostgresReader({ url }: PostgresOptions): Promise<StoreReader> {
  const connection = await PostgresConnection.open(url)
  await setUp(connection, setUpReader, assertCurrentSchema)
  const statements = createSqlStatements(createPostgresShapes(), true)
  return {
    read: new SqlReader(connection, statements),
    bytes: async () => {
      const [row] = await connection.all('select pg_database_size(current_database()) as bytes', [])
      return Number(row?.['bytes'])
    },
    pages: (table) => tablePages(connection, statements, table),
    close: () => connection.close(),
  }
}

function readLines(url: string): PostgresReadLines {
  const line = (): PostgresLine =>
    new PostgresLine(async () => setUp(await PostgresConnection.open(url), setUpReader))
  return new PostgresReadLines([line(), line(), line(), line()])
}

/**
 * Copies a whole store into a database whose tables are there and empty, in one transaction.
 *
 * @param isWhole Looks at what was written before it is committed; `false` leaves nothing of it.
 * Throws `StoreUnavailable` `not_empty` and what {@link openPostgresStore} throws.
 */
export async function copyIntoPostgres(
  { url }: PostgresOptions,
  source: StoreReader,
  isWhole: (target: Reader) => Promise<boolean>,
): Promise<boolean> {
  const connection = await PostgresConnection.open(url, { patient: true })
  try {
    await setUp(connection, setUpWriter, assertSafeSettings, assertCurrentSchema)
    const read = new SqlReader(connection, createSqlStatements(createPostgresShapes(), true))
    await connection.run('begin', [])
    await copyRows(connection, source)
    const stands = await isWhole(read)
    if (stands) await commit(connection)
    return stands
  } finally {
    await connection.close()
  }
}

/** Brings the tables of a database up to date. Throws `StoreUnavailable`, `TransactionAborted`. */
export async function migratePostgresStore({ url }: PostgresOptions): Promise<void> {
  const connection = await PostgresConnection.open(url, { patient: true })
  await setUp(connection, setUpWriter, assertSafeSettings, migratePostgres)
  await connection.close()
}
