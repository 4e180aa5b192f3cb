import { createLocalJWKSet, compactVerify, type JSONWebKeySet } from 'jose'
import supertest, { type Response } from 'supertest'
import { describe, expect, it } from 'vitest'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, json, MOUNT, postNotice } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const KINDS = ['withdrawal', 'supplement'] as const
type Kind = (typeof KINDS)[number]
const bodyOf = (kind: Kind, id = `${kind}-0001`): Record<string, unknown> =>
  kind === 'supplement' ? { id, text: '続報です。' } : { id }

async function post(
  desk: Desk,
  kind: Kind,
  notice: string,
  body: unknown,
  claims: Record<string, unknown> = {},
): Promise<Response> {
  const path = `/v1/notices/${notice}/${kind}`
  const bytes = body instanceof Uint8Array ? body : json(body)
  return await supertest(appOf(desk))
    .post(`${MOUNT}${path}`)
    .set('content-type', 'application/json')
    .set('authorization', `Bearer ${await desk.hotline.token(bytes, claims, 'POST', path)}`)
    .serialize((sent: unknown) => sent as string)
    .send(Buffer.from(bytes))
}

async function read(desk: Desk, path: string): Promise<Response> {
  const token = await desk.hotline.token(new Uint8Array(), {}, 'GET', path)
  return await supertest(appOf(desk)).get(`${MOUNT}${path}`).set('authorization', `Bearer ${token}`)
}

async function deskWithNotice(): Promise<{ desk: Desk; id: string }> {
  const desk = await openDesk()
  const sent = await postNotice(
    appOf(desk),
    desk,
    json(noticeOf('yamibaito_recruitment', { id: 'notice-0001' })),
  )
  return { desk, id: String(sent.body.id) }
}

describe.each(KINDS)('POST /v1/notices/{id}/%s', (kind) => {
  it('answers 202 with a receipt that a key of jwks.json signed, and a replay with the same', async () => {
    const { desk, id } = await deskWithNotice()
    const first = await post(desk, kind, 'notice-0001', bodyOf(kind))
    expect(first.status).toBe(202)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    const jwks = await supertest(appOf(desk)).get('/.well-known/jwks.json')
    const keys = createLocalJWKSet(JSON.parse(jwks.text) as JSONWebKeySet)
    const { protectedHeader, payload } = await compactVerify(String(first.body.receipt), keys)
    expect(protectedHeader.typ).toBe('mdg-receipt+jwt')
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      sub: `${kind}-0001`,
      notice: id,
      message: first.body.id,
    })
    const again = await post(desk, kind, id, bodyOf(kind))
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([202, 'true'])
    expect([again.body.id, again.body.receipt]).toEqual([first.body.id, first.body.receipt])
    for (const answer of [first, again])
      expectMatchesOpenapi(answer, 'post', `/v1/notices/{id}/${kind}`)
  })

  it('refuses what is wrong by its name, and stores nothing of it', async () => {
    const { desk } = await deskWithNotice()
    const wrong: readonly (readonly [string, number, Promise<Response>])[] = [
      ['not_found', 404, post(desk, kind, 'notice-9999', bodyOf(kind))],
      ['schema_mismatch', 422, post(desk, kind, 'notice-0001', { ...bodyOf(kind), more: 1 })],
      ['schema_mismatch', 422, post(desk, kind, 'notice-0001', { ...bodyOf(kind), id: 'short' })],
      ['schema_mismatch', 422, post(desk, kind, 'notice-0001', bodyOf(kind, 'ntc_not-mine'))],
      ['malformed_json', 400, post(desk, kind, 'notice-0001', new TextEncoder().encode('{"id":'))],
      ['notice_id_reused', 422, post(desk, kind, 'notice-0001', bodyOf(kind, 'notice-0001'))],
      ['wrong_audience', 401, post(desk, kind, 'notice-0001', bodyOf(kind), { aud: 'https://x/' })],
      [
        'wrong_method_or_url',
        401,
        post(desk, kind, 'notice-0001', bodyOf(kind), {
          htu: 'https://sns.example/madoguchi/v1/notices',
        }),
      ],
    ]
    for (const [code, status, answer] of wrong) {
      const { body, status: got } = await answer
      expect([(body as { code: string }).code, got]).toEqual([code, status])
      expectMatchesOpenapi(await answer, 'post', `/v1/notices/{id}/${kind}`)
    }
    expect(await desk.madoguchi.internals.ctx.read.count('message', {})).toBe(0)
    expect(await desk.madoguchi.internals.ctx.read.count('tokenId', {})).toBe(1)
  })
})

it('bounds what a supplement may hold', async () => {
  const { desk } = await deskWithNotice()
  const send = async (more: object) =>
    (await post(desk, 'supplement', 'notice-0001', { ...bodyOf('supplement'), ...more })).status
  expect(await send({ text: 'あ'.repeat(10_001) })).toBe(422)
  expect(await send({ text: 'a\u0007' })).toBe(422)
  expect(
    await send({ locators: Array.from({ length: 21 }, () => 'https://sns.example/p/1') }),
  ).toBe(422)
  expect(await send({ answers: 'qst_1' })).toBe(422)
  expect(
    await send({ locators: ['https://sns.example/p/1#reply'], text: 'あ'.repeat(10_000) }),
  ).toBe(202)
})

it('GET shows how the notice stands, and the messages with what proves them', async () => {
  const { desk, id } = await deskWithNotice()
  await desk.madoguchi.start({ work: true })
  await until(async () =>
    (await read(desk, `/v1/notices/${id}`)).body.status === 'under_review' ? true : undefined,
  )
  const extra = await post(desk, 'supplement', id, bodyOf('supplement'))
  const revised = await postNotice(
    appOf(desk),
    desk,
    json(noticeOf('yamibaito_recruitment', { id: 'notice-0002', supersedes: 'notice-0001' })),
  )
  const taken = await post(desk, 'withdrawal', 'notice-0002', bodyOf('withdrawal'))
  const first = await read(desk, '/v1/notices/notice-0001')
  const second = await read(desk, '/v1/notices/notice-0002')
  const list = await read(desk, '/v1/notices')
  expect(first.body).toMatchObject({
    status: 'superseded',
    superseded_by: revised.body.id,
    messages: [
      {
        id: extra.body.id,
        kind: 'supplement',
        receipt: extra.body.receipt,
        entry: extra.body.entry,
      },
    ],
  })
  expect(second.body).toMatchObject({
    status: 'withdrawn',
    supersedes: id,
    messages: [{ id: taken.body.id, kind: 'withdrawal', receipt: taken.body.receipt }],
  })
  const statuses = (list.body as { items: { status: string }[] }).items.map(({ status }) => status)
  expect(statuses).toEqual(['superseded', 'withdrawn'])
  expectMatchesOpenapi(first, 'get', '/v1/notices/{id}')
  expectMatchesOpenapi(second, 'get', '/v1/notices/{id}')
  expectMatchesOpenapi(list, 'get', '/v1/notices')
})
