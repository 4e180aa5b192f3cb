import { createLocalJWKSet, compactVerify, type JSONWebKeySet } from 'jose'
import supertest, { type Response } from 'supertest'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { thumbprint } from '../../src/signing/jwk.ts'
import { HOTLINE, newKeys, openDesk, publicJwk, until, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, json, MOUNT, postNotice } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const nothing = new Uint8Array()
const notice = (n: number, changes: Record<string, unknown> = {}) =>
  noticeOf('yamibaito_recruitment', { id: `notice-${String(n).padStart(4, '0')}`, ...changes })

async function get(desk: Desk, path: string, query = ''): Promise<Response> {
  const token = await desk.hotline.token(nothing, {}, 'GET', path)
  return await supertest(appOf(desk))
    .get(`${MOUNT}${path}${query}`)
    .set('authorization', `Bearer ${token}`)
}

describe('POST /v1/notices', () => {
  it('answers 202 with a receipt, and a replay with the same receipt', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    const first = await postNotice(app, desk, json(notice(1)))
    expect(first.status).toBe(202)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expectMatchesOpenapi(first, 'post', '/v1/notices')
    const again = await postNotice(app, desk, json(notice(1)))
    expect(again.status).toBe(202)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expectMatchesOpenapi(again, 'post', '/v1/notices')
    expect([again.body.id, again.body.receipt]).toEqual([first.body.id, first.body.receipt])
  })

  it('two of the same at once get one receipt', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    const both = await Promise.all([1, 1, 1].map((n) => postNotice(app, desk, json(notice(n)))))
    expect(both.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(new Set(both.map(({ body }) => (body as { receipt: string }).receipt)).size).toBe(1)
    expect(await desk.madoguchi.internals.ctx.read.count('notice', {})).toBe(1)
  })

  it('the receipt is signed by a key of jwks.json', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    const { body } = await postNotice(app, desk, json(notice(1)))
    const jwks = await supertest(app).get('/.well-known/jwks.json')
    expectMatchesOpenapi(jwks, 'get', '/.well-known/jwks.json')
    const keys = createLocalJWKSet(JSON.parse(jwks.text) as JSONWebKeySet)
    const { protectedHeader } = await compactVerify(String(body.receipt), keys)
    expect(protectedHeader.typ).toBe('mdg-receipt+jwt')
  })
})

describe('GET /v1/notices/{id}', () => {
  it('tells the status by the own id and by ours, from received to the outcome', async () => {
    const desk = await openDesk()
    const { madoguchi } = desk
    const { body: accepted } = await postNotice(appOf(desk), desk, json(notice(1)))
    const received = await get(desk, '/v1/notices/notice-0001')
    expect(received.status).toBe(200)
    expectMatchesOpenapi(received, 'get', '/v1/notices/{id}')
    expect(received.body).toMatchObject({
      status: 'received',
      outcome: null,
      receipt: accepted.receipt,
    })
    expect(received.text).not.toMatch(/goal|tier|case/)

    await madoguchi.start()
    const { read } = madoguchi.internals.ctx
    const record = await until(async () => (await read.find('case', { state: 'ready' }))[0])
    const ours = await get(desk, `/v1/notices/${accepted.id}`)
    expect(ours.body).toMatchObject({ id: accepted.id, status: 'under_review', outcome: null })

    const { by } = await desk.operator('reviewer')
    await madoguchi.cases.claim(record.id, by)
    const decided = await madoguchi.cases.decide(record.id, {
      commandId: 'decline-1',
      expectedVersion: record.version,
      by,
      actions: [],
      declineReason: 'unspecified',
    })
    expect(decided).toMatchObject({ ok: true })
    await until(async () => (await read.find('outcome', { noticeId: accepted.id }))[0])
    const done = await get(desk, '/v1/notices/notice-0001')
    expectMatchesOpenapi(done, 'get', '/v1/notices/{id}')
    expect(done.body.status).toBe('no_measure')
    expect(done.body.outcome_proof).toContain('c2sp.org/tlog-proof@v1')
    const claims = JSON.parse(
      Buffer.from(String(done.body.outcome).split('.')[1]!, 'base64url').toString(),
    )
    expect(claims).toMatchObject({ iss: 'https://sns.example/madoguchi', sub: 'notice-0001' })
  })

  it('is not_found for another sender, in the same words as for nothing at all', async () => {
    const desk = await openDesk()
    const { ctx } = desk.madoguchi.internals
    const { body } = await postNotice(appOf(desk), desk, json(notice(1)))
    const other = 'https://hotline2.example/'
    const { hotline: key } = newKeys()
    await registerKey(ctx, SYSTEM, other, publicJwk(key))
    for (const id of [body.id as string, 'notice-0001', 'nothing-at-all']) {
      const path = `/v1/notices/${id}`
      const token = await makeRequestToken({
        privateKey: key,
        kid: thumbprint(publicJwk(key)),
        issuer: other,
        audience: ctx.config.issuer,
        method: 'GET',
        url: `${ctx.config.publicUrl}${path}`,
        body: nothing,
        contentType: undefined,
        now: ctx.clock.now(),
        jti: `jti-of-the-other-${id.length}`,
      })
      const response = await supertest(appOf(desk))
        .get(`${MOUNT}${path}`)
        .set('authorization', `Bearer ${token}`)
      expect([response.status, response.body.code]).toEqual([404, 'not_found'])
      expectMatchesOpenapi(response, 'get', '/v1/notices/{id}')
    }
  })
})

describe('GET /v1/notices', () => {
  it('pages through in order of arrival, each once, and keeps to a reference number', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    for (let n = 1; n <= 5; n += 1)
      await postNotice(app, desk, json(notice(n, { reference_no: n === 3 ? '三' : `R-${n}` })))
    const seen: string[] = []
    let query = '?limit=2'
    for (let page = 0; page < 3; page += 1) {
      const response = await get(desk, '/v1/notices', query)
      expectMatchesOpenapi(response, 'get', '/v1/notices')
      seen.push(
        ...(response.body.items as { sender_notice_id: string }[]).map(
          (item) => item.sender_notice_id,
        ),
      )
      if (response.body.next_cursor === null) break
      query = `?limit=2&cursor=${response.body.next_cursor}`
    }
    expect(seen).toEqual([1, 2, 3, 4, 5].map((n) => `notice-000${n}`))
    const third = await get(desk, '/v1/notices', `?reference_no=${encodeURIComponent('三')}`)
    expect(third.body.items).toHaveLength(1)
  })

  it('since keeps what arrived then or later', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    await postNotice(app, desk, json(notice(1)))
    const { read } = desk.madoguchi.internals.ctx
    const [first] = await read.find('notice', {})
    const at = (by: number): string => new Date(first!.receivedAt + by).toISOString()
    expect((await get(desk, '/v1/notices', `?since=${at(0)}`)).body.items).toHaveLength(1)
    expect((await get(desk, '/v1/notices', `?since=${at(1)}`)).body.items).toHaveLength(0)
  })

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=1&limit=2',
    '?since=yesterday',
    '?cursor=%00',
    '?x=1',
  ])('refuses %s', async (query) => {
    const response = await get(await openDesk(), '/v1/notices', query)
    expect([response.status, response.body.code]).toEqual([422, 'invalid_input'])
    expectMatchesOpenapi(response, 'get', '/v1/notices')
  })
})

it.each([
  ['delete', '/v1/notices', 400, 'malformed_request'],
  ['put', '/v1/notices/x', 400, 'malformed_request'],
  ['get', '/v1/notices/x/y/z', 404, 'not_found'],
  ['get', '/v1/ledger', 404, 'not_found'],
  ['get', '/v1/notices/%ff', 400, 'malformed_request'],
] as const)('%s %s is %d %s', async (method, path, status, code) => {
  const response = await supertest(appOf(await openDesk()))[method](`${MOUNT}${path}`)
  expect([response.status, JSON.parse(response.text).code]).toEqual([status, code])
})

it('leaves every other path to the platform', async () => {
  const app = appOf(await openDesk())
  app.get(`${MOUNT}/v1/other`, (_req, res) => {
    res.send('the platform')
  })
  expect((await supertest(app).get(`${MOUNT}/v1/other`)).text).toBe('the platform')
})

describe('GET /v1/registration', () => {
  it('tells a sender its own tier and why, its goals and what could be better, signed by itself', async () => {
    const desk = await openDesk()
    const { ctx } = desk.madoguchi.internals
    const tier_reason = { ja: '認定による', en: 'by accreditation' }
    await changeSender(ctx, SYSTEM, HOTLINE, { tier_reason })
    const own = await get(desk, '/v1/registration')
    expect(own.status).toBe(200)
    expectMatchesOpenapi(own, 'get', '/v1/registration')
    expect(own.body).toMatchObject({
      id: HOTLINE,
      tier: 'priority',
      tier_reason,
      own_goal_minutes: 240,
      band0_goal_minutes: 15,
      quality: { closed: 0, needed: 20, counts: null },
    })
    const unsigned = await supertest(appOf(desk)).get(`${MOUNT}/v1/registration`)
    expect(unsigned.body.code).toBe('signature_missing')
    const wrong = await supertest(appOf(desk)).post(`${MOUNT}/v1/registration`)
    expect(wrong.body.code).toBe('malformed_request')
  })
})
