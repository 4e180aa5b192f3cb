import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { snakeCase, sqlTable } from '../../../src/adapters/sql/naming.ts'
import { openSqliteStore } from '../../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import { COLUMNS } from '../../../src/adapters/sql/tables.ts'
import { PRIMARY_KEYS, type TableName } from '../../../src/ports/record-tables.ts'
import { describeRecordStore } from '../../contract/record-store.ts'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'madoguchi-')), 'record.db')

describeRecordStore('a SQLite file', () => openSqliteStore({ path: newPath() }))
describeRecordStore('SQLite in memory', () => openSqliteStore({ path: ':memory:' }))

describe('schema', () => {
  it('has the columns and keys of the port, and no other tables', async () => {
    const path = newPath()
    await (await openSqliteStore({ path })).close()
    using db = new DatabaseSync(path, { readOnly: true })
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").all()
    const expected = (Object.keys(COLUMNS) as TableName[]).map(sqlTable)
    expect(tables.map((row) => row['name']).sort()).toEqual(
      [...expected, 'schema_version', 'sqlite_sequence'].sort(),
    )
    const storedAs = { text: 'TEXT', json: 'TEXT', int: 'INTEGER', bool: 'INTEGER', blob: 'BLOB' }
    for (const table of Object.keys(COLUMNS) as TableName[]) {
      const columns = db.prepare(`pragma table_info(${sqlTable(table)})`).all()
      const types = Object.entries(COLUMNS[table]).map(([name, type]) => [
        snakeCase(name),
        storedAs[type],
      ])
      expect(Object.fromEntries(columns.map((row) => [row['name'], row['type']]))).toEqual(
        Object.fromEntries(types),
      )
      const key = columns.filter(({ pk }) => Number(pk) > 0).map((row) => row['name'])
      const wanted = table === 'event' ? ['seq'] : PRIMARY_KEYS[table].map(snakeCase)
      expect(key).toEqual(wanted)
    }
  })

  it('refuses a database of a newer program', async () => {
    const path = newPath()
    await (await openSqliteStore({ path })).close()
    {
      using db = new DatabaseSync(path)
      db.exec('insert into schema_version (version) values (999)')
    }
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ reason: 'schema_ahead' })
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ reason: 'schema_ahead' })
  })

  it('is left alone when the database is opened again', async () => {
    const path = newPath()
    const first = await openSqliteStore({ path })
    await first.transact((tx) => tx.insert('setting', { name: 'a', value: 'b' }))
    await first.close()
    const second = await openSqliteStore({ path })
    expect(await second.read.find('setting', {})).toEqual([{ name: 'a', value: 'b' }])
    await second.close()
  })
})
