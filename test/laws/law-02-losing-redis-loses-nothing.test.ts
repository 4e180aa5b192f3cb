import { expect, it } from 'vitest'
import { WORK_KINDS } from '../../src/core/work.ts'
import { openDesk, until, type Desk, type DeskOptions } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { freshRedis, type TestRedis } from '../support/redis.ts'
import { clause, claimsOf, decide, obedient, person } from './support.ts'

const LOAD = 40

interface Loaded {
  readonly desk: Desk
  readonly redis: TestRedis
  readonly effects: string[]
}

async function openOnRedis(options: DeskOptions = {}): Promise<Loaded> {
  const redis = await freshRedis()
  const effects: string[] = []
  const desk = await openDesk({
    ...options,
    queue: redis.url,
    platform: { executors: { remove: obedient(effects) } },
  })
  desk.madoguchi.on('notice.accepted', 'page-on-call', () => Promise.resolve())
  return { desk, redis, effects }
}

/** Sends many notices, and a person decides every case that is offered; `midway` in the middle of both. */
async function workThrough({ desk }: Loaded, midway: () => Promise<void>): Promise<void> {
  const { read } = desk.madoguchi.internals.ctx
  const sending = (async () => {
    for (let at = 0; at < LOAD; at += 1) {
      if (at === LOAD / 2) await midway()
      await desk.hotline.sendFixture('yamibaito_recruitment', {
        id: `notice-${at}`,
        target: { url: `https://sns.example/posts/${at}` },
      })
    }
  })()
  await until(async () => {
    for (const record of await read.queue({ states: ['ready'], limit: 100 }))
      await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
    return (await read.count('case', { state: 'decided' })) === LOAD ? true : undefined
  }, 30_000)
  await sending
  await until(async () => ((await read.count('work', {})) === 0 ? true : undefined), 30_000)
}

/** Every notice got its case, each action its one effect, every notice its outcome. */
async function expectWhole({ desk, effects }: Loaded): Promise<void> {
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.count('notice', {})).toBe(LOAD)
  expect(await read.count('action', { state: 'executed' })).toBe(LOAD)
  expect([effects.length, new Set(effects).size]).toEqual([LOAD, LOAD])
  const outcomes = await read.find('outcome', {})
  expect(new Set(outcomes.map(({ noticeId }) => noticeId)).size).toBe(LOAD)
  for (const outcome of outcomes) expect(claimsOf(desk, outcome).outcome.status).toBe('deleted')
}

it('FLUSHALL in the middle of the load', { timeout: 90_000 }, async () => {
  const loaded = await openOnRedis()
  await loaded.desk.madoguchi.start({ work: true })
  await workThrough(loaded, () => loaded.redis.flush())
  await expectWhole(loaded)
})

it('SIGKILL in the middle of the load, and back later, empty', { timeout: 90_000 }, async () => {
  const loaded = await openOnRedis()
  const { ctx } = loaded.desk.madoguchi.internals
  await loaded.desk.madoguchi.start({ work: true })
  await workThrough(loaded, () => loaded.redis.stop())
  await expectWhole(loaded)
  expect(ctx.bell.health()).toBe('away')
  await loaded.redis.start()
  await until(() => Promise.resolve(ctx.bell.health() === 'up' || undefined))
})

it('Redis full in the middle of the load', { timeout: 90_000 }, async () => {
  const loaded = await openOnRedis()
  await loaded.desk.madoguchi.start({ work: true })
  await workThrough(loaded, () => loaded.redis.fill())
  await expectWhole(loaded)
  const told = loaded.desk.log.lines.filter(({ event }) => event === 'bell.away')
  expect(told).toEqual([{ level: 'warn', event: 'bell.away', fields: { code: 'full' } }])
})

it('Redis standing still: what it holds is worked on without it, within seconds', async () => {
  const { desk, redis } = await openOnRedis()
  const { read } = desk.madoguchi.internals.ctx
  // Rung through Redis before anybody works, and out of reach from then on.
  await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  redis.pause()
  const from = performance.now()
  await desk.madoguchi.start({ work: true })
  await until(async () => ((await read.count('case', { state: 'ready' })) === 1 ? true : undefined))
  expect(performance.now() - from).toBeLessThan(7_000)
  redis.resume()
})

it('Redis never holds anything of a notice: kinds, counts and ids that mean nothing', async () => {
  const loaded = await openOnRedis()
  const { desk, redis } = loaded
  const { ctx } = desk.madoguchi.internals
  await desk.madoguchi.start({ work: true })
  const heard = await redis.use(async (client) => {
    const lines: string[] = []
    const watcher = await client.monitor()
    watcher.on('monitor', (_time: string, args: readonly string[]) => {
      lines.push(JSON.stringify(args))
    })
    await workThrough(loaded, () => Promise.resolve())
    watcher.disconnect()
    return lines.join('\n')
  })
  const all = `${heard}\n${await redis.dump()}`
  for (const kind of WORK_KINDS) expect(all).toContain(kind)
  const notice = noticeOf('yamibaito_recruitment')
  const notices = await ctx.read.find('notice', {})
  const cases = await ctx.read.find('case', {})
  const words = [
    ...notices.flatMap((row) => [row.id, row.senderId, row.senderNoticeId, row.leafHash]),
    ...cases.flatMap((row) => [row.id, row.targetKey]),
    ...Object.values(notice).filter((value) => typeof value === 'string'),
    ...['sns.example', 'hotline.example', 'posts/', '://', 'ntc_', 'cas_', 'act_', 'dlv_', 'wrk_'],
    ...['page-on-call', 'yamibaito'],
  ]
  for (const word of words) expect(all.includes(word), word).toBe(false)
  expect(/[^\n -~]/.exec(all)).toBeNull()
})
