import supertest, { type Response } from 'supertest'
import { beforeEach, describe, expect, it } from 'vitest'
import { publicJwkOf } from '../../src/cli/key-files.ts'
import { dayInJapan } from '../../src/core/time.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import { generatePrivateKey } from '../../src/signing/key-pem.ts'
import { HOTLINE, newKeys, openDesk, publicJwk, type Desk } from '../support/desk.ts'
import { fixtureStandard, noticeOf } from '../support/fixtures.ts'
import { appOf, json, postNotice, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi, type Method } from '../support/openapi.ts'

const NEW = {
  id: 'https://new.example/',
  name: '新しい通知元（架空）',
  type: 'hotline_private',
  tier: 'ordinary',
  agreed_rate_per_day: 100,
  agreed_band0_rate_per_day: 10,
}
const path = (id: string): string => `/v1/senders/${encodeURIComponent(id)}`
const ID = '/v1/senders/{id}'
const day = (by: number): string =>
  new Date(Date.now() + by * 86_400_000).toISOString().slice(0, 10)

let desk: Desk
const tokens = new Map<Role, string>()

beforeEach(async () => {
  desk = await openDesk()
  tokens.clear()
})

async function call(
  role: Role,
  method: Method,
  url: string,
  template: string,
  body?: object,
): Promise<Response> {
  const token = tokens.get(role) ?? (await desk.operator(role)).token
  tokens.set(role, token)
  const request = supertest(appOf(desk))
    [method](`${STAFF}${url}`)
    .set('authorization', `Bearer ${token}`)
  const response = await (body === undefined ? request : request.send(body))
  expectMatchesOpenapi(response, method, template)
  return response
}

async function types(): Promise<string[]> {
  const rows = await desk.madoguchi.internals.ctx.read.find('event', {}, { orderBy: 'seq' })
  return rows.map(({ type }) => type)
}

describe('senders', () => {
  const register = (body: object): Promise<Response> =>
    call('admin', 'post', '/v1/senders', '/v1/senders', body)

  it('are registered once, listed, and read with their keys', async () => {
    const made = await register(NEW)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...NEW,
      state: 'active',
      nature: 'voluntary_request',
      commission: null,
    })
    expect((await register(NEW)).body.code).toBe('already')
    const list = await call('reviewer', 'get', '/v1/senders', '/v1/senders')
    expect((list.body.items as { id: string }[]).map((each) => each.id)).toContain(NEW.id)
    expect((await types()).at(-1)).not.toBe('sender.registered')
    expect(await types()).toContain('sender.registered')
  })

  it('of another nature than the default of their type need a reason and a document', async () => {
    const other = { ...NEW, nature: 'administrative_guidance' }
    expect((await register(other)).body.errors[0].pointer).toBe('/nature_reason')
    const reasoned = { ...other, nature_reason: 'by contract', nature_document: 'No. 12' }
    expect((await register(reasoned)).status).toBe(201)
    const back = await call('admin', 'patch', path(NEW.id), ID, { tier: 'verified' })
    expect(back.body).toMatchObject({ tier: 'verified', nature: 'administrative_guidance' })
  })

  it.each(['https://10.0.0.1/in', 'https://localhost.localdomain:444/in', 'http://new.example/in'])(
    'with an endpoint that answers must not go to are refused: %s',
    async (callback_url) => {
      expect((await register({ ...NEW, callback_url })).body.code).toBe('endpoint_refused')
      const changed = await call('admin', 'patch', path(HOTLINE), ID, { callback_url })
      expect(changed.body.code).toBe('endpoint_refused')
    },
  )

  it('are changed member by member, never in who they are', async () => {
    const changed = await call('admin', 'patch', path(HOTLINE), ID, {
      state: 'suspended',
      scope: ['crime_recruitment'],
    })
    expect(changed.body).toMatchObject({
      id: HOTLINE,
      state: 'suspended',
      scope: ['crime_recruitment'],
    })
    expect(await types()).toContain('sender.changed')
    for (const body of [
      { id: NEW.id },
      { type: 'police_national' },
      { created_at: 'x' },
      { tier: 'top' },
    ])
      expect((await call('admin', 'patch', path(HOTLINE), ID, body)).status).toBe(422)
    const same = await call('admin', 'patch', path(HOTLINE), ID, { state: 'suspended' })
    expect(same.body.code).toBe('already')
    expect((await call('admin', 'patch', path(NEW.id), ID, { tier: 'verified' })).status).toBe(404)
  })

  it('are registered by an admin only', async () => {
    for (const role of ['reviewer', 'lead', 'auditor', 'integrator', 'child_safety'] as const)
      expect((await call(role, 'post', '/v1/senders', '/v1/senders', NEW)).status).toBe(403)
  })

  it('start anew where an admin resets their clock', async () => {
    await desk.hotline.sendFixture('yamibaito_recruitment')
    const { read } = desk.madoguchi.internals.ctx
    expect(await read.count('senderClock', { senderId: HOTLINE })).toBe(1)
    const reset = await call('admin', 'post', `${path(HOTLINE)}/clock-reset`, `${ID}/clock-reset`)
    expect(reset.status).toBe(200)
    expect(await read.count('senderClock', { senderId: HOTLINE })).toBe(0)
    expect(await types()).toContain('clock.reset')
  })
})

describe('keys', () => {
  const KEYS = `${ID}/keys`
  it('are registered under their thumbprint and revoked for good', async () => {
    const jwk = publicJwk(newKeys().log)
    const made = await call('admin', 'post', `${path(HOTLINE)}/keys`, KEYS, jwk)
    expect(made.body).toMatchObject({ sender_id: HOTLINE, alg: 'EdDSA', state: 'active' })
    const { kid } = made.body
    expect((await call('admin', 'post', `${path(HOTLINE)}/keys`, KEYS, jwk)).body.code).toBe(
      'already',
    )
    const revoke = `${path(HOTLINE)}/keys/${kid}/revocation`
    const template = `${KEYS}/{kid}/revocation`
    expect((await call('admin', 'post', revoke, template)).body.state).toBe('revoked')
    expect((await call('admin', 'post', revoke, template)).body.code).toBe('already')
    expect((await call('admin', 'post', `${path(HOTLINE)}/keys`, KEYS, jwk)).body.code).toBe(
      'already',
    )
    const sender = await call('auditor', 'get', path(HOTLINE), ID)
    expect(sender.body.keys).toContainEqual(expect.objectContaining({ kid, state: 'revoked' }))
    expect(await types()).toEqual(expect.arrayContaining(['key.registered', 'key.revoked']))
  })

  it('of RSA go from pending to active, retiring and revoked', async () => {
    const jwk = publicJwkOf(generatePrivateKey('PS256'), 'PS256')
    const keys = `${path(HOTLINE)}/keys`
    const made = await call('admin', 'post', keys, KEYS, { ...jwk, not_before: null })
    expect(made.body).toMatchObject({ alg: 'PS256', state: 'pending', not_before: null })
    const { kid } = made.body
    const step = (noun: string, body?: object): Promise<Response> =>
      call('admin', 'post', `${keys}/${kid}/${noun}`, `${KEYS}/{kid}/${noun}`, body)
    expect((await step('retirement', {})).body.code).toBe('key_state_conflict')
    expect((await step('activation')).body).toMatchObject({ state: 'active' })
    const until = '2999-01-01T00:00:00.000Z'
    expect((await step('retirement', { retire_at: until })).body).toMatchObject({
      state: 'retiring',
      retire_at: until,
    })
    expect((await step('revocation')).body).toMatchObject({ state: 'revoked' })
    const later = { ...publicJwkOf(generatePrivateKey('ES256')), not_before: until }
    expect((await call('admin', 'post', keys, KEYS, later)).body).toMatchObject({
      state: 'pending',
      not_before: until,
    })
  })

  it('with a private member, or of a sender that is not there, are refused', async () => {
    const secret = newKeys().hotline.export({ format: 'jwk' })
    const refused = await call('admin', 'post', `${path(HOTLINE)}/keys`, KEYS, secret)
    expect(refused.body.errors).toEqual([{ pointer: '/d', keyword: 'not' }])
    const key = publicJwk(newKeys().hotline)
    expect((await call('admin', 'post', `${path(NEW.id)}/keys`, KEYS, key)).status).toBe(404)
  })
})

describe('standards', () => {
  const publish = (changes: object): Promise<Response> =>
    call('lead', 'post', '/v1/standards', '/v1/standards', { ...fixtureStandard, ...changes })

  it('a new version ends the one before it; none is edited', async () => {
    const next = { version: 'next', published_on: day(0), effective_on: day(10) }
    expect((await publish(next)).status).toBe(201)
    expect((await publish(next)).body.code).toBe('already')
    const list = await call('reviewer', 'get', '/v1/standards', '/v1/standards')
    const ends = Object.fromEntries(
      (list.body.items as { version: string; ends_on: string | null }[]).map((each) => [
        each.version,
        each.ends_on,
      ]),
    )
    expect(ends).toEqual({ [fixtureStandard.version]: day(9), next: null })
  })

  it.each([
    { effective_on: '2026-01-01', published_on: '2026-02-01' },
    { ends_on: '2020-01-01' },
    { clauses: [...fixtureStandard.clauses, fixtureStandard.clauses[0]!] },
  ])('that make no sense are refused: %o', async (changes) => {
    expect((await publish({ version: 'odd', ...changes })).body.code).toBe('invalid_input')
  })
})

describe('operators', () => {
  const add = (body: object): Promise<Response> =>
    call('admin', 'post', '/v1/operators', '/v1/operators', body)

  it('get a token once, and none of it is kept', async () => {
    const made = await add({ name: '担当A', role: 'reviewer' })
    expect(made.status).toBe(201)
    const { id, token } = made.body
    const { read } = desk.madoguchi.internals.ctx
    expect(JSON.stringify(await read.find('operator', {}))).not.toContain(token)
    const list = await call('auditor', 'get', '/v1/operators', '/v1/operators')
    expect(list.text).not.toContain(token)
    const cases = (): Promise<Response> =>
      supertest(appOf(desk))
        .get(`${STAFF}/v1/cases`)
        .set('authorization', `Bearer ${token}`)
        .then((each) => each)
    expect((await cases()).status).toBe(200)
    const removed = await call(
      'admin',
      'post',
      `/v1/operators/${id}/removal`,
      '/v1/operators/{id}/removal',
    )
    expect(removed.body).toMatchObject({ id, state: 'removed' })
    expect((await cases()).body.code).toBe('unauthenticated')
  })

  it.each([
    { name: '担当A', role: 'king' },
    { name: '', role: 'lead' },
    { name: 'a <b>', role: 'lead' },
    { name: 'a' },
    {},
  ])('that are no operators are refused: %o', async (body) => {
    expect((await add(body)).body.code).toBe('invalid_input')
  })

  it('share no pseudonym, and nobody is called system', async () => {
    expect((await add({ name: '担当A', role: 'lead' })).status).toBe(201)
    expect((await add({ name: '担当A', role: 'lead' })).body.code).toBe('already')
    expect((await add({ name: 'system', role: 'lead' })).body.code).toBe('already')
  })
})

describe('counts and what was given up', () => {
  it('statistics are counts of a period, none below five', async () => {
    const day = dayInJapan(Date.now())
    const ask = (query: string): Promise<Response> =>
      call('lead', 'get', `/v1/statistics?from=${day}${query}`, '/v1/statistics')
    const send = (at: number): Promise<unknown> =>
      desk.hotline.send(
        noticeOf('yamibaito_recruitment', {
          id: `counted-${at}`,
          target: { url: `https://sns.example/counted/${at}` },
        }),
      )
    await send(0)
    const few = await ask('')
    expect(few.body).toMatchObject({
      from: day,
      to: day,
      lanes: [{ lane: 'voluntary_illegal', notices: null, declines: null, measures: {} }],
    })
    for (const at of [1, 2, 3, 4]) await send(at)
    const many = await ask('')
    expect(many.body.lanes[0].notices).toMatchObject({ total: 5, counts: [5, 0, 0, 0, 0, 0] })
    const { size } = few.body as { size: number }
    expect((await ask(`&size=${size}`)).body.lanes).toEqual(few.body.lanes)
    expect(many.text).not.toMatch(/rate/)
    for (const wrong of ['&to=2026-1-1', '&size=-1', '&size=99999999', '&until=x'])
      expect((await ask(wrong)).body.code, wrong).toBe('invalid_input')
  })

  it('diagnoses of a sender hold codes and sizes only', async () => {
    await postNotice(
      appOf(desk),
      desk,
      json(noticeOf('yamibaito_recruitment', { reasoning: undefined })),
    )
    await expect
      .poll(async () => {
        await desk.madoguchi.internals.ctx.refusals.flush()
        const url = `${path(HOTLINE)}/diagnoses`
        return (await call('integrator', 'get', url, `${ID}/diagnoses`)).body.items as unknown
      })
      .toEqual([expect.objectContaining({ code: 'schema_mismatch', kid: desk.hotline.kid })])
  })

  it('dead letters are listed and brought back', async () => {
    const { ctx } = desk.madoguchi.internals
    const id = ctx.random.id('wrk')
    await ctx.committer.submit({
      name: 'test.bury',
      bytes: 1,
      locks: [],
      run: async (tx) => {
        await tx.insert('work', {
          id,
          kind: 'handle',
          subjectId: ctx.random.id('evt'),
          groupKey: 'notice.accepted/page',
          band: 1,
          goalAt: 1,
          position: 1,
          state: 'dead',
          nextAt: 1,
          attempt: 7,
          leaseUntil: null,
          lastCode: 'threw',
        })
        return { result: undefined, events: [] }
      },
    })
    const list = await call('integrator', 'get', '/v1/dead-letters', '/v1/dead-letters')
    expect(list.body.items).toMatchObject([{ id, handler: 'notice.accepted/page', attempt: 7 }])
    const revive = (): Promise<Response> =>
      call('integrator', 'post', `/v1/dead-letters/${id}/revival`, '/v1/dead-letters/{id}/revival')
    expect((await revive()).body.attempt).toBe(0)
    expect((await revive()).body.code).toBe('already')
    expect(await ctx.read.get('work', { id })).toMatchObject({ state: 'due' })
    expect(await ctx.read.count('event', { type: 'work.revived' })).toBe(1)
  })
})

it('operator tokens are words of our own form, and a lower-case scheme is the same scheme', async () => {
  const { token } = await desk.operator('admin')
  const get = async (authorization: string): Promise<number> =>
    (await supertest(appOf(desk)).get(`${STAFF}/v1/senders`).set({ authorization })).status
  expect(await get(`bearer ${token}`)).toBe(200)
  for (const wrong of [
    `Bearer ${token}x`,
    `Bearer ${token} `.slice(0, -2),
    `Basic ${token}`,
    'Bearer mdgo_',
  ])
    expect(await get(wrong)).toBe(401)
})
