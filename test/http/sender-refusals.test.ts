import { randomBytes } from 'node:crypto'
import supertest, { type Response } from 'supertest'
import { afterEach, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { revokeKey } from '../../src/app/revoke-key.ts'
import { HOTLINE, newKeys, openDesk, TestHotline, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, json, MOUNT, postNotice } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const PATH = '/v1/notices'
const notice = (changes: Record<string, unknown> = {}) => noticeOf('yamibaito_recruitment', changes)
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

let desk: Desk | undefined

afterEach(() => {
  desk = undefined
})

/** A refusal as openapi.yaml documents it, in both languages, that stored nothing and echoes nothing. */
async function expectRefused(response: Response, status: number, code: string): Promise<void> {
  expect(JSON.parse(response.text)).toMatchObject({ status, code })
  expectMatchesOpenapi(response, 'post', PATH)
  expect(response.headers['cache-control']).toBe('no-store')
  const { read } = desk!.madoguchi.internals.ctx
  expect(await read.count('notice', {})).toBe(0)
  expect(await read.count('tokenId', {})).toBe(0)
}

async function send(
  body: Uint8Array,
  changes: Parameters<typeof postNotice>[3] = {},
): Promise<Response> {
  desk ??= await openDesk()
  return postNotice(appOf(desk), desk, body, changes)
}

async function bare(headers: Record<string, string>): Promise<Response> {
  desk ??= await openDesk()
  return supertest(appOf(desk))
    .post(`${MOUNT}${PATH}`)
    .set('content-type', 'application/json')
    .set(headers)
    .send(JSON.stringify(notice()))
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const forged = (header: object): string =>
  `${part({ typ: 'mdg-req+jwt', kid: 'k', ...header })}.${part({ iss: HOTLINE })}.${'A'.repeat(86)}`
const seconds = (by: number): number => Math.floor(Date.now() / 1000) + by

describe('what is wrong with the signature', () => {
  it('signature_missing', async () => {
    await expectRefused(await bare({}), 401, 'signature_missing')
  })

  it.each([
    ['no JWS at all', { authorization: 'Bearer abc' }],
    ['another scheme', { authorization: 'Basic abc' }],
    ['two tokens', { authorization: 'Bearer a.b.c d.e.f' }],
    ['both headers', { authorization: 'Bearer a.b.c', 'madoguchi-signature': 'a.b.c' }],
    ['alg none', { authorization: `Bearer ${forged({ alg: 'none' })}` }],
    ['alg HS256', { authorization: `Bearer ${forged({ alg: 'HS256' })}` }],
    ['crit', { authorization: `Bearer ${forged({ alg: 'ES256', crit: ['exp'] })}` }],
    ['a key of its own', { authorization: `Bearer ${forged({ alg: 'ES256', jwk: {} })}` }],
  ])('malformed_token: %s', async (_name, headers) => {
    await expectRefused(await bare(headers), 400, 'malformed_token')
  })

  it.each([
    ['malformed_claims', 400, { body_sha256: 'x' }],
    ['malformed_claims', 400, { exp: seconds(3_600) }],
    ['malformed_claims', 400, { aud: ['https://sns.example/madoguchi'] }],
    ['malformed_claims', 400, { cty: 'text/plain' }],
    ['time_skew', 401, { iat: seconds(-3_600), exp: seconds(-3_400) }],
    ['time_skew', 401, { iat: seconds(3_600), exp: seconds(3_700) }],
    ['wrong_audience', 401, { aud: 'https://other.example' }],
    ['wrong_method_or_url', 401, { htm: 'GET' }],
    ['wrong_method_or_url', 401, { htu: 'https://sns.example/madoguchi/v1/other' }],
    ['signature_rejected', 401, { iss: 'https://unknown.example/' }],
  ])('%s %d', async (code, status, claims) => {
    await expectRefused(await send(json(notice()), { claims }), status, code)
  })

  it('body_hash_mismatch', async () => {
    const response = await send(json(notice()), { signed: json(notice({ reasoning: 'other' })) })
    await expectRefused(response, 401, 'body_hash_mismatch')
  })

  it('signature_rejected, for another key as for an unknown one', async () => {
    desk = await openDesk()
    const stranger = new TestHotline(desk.madoguchi, newKeys().hotline)
    const body = json(notice())
    const answer = await bare({ authorization: `Bearer ${await stranger.token(body)}` })
    await expectRefused(answer, 401, 'signature_rejected')
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  })

  it('key_revoked and sender_suspended, told to the holder of the key only', async () => {
    desk = await openDesk()
    const { ctx } = desk.madoguchi.internals
    await changeSender(ctx, SYSTEM, HOTLINE, { state: 'suspended' })
    await expectRefused(await send(json(notice())), 403, 'sender_suspended')
    await changeSender(ctx, SYSTEM, HOTLINE, { state: 'active' })
    await revokeKey(ctx, SYSTEM, HOTLINE, desk.hotline.kid)
    await expectRefused(await send(json(notice())), 401, 'key_revoked')
  })

  it('tells the time with time_skew', async () => {
    const claims = { iat: seconds(-3_600), exp: seconds(-3_400) }
    const { server_time } = JSON.parse((await send(json(notice()), { claims })).text)
    expect(Math.abs(Date.parse(String(server_time)) - Date.now())).toBeLessThan(10_000)
  })
})

describe('what is wrong with the body', () => {
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`
  it.each([
    ['no JSON', text('{"id":')],
    ['bad UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['a BOM', text('\uFEFF{}')],
    ['a key twice', text('{"id":"aaaaaaaa","id":"bbbbbbbb"}')],
    ['a key twice, escaped', text('{"id":"aaaaaaaa","\\u0069d":"bbbbbbbb"}')],
    ['__proto__', text('{"__proto__":{"form":"x"}}')],
    ['too deep', text(deep)],
    ['a number too big', text('{"id":12345678901234567890}')],
    ['infinity', text('{"id":1e400}')],
    ['a lone surrogate', text('{"id":"\\ud800aaaaaaa"}')],
  ])('malformed_json: %s', async (_name, body) => {
    await expectRefused(await send(body), 400, 'malformed_json')
  })

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-7' }],
    ['a parameter', { 'content-type': 'application/json; profile=x' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('unsupported_media_type: %s', async (_name, headers) => {
    await expectRefused(await send(json(notice()), { headers }), 415, 'unsupported_media_type')
  })

  it('takes a charset of utf-8', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' }
    expect((await send(json(notice()), { headers })).status).toBe(202)
  })

  it.each([
    [
      'schema_mismatch',
      notice({ reasoning: undefined }),
      { pointer: '/reasoning', keyword: 'required' },
    ],
    ['schema_mismatch', notice({ id: 'ntc_mine_12345' }), { pointer: '/id' }],
    [
      'schema_mismatch',
      notice({ hidden: 'https://x.example' }),
      { keyword: 'additionalProperties' },
    ],
    ['unknown_form', notice({ form: 'postcard' }), { pointer: '/form' }],
    ['form_not_open', notice({ form: 'individual_warning' }), { pointer: '/form' }],
  ])('%s', async (code, body, fault) => {
    const response = await send(json(body))
    await expectRefused(response, 422, code)
    expect(JSON.parse(response.text).errors).toEqual([expect.objectContaining(fault)])
    expect(response.text).not.toContain('x.example')
  })

  it('names suspected_category where form 2 comes with legal_provisions', async () => {
    const body = noticeOf('handgun_sale', { legal_provisions: ['x'] })
    const response = await send(json(body))
    await expectRefused(response, 422, 'schema_mismatch')
    expect(JSON.parse(response.text).errors).toEqual([
      { pointer: '/legal_provisions', keyword: 'additionalProperties', hint: 'suspected_category' },
    ])
  })

  it.each([
    ['target_foreign', { target: { url: 'https://other.example/p/1' } }],
    ['target_foreign', { target: { url: 'https://sns.example.other.example/p/1' } }],
    ['issued_in_future', { issued_on: '2199-01-01' }],
    ['supersedes_unknown', { supersedes: 'fixture-00-earlier' }],
  ])('%s', async (code, changes) => {
    await expectRefused(await send(json(notice(changes))), 422, code)
  })
})

describe('what a sender has done before', () => {
  it('notice_id_reused and token_reused', async () => {
    desk = await openDesk()
    const claims = { jti: randomBytes(16).toString('base64url') }
    expect((await send(json(notice()), { claims })).status).toBe(202)
    const other = await send(json(notice({ reasoning: 'another reasoning' })))
    expect([other.status, JSON.parse(other.text).code]).toEqual([422, 'notice_id_reused'])
    const again = await send(json(notice({ id: 'another-id-0001' })), { claims })
    expect([again.status, JSON.parse(again.text).code]).toEqual([401, 'token_reused'])
    expect(await desk.madoguchi.internals.ctx.read.count('notice', {})).toBe(1)
  })

  it('over_agreed_rate, with the time to wait', async () => {
    desk = await openDesk()
    await changeSender(desk.madoguchi.internals.ctx, SYSTEM, HOTLINE, { agreed_rate_per_day: 1 })
    const statuses: number[] = []
    for (let n = 0; n < 4; n += 1) {
      const response = await send(json(notice({ id: `many-${n}-000000` })))
      statuses.push(response.status)
      if (response.status !== 429) continue
      expectMatchesOpenapi(response, 'post', PATH)
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(3_600)
    }
    expect(statuses.at(-1)).toBe(429)
    expect(statuses[0]).toBe(202)
  })
})

it('answers in Japanese where it is asked to, else in English', async () => {
  const japanese = await bare({ 'accept-language': 'ja,en;q=0.5' })
  expect(JSON.parse(japanese.text)).toMatchObject({ title: '署名がありません' })
  for (const language of ['en', 'fr', '*']) {
    const english = await bare({ 'accept-language': language })
    expect(JSON.parse(english.text)).toMatchObject({ title: 'There is no signature' })
  }
})

it('counts refusals by hour and code, and keeps a diagnosis for a known sender', async () => {
  desk = await openDesk()
  const { ctx } = desk.madoguchi.internals
  await bare({})
  await send(json(notice()), { claims: { iat: seconds(-3_600), exp: seconds(-3_400) } })
  await send(text('{'))
  await expect
    .poll(async () => {
      await ctx.refusals.flush()
      return (await ctx.read.find('refusalCount', {})).map(({ code, count }) => `${code} ${count}`)
    })
    .toEqual(['malformed_json 1', 'signature_missing 1', 'time_skew 1'])
  const diagnoses = await ctx.read.find('diagnosis', { senderId: HOTLINE })
  expect(diagnoses.map(({ code, kid }) => [code, kid])).toEqual([
    ['time_skew', desk.hotline.kid],
    ['malformed_json', desk.hotline.kid],
  ])
  expect(diagnoses[0]!.skewMs).toBeGreaterThan(3_500_000)
  expect(diagnoses[1]!.bytes).toBe(1)
})
