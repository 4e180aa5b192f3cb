import { expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '../../../src/adapters/sql/migrations.ts'
import { snakeCase, sqlTable } from '../../../src/adapters/sql/naming.ts'
import {
  migratePostgresStore,
  openPostgresReader,
  openPostgresStore,
} from '../../../src/adapters/sql/postgres/open-postgres-store.ts'
import { COLUMNS } from '../../../src/adapters/sql/tables.ts'
import { PRIMARY_KEYS, type TableName } from '../../../src/ports/record-tables.ts'
import { runSql, testDatabase } from '../../support/postgres.ts'

const TYPES = { text: 'text', json: 'text', int: 'bigint', bool: 'bigint', blob: 'bytea' }
const tables = Object.keys(COLUMNS) as TableName[]

it('has the columns and keys of the port, no other tables, and texts that compare by bytes', async () => {
  const url = await testDatabase()
  const columns = await runSql(
    url,
    `select table_name, column_name, data_type, collation_name from information_schema.columns
      where table_schema = 'public' order by table_name, column_name`,
  )
  const found = new Set(columns.map((row) => row['table_name']))
  expect([...found].sort()).toEqual([...tables.map(sqlTable), 'schema_version'].sort())
  for (const table of tables) {
    const own = columns.filter((row) => row['table_name'] === sqlTable(table))
    const expected = Object.entries(COLUMNS[table]).map(([name, type]) => [
      snakeCase(name),
      TYPES[type],
    ])
    expect(Object.fromEntries(own.map((row) => [row['column_name'], row['data_type']]))).toEqual(
      Object.fromEntries(expected),
    )
    for (const row of own)
      expect([table, row['column_name'], row['collation_name']]).toEqual([
        table,
        row['column_name'],
        row['data_type'] === 'text' ? 'C' : null,
      ])
  }
  const keys = await runSql(
    url,
    `select i.indrelid::regclass::text as t, string_agg(a.attname, ',' order by k.at) as k
      from pg_index as i, unnest(i.indkey::int[]) with ordinality as k (n, at), pg_attribute as a
      where i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.n
        and i.indrelid::regclass::text !~ '^pg_' group by 1`,
  )
  expect(Object.fromEntries(keys.map((row) => [row['t'], row['k']]))).toEqual(
    Object.fromEntries(
      tables.map((table) => [
        sqlTable(table),
        table === 'event' ? 'seq' : PRIMARY_KEYS[table].map(snakeCase).join(),
      ]),
    ),
  )
})

it('sorts as SQLite does, where the database sorts by the rules of a language', async () => {
  const url = await testDatabase()
  const store = await openPostgresStore({ url })
  onTestFinished(() => store.close())
  const names = ['a', 'B', 'b', 'A', 'ä', 'z', '_', 'ん', '-1', '１']
  const [byDatabase] = await runSql(
    url,
    'select array_agg(n order by n) as sorted from unnest($1::text[]) as n',
    [names],
  )
  const byBytes = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect(byDatabase?.['sorted']).not.toEqual(byBytes)
  await store.transact(async (tx) => {
    for (const name of names) await tx.insert('setting', { name, value: '' })
  })
  const found = await store.read.find('setting', {}, { after: '-1' })
  expect(found.map(({ name }) => name)).toEqual(byBytes.slice(1))
})

it('is never made by opening: behind or ahead, it is refused; migrating twice at once is once', async () => {
  const url = await testDatabase({ isEmpty: true })
  for (const open of [openPostgresStore, openPostgresReader])
    await expect(open({ url })).rejects.toMatchObject({
      reason: 'schema_behind',
      message: expect.stringContaining('madoguchi db migrate') as string,
    })
  await Promise.all([1, 2, 3].map(() => migratePostgresStore({ url })))
  const steps = await runSql(url, 'select version::int as version from schema_version')
  expect(steps).toEqual(MIGRATIONS.map((_, at) => ({ version: at + 1 })))
  const store = await openPostgresStore({ url })
  onTestFinished(() => store.close())
  await runSql(url, `insert into schema_version (version) values (${MIGRATIONS.length + 1})`)
  for (const open of [openPostgresStore, openPostgresReader])
    await expect(open({ url })).rejects.toMatchObject({ reason: 'schema_ahead' })
  await expect(store.check()).rejects.toMatchObject({ reason: 'schema_ahead' })
  await expect(migratePostgresStore({ url })).rejects.toMatchObject({ reason: 'schema_ahead' })
})

it('gets its new columns compared by bytes too, on tables that hold rows', async () => {
  const url = await testDatabase()
  await runSql(url, "insert into setting (name, value) values ('a', 'b')")
  await runSql(url, 'alter table setting alter column value type text collate "default"')
  await migratePostgresStore({ url })
  const [column] = await runSql(
    url,
    `select collation_name from information_schema.columns
      where table_name = 'setting' and column_name = 'value'`,
  )
  expect(column).toEqual({ collation_name: 'C' })
})

it('has no number that JavaScript would round', async () => {
  const url = await testDatabase()
  const store = await openPostgresStore({ url })
  onTestFinished(() => store.close())
  await runSql(url, "insert into sender_clock values ('a', 0, 9007199254740993)")
  await expect(store.read.find('senderClock', {})).rejects.toThrow(RangeError)
  await store.check()
})
