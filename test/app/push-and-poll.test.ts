import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import { DAY } from '../../src/core/time.ts'
import { declinedOutcome, NOW, openPollDesk, poll } from './poll-support.ts'
import { expectSoundLog, pause, seen, type TimedDesk } from './support.ts'

/** A desk whose hotline has an endpoint that answers so, and an outcome. */
async function pushed(answer: (response: ServerResponse, outcome: string) => void): Promise<{
  desk: TimedDesk
  outcome: OutcomeRecord
  posts: string[]
}> {
  const posts: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { outcome } = JSON.parse(Buffer.concat(chunks).toString()) as { outcome: string }
      posts.push(outcome)
      answer(response, outcome)
    })
  })
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const desk = await openPollDesk({ callbackUrl: `http://127.0.0.1:${port}/outcomes` })
  const outcome = await declinedOutcome(desk)
  await seen(() => Promise.resolve(posts.length > 0 ? true : undefined))
  return { desk, outcome, posts }
}

const rowOf = async ({ ctx }: TimedDesk) => (await ctx.read.find('delivery', {}))[0]
const inState = (desk: TimedDesk, state: string): Promise<unknown> =>
  seen(async () => ((await rowOf(desk))?.state === state ? true : undefined))

it('what was fetched and acknowledged is not sent any more', async () => {
  const { desk, outcome, posts } = await pushed((response) => {
    response.writeHead(500).end()
  })
  await seen(async () => ((await rowOf(desk))?.attempts === 1 ? true : undefined))
  expect((await poll(desk, NOW)).sets).toEqual({ [outcome.id]: outcome.jws })
  await poll(desk, { ...NOW, ack: [outcome.id] })
  desk.clock.advance(DAY)
  const { workers } = desk.madoguchi.internals
  await workers.reconcile()
  await seen(async () => ((await desk.ctx.read.count('work', {})) === 0 ? true : undefined))
  expect(posts).toHaveLength(1)
  expect(await rowOf(desk)).toMatchObject({ state: 'acknowledged', attempts: 1 })
})

it('what was sent and acknowledged is not fetched', async () => {
  const { desk } = await pushed((response, outcome) => {
    const claims = Buffer.from(outcome.split('.')[1]!, 'base64url').toString()
    const { jti } = JSON.parse(claims) as { jti: string }
    response.end(JSON.stringify({ acknowledged: jti }))
  })
  await inState(desk, 'acknowledged')
  expect((await poll(desk, NOW)).sets).toEqual({})
})

it('what was sent can be fetched and acknowledged, each of which is on record once', async () => {
  const { desk, outcome } = await pushed((response) => response.end())
  await inState(desk, 'delivered')
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([outcome.id])
  await poll(desk, { ...NOW, ack: [outcome.id] })
  expect(await rowOf(desk)).toMatchObject({ state: 'acknowledged', attempts: 1 })
  for (const type of ['outcome.delivered', 'outcome.acknowledged'] as const)
    expect(await desk.ctx.read.count('event', { type })).toBe(1)
})

it('what is acknowledged while it is being sent stays acknowledged', async () => {
  let finish: (() => void) | undefined
  const { desk, outcome } = await pushed((response) => {
    finish = () => response.writeHead(400).end()
  })
  await poll(desk, { ...NOW, ack: [outcome.id] })
  finish?.()
  await seen(async () => ((await desk.ctx.read.count('work', {})) === 0 ? true : undefined))
  await pause(20)
  expect(await rowOf(desk)).toMatchObject({ state: 'acknowledged', lastResult: 'poll_ack' })
  expect(await desk.ctx.read.count('event', { type: 'outcome.given_up' })).toBe(0)
  await expectSoundLog(desk.ctx)
})

it('what the endpoint refused for good can still be fetched', async () => {
  const { desk, outcome } = await pushed((response) => {
    response.writeHead(410).end()
  })
  await inState(desk, 'given_up')
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([outcome.id])
})
