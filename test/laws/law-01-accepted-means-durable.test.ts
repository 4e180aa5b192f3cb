import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import type { RecordStore } from '../../src/ports/record-store.ts'
import { openBareStore } from '../support/backing.ts'
import { openDesk, publicJwk, until, type Desk } from '../support/desk.ts'
import { FaultyStore, type StoreFault } from '../support/faulty-store.ts'
import { fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { readyCaseOf, thrown } from './support.ts'

interface Setting {
  readonly desk: Desk
  readonly store: FaultyStore
  /** What the platform's own code did, in order. */
  readonly ran: string[]
}

async function openFaultyDesk(
  wrap: (store: RecordStore) => RecordStore = (store) => store,
): Promise<Setting> {
  const store = new FaultyStore(wrap(await openBareStore()))
  const ran: string[] = []
  const desk = await openDesk({
    adapters: { store },
    platform: {
      resolve: () => {
        ran.push('resolve')
        return Promise.resolve({ ref: 'one' })
      },
    },
  })
  desk.madoguchi.on('notice.accepted', 'told', () => {
    ran.push('handler')
    return Promise.resolve()
  })
  return { desk, store, ran }
}

it('Accepted means durable: nothing is accepted, and no code of the platform runs, unless the commit stands', async () => {
  const { desk, store, ran } = await openFaultyDesk()
  const { ctx, workers } = desk.madoguchi.internals
  await desk.madoguchi.start({ work: true })
  const before = await ctx.ledger.head()
  store.failNext('before_commit')
  expect(await thrown(desk.hotline.sendFixture('yamibaito_recruitment'))).toBe('store_unavailable')
  expect(store.faultsLeft).toBe(0)
  await workers.reconcile()
  expect(await ctx.read.find('notice', {})).toEqual([])
  expect(await ctx.read.find('work', {})).toEqual([])
  expect(await ctx.read.find('event', { type: 'notice.accepted' })).toEqual([])
  expect((await ctx.ledger.head()).size).toBe(before.size)
  expect(ran).toEqual([])
})

it('Notice, event, ledger entry and work stand by one transaction, and the platform runs after it', async () => {
  const log: string[] = []
  const { desk, ran } = await openFaultyDesk((inner) => ({
    read: inner.read,
    check: () => inner.check(),
    close: () => inner.close(),
    transact: async (body) => {
      const wrote: string[] = []
      const result = await inner.transact((tx) => {
        const insert: typeof tx.insert = (table, row) => {
          wrote.push('kind' in row ? `${table}:${row.kind}` : table)
          return tx.insert(table, row)
        }
        const spied = new Proxy(tx, {
          get: (target, name) => {
            if (name === 'insert') return insert
            const member: unknown = Reflect.get(target, name)
            return typeof member === 'function' ? (member.bind(target) as unknown) : member
          },
        })
        return body(spied)
      })
      if (wrote.includes('notice')) log.push(`commit ${wrote.sort().join()}`, ...ran)
      return result
    },
  }))
  await desk.madoguchi.start({ work: true })
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment')
  log.push('answer')
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.get('notice', { id: accepted.id })).toBeDefined()
  await readyCaseOf(desk, accepted)
  await until(() => Promise.resolve(ran.length >= 2 || undefined))
  // Nothing of the platform had run when the commit came back; one transaction held it all.
  expect(log).toHaveLength(2)
  expect(log[0]).toMatch(/^commit event,.*ledgerEntry,.*notice,.*work:handle,work:intake/)
  expect(log[1]).toBe('answer')
  expect([...ran].sort()).toEqual(['handler', 'resolve'])
})

it.each<[StoreFault, number]>([
  ['unknown_stored', 1],
  ['unknown_lost', 0],
])(
  'Where it is not known whether the commit stands (%s), nothing is promised; asked again, it is told',
  async (fault, stored) => {
    const { desk, store } = await openFaultyDesk()
    const { read } = desk.madoguchi.internals.ctx
    store.failNext(fault)
    const first = await desk.hotline.sendFixture('yamibaito_recruitment').then(
      (accepted) => accepted.replayed,
      () => 'refused',
    )
    expect(await read.count('notice', {})).toBe(stored)
    // The one that was stored may be answered at once, but only as what stands already.
    expect(stored === 1 ? ['refused', true] : ['refused']).toContain(first)
    const again = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
    expect(again.replayed).toBe(stored === 1)
    expect((await read.get('notice', { id: again.id }))?.receipt).toBe(again.receipt)
    expect(await read.count('notice', {})).toBe(1)
  },
)

it('A store whose commits would not be durable accepts nothing', async () => {
  const store = await openSqliteStore({ path: ':memory:', unsafeSynchronousForTest: true })
  await expect(openDesk({ adapters: { store }, isBare: true })).rejects.toMatchObject({
    name: 'StoreUnavailable',
    reason: 'unsafe_setting',
  })
})

it('An acceptance survives the process: opened again, the store has it, with the same receipt', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-law1-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const first = await openDesk({ folder })
  const { ctx } = first.madoguchi.internals
  await registerSender(ctx, SYSTEM, fixtureSenders[0])
  await registerKey(ctx, SYSTEM, fixtureSenders[0]!.id, publicJwk(first.keys.hotline))
  const accepted = await first.hotline.sendFixture('yamibaito_recruitment')
  await first.madoguchi.close()
  const second = await openDesk({ folder, keys: first.keys })
  const again = await second.hotline.sendFixture('yamibaito_recruitment')
  expect(again).toMatchObject({ replayed: true, id: accepted.id, receipt: accepted.receipt })
})
