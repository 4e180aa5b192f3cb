import { StoreUnavailable } from '../../../ports/record-store.ts'
import { migrate } from '../migrate.ts'
import { MIGRATIONS } from '../migrations.ts'
import { sqlTable } from '../naming.ts'
import type { SqlSession } from '../sql-session.ts'
import { COLUMNS } from '../tables.ts'
import type { TableName } from '../../../ports/record-tables.ts'
import { POSTGRES_DDL } from './postgres-dialect.ts'
import { lockNames } from './postgres-locks.ts'

/** How many steps of the schema the database has taken; 0 where there is nothing. */
async function takenSteps(session: SqlSession): Promise<number> {
  const [found] = await session.all(
    "select (to_regclass('schema_version') is not null)::int as there",
    [],
  )
  if (found?.['there'] !== 1) return 0
  const [row] = await session.all('select max(version) as version from schema_version', [])
  return Number(row?.['version'] ?? 0)
}

/**
 * Throws `StoreUnavailable` `schema_behind` or `schema_ahead` unless the tables are those of this
 * program. PostgreSQL never migrates itself.
 */
export async function assertCurrentSchema(session: SqlSession): Promise<void> {
  const version = await takenSteps(session)
  if (version < MIGRATIONS.length) throw new StoreUnavailable('schema_behind')
  if (version > MIGRATIONS.length) throw new StoreUnavailable('schema_ahead')
}

/** Takes the steps that are missing, in one transaction that keeps other migrations out. */
export async function migratePostgres(session: SqlSession): Promise<void> {
  await session.run('begin', [])
  await lockNames(session, ['schema'])
  await session.run("select set_config('statement_timeout', '0', true)", [])
  await migrate(session, POSTGRES_DDL)
  await compareByBytes(session)
  await session.run('commit', [])
}

/**
 * Texts compare by their bytes, as on SQLite, whatever the language of the database: the same rows in
 * the same order on both. Covers whatever columns the steps have made.
 */
async function compareByBytes(session: SqlSession): Promise<void> {
  const tables = (Object.keys(COLUMNS) as TableName[]).map(sqlTable)
  const rows = await session.all(
    `select t.relname as table_name,
        string_agg(format('alter column %I type text collate "C"', c.attname), ', ') as changes
      from pg_class as t
      join pg_attribute as c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
      where t.oid = any(array(select to_regclass(name) from json_array_elements_text($1::json) as name))
        and c.atttypid = 'text'::regtype and c.attcollation <> '"C"'::regcollation
      group by t.relname`,
    [JSON.stringify(tables)],
  )
  for (const row of rows)
    await session.run(`alter table "${String(row['table_name'])}" ${String(row['changes'])}`, [])
}
