import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { readDeliveries } from '../../src/app/read-deliveries.ts'
import { readSender } from '../../src/app/read-senders.ts'
import { FIRST_PAUSE_MS, OPEN_AFTER } from '../../src/core/breaker.ts'
import { HOTLINE } from '../support/desk.ts'
import { declinedOutcome, openPollDesk } from './poll-support.ts'
import { seen, type TimedDesk } from './support.ts'

/** A desk with an endpoint that fails until told otherwise, paused after outcomes for each failure. */
async function pausedEndpoint(): Promise<{
  desk: TimedDesk
  posts: () => number
  answerWith: (status: number) => void
}> {
  let posts = 0
  let status = 503
  const server = createServer((request, response) => {
    posts += 1
    request.resume()
    response.writeHead(status).end()
  })
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const desk = await openPollDesk({ callbackUrl: `http://127.0.0.1:${port}/outcomes` })
  for (let made = 1; made <= OPEN_AFTER; made += 1) {
    await declinedOutcome(desk)
    await seen(async () => ((await breakerOf(desk))?.failures === made ? true : undefined))
  }
  return { desk, posts: () => posts, answerWith: (code) => (status = code) }
}

const breakerOf = ({ ctx }: TimedDesk) => ctx.read.get('breaker', { senderId: HOTLINE })

async function pass({ clock, madoguchi }: TimedDesk, ms: number): Promise<void> {
  clock.advance(ms)
  const { workers } = madoguchi.internals
  await workers.reconcile()
  await workers.reconcile()
}

it('an endpoint that fails five times in a row is left alone; what waits counts no attempt', async () => {
  const { desk, posts } = await pausedEndpoint()
  const { ctx, clock } = desk
  expect(posts()).toBe(OPEN_AFTER)
  const pausedUntil = clock.now() + FIRST_PAUSE_MS
  expect((await readSender(ctx, SYSTEM, HOTLINE)).endpoint).toEqual({
    state: 'open',
    failures: OPEN_AFTER,
    pausedUntil,
  })
  const { id } = await declinedOutcome(desk)
  const held = await seen(async () => {
    const [row] = await ctx.read.find('delivery', { outcomeId: id })
    return row?.nextAt === pausedUntil ? row : undefined
  })
  expect(held).toMatchObject({ state: 'waiting', attempts: 0, lastResult: null })
  const page = await readDeliveries(ctx, SYSTEM, { limit: 50 })
  expect(page.items).toHaveLength(OPEN_AFTER + 1)
  expect(page.items.map((row) => row.pausedUntil)).toEqual(page.items.map(() => pausedUntil))
  await pass(desk, FIRST_PAUSE_MS - 1)
  expect(posts()).toBe(OPEN_AFTER)
})

it('then one attempt tells: it fails, and the pause is twice as long', async () => {
  const { desk, posts } = await pausedEndpoint()
  const { ctx, clock } = desk
  await pass(desk, FIRST_PAUSE_MS)
  const open = await seen(async () => {
    const row = await breakerOf(desk)
    return row?.pauses === 2 ? row : undefined
  })
  expect(open).toMatchObject({ openUntil: clock.now() + 2 * FIRST_PAUSE_MS })
  // All others that were due are put off without an attempt.
  await seen(async () =>
    (await ctx.read.dueWork('deliver', clock.now(), 9)) === 0 ? 1 : undefined,
  )
  expect(posts()).toBe(OPEN_AFTER + 1)
})

it('it is taken, and all the others go', async () => {
  const { desk, answerWith } = await pausedEndpoint()
  const { ctx } = desk
  answerWith(204)
  await pass(desk, FIRST_PAUSE_MS)
  await seen(async () =>
    (await ctx.read.count('delivery', { state: 'delivered' })) === OPEN_AFTER ? true : undefined,
  )
  expect((await readSender(ctx, SYSTEM, HOTLINE)).endpoint).toEqual({
    state: 'closed',
    failures: 0,
    pausedUntil: null,
  })
})

it('another endpoint begins anew', async () => {
  const { desk } = await pausedEndpoint()
  const { ctx } = desk
  await changeSender(ctx, SYSTEM, HOTLINE, { callback_url: 'http://127.0.0.1:1/outcomes' })
  expect(await breakerOf(desk)).toBeUndefined()
  await changeSender(ctx, SYSTEM, HOTLINE, { callback_url: null })
  expect((await readSender(ctx, SYSTEM, HOTLINE)).endpoint).toBeNull()
})
