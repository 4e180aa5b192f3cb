import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openPostgresStore } from '../../../src/adapters/sql/postgres/open-postgres-store.ts'
import type { PostgresStore } from '../../../src/adapters/sql/postgres/postgres-store.ts'
import {
  CommitUnknown,
  StoreUnavailable,
  TransactionAborted,
  type Transaction,
} from '../../../src/ports/record-store.ts'
import { CuttingProxy, type Cut } from '../../support/cutting-proxy.ts'
import { databaseUrl, runSql, testDatabase } from '../../support/postgres.ts'
import { makeCluster } from '../../support/postgres-cluster.ts'
import { migratePostgresStore } from '../../../src/adapters/sql/postgres/open-postgres-store.ts'

let url = ''
beforeEach(async () => {
  url = await testDatabase()
})

async function open(at = url): Promise<PostgresStore> {
  const store = await openPostgresStore({ url: at })
  onTestFinished(() => store.close())
  return store
}

const set = (tx: Transaction, name: string): Promise<void> =>
  tx.insert('setting', { name, value: 'x' })
const names = async (store: PostgresStore): Promise<string[]> =>
  (await store.read.find('setting', {})).map(({ name }) => name)

/** The first insertion of a setting fails with this SQLSTATE. */
async function failOnce(code: string): Promise<void> {
  await runSql(url, 'create sequence tries')
  await runSql(
    url,
    `create function fail() returns trigger language plpgsql as $$ begin
      if nextval('tries') = 1 then
        raise exception 'a secret of the row: %', new.value using errcode = '${code}';
      end if;
      return new;
    end $$`,
  )
  await runSql(
    url,
    'create trigger fail before insert on setting for each row execute function fail()',
  )
}

describe('what the server refuses', () => {
  it.each([
    ['40001', TransactionAborted, 'serialization'],
    ['40P01', TransactionAborted, 'deadlock'],
    ['55P03', TransactionAborted, 'lock_timeout'],
    ['57014', TransactionAborted, 'statement_timeout'],
    ['53100', StoreUnavailable, 'full'],
    ['53300', StoreUnavailable, 'too_many_connections'],
    ['53400', StoreUnavailable, 'overloaded'],
    ['57P01', StoreUnavailable, 'server_stopped'],
    ['58030', StoreUnavailable, 'io_error'],
    ['XX001', StoreUnavailable, 'corrupt'],
    ['26000', StoreUnavailable, 'connection_lost'],
    ['0A000', StoreUnavailable, 'schema_changed'],
    ['22000', Error, undefined],
  ])('SQLSTATE %s has a word of the port, and tells no value', async (code, kind, reason) => {
    await failOnce(code)
    const store = await open()
    const fault = await store
      .transact(async (tx) => {
        // What the body catches doesn't mend the transaction.
        await tx.savepoint(() => set(tx, 'a')).catch(() => undefined)
        await set(tx, 'b')
      })
      .catch((error: unknown) => error)
    if (reason !== undefined) {
      expect(fault).toBeInstanceOf(kind)
      expect(fault).toMatchObject({ reason })
      expect(JSON.stringify(fault, Object.getOwnPropertyNames(fault))).not.toContain('secret of')
      expect(await names(store)).toEqual([])
    } else expect(await names(store)).toEqual(['b'])
    await store.transact((tx) => set(tx, 'after'))
    expect(await names(store)).toContain('after')
  })

  it('a statement that fails outside of a savepoint takes the transaction with it, whatever is caught', async () => {
    const store = await open()
    await store.transact((tx) => set(tx, 'a'))
    const going = store.transact(async (tx) => {
      await set(tx, 'b')
      await set(tx, 'a').catch(() => undefined)
    })
    await expect(going).rejects.toThrow('outside of a savepoint')
    expect(await names(store)).toEqual(['a'])
  })
})

describe('two that are in each other’s way', () => {
  it('a deadlock breaks one off, and the other stands', async () => {
    const stores = await Promise.all([open(), open()])
    await stores[0].transact(async (tx) => {
      await set(tx, 'a')
      await set(tx, 'b')
    })
    const both = Promise.withResolvers<undefined>()
    let arrived = 0
    const crosswise = async (store: PostgresStore, [first, second]: [string, string]) =>
      store.transact(async (tx) => {
        await tx.update('setting', { name: first }, { value: second })
        arrived += 1
        if (arrived === 2) both.resolve(undefined)
        await both.promise
        await tx.update('setting', { name: second }, { value: first })
      })
    const results = await Promise.allSettled([
      crosswise(stores[0], ['a', 'b']),
      crosswise(stores[1], ['b', 'a']),
    ])
    const broken = results.filter(({ status }) => status === 'rejected')
    expect(broken).toMatchObject([{ reason: { name: 'TransactionAborted', reason: 'deadlock' } }])
  })

  it('names are locked in one order, so that none arises; also names of nothing', async () => {
    const stores = await Promise.all([open(), open(), open()])
    const keys = Array.from({ length: 40 }, (_, at) => `target:${at}`)
    let inside = 0
    const bodies = Array.from({ length: 30 }, (_, turn) =>
      stores[turn % 3]!.transact(async (tx) => {
        await tx.lock(turn % 2 === 0 ? keys : keys.toReversed())
        inside += 1
        expect(inside).toBe(1)
        await tx.count('setting', {})
        inside -= 1
      }),
    )
    await Promise.all(bodies)
  })

  it('whoever waits for a lock, or idles with one, for more than 5 s is broken off', async () => {
    const [patient, waiting] = await Promise.all([open(), open()])
    const idle = patient.transact(async (tx) => {
      await tx.lock(['target:a'])
      await pause(5_500)
      await set(tx, 'a')
    })
    await pause(200)
    const late = waiting.transact((tx) => tx.lock(['target:a']))
    const [first, second] = await Promise.allSettled([idle, late])
    expect(first).toMatchObject({ reason: { name: 'TransactionAborted', reason: 'idle_timeout' } })
    // Whichever of the two limits was reached first.
    if (second.status === 'rejected')
      expect(second.reason).toMatchObject({ reason: 'lock_timeout' })
    expect(await names(patient)).toEqual([])
    await patient.transact((tx) => set(tx, 'b'))
    await waiting.transact((tx) => set(tx, 'c'))
    expect(await names(patient)).toEqual(['b', 'c'])
  })
})

describe('a connection that breaks', () => {
  const kill = (): Promise<unknown> =>
    runSql(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )

  it.each(['at once', 'without another statement'])(
    'in the midst of a transaction leaves nothing of it, noticed %s',
    async (when) => {
      const store = await open()
      const going = store.transact(async (tx) => {
        await set(tx, 'a')
        await kill()
        await pause(50)
        if (when === 'at once') await set(tx, 'b')
      })
      await expect(going).rejects.toThrow(StoreUnavailable)
      await store.transact((tx) => set(tx, 'c'))
      expect(await names(store)).toEqual(['c'])
    },
  )

  it('between transactions is made anew', async () => {
    const store = await open()
    expect(await names(store)).toEqual([])
    await kill()
    await pause(50)
    await store.check()
    await store.transact((tx) => set(tx, 'a'))
    expect(await names(store)).toEqual(['a'])
  })

  it.each<[Cut, readonly string[]]>([
    ['request', []],
    ['answer', ['a']],
  ])(
    'at COMMIT, its %s lost, leaves it unknown; asked again, the store tells',
    async (cut, stored) => {
      const { hostname, port } = new URL(url)
      const proxy = await CuttingProxy.before(hostname, Number(port))
      onTestFinished(() => proxy.close())
      const through = new URL(url)
      through.port = String(proxy.port)
      const store = await open(through.href)
      const going = store.transact(async (tx) => {
        await set(tx, 'a')
        proxy.arm(cut)
      })
      await expect(going).rejects.toThrow(CommitUnknown)
      expect(await names(store)).toEqual(stored)
      await store.transact((tx) => set(tx, 'b'))
      expect(await names(store)).toEqual([...stored, 'b'])
    },
  )
})

describe('a server of its own', () => {
  it('may crash and come back, and is not written to where a commit would not be durable', async () => {
    const cluster = await makeCluster()
    onTestFinished(cluster.remove)
    const at = databaseUrl(cluster.url, 'postgres')
    await migratePostgresStore({ url: at })
    const store = await open(at)
    await store.transact((tx) => set(tx, 'before'))
    expect(await names(store)).toEqual(['before'])

    cluster.stop('immediate')
    await expect(store.transact((tx) => set(tx, 'lost'))).rejects.toThrow(StoreUnavailable)
    await expect(names(store)).rejects.toThrow(StoreUnavailable)
    await expect(store.check()).rejects.toThrow(StoreUnavailable)
    cluster.start()
    await store.check()
    await store.transact((tx) => set(tx, 'after'))
    expect(await names(store)).toEqual(['after', 'before'])

    await runSql(at, 'alter system set full_page_writes = off')
    await runSql(at, 'select pg_reload_conf()')
    await expect
      .poll(() => store.check().catch((error: unknown) => error))
      .toMatchObject({ reason: 'unsafe_setting' })
    await runSql(at, 'alter system reset full_page_writes')
    cluster.stop()
    cluster.start({ fsync: 'off' })
    await expect(open(at)).rejects.toMatchObject({ reason: 'unsafe_setting' })
    await expect(store.transact((tx) => set(tx, 'unsafe'))).rejects.toMatchObject({
      reason: 'unsafe_setting',
    })
  }, 60_000)
})
