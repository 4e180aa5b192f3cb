import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SecretText } from '../../../src/config/secret-text.ts'
import {
  migrateStore,
  moveStore,
  openScratchStore,
  openStore,
  readStore,
  type StorePlace,
} from '../../../src/open-store.ts'
import { PRIMARY_KEYS, STORE_MOVED, type TableName } from '../../../src/ports/record-tables.ts'
import { SAMPLE_ROWS, sample } from '../../contract/sample-rows.ts'
import { temporaryFolder } from '../../support/backing.ts'
import { runSql, testDatabase } from '../../support/postgres.ts'

type Embedded = Extract<StorePlace, { kind: 'sqlite' }>
type Database = Extract<StorePlace, { kind: 'postgres' }>
const TABLES = Object.keys(PRIMARY_KEYS) as TableName[]
/** More than two pages of a table. */
const MANY = 150

async function filled(): Promise<Embedded> {
  const place: Embedded = { kind: 'sqlite', path: join(temporaryFolder(), 'desk.db') }
  const store = await openStore(place)
  await store.transact(async (tx) => {
    for (const table of TABLES.filter((each) => each !== 'event'))
      await tx.put(table, SAMPLE_ROWS[table])
    await tx.insert('event', sample('event'))
    for (let at = 0; at < MANY; at += 1)
      await tx.put('refusalCount', sample('refusalCount', { hour: at }))
  })
  await store.close()
  return place
}

const database = async (): Promise<Database> => ({
  kind: 'postgres',
  url: new SecretText(await testDatabase()),
})

const rowsOf = (place: StorePlace): Promise<unknown> =>
  readStore(place, async ({ read }) =>
    Promise.all(TABLES.map(async (table) => [table, await read.find(table, {})])),
  )

it('every row of every table arrives as it was, and the old store is marked', async () => {
  const [from, to] = [await filled(), await database()]
  const before = await rowsOf(from)
  const isWhole = (): Promise<boolean> => Promise.resolve(true)
  expect(await moveStore(from, to, isWhole)).toBe(true)
  expect(await rowsOf(to)).toEqual(before)
  expect(await readStore(to, ({ bytes }) => bytes())).toBeGreaterThan(8_192)
  const marked = await readStore(from, ({ read }) => read.get('setting', { name: STORE_MOVED }))
  expect(marked).toEqual({ name: STORE_MOVED, value: 'postgres' })
  await expect(moveStore(from, await database(), isWhole)).rejects.toMatchObject({
    reason: 'moved',
  })
  await expect(moveStore(await filled(), to, isWhole)).rejects.toMatchObject({
    reason: 'not_empty',
  })
})

it('nothing stands where the look at the copy says no, and the old store goes on', async () => {
  const [from, to] = [await filled(), await database()]
  let seen = 0
  const isWhole = async (_source: unknown, target: { count: unknown }): Promise<boolean> => {
    seen = await (target as { count(table: string, where: object): Promise<number> }).count(
      'refusalCount',
      {},
    )
    return false
  }
  expect(await moveStore(from, to, isWhole)).toBe(false)
  expect(seen).toBe(MANY + 1)
  expect(await runSql(to.url.reveal(), 'select 1 from refusal_count')).toEqual([])
  expect(
    await readStore(from, ({ read }) => read.get('setting', { name: STORE_MOVED })),
  ).toBeUndefined()
})

it('a store for trying things out leaves nothing behind, and nothing of the desk is in it', async () => {
  const to = await database()
  await migrateStore(to)
  const scratch = await openScratchStore(to, temporaryFolder())
  const store = await openStore(scratch.place)
  await store.transact((tx) => tx.put('setting', sample('setting')))
  await store.close()
  expect(await readStore(to, ({ read }) => read.count('setting', {}))).toBe(0)
  expect(await readStore(scratch.place, ({ read }) => read.count('setting', {}))).toBe(1)
  await scratch.drop()
  const schemas = `select 1 from pg_namespace where nspname like 'madoguchi_scratch%'`
  expect(await runSql(to.url.reveal(), schemas)).toEqual([])
})
