import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
} from 'kysely'
import type { SqlDdl } from '../migrations.ts'
import type { ShapeTables, Shapes } from '../shapes.ts'

const dialect: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

/** Builds queries in SQLite's dialect; they are run by our own connections. */
export function createSqliteShapes(): Shapes {
  return new Kysely<ShapeTables>({ dialect })
}

/** `strict` makes SQLite refuse a value of another type instead of bending it. */
export const SQLITE_DDL: SqlDdl = {
  int: 'integer',
  bytes: 'blob',
  generatedKey: 'integer primary key autoincrement',
  table: 'strict',
  keyedTable: 'strict, without rowid',
}
