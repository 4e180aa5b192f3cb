import { expect, it, vi } from 'vitest'
import { WORK_KINDS } from '../../../src/core/work.ts'
import { freshRedis } from '../../support/redis.ts'
import { ONE, openBell, PREFIX } from './support.ts'

const SECONDS = { timeout: 10_000, interval: 20 }

it('gives each ticket to one of the bells that share a Redis', async () => {
  const { url } = await freshRedis()
  const front = await openBell(url, { isDeaf: true })
  const workers = [await openBell(url), await openBell(url)]
  for (let round = 0; round < 20; round += 1) await front.bell.ring('intake', 5)
  const heard = (): number => workers.flatMap((one) => one.heard).length
  await vi.waitFor(() => {
    expect(heard()).toBe(100)
  }, SECONDS)
  expect(await front.bell.waiting('intake')).toBe(0)
  for (const { heard: own } of workers) expect(own.length).toBeGreaterThan(0)
  expect(heard()).toBe(100)
})

it('gives a ticket for handlers to every bell that hands such out, and to no other', async () => {
  const { url } = await freshRedis()
  const front = await openBell(url, { isDeaf: true })
  const workers = [await openBell(url), await openBell(url)]
  const without = await openBell(url, { concurrency: { ...ONE, handle: 0 } })
  const all = [...workers, without]
  // Whoever listens has said so to Redis a moment after its start.
  await vi.waitFor(async () => {
    await front.bell.ring('handle', 1)
    for (const { heard } of workers) expect(heard.length).toBeGreaterThan(0)
  }, SECONDS)
  await new Promise((resume) => setTimeout(resume, 200))
  for (const { heard } of all) heard.length = 0
  await workers[0]?.bell.ring('handle', 3)
  await vi.waitFor(() => {
    expect(all.map(({ heard }) => heard)).toEqual([
      ['handle', 'handle', 'handle'],
      ['handle', 'handle', 'handle'],
      [],
    ])
  }, SECONDS)
})

it('keeps desks apart that share a Redis', async () => {
  const { url } = await freshRedis()
  const [one, other] = [await openBell(url), await openBell(url, { prefix: 'madoguchi:other' })]
  for (const kind of WORK_KINDS) await one.bell.ring(kind, 2)
  await vi.waitFor(() => {
    expect(one.heard).toHaveLength(2 * WORK_KINDS.length)
  }, SECONDS)
  expect(other.heard).toEqual([])
})

it('holds kinds and nothing else: a priority, one attempt, an id that means nothing', async () => {
  const redis = await freshRedis()
  const { bell } = await openBell(redis.url, { isDeaf: true })
  for (const kind of WORK_KINDS) await bell.ring(kind, 2)
  const tickets = await redis.use(async (client) => {
    const keys = (await client.keys(`${PREFIX}:*`)).filter((key) => /-/.test(key))
    return Promise.all(keys.map(async (key) => ({ key, hash: await client.hgetall(key) })))
  })
  // Handlers are told by publishing.
  expect(tickets).toHaveLength(2 * (WORK_KINDS.length - 1))
  for (const { key, hash } of tickets) {
    const [, kind = ''] =
      /^madoguchi:test:([a-z]+):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(key) ?? []
    expect(WORK_KINDS).toContain(kind)
    expect(hash).toEqual({
      name: kind,
      data: '{}',
      opts: expect.any(String),
      timestamp: expect.stringMatching(/^\d+$/),
      delay: '0',
      priority: '1',
    })
    expect(JSON.parse(hash['opts'] ?? '')).toEqual({
      priority: 1,
      attempts: 1,
      removeOnComplete: true,
      removeOnFail: true,
      jobId: key.slice(key.lastIndexOf(':') + 1),
    })
  }
  // None without a priority: it would pass all the others.
  for (const kind of WORK_KINDS)
    expect(await redis.use((client) => client.llen(`${PREFIX}:${kind}:wait`))).toBe(0)
})

it('leaves nothing of a ticket behind', async () => {
  const redis = await freshRedis()
  const { bell, heard } = await openBell(redis.url)
  await bell.ring('act', 30)
  await vi.waitFor(async () => {
    expect(heard).toHaveLength(30)
    const left = await redis.use((client) => client.keys(`${PREFIX}:act:*-*`))
    expect(left.filter((key) => !key.endsWith(':stalled-check'))).toEqual([])
  }, SECONDS)
  for (const state of ['active', 'completed', 'failed', 'prioritized', 'wait'])
    expect(await redis.use((client) => client.exists(`${PREFIX}:act:${state}`))).toBe(0)
})

it('puts back a ticket that was taken and never struck out, and is not harmed by it', async () => {
  const redis = await freshRedis()
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('act', 1)
  // A process that took the ticket and is never heard of again.
  await redis.use(async (client) => {
    const [id = ''] = await client.zrange(`${PREFIX}:act:prioritized`, '0', '-1')
    await client.zrem(`${PREFIX}:act:prioritized`, id)
    await client.lpush(`${PREFIX}:act:active`, id)
    await client.sadd(`${PREFIX}:act:stalled`, id)
  })
  const worker = await openBell(redis.url)
  await vi.waitFor(() => {
    expect(worker.heard).toEqual(['act'])
  }, SECONDS)
})

it('hands out nothing after its stop, and closes every connection', async () => {
  const redis = await freshRedis()
  const connections = async (): Promise<number> =>
    redis.use(
      async (client) =>
        String(await client.client('LIST'))
          .trim()
          .split('\n').length - 1,
    )
  const before = await connections()
  const { bell, heard, log } = await openBell(redis.url)
  expect(await connections()).toBeGreaterThan(before)
  await bell.ring('intake', 3)
  await vi.waitFor(() => {
    expect(heard).toHaveLength(3)
  }, SECONDS)
  await bell.stop()
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('intake', 4)
  await bell.ring('intake', 2)
  await bell.start(() => Promise.resolve(void heard.push('act')), ONE)
  await front.bell.ring('handle', 2)
  expect(await front.bell.waiting('intake')).toBe(4)
  await front.bell.stop()
  await vi.waitFor(async () => {
    expect(await connections()).toBe(before)
  }, SECONDS)
  expect(heard).toHaveLength(3)
  expect(log.lines).toEqual([])
})
