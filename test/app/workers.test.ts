import { expect, it } from 'vitest'
import { SECOND } from '../../src/core/time.ts'
import type { ResolvedTarget } from '../../src/ports/platform.ts'
import {
  codeOf,
  newGate,
  openTimedDesk,
  pause,
  readyCase,
  seen,
  type TimedDesk,
} from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const works = ({ ctx }: TimedDesk): Promise<number> => ctx.read.count('work', {})

it('dispatches nothing before it is started, nor where it is started without work', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, hotline, madoguchi } = desk
  await hotline.sendFixture(NOTICE)
  clock.advance(60 * SECOND)
  await pause(30)
  await madoguchi.start({ work: false })
  clock.advance(60 * SECOND)
  await pause(30)
  expect(await ctx.read.count('case', {})).toBe(0)
  expect(await ctx.read.find('work', {})).toMatchObject([{ attempt: 0, leaseUntil: null }])
  await madoguchi.start({ work: true })
  await seen(async () => ((await ctx.read.count('case', {})) === 1 ? true : undefined))
})

it('brings a lost ticket back within five seconds', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const lost: string[] = []
  const ring = ctx.bell.ring.bind(ctx.bell)
  Object.assign(ctx.bell, {
    ring: (kind: string) => {
      lost.push(kind)
      return Promise.resolve()
    },
  })
  const accepted = await hotline.sendFixture(NOTICE)
  await pause(30)
  expect(lost).toEqual(['intake'])
  expect(await ctx.read.count('case', {})).toBe(0)
  Object.assign(ctx.bell, { ring })
  clock.advance(5 * SECOND)
  await readyCase(ctx, accepted.id)
})

it('is not harmed by doubled tickets', async () => {
  let resolved = 0
  const resolve = ({ url }: { url: string }): Promise<ResolvedTarget<unknown>> => {
    resolved += 1
    return Promise.resolve({ ref: { id: url } })
  }
  const desk = await openTimedDesk({ platform: { resolve } })
  const { ctx, hotline, madoguchi } = desk
  await hotline.sendFixture(NOTICE)
  await ctx.bell.ring('intake', 50)
  await madoguchi.start({ work: true })
  await ctx.bell.ring('intake', 50)
  await seen(async () => ((await works(desk)) === 0 ? true : undefined))
  await seen(async () => ((await ctx.bell.waiting('intake')) === 0 ? true : undefined))
  expect(resolved).toBe(1)
  expect(await ctx.read.count('case', {})).toBe(1)
})

it('gives the row of a worker that died to another one after its lease, as a new attempt', async () => {
  const attempts: unknown[] = []
  const desk: TimedDesk = await openTimedDesk({
    platform: {
      resolve: async () => {
        const rows = await desk.ctx.read.find('work', { kind: 'intake' })
        attempts.push(...rows.map(({ attempt }) => attempt))
        return null
      },
    },
  })
  const { ctx, clock, hotline, madoguchi } = desk
  const accepted = await hotline.sendFixture(NOTICE)
  // A worker of another process claims the row and is never heard of again.
  const claim = (): Promise<{ result: unknown }> =>
    ctx.committer.submit({
      name: 'test.claim',
      bytes: 0,
      locks: [],
      run: async (tx) => {
        const now = clock.now()
        const row = await tx.claimWork({ kind: 'intake', now, leaseUntil: now + 60 * SECOND })
        return { result: row, events: [] }
      },
    })
  expect((await claim()).result).toMatchObject({ attempt: 1 })
  await madoguchi.start({ work: true })
  clock.advance(59 * SECOND)
  await pause(30)
  expect(await ctx.read.count('case', {})).toBe(0)
  expect((await claim()).result).toBeUndefined()
  clock.advance(6 * SECOND)
  await readyCase(ctx, accepted.id)
  expect(attempts).toEqual([2])
})

it('counts the second attempt, and ignores what the first worker says then', async () => {
  const gates = [newGate(), newGate()]
  let calls = 0
  const desk = await openTimedDesk({
    platform: {
      // Answers after its lease, since nothing in here looks at the signal.
      resolve: async () => {
        const call = calls
        calls += 1
        await gates[call]?.opened
        return { ref: { id: `call-${call}` } }
      },
    },
  })
  const { ctx, hotline, madoguchi } = desk
  const accepted = await hotline.sendFixture(NOTICE)
  await madoguchi.start({ work: true })
  await seen(() => Promise.resolve(calls === 1 ? true : undefined))
  // The lease is taken away, as if the process had slept: the clock itself stays.
  const [row] = await ctx.read.find('work', { kind: 'intake' })
  await ctx.committer.submit({
    name: 'test.lease',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      if (row !== undefined) await tx.update('work', { id: row.id }, { leaseUntil: 1 })
      return { result: undefined, events: [], rings: ['intake'] }
    },
  })
  await seen(() => Promise.resolve(calls === 2 ? true : undefined))
  gates[0]?.open()
  await pause(30)
  expect(await ctx.read.count('case', {})).toBe(0)
  gates[1]?.open()
  await readyCase(ctx, accepted.id)
  expect((await ctx.read.get('notice', { id: accepted.id }))?.targetRef).toEqual({ id: 'call-1' })
  expect(await ctx.read.count('case', {})).toBe(1)
})

it('stops cleanly: what runs is finished, what waits stays in the record', async () => {
  const gate = newGate()
  let calls = 0
  const desk = await openTimedDesk({
    platform: {
      resolve: async ({ url }) => {
        calls += 1
        await gate.opened
        return { ref: { id: url } }
      },
    },
  })
  const { ctx, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  for (let at = 0; at < 12; at += 1)
    await hotline.sendFixture(NOTICE, {
      id: `notice-${at}`,
      target: { url: `https://sns.example/${at}` },
    })
  await seen(() => Promise.resolve(calls === 8 ? true : undefined))
  let stopped = false
  const stopping = madoguchi.internals.workers.stop().then(() => {
    stopped = true
  })
  await pause(30)
  expect(stopped).toBe(false)
  gate.open()
  await stopping
  expect(calls).toBe(8)
  expect(await ctx.read.count('case', { state: 'ready' })).toBe(8)
  expect(await works(desk)).toBe(4)
  clock.advance(600 * SECOND)
  await pause(30)
  expect(await works(desk)).toBe(4)
})

it('goes on after a store that was away while it claimed and reconciled', async () => {
  const desk = await openTimedDesk()
  const { ctx, store, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture(NOTICE)
  await readyCase(ctx, accepted.id)
  store.failNext('unavailable')
  await ctx.bell.ring('intake', 1)
  await seen(() => Promise.resolve(store.faultsLeft === 0 ? true : undefined))
  expect(await codeOf(hotline.sendFixture('drug_ad_gone'))).toBe('none')
  clock.advance(5 * SECOND)
  await seen(async () => ((await ctx.read.count('case', { state: 'ready' })) === 2 ? 1 : undefined))
})

it('keeps the checkpoint of the last answer when it stops', async () => {
  const desk = await openTimedDesk()
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const { proof, id } = await hotline.sendFixture(NOTICE)
  await readyCase(ctx, id)
  await seen(async () => ((await works(desk)) === 0 ? true : undefined))
  const again = await hotline.sendFixture(NOTICE)
  expect(again.proof).not.toBe(proof)
  await madoguchi.internals.workers.stop()
  const notes = (await ctx.read.find('checkpoint', {})).map(({ note }) => note)
  for (const held of [proof, again.proof])
    expect(notes).toContain(held.slice(held.indexOf('\n\n') + 2))
})
