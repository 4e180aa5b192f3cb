import { expect, it } from 'vitest'
import supertest, { type Response } from 'supertest'
import { ERRORS } from '../../src/errors/madoguchi-error.ts'
import { PROBLEM_STATUS } from '../../src/http/problem-status.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { openBareStore } from '../support/backing.ts'
import { newKeys, openDesk, type Desk } from '../support/desk.ts'
import { FaultyStore, type StoreFault } from '../support/faulty-store.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, json, postNotice } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const notice = json(noticeOf('yamibaito_recruitment'))

async function openFaulty(): Promise<{ desk: Desk; store: FaultyStore }> {
  const store = new FaultyStore(await openBareStore())
  return { store, desk: await openDesk({ adapters: { store } }) }
}

/** 503 with a time to wait, and nothing that reads as accepted. */
function expectLater(response: Response, code: string): void {
  expect([response.status, JSON.parse(response.text).code]).toEqual([503, code])
  expect(JSON.parse(response.text).retryable).toBe(true)
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
  expect(response.text).not.toContain('receipt":')
  expectMatchesOpenapi(response, 'post', '/v1/notices')
}

it.each<[StoreFault, string, number]>([
  ['unavailable', 'store_unavailable', 202],
  ['before_commit', 'store_unavailable', 202],
  ['unknown_lost', 'commit_unknown', 202],
  ['unknown_stored', 'commit_unknown', 202],
])('a store that fails (%s): %s, and the same again is taken', async (fault, code, again) => {
  const { desk, store } = await openFaulty()
  const app = appOf(desk)
  store.failNext(fault)
  expectLater(await postNotice(app, desk, notice), code)
  const second = await postNotice(app, desk, notice)
  expect(second.status).toBe(again)
  const isReplay = second.headers['idempotency-replayed'] === 'true'
  expect(isReplay).toBe(fault === 'unknown_stored')
  expect(await desk.madoguchi.internals.ctx.read.count('notice', {})).toBe(1)
})

it('a signer that fails: signer_unavailable, not ready, nothing stored', async () => {
  let isBroken = false
  const signer = createKeySigner(newKeys().signing)
  const sign = (bytes: Uint8Array): Promise<Uint8Array> =>
    isBroken ? Promise.reject(new Error('the key store is away')) : signer.sign(bytes)
  const desk = await openDesk({ adapters: { signer: { ...signer, sign } } })
  const app = appOf(desk)
  expect((await supertest(app).get('/ops/readyz')).status).toBe(200)
  isBroken = true
  expectLater(await postNotice(app, desk, notice), 'signer_unavailable')
  expect(await desk.madoguchi.internals.ctx.read.count('notice', {})).toBe(0)
  const ready = await supertest(app).get('/ops/readyz')
  expect(ready.status).toBe(503)
  expectMatchesOpenapi(ready, 'get', '/readyz')
  expect((await supertest(app).get('/ops/livez')).status).toBe(200)
})

it('a store that would not keep: not ready', async () => {
  const { desk, store } = await openFaulty()
  store.failNext('unavailable')
  const ready = await supertest(appOf(desk)).get('/ops/readyz')
  expect([ready.status, JSON.parse(ready.text).code]).toEqual([503, 'store_unavailable'])
})

it('more than 1,000 commands at once: overloaded, and the rest is accepted', async () => {
  const desk = await openDesk()
  const { committer } = desk.madoguchi.internals.ctx
  const waiting = Array.from({ length: 1_000 }, () =>
    committer.submit({
      name: 'test.wait',
      bytes: 1,
      locks: [],
      run: () => Promise.resolve({ result: undefined, events: [] }),
    }),
  )
  const refused = committer.submit({
    name: 'test.wait',
    bytes: 1,
    locks: [],
    run: () => Promise.resolve({ result: undefined, events: [] }),
  })
  await expect(refused).rejects.toMatchObject({ code: 'overloaded' })
  await Promise.all(waiting)
  expect((await postNotice(appOf(desk), desk, notice)).status).toBe(202)
})

it('a fault that nobody thought of: one fixed sentence, and its kind in the log', async () => {
  const desk = await openDesk()
  const { ctx } = desk.madoguchi.internals
  const secret = 'https://sns.example/secret'
  const broken = {
    internals: {
      ...desk.madoguchi.internals,
      ctx: {
        ...ctx,
        inFlight: { run: () => Promise.reject(new RangeError(secret)) },
      },
    },
  }
  const app = appOf({ ...desk, madoguchi: broken as unknown as Desk['madoguchi'] })
  const response = await postNotice(app, desk, notice)
  expect([response.status, JSON.parse(response.text).title]).toEqual([500, 'A fault on our side'])
  expectMatchesOpenapi(response, 'post', '/v1/notices')
  expect(response.text).not.toContain('secret')
  expect(JSON.stringify(desk.log.lines)).not.toContain('secret')
  expect(desk.log.lines).toContainEqual(
    expect.objectContaining({
      event: 'http.fault',
      fields: expect.objectContaining({ fault: 'RangeError' }),
    }),
  )
})

it('every code has a status, and only faults of ours are 5xx', () => {
  expect(Object.keys(PROBLEM_STATUS).sort()).toEqual(Object.keys(ERRORS).sort())
  const ours = Object.entries(PROBLEM_STATUS)
    .filter(([, status]) => status >= 500)
    .map(([code]) => code)
  expect(ours.sort()).toEqual([
    'body_already_parsed',
    'commit_unknown',
    'internal_error',
    'log_mismatch',
    'overloaded',
    'schema_ahead',
    'schema_behind',
    'signer_unavailable',
    'store_unavailable',
  ])
})
