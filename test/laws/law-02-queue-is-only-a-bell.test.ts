import { expect, it, onTestFinished } from 'vitest'
import { createMemoryBell } from '../../src/adapters/memory/bell.ts'
import { Workers } from '../../src/app/workers.ts'
import type { Bell } from '../../src/ports/bell.ts'
import type { Executor } from '../../src/ports/platform.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { clause, claimsOf, decide, obedient, outcomeFor, person, readyCaseOf } from './support.ts'

const EMPTY = {
  name: 'nothing',
  bytes: 0,
  locks: [],
  run: () => Promise.resolve({ result: undefined, events: [] }),
}

/** The desk's workers, listening to another bell than the committer rings. */
async function workBy(desk: Desk, bell: Bell): Promise<Workers> {
  const workers = new Workers({ ...desk.madoguchi.internals.ctx, bell })
  onTestFinished(() => workers.stop())
  await workers.start()
  return workers
}

it('The record is the truth; a queue is only a bell: what every ticket was lost of is done after the next look at the record', async () => {
  const calls: string[] = []
  const desk = await openDesk({ platform: { executors: { remove: obedient(calls) } } })
  const { read } = desk.madoguchi.internals.ctx
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment')
  // Redis is flushed before every ticket is heard: nothing happens, and nothing is gone.
  const deaf: Bell = { ...createMemoryBell(desk.log), ring: () => Promise.resolve() }
  const deafWorkers = await workBy(desk, deaf)
  await deafWorkers.reconcile()
  expect(await read.count('case', {})).toBe(0)
  expect(await read.count('work', { kind: 'intake', state: 'due' })).toBe(1)
  // The committer rings a bell that nobody hears; these workers know of work by asking the record alone.
  const workers = await workBy(desk, createMemoryBell(desk.log))
  const record = await readyCaseOf(desk, accepted)
  const decided = await decide(desk, record, person('a'), {
    actions: [{ kind: 'remove' }],
    ground: clause(),
  })
  expect(decided.ok).toBe(true)
  expect(await read.count('outcome', {})).toBe(0)
  await workers.reconcile()
  await until(() => Promise.resolve(calls.length > 0 || undefined))
  await until(async () => (await read.find('action', { state: 'executed' }))[0])
  await workers.reconcile()
  expect(claimsOf(desk, await outcomeFor(desk, accepted)).outcome.status).toBe('deleted')
})

it('A ticket that comes three times, while its work runs too, is work that is done once', async () => {
  const calls: string[] = []
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>()
  const slow: Executor<unknown> = async (call) => {
    await released
    return obedient(calls)(call)
  }
  let begun = 0
  const remove: Executor<unknown> = (call) => {
    begun += 1
    return slow(call)
  }
  const desk = await openDesk({ platform: { executors: { remove } } })
  const { read } = desk.madoguchi.internals.ctx
  const inner = createMemoryBell(desk.log)
  const echo: Bell = { ...inner, ring: (kind, count) => inner.ring(kind, count * 3) }
  const workers = await workBy(desk, echo)
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment')
  await workers.reconcile()
  const record = await readyCaseOf(desk, accepted)
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  await workers.reconcile()
  await until(() => Promise.resolve(begun > 0 || undefined))
  for (let look = 0; look < 3; look += 1) {
    await inner.ring('act', 3)
    await workers.reconcile()
    // Claims go through the committer one after the other; an empty one behind them waits for them.
    await desk.madoguchi.internals.ctx.committer.submit(EMPTY)
  }
  expect(begun).toBe(1)
  release(undefined)
  await until(async () => (await read.find('action', { state: 'executed' }))[0])
  for (let look = 0; look < 3; look += 1) await workers.reconcile()
  await outcomeFor(desk, accepted)
  for (let look = 0; look < 3; look += 1) await workers.reconcile()
  expect([begun, calls.length]).toEqual([1, 1])
  expect(await read.count('case', {})).toBe(1)
  expect(await read.count('outcome', {})).toBe(1)
  expect(await read.count('work', {})).toBe(0)
})

it('A ticket carries a kind and nothing else', async () => {
  const desk = await openDesk()
  const rung: unknown[][] = []
  const inner = createMemoryBell(desk.log)
  const kept: Bell = {
    ...inner,
    ring: (...ticket) => {
      rung.push(ticket)
      return inner.ring(...ticket)
    },
  }
  const workers = await workBy(desk, kept)
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment')
  await workers.reconcile()
  await readyCaseOf(desk, accepted)
  expect(rung).toContainEqual(['intake', 1])
  for (const ticket of rung) expect(JSON.stringify(ticket)).toMatch(/^\["[a-z]+",\d+\]$/)
})
