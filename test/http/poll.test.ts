import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { appOf, json, MOUNT } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'
import { serve } from '../support/raw-http.ts'

const PATH = '/v1/outcomes/poll'

async function signed(desk: Desk, question: unknown): Promise<{ token: string; body: Buffer }> {
  const body = Buffer.from(json(question))
  return { body, token: await desk.hotline.token(body, {}, 'POST', PATH) }
}

async function ask(desk: Desk, question: unknown): Promise<Response> {
  const { token, body } = await signed(desk, question)
  const response = await supertest(appOf(desk))
    .post(`${MOUNT}${PATH}`)
    .set('authorization', `Bearer ${token}`)
    .set('content-type', 'application/json')
    .serialize((sent: unknown) => sent as string)
    .send(body)
  expectMatchesOpenapi(response, 'post', PATH)
  return response
}

it('a sender without an endpoint fetches its outcome and acknowledges it', async () => {
  const desk = await openDesk()
  const { read } = desk.madoguchi.internals.ctx
  await desk.madoguchi.start()
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment')
  const waiting = ask(desk, { maxEvents: 10 })
  const record = await until(async () => (await read.find('case', { state: 'ready' }))[0])
  const { by } = await desk.operator('reviewer')
  await desk.madoguchi.cases.claim(record.id, by)
  const command = { commandId: 'decline-1', expectedVersion: record.version, by, actions: [] }
  await desk.madoguchi.cases.decide(record.id, command)
  const { body } = (await waiting) as { body: { sets: object; ledger: object } }
  const [id = '', ...others] = Object.keys(body.sets)
  expect(others).toEqual([])
  expect(Object.keys(body.ledger)).toEqual([id])
  expect(await read.get('outcome', { id: id as never })).toMatchObject({ noticeId: accepted.id })
  const acknowledged = await ask(desk, { returnImmediately: true, ack: [id] })
  expect([acknowledged.status, acknowledged.body]).toEqual([200, { sets: {}, ledger: {} }])
})

it('answers a wrong question by name, and notes it for its sender', async () => {
  const desk = await openDesk()
  const { read, refusals } = desk.madoguchi.internals.ctx
  const answer = await ask(desk, { maxEvents: 'all' })
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  await refusals.flush()
  expect(await read.find('diagnosis', {})).toMatchObject([{ code: 'invalid_input' }])
  const app = appOf(desk)
  expect((await supertest(app).get(`${MOUNT}${PATH}`)).status).toBe(400)
  expect((await supertest(app).get(`${MOUNT}/v1/outcomes`)).status).toBe(404)
})

it('frees the place of a client that hangs up', async () => {
  const desk = await openDesk()
  const { polls } = desk.madoguchi.internals.ctx
  const port = await serve(appOf(desk))
  const { token, body } = await signed(desk, {})
  const client = new AbortController()
  const asked = fetch(`http://127.0.0.1:${port}${MOUNT}${PATH}`, {
    method: 'POST',
    body,
    signal: client.signal,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  }).catch(() => undefined)
  const holding = (count: number): Promise<true> =>
    until(() => Promise.resolve(polls.count === count ? true : undefined))
  await holding(1)
  client.abort()
  await asked
  await holding(0)
})
