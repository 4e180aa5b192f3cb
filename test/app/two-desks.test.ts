import { expect, it, onTestFinished } from 'vitest'
import { openPostgresStore } from '../../src/adapters/sql/postgres/open-postgres-store.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { nameFault } from '../../src/app/name-fault.ts'
import type { NoticeRecord } from '../../src/core/notice.ts'
import type { RecordStore, Transaction } from '../../src/ports/record-store.ts'
import { CuttingProxy, type Cut } from '../support/cutting-proxy.ts'
import { HOTLINE, newKeys, openDesk, until, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { makeCluster } from '../support/postgres-cluster.ts'
import { migratePostgresStore } from '../../src/adapters/sql/postgres/open-postgres-store.ts'
import { runSql, testDatabase } from '../support/postgres.ts'
import { TestClock } from '../support/test-clock.ts'
import { codeOf, expectSoundLog } from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const contextOf = ({ madoguchi }: Desk) => madoguchi.internals.ctx

/** Two desks of one platform on one database, each with connections and a memory of its own. */
async function openPair(url: string, clock?: TestClock): Promise<[Desk, Desk]> {
  const keys = newKeys()
  const options = {
    keys,
    settings: { MADOGUCHI_STORE: url },
    adapters: clock === undefined ? {} : { clock },
  }
  const first = await openDesk(options)
  return [first, await openDesk({ ...options, register: false })]
}

const target = (number: number) => ({ url: `https://sns.example/posts/${number}` })

it('open an empty database at the same time: one log is begun', async () => {
  const keys = newKeys()
  const settings = { MADOGUCHI_STORE: await testDatabase() }
  const open = () => openDesk({ keys, settings, isBare: true })
  const [first] = await Promise.all([open(), open(), open()])
  expect(await expectSoundLog(contextOf(first))).toBe(1)
  const other = openDesk({ settings, isBare: true })
  await expect(other).rejects.toMatchObject({ code: 'log_mismatch' })
})

it('take the same notice at once: one row, and the same receipt for both', async () => {
  const desks = await openPair(await testDatabase())
  const [first, second] = desks
  for (let turn = 0; turn < 8; turn += 1) {
    const notice = noticeOf(NOTICE, { id: `notice-${turn}` })
    const answers = await Promise.all([
      first.hotline.send(notice),
      second.hotline.send(notice),
      first.hotline.send(notice),
      second.hotline.send(notice),
    ])
    expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(1)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  }
  const { read } = contextOf(first)
  expect(await read.count('notice', {})).toBe(8)
  expect(await read.count('event', { type: 'notice.accepted' })).toBe(8)
  await expectSoundLog(contextOf(second))
})

it('work on the same targets in opposite order, without crossing: twins join one case', async () => {
  const desks = await openPair(await testDatabase())
  for (const { madoguchi } of desks) await madoguchi.start({ work: true })
  const posts = Array.from({ length: 20 }, (_, at) => at)
  const send = ({ hotline }: Desk, order: readonly number[], name: string) =>
    Promise.all(
      order.map((post) =>
        hotline.send(noticeOf(NOTICE, { id: `${name}-${post}-twin`, target: target(post) })),
      ),
    )
  await Promise.all([send(desks[0], posts, 'first'), send(desks[1], posts.toReversed(), 'second')])
  const { read } = contextOf(desks[0])
  const notices = await until(async () => {
    const all = await read.find('notice', {})
    return all.every(({ caseId }) => caseId !== null) ? all : undefined
  })
  expect(notices).toHaveLength(40)
  const cases = await read.find('case', {})
  expect(cases).toHaveLength(20)
  expect(new Set(cases.map(({ targetKey }) => targetKey)).size).toBe(20)
  for (const { log } of desks)
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
  await expectSoundLog(contextOf(desks[1]))
})

it('give slots as one desk alone would', async () => {
  const clock = new TestClock()
  const slots = async (desks: readonly Desk[]): Promise<unknown[]> => {
    await changeSender(contextOf(desks[0]!), SYSTEM, HOTLINE, { agreed_rate_per_day: 4 })
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        codeOf(desks[at % desks.length]!.hotline.send(noticeOf(NOTICE, { id: `slot-no-${at}` }))),
      ),
    )
    const notices: NoticeRecord[] = await contextOf(desks[0]!).read.find('notice', {})
    const given = notices.map(({ order }) => order.slotAt).sort((a, b) => a - b)
    return [given, codes.filter((code) => code !== 'none')]
  }
  const together = await slots(await openPair(await testDatabase(), clock))
  const alone = await slots([await openDesk({ adapters: { clock } })])
  expect(together).toEqual(alone)
  expect(new Set(alone[0] as number[]).size).toBeGreaterThan(3)
})

/** Passes everything on, and cuts the connection off at the COMMIT of the next transaction if told. */
class CutAtCommit implements RecordStore {
  next: Cut | undefined
  readonly #inner: RecordStore
  readonly #proxy: CuttingProxy
  constructor(inner: RecordStore, proxy: CuttingProxy) {
    this.#inner = inner
    this.#proxy = proxy
  }
  get read() {
    return this.#inner.read
  }
  transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    return this.#inner.transact(async (tx) => {
      const result = await body(tx)
      if (this.next !== undefined) this.#proxy.arm(this.next)
      this.next = undefined
      return result
    })
  }
  check(): Promise<void> {
    return this.#inner.check()
  }
  close(): Promise<void> {
    return this.#inner.close()
  }
}

it.each<[Cut, number]>([
  ['request', 0],
  ['answer', 1],
])(
  'the %s of a COMMIT lost: commit_unknown, and the same notice asked again is told',
  async (cut, stored) => {
    const url = new URL(await testDatabase())
    const proxy = await CuttingProxy.before(url.hostname, Number(url.port))
    onTestFinished(() => proxy.close())
    url.port = String(proxy.port)
    const store = new CutAtCommit(await openPostgresStore({ url: url.href }), proxy)
    const desk = await openDesk({ adapters: { store } })
    const notice = noticeOf(NOTICE, { id: 'unknown-at-first' })
    store.next = cut
    expect(await codeOf(desk.hotline.send(notice))).toBe('commit_unknown')
    const { read } = contextOf(desk)
    expect(await read.count('notice', {})).toBe(stored)
    const again = await desk.hotline.send(notice)
    expect(again.replayed).toBe(stored === 1)
    expect(await read.count('notice', {})).toBe(1)
    await expectSoundLog(contextOf(desk))
  },
)

it('a transaction that the server breaks off is tried again, and its sender notices nothing', async () => {
  const url = await testDatabase()
  const [desk] = await openPair(url)
  await runSql(url, 'create sequence tries')
  await runSql(
    url,
    `create function fail() returns trigger language plpgsql as $$ begin
      if nextval('tries') = 1 then raise exception 'no' using errcode = '40001'; end if;
      return new;
    end $$`,
  )
  await runSql(
    url,
    'create trigger fail before insert on notice for each row execute function fail()',
  )
  await desk.hotline.send(noticeOf(NOTICE))
  expect(desk.log.lines.map(({ event }) => event)).toContain('batch.retried_singly')
  expect(await contextOf(desk).read.count('notice', {})).toBe(1)
})

it('the server crashes and comes back: what was accepted is there, and the desk goes on by itself', async () => {
  const cluster = await makeCluster()
  onTestFinished(cluster.remove)
  await migratePostgresStore({ url: cluster.url })
  const [desk] = await openPair(cluster.url)
  await desk.madoguchi.start({ work: true })
  const accepted = new Map<string, string>()
  const send = async (id: string): Promise<unknown> => {
    const notice = noticeOf(NOTICE, { id, target: target(accepted.size) })
    const sent = desk.hotline.send(notice).then(({ receipt }) => accepted.set(id, receipt))
    return codeOf(sent.catch((fault: unknown) => Promise.reject(nameFault(fault))))
  }
  for (let at = 0; at < 5; at += 1) expect(await send(`before-${at}-it`)).toBe('none')
  const flood = Promise.all(Array.from({ length: 30 }, (_, at) => send(`during-${at}-it`)))
  cluster.stop('immediate')
  const codes = new Set(await flood)
  for (const code of codes) expect(['none', 'store_unavailable', 'commit_unknown']).toContain(code)
  expect(await send('while-it-is-down')).toBe('store_unavailable')
  cluster.start()
  await until(async () => ((await send('after-it-is-up')) === 'none' ? true : undefined))
  const { read } = contextOf(desk)
  for (const [id, receipt] of accepted) {
    const [row] = await read.find('notice', { senderId: HOTLINE, senderNoticeId: id })
    expect([id, row?.receipt]).toEqual([id, receipt])
  }
  // What a worker had in hand is due again when its lease ends; everything else goes on.
  await until(async () => {
    const [row] = await read.find('notice', { senderNoticeId: 'after-it-is-up' })
    return row?.caseId ?? undefined
  })
  await expectSoundLog(contextOf(desk))
}, 60_000)
