import { StoreUnavailable } from '../../ports/record-store.ts'
import { MIGRATIONS, type SqlDdl } from './migrations.ts'
import type { SqlSession } from './sql-session.ts'

/** How many steps of the schema a database has taken; 0 for an empty one. */
export async function schemaVersion(session: SqlSession): Promise<number> {
  await session.run('create table if not exists schema_version (version integer not null)', [])
  const [row] = await session.all('select max(version) as version from schema_version', [])
  return Number(row?.['version'] ?? 0)
}

/**
 * Takes the steps that are missing. Call it inside a transaction that excludes other writers.
 * Throws {@link StoreUnavailable} `schema_ahead` where a newer program made the schema.
 */
export async function migrate(session: SqlSession, ddl: SqlDdl): Promise<void> {
  const version = await schemaVersion(session)
  if (version > MIGRATIONS.length) throw new StoreUnavailable('schema_ahead')
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue
    for (const statement of migration(ddl)) await session.run(statement, [])
    await session.run(`insert into schema_version (version) values (${index + 1})`, [])
  }
}
