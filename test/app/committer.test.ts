import { expect, it } from 'vitest'
import type { Change, Command } from '../../src/app/command.ts'
import { Committer } from '../../src/app/committer.ts'
import type { AppContext } from '../../src/app/context.ts'
import { ledgeredEvent } from '../../src/app/record-event.ts'
import type { StoreFault } from '../support/faulty-store.ts'
import { codeOf, expectSoundLog, newGate, openTimedDesk } from './support.ts'

/** Writes one row and one entry. */
function write(
  ctx: AppContext,
  name: string,
  over: Partial<Command<string>> = {},
): Command<string> {
  return {
    name: 'test.write',
    bytes: 10,
    locks: [`setting:${name}`],
    run: async (tx): Promise<Change<string>> => {
      await tx.insert('setting', { name, value: 'written' })
      return { result: name, events: [entry(ctx, name)] }
    },
    ...over,
  }
}

function entry(ctx: AppContext, name: string): ReturnType<typeof ledgeredEvent> {
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    { type: 'clock.reset', lane: null, at: ctx.clock.now(), pub: {}, payload: { v: 1, name } },
  )
}

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `row-${at}`)
const stored = async ({ read }: AppContext, name: string): Promise<boolean> =>
  (await read.get('setting', { name })) !== undefined

it('takes what waits as one transaction, and never more than 64', async () => {
  const { ctx, store } = await openTimedDesk({ isBare: true })
  const before = store.transactions
  const done = await Promise.all(names(100).map((name) => ctx.committer.submit(write(ctx, name))))
  expect(store.transactions - before).toBe(2)
  expect(done.map(({ result }) => result)).toEqual(names(100))
  // Genesis is entry 0; each answer names the place of its own entry, and the size of its batch.
  expect(done.map(({ entries }) => entries[0]?.index)).toEqual(names(100).map((_, at) => at + 1))
  expect([done[0]?.size, done[63]?.size, done[64]?.size]).toEqual([65, 65, 101])
  await expectSoundLog(ctx)
})

it('ends a batch after 20 ms of work, and goes on with the rest in order', async () => {
  const { ctx, store, clock } = await openTimedDesk({ isBare: true })
  const before = store.transactions
  const order: string[] = []
  const slow = (name: string): Command<string> => {
    const { run, ...rest } = write(ctx, name, { bytes: 1_000 })
    return {
      ...rest,
      run: (tx) => {
        clock.advance(10)
        order.push(name)
        return run(tx)
      },
    }
  }
  await Promise.all(names(6).map((name) => ctx.committer.submit(slow(name))))
  expect(store.transactions - before).toBe(3)
  expect(order).toEqual(names(6))
  // What was put back is counted once: an empty queue has room for exactly 64 MiB.
  const tooBig = write(ctx, 'too-big', { bytes: 64 * 1_048_576 + 1 })
  expect(await codeOf(ctx.committer.submit(tooBig))).toBe('overloaded')
})

it('lets a poison command of 32 fail alone', async () => {
  const { ctx, store } = await openTimedDesk({ isBare: true })
  const before = store.transactions
  const poison = new TypeError('poison')
  const results = await Promise.allSettled(
    names(32).map((name, at) =>
      ctx.committer.submit(
        at === 7
          ? write(ctx, name, {
              run: async (tx) => {
                await tx.insert('setting', { name, value: 'half' })
                throw poison
              },
            })
          : write(ctx, name),
      ),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(31)
  expect(results[7]).toEqual({ status: 'rejected', reason: poison })
  expect(await stored(ctx, 'row-7')).toBe(false)
  expect(await stored(ctx, 'row-8')).toBe(true)
  expect(store.transactions - before).toBe(1)
  expect(await expectSoundLog(ctx)).toBe(32)
})

it('tries each alone where one breaks the whole transaction', async () => {
  const { ctx, log } = await openTimedDesk({ isBare: true })
  const results = await Promise.allSettled(
    names(32).map((name, at) =>
      ctx.committer.submit(
        at === 20
          ? write(ctx, name, {
              run: async (tx) => {
                await tx.insert('setting', { name, value: 'half' })
                const indexed = (): Promise<void> => Promise.reject(new Error('poison'))
                return { result: name, events: [{ ...entry(ctx, name), indexed }] }
              },
            })
          : write(ctx, name),
      ),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(31)
  expect(results[20]).toMatchObject({ status: 'rejected', reason: { code: 'internal_error' } })
  expect(await stored(ctx, 'row-20')).toBe(false)
  expect(log.lines.map(({ event }) => event)).toContain('batch.retried_singly')
  expect(await expectSoundLog(ctx)).toBe(32)
})

it.each<[StoreFault, string, boolean]>([
  ['unknown_stored', 'commit_unknown', true],
  ['unknown_lost', 'commit_unknown', false],
  ['before_commit', 'store_unavailable', false],
  ['unavailable', 'store_unavailable', false],
])(
  'after %s everybody hears %s, and the log goes on where it is',
  async (fault, code, isStored) => {
    const { ctx, store } = await openTimedDesk({ isBare: true })
    await ctx.committer.submit(write(ctx, 'before'))
    store.failNext(fault)
    const results = await Promise.allSettled(
      names(5).map((name) => ctx.committer.submit(write(ctx, name))),
    )
    for (const result of results)
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code, details: { retryAfterMs: expect.any(Number) } },
      })
    expect(await Promise.all(names(5).map((name) => stored(ctx, name)))).toEqual(
      names(5).map(() => isStored),
    )
    const { entries } = await ctx.committer.submit(write(ctx, 'after'))
    expect(entries[0]?.index).toBe(isStored ? 7 : 2)
    expect(await expectSoundLog(ctx)).toBe(isStored ? 8 : 3)
  },
)

it.each([1, 5])('tries each of %i once more alone where the store broke it off', async (count) => {
  const { ctx, store } = await openTimedDesk({ isBare: true })
  const before = store.transactions
  store.failNext('aborted')
  const done = await Promise.all(names(count).map((name) => ctx.committer.submit(write(ctx, name))))
  expect(done.map(({ entries }) => entries[0]?.index)).toEqual(names(count).map((_, at) => at + 1))
  expect(store.transactions - before).toBe(1 + count)
  expect(await expectSoundLog(ctx)).toBe(1 + count)
})

it('says that the store is unavailable where it broke both off', async () => {
  const { ctx, store } = await openTimedDesk({ isBare: true })
  store.failNext('aborted', 'aborted')
  await expect(ctx.committer.submit(write(ctx, 'row'))).rejects.toMatchObject({
    code: 'store_unavailable',
    details: { retryAfterMs: 1_000 },
  })
  expect(await stored(ctx, 'row')).toBe(false)
})

it('refuses beyond 1,000 that wait, and takes those that do', async () => {
  const { ctx } = await openTimedDesk({ isBare: true })
  const gate = newGate()
  const { first } = await hold(ctx, gate.opened)
  const waiting = names(1_000).map((name) => ctx.committer.submit(write(ctx, name)))
  await expect(ctx.committer.submit(write(ctx, 'one-too-many'))).rejects.toMatchObject({
    code: 'overloaded',
    details: { retryAfterMs: 1_000 },
  })
  gate.open()
  await first
  await Promise.all(waiting)
  expect(await stored(ctx, 'one-too-many')).toBe(false)
  await ctx.committer.submit(write(ctx, 'room-again'))
})

it('refuses beyond 64 MiB that wait', async () => {
  const { ctx } = await openTimedDesk({ isBare: true })
  const gate = newGate()
  const { first } = await hold(ctx, gate.opened)
  const big = ctx.committer.submit(write(ctx, 'big', { bytes: 64 * 1_048_576 - 10 }))
  const fits = ctx.committer.submit(write(ctx, 'fits', { bytes: 10 }))
  expect(await codeOf(ctx.committer.submit(write(ctx, 'not', { bytes: 1 })))).toBe('overloaded')
  gate.open()
  await Promise.all([first, big, fits])
  await ctx.committer.submit(write(ctx, 'room-again', { bytes: 64 * 1_048_576 }))
})

/** Keeps a transaction open, so that the queue fills. */
async function hold(ctx: AppContext, opened: Promise<void>): Promise<{ first: Promise<unknown> }> {
  const begun = newGate()
  const first = ctx.committer.submit({
    name: 'test.hold',
    bytes: 0,
    locks: [],
    run: async () => {
      begun.open()
      await opened
      return { result: undefined, events: [] }
    },
  })
  await begun.opened
  return { first }
}

it('commits what waits when it closes, and takes nothing more', async () => {
  const { ctx } = await openTimedDesk({ isBare: true })
  const waiting = names(200).map((name) => ctx.committer.submit(write(ctx, name)))
  await ctx.committer.close()
  expect(await stored(ctx, 'row-199')).toBe(true)
  await Promise.all(waiting)
  expect(await codeOf(ctx.committer.submit(write(ctx, 'late')))).toBe('store_unavailable')
})

it('rings for the work that became due, only after the commit', async () => {
  const { ctx, store, clock } = await openTimedDesk({ isBare: true })
  const rung: [string, number][][] = []
  const { random, log } = ctx
  const ring = (tickets: ReadonlyMap<string, number>): void => void rung.push([...tickets])
  const committer = new Committer({ store, clock, random, log, ring })
  store.failNext('unavailable')
  const due = {
    run: () => Promise.resolve({ result: 'x', events: [], rings: ['intake' as const] }),
  }
  await codeOf(committer.submit(write(ctx, 'a', due)))
  expect(rung).toEqual([])
  await committer.submit(write(ctx, 'a', due))
  expect(rung).toEqual([[['intake', 1]]])
  // A ticket for each row, so that a burst doesn't wait for the next look at the record.
  await Promise.all(['b', 'c', 'd'].map((name) => committer.submit(write(ctx, name, due))))
  expect(rung.slice(1).flat()).toEqual([['intake', 3]])
})

it('two on one store take turns at the log without harm', async () => {
  const { ctx, store, clock } = await openTimedDesk({ isBare: true })
  const { random, log } = ctx
  const other = new Committer({ store, clock, random, log, ring: () => undefined })
  const done = await Promise.all(
    names(150).map((name, at) => (at % 2 === 0 ? ctx.committer : other).submit(write(ctx, name))),
  )
  for (const name of ['x', 'y']) {
    await ctx.committer.submit(write(ctx, `one-${name}`))
    await other.submit(write(ctx, `two-${name}`))
  }
  expect(new Set(done.map(({ entries }) => entries[0]?.index)).size).toBe(150)
  expect(await expectSoundLog(ctx)).toBe(155)
})
