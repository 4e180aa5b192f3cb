import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Dialect,
} from 'kysely'
import type { SqlDdl } from '../migrations.ts'
import type { ShapeTables, Shapes } from '../shapes.ts'

const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

/** Builds queries in PostgreSQL's dialect; they are run by our own connections. */
export function createPostgresShapes(): Shapes {
  return new Kysely<ShapeTables>({ dialect })
}

export const POSTGRES_DDL: SqlDdl = {
  int: 'bigint',
  bytes: 'bytea',
  generatedKey: 'bigint generated always as identity primary key',
  table: '',
  keyedTable: '',
}
