import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { resendDelivery } from '../../src/app/resend-delivery.ts'
import { LONGEST_PAUSE_MS } from '../../src/core/breaker.ts'
import type { DeliveryRecord } from '../../src/core/outcome.ts'
import { DELIVERY_SCHEDULE } from '../../src/core/retry-schedule.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { verifyPush } from '../../src/signing/verify-ours.ts'
import { HOTLINE, newKeys, type DeskOptions } from '../support/desk.ts'
import {
  act,
  decide,
  openTimedDesk,
  readyCase,
  seen,
  seenAfter,
  UnsteadySigner,
  type TimedDesk,
} from './support.ts'

interface Push {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  readonly outcome: string
}

type Answer = (response: ServerResponse, push: Push) => void
const status =
  (code: number, text = ''): Answer =>
  (response) => {
    response.writeHead(code).end(text)
  }
const hang: Answer = () => undefined

/** A hotline's endpoint on loopback; gives the answers in turn, the last one for ever. */
async function openEndpoint(
  ...answers: readonly Answer[]
): Promise<{ url: string; pushes: Push[] }> {
  const pushes: Push[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const { outcome } = JSON.parse(body.toString()) as { outcome: string }
      const push = { path: request.url ?? '', headers: request.headers, body, outcome }
      pushes.push(push)
      answers[Math.min(pushes.length, answers.length) - 1]?.(response, push)
    })
  })
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/outcomes`, pushes }
}

/** A notice that was declined, so that its outcome is due at an endpoint that answers so. */
async function declined(
  answers: readonly Answer[],
  options: DeskOptions = {},
): Promise<{
  desk: TimedDesk
  pushes: Push[]
  url: string
  delivery: () => Promise<DeliveryRecord>
}> {
  const { url, pushes } = await openEndpoint(...answers)
  const desk = await openTimedDesk({ callbackUrl: url, ...options })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture('yamibaito_recruitment')
  const { by } = await desk.operator('reviewer')
  await decide(desk, (await readyCase(ctx, accepted.id)).id, by, {})
  const delivery = async (): Promise<DeliveryRecord> => (await ctx.read.find('delivery', {}))[0]!
  await seen(async () => ((await ctx.read.count('delivery', {})) === 1 ? true : undefined))
  return { desk, pushes, url, delivery }
}

const inState =
  (delivery: () => Promise<DeliveryRecord>, state: DeliveryRecord['state']) =>
  async (): Promise<DeliveryRecord | undefined> => {
    const now = await delivery()
    return now.state === state ? now : undefined
  }

/** Moves the clock to the next attempt, once the one before is written down. */
async function tryNext(
  desk: TimedDesk,
  delivery: () => Promise<DeliveryRecord>,
  made: number,
): Promise<DeliveryRecord> {
  const before = await seen(async () => {
    const now = await delivery()
    return now.attempts === made ? now : undefined
  })
  if (before.nextAt === null) return before
  desk.clock.advance(before.nextAt - desk.clock.now())
  const { workers } = desk.madoguchi.internals
  await workers.reconcile()
  await workers.reconcile()
  return seen(async () => {
    const now = await delivery()
    return now.attempts === made + 1 || now.state !== 'waiting' ? now : undefined
  })
}

const acknowledge: Answer = (response, { outcome }) => {
  const { jti } = JSON.parse(Buffer.from(outcome.split('.')[1]!, 'base64url').toString()) as {
    jti: string
  }
  response.writeHead(200).end(JSON.stringify({ acknowledged: jti }))
}

it.each<[string, Answer, DeliveryRecord['state'], string]>([
  ['200', status(200), 'delivered', 'http_200'],
  ['204', status(204), 'delivered', 'http_204'],
  ['409, has it already', status(409), 'delivered', 'http_409'],
  ["200 with the outcome's id", acknowledge, 'acknowledged', 'http_200'],
  ['200 with another id', status(200, '{"acknowledged":"out_x"}'), 'delivered', 'http_200'],
  ['200 with junk', status(200, '<html>'), 'delivered', 'http_200'],
  ['200 with null', status(200, 'null'), 'delivered', 'http_200'],
  ['400', status(400), 'given_up', 'http_400'],
  ['401', status(401), 'given_up', 'http_401'],
  ['410', status(410), 'given_up', 'http_410'],
])('%s ends a delivery', async (_what, answer, state, lastResult) => {
  const { desk, pushes, delivery } = await declined([answer])
  const done = await seen(inState(delivery, state))
  expect(done).toMatchObject({ attempts: 1, lastResult, nextAt: null, doneAt: desk.clock.now() })
  expect(pushes).toHaveLength(1)
  expect(await desk.ctx.read.count('event', { type: `outcome.${state}` as never })).toBe(1)
  expect(await desk.ctx.read.count('work', {})).toBe(0)
})

it('sends the same bytes again under a fresh token, until they are taken', async () => {
  const { desk, pushes, url, delivery } = await declined([status(500), status(302), status(200)])
  await tryNext(desk, delivery, 1)
  expect(await tryNext(desk, delivery, 2)).toMatchObject({ state: 'delivered', attempts: 3 })
  const [outcome] = await desk.ctx.read.find('outcome', {})
  const tokens = pushes.map(({ headers }) => headers.authorization ?? '')
  expect(pushes.map((push) => push.outcome)).toEqual(pushes.map(() => outcome?.jws))
  expect(new Set(tokens).size).toBe(3)
  const { publicJwk } = desk.ctx.signer
  for (const { body, headers } of pushes)
    expect(() => {
      verifyPush(
        {
          token: (headers.authorization ?? '').replace('Bearer ', ''),
          body,
          url,
          issuer: desk.ctx.config.issuer,
          audience: HOTLINE,
          now: desk.clock.now(),
          toleranceMs: 3_600_000,
          leadMs: 0,
        },
        { keys: [publicJwk] },
      )
    }).not.toThrow()
})

it('waits as the schedule says, and longer where it is asked to', async () => {
  const later: Answer = (response) => {
    response.writeHead(503, { 'retry-after': '3600' }).end()
  }
  const { desk, delivery } = await declined([status(500), later, status(200)])
  const first = await seen(async () => ((await delivery()).attempts === 1 ? delivery() : undefined))
  const wait = (first.nextAt ?? 0) - desk.clock.now()
  expect(wait).toBeGreaterThanOrEqual(0.8 * DELIVERY_SCHEDULE[1]!)
  expect(wait).toBeLessThanOrEqual(1.2 * DELIVERY_SCHEDULE[1]!)
  const second = await tryNext(desk, delivery, 1)
  expect((second.nextAt ?? 0) - desk.clock.now()).toBe(3_600 * SECOND)
})

it('gives up after the last attempt, visibly; a person may send it again', async () => {
  const { desk, pushes, delivery } = await declined([status(500)])
  const { ctx } = desk
  for (let made = 1; made < DELIVERY_SCHEDULE.length; made += 1) await tryNext(desk, delivery, made)
  const given = await delivery()
  expect(given.state).toBe('given_up')
  expect(given).toMatchObject({ attempts: DELIVERY_SCHEDULE.length, lastResult: 'http_500' })
  expect(pushes).toHaveLength(DELIVERY_SCHEDULE.length)
  expect(await ctx.read.count('event', { type: 'outcome.given_up' })).toBe(1)
  const again = await resendDelivery(ctx, SYSTEM, given.id)
  // The endpoint failed ten times in a row, so nothing is sent to it for a while.
  desk.clock.advance(LONGEST_PAUSE_MS)
  await desk.madoguchi.internals.workers.reconcile()
  await desk.madoguchi.internals.workers.reconcile()
  await seen(async () => {
    const row = await ctx.read.get('delivery', { id: again.id })
    return row?.attempts === 1 ? true : undefined
  })
  expect(pushes.at(-1)?.outcome).toBe(pushes[0]?.outcome)
})

it('does not wait for ever for an endpoint that hangs', async () => {
  const { desk, pushes, delivery } = await declined([hang, status(200)])
  await seen(() => Promise.resolve(pushes.length === 1 ? true : undefined))
  desk.clock.advance(15 * SECOND)
  const tried = await seen(async () => {
    const now = await delivery()
    return now.attempts === 1 ? now : undefined
  })
  expect(tried).toMatchObject({ state: 'waiting', lastResult: 'timed_out' })
  expect(await tryNext(desk, delivery, 1)).toMatchObject({ state: 'delivered', attempts: 2 })
})

it('an endpoint where nobody listens is tried again', async () => {
  const { desk, delivery } = await declined([status(200)], {
    callbackUrl: 'http://127.0.0.1:1/outcomes',
  })
  const tried = await seen(async () => {
    const now = await delivery()
    return now.attempts === 1 ? now : undefined
  })
  expect(tried).toMatchObject({ state: 'waiting', lastResult: 'connect_failed' })
  expect(desk.log.lines.filter(({ event }) => event === 'delivery.attempted')).toHaveLength(1)
})

it('a fault of ours is no attempt: nothing was sent, and none is used up', async () => {
  const keys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const { url, pushes } = await openEndpoint(status(200))
  const desk = await openTimedDesk({ keys, adapters: { signer } })
  const { ctx, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture('yamibaito_recruitment')
  const { by } = await desk.operator('reviewer')
  const record = await readyCase(ctx, accepted.id)
  await changeSender(ctx, SYSTEM, HOTLINE, { callback_url: url })
  // The outcome is signed, and from then on nothing is.
  const sign = signer.sign.bind(signer)
  let allowed = 1
  signer.sign = (bytes) => {
    allowed -= 1
    return allowed < 0 ? Promise.reject(new Error('away')) : sign(bytes)
  }
  await decide(desk, record.id, by, {})
  await seen(async () => {
    const [row] = await ctx.read.find('work', { kind: 'deliver' })
    return row?.lastCode === 'not_prepared' ? true : undefined
  })
  const { workers } = madoguchi.internals
  const pass = async (): Promise<void> => {
    clock.advance(31 * SECOND)
    await workers.reconcile()
    await workers.reconcile()
  }
  for (let at = 2; at < 20; at += 1) {
    await pass()
    await seen(async () => {
      const [row] = await ctx.read.find('work', { kind: 'deliver' })
      return row?.attempt === at && row.leaseUntil === null ? true : undefined
    })
  }
  expect((await ctx.read.find('delivery', {}))[0]).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(pushes).toHaveLength(0)
  allowed = 1_000
  await pass()
  const done = await seen(async () => (await ctx.read.find('delivery', { state: 'delivered' }))[0])
  expect(done.attempts).toBe(1)
})

it('skips the older outcome of a notice for the newer one', async () => {
  const { url, pushes } = await openEndpoint(status(500), status(200))
  const desk = await openTimedDesk({ callbackUrl: url })
  const { ctx, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const record = await readyCase(ctx, (await hotline.sendFixture('yamibaito_recruitment')).id)
  const { by } = await desk.operator('reviewer')
  await act(desk, record.id, by, 'remove')
  await seen(async () =>
    (await ctx.read.count('action', { state: 'pending' })) === 1 ? true : undefined,
  )
  clock.advance(24 * 3_600 * SECOND)
  await seenAfter(clock, SECOND, () => Promise.resolve(pushes.length === 1 ? true : undefined))
  await seen(async () => ((await ctx.read.find('delivery', {}))[0]?.attempts === 1 ? 1 : undefined))
  const [action] = await ctx.read.find('action', {})
  await madoguchi.actions.settle(action!.id, { kind: 'executed', at: clock.now() })
  await seen(async () => ((await ctx.read.count('delivery', {})) === 2 ? true : undefined))
  const rows = await seenAfter(clock, SECOND, async () => {
    const all = await ctx.read.find('delivery', {})
    return all.length === 2 && all.every(({ state }) => state !== 'waiting') ? all : undefined
  })
  const [older, newer] = await ctx.read.find('outcome', {}, { orderBy: 'revision' })
  const stateOf = (outcomeId?: string): string | undefined =>
    rows.find((row) => row.outcomeId === outcomeId)?.state
  expect([stateOf(older?.id), stateOf(newer?.id)]).toEqual(['skipped', 'delivered'])
  expect(pushes.map(({ outcome }) => outcome)).toEqual([older?.jws, newer?.jws])
})

it('is left to be fetched where the endpoint was taken from the registration', async () => {
  const { desk, delivery } = await declined([status(500)])
  const { ctx } = desk
  await seen(async () => ((await delivery()).attempts === 1 ? true : undefined))
  await changeSender(ctx, SYSTEM, HOTLINE, { callback_url: null })
  desk.clock.advance(MINUTE)
  const { workers } = desk.madoguchi.internals
  await workers.reconcile()
  await workers.reconcile()
  const left = await seen(async () => {
    const now = await delivery()
    return now.channel === 'poll' ? now : undefined
  })
  expect(left).toMatchObject({ state: 'waiting', attempts: 1, nextAt: null })
  expect(await ctx.read.count('work', {})).toBe(0)
})

it('goes to the registered endpoint, whatever the notice says of contacts', async () => {
  const lure = await openEndpoint(status(200))
  const { url, pushes } = await openEndpoint(status(200))
  const desk = await openTimedDesk({ callbackUrl: url })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture('yamibaito_recruitment', {
    contact_email: 'someone@lure.example',
    enquiry: lure.url,
    reasoning: `返信先: ${lure.url}`,
  })
  const { by } = await desk.operator('reviewer')
  await decide(desk, (await readyCase(ctx, accepted.id)).id, by, {})
  await seen(() => Promise.resolve(pushes.length === 1 ? true : undefined))
  expect(lure.pushes).toHaveLength(0)
  expect(pushes[0]?.path).toBe('/outcomes')
})
