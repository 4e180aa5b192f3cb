import { expect, it, onTestFinished, vi } from 'vitest'
import { createBullmqBell } from '../../../src/adapters/bullmq/bell.ts'
import { createMemoryBell } from '../../../src/adapters/memory/bell.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { BellHealth } from '../../../src/ports/bell.ts'
import { freePort } from '../../../src/cli/free-port.ts'
import { KeptLog } from '../../support/desk.ts'
import { freshRedis } from '../../support/redis.ts'
import { ONE, openBell, PREFIX, type TestBell } from './support.ts'

const SECONDS = { timeout: 15_000, interval: 20 }
/** No ring may hold up whoever rings longer than two answers that don't come. */
const SOON_MS = 4_000

const told = ({ log }: TestBell): unknown[] =>
  log.lines.map(({ level, event, fields }) => [level, event, ...Object.values(fields)])

async function becomes({ bell }: TestBell, health: BellHealth): Promise<void> {
  await vi.waitFor(() => {
    expect(bell.health()).toBe(health)
  }, SECONDS)
}

/** Rings and waits until it was heard here. Answers how long the ring took. */
async function ringHere(one: TestBell): Promise<number> {
  const before = one.heard.length
  const from = performance.now()
  await one.bell.ring('act', 1)
  const took = performance.now() - from
  await vi.waitFor(() => {
    expect(one.heard.length).toBeGreaterThan(before)
  }, SECONDS)
  return took
}

it('rings in this process while Redis is stopped, and through Redis once it is back', async () => {
  const redis = await freshRedis()
  const one = await openBell(redis.url)
  await redis.stop()
  await becomes(one, 'away')
  expect(await ringHere(one)).toBeLessThan(100)
  await one.bell.ring('handle', 1)
  expect(await one.bell.waiting('act')).toBe(0)
  await redis.start()
  await becomes(one, 'up')
  const front = await openBell(redis.url, { isDeaf: true })
  one.heard.length = 0
  await front.bell.ring('act', 3)
  await vi.waitFor(() => {
    expect(one.heard).toEqual(['act', 'act', 'act'])
  }, SECONDS)
  // The summons too: its connection came back by itself.
  await vi.waitFor(async () => {
    await front.bell.ring('handle', 1)
    expect(one.heard).toContain('handle')
  }, SECONDS)
  expect(told(one)).toEqual([
    ['warn', 'bell.away', 'unreachable'],
    ['info', 'bell.back'],
  ])
})

it('opens without Redis, works on, and finds it when it comes', async () => {
  const redis = await freshRedis()
  await redis.stop()
  const from = performance.now()
  const one = await openBell(redis.url)
  expect(performance.now() - from).toBeLessThan(SOON_MS)
  expect(one.bell.health()).toBe('away')
  await ringHere(one)
  await redis.start()
  await becomes(one, 'up')
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('act', 2)
  await vi.waitFor(() => {
    expect(one.heard).toHaveLength(3)
  }, SECONDS)
  expect(told(one)).toEqual([
    ['warn', 'bell.away', 'unreachable'],
    ['info', 'bell.back'],
  ])
})

it('does not wait for a Redis that stands still', async () => {
  const redis = await freshRedis()
  const one = await openBell(redis.url)
  redis.pause()
  onTestFinished(() => {
    redis.resume()
  })
  expect(await ringHere(one)).toBeLessThan(SOON_MS)
  expect(one.bell.health()).toBe('away')
  expect(await ringHere(one)).toBeLessThan(100)
  expect(await one.bell.waiting('intake')).toBe(0)
  redis.resume()
  await becomes(one, 'up')
  await vi.waitFor(async () => {
    expect(await one.bell.waiting('act')).toBe(0)
  }, SECONDS)
  const before = one.heard.length
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('act', 5)
  await vi.waitFor(() => {
    expect(one.heard.length).toBe(before + 5)
  }, SECONDS)
  expect(told(one)).toEqual([
    ['warn', 'bell.away', 'timed_out'],
    ['info', 'bell.back'],
  ])
})

it('notices a Redis that stands still though nothing rings, and finds it again', async () => {
  const redis = await freshRedis()
  const one = await openBell(redis.url, { isDeaf: true })
  redis.pause()
  onTestFinished(() => {
    redis.resume()
  })
  await becomes(one, 'away')
  // Long enough for a probe without an answer, and for the connection that is made anew.
  await new Promise((resume) => setTimeout(resume, 4_000))
  redis.resume()
  await becomes(one, 'up')
  await one.bell.ring('act', 1)
  expect(await one.bell.waiting('act')).toBe(1)
}, 40_000)

it('rings in this process while Redis is full, and tells so once', async () => {
  const redis = await freshRedis()
  const one = await openBell(redis.url)
  await redis.fill()
  for (let ring = 0; ring < 5; ring += 1) await ringHere(one)
  expect(one.bell.health()).toBe('away')
  await redis.empty()
  await becomes(one, 'up')
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('act', 3)
  await vi.waitFor(() => {
    expect(one.heard.length).toBe(8)
  }, SECONDS)
  expect(told(one)).toEqual([
    ['warn', 'bell.away', 'full'],
    ['info', 'bell.back'],
  ])
})

it('forgets what was flushed, and goes on', async () => {
  const redis = await freshRedis()
  const front = await openBell(redis.url, { isDeaf: true })
  await front.bell.ring('act', 5)
  await redis.flush()
  expect(await front.bell.waiting('act')).toBe(0)
  const one = await openBell(redis.url)
  await redis.flush()
  await front.bell.ring('act', 5)
  await vi.waitFor(() => {
    expect(one.heard).toHaveLength(5)
  }, SECONDS)
  await redis.flush()
  await front.bell.ring('act', 2)
  await vi.waitFor(() => {
    expect(one.heard).toHaveLength(7)
  }, SECONDS)
  expect(one.bell.health()).toBe('up')
  expect([...told(one), ...told(front)]).toEqual([])
})

it.each(['', 'stopped', 'paused'])(
  'stops within moments while a handler runs, Redis being %s',
  async (state) => {
    const redis = await freshRedis()
    const log = new KeptLog()
    const here = createMemoryBell(log)
    const bell = await createBullmqBell({
      url: redis.url,
      prefix: PREFIX,
      log,
      clock: systemClock,
      here,
    })
    const { promise: opened, resolve: open } = Promise.withResolvers<undefined>()
    let finished = 0
    let begun = 0
    await bell.start(async () => {
      begun += 1
      await opened
      finished += 1
    }, ONE)
    await bell.ring('act', 3)
    await vi.waitFor(() => {
      expect(begun).toBe(1)
    }, SECONDS)
    if (state === 'stopped') await redis.stop()
    if (state === 'paused') redis.pause()
    onTestFinished(() => {
      redis.resume()
    })
    const stopping = bell.stop()
    await new Promise((resume) => setTimeout(resume, 50))
    expect(finished).toBe(0)
    const from = performance.now()
    open(undefined)
    await stopping
    expect(performance.now() - from).toBeLessThan(1_000)
    expect([begun, finished]).toEqual([1, 1])
  },
)

it.each([
  ['a wrong password', 'access_denied', (url: string) => url.replace('hunter2', 'hunter3')],
  ['no password', 'access_denied', (url: string) => url.replace(':hunter2@', '')],
])('%s: away, and neither URL nor password is told', async (_, code, change) => {
  const redis = await freshRedis({ password: 'hunter2' })
  const printed = vi.spyOn(process.stderr, 'write')
  const right = await openBell(redis.url)
  expect(right.bell.health()).toBe('up')
  const wrong = await openBell(change(redis.url))
  expect(wrong.bell.health()).toBe('away')
  await ringHere(wrong)
  expect(told(wrong)).toEqual([['warn', 'bell.away', code]])
  const all = JSON.stringify([wrong.log.lines, printed.mock.calls.map(String)])
  for (const secret of ['hunter', '127.0.0.1', 'redis://']) expect(all).not.toContain(secret)
  printed.mockRestore()
})

it('a host that is nobody: away', async () => {
  const one = await openBell(`redis://127.0.0.1:${String(await freePort(0))}`)
  expect(told(one)).toEqual([['warn', 'bell.away', 'unreachable']])
})
