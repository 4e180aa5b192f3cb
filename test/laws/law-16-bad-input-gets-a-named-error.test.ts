import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { noteRefusal } from '../../src/app/note-refusal.ts'
import { readDiagnoses } from '../../src/app/read-senders.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import { HOUR } from '../../src/core/time.ts'
import { ERRORS } from '../../src/errors/madoguchi-error.ts'
import { PRIMARY_KEYS, type TableName } from '../../src/ports/record-tables.ts'
import { validateAgainst } from '../../src/schema/validate.ts'
import { HOTLINE, openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { TestClock } from '../support/test-clock.ts'
import { person, web, without } from './support.ts'

const CANARY = 'himitsu-no-kotoba'
const TABLES = Object.keys(PRIMARY_KEYS) as TableName[]

async function sizes(desk: Desk): Promise<Record<string, number>> {
  const { read } = desk.madoguchi.internals.ctx
  return Object.fromEntries(
    await Promise.all(TABLES.map(async (table) => [table, await read.count(table, {})] as const)),
  )
}

interface Bad {
  readonly code: string
  readonly status: number
  readonly body?: string
  readonly claims?: Record<string, unknown>
  readonly token?: string | null
  readonly type?: string
}

const plain = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ ...noticeOf('handgun_sale'), ...changes })

const BAD: readonly Bad[] = [
  { code: 'signature_missing', status: 401, token: null },
  { code: 'malformed_token', status: 400, token: CANARY },
  { code: 'signature_rejected', status: 401, claims: { iss: 'https://nobody.example/' } },
  { code: 'time_skew', status: 401, claims: { iat: 1_000_000_000, exp: 1_000_000_200 } },
  { code: 'wrong_audience', status: 401, claims: { aud: CANARY } },
  { code: 'wrong_method_or_url', status: 401, claims: { htu: `https://${CANARY}.example/` } },
  { code: 'body_hash_mismatch', status: 401, claims: { body_sha256: 'A'.repeat(43) } },
  { code: 'malformed_json', status: 400, body: `{"id": "${CANARY}",}` },
  { code: 'schema_mismatch', status: 422, body: plain({ [CANARY]: CANARY }) },
  { code: 'unknown_form', status: 422, body: plain({ form: CANARY }) },
  { code: 'form_not_open', status: 422, body: plain({ form: 'individual_warning' }) },
  { code: 'other_window', status: 422, body: plain({ form: 'inquiry' }) },
  { code: 'supersedes_unknown', status: 422, body: plain({ supersedes: 'another-notice' }) },
  {
    code: 'target_foreign',
    status: 422,
    body: plain({ target: { url: `https://${CANARY}.example/` } }),
  },
  { code: 'issued_in_future', status: 422, body: plain({ issued_on: '2199-01-01' }) },
  { code: 'unsupported_media_type', status: 415, type: 'text/plain' },
  { code: 'too_large', status: 413, body: plain({ content_description: CANARY.repeat(20_000) }) },
]

async function post(
  desk: Desk,
  { body = plain(), claims = {}, token, type = 'application/json' }: Partial<Bad>,
): Promise<Response> {
  const signed =
    token === undefined ? await desk.hotline.token(new TextEncoder().encode(body), claims) : token
  const request = supertest(web(desk)).post('/madoguchi/v1/notices').set('content-type', type)
  return (signed === null ? request : request.set('authorization', `Bearer ${signed}`)).send(body)
}

it('Bad input gets a named error and stores nothing but a counter per hour and code and a diagnosis without body, header or URL', async () => {
  const desk = await openDesk()
  const { ctx } = desk.madoguchi.internals
  const before = await sizes(desk)
  for (const bad of BAD) {
    const answer = await post(desk, bad)
    const problem = validateAgainst('problem', JSON.parse(answer.text))
    expect([problem.code, answer.status]).toEqual([bad.code, bad.status])
    expect(ERRORS).toHaveProperty(problem.code)
    expect(answer.text + JSON.stringify(answer.headers)).not.toContain(CANARY)
  }
  await ctx.refusals.flush()
  const after = await sizes(desk)
  const grown = TABLES.filter((table) => after[table] !== before[table])
  expect(grown.sort()).toEqual(['diagnosis', 'refusalCount'])
  const counts = await ctx.read.find('refusalCount', {})
  expect(counts.map(({ code }) => code).sort()).toEqual(BAD.map(({ code }) => code).sort())
  expect(counts.every(({ hour, count }) => hour % HOUR === 0 && count === 1)).toBe(true)
  const diagnoses = await ctx.read.find('diagnosis', {})
  expect(diagnoses.length).toBeGreaterThan(8)
  for (const row of diagnoses)
    expect(Object.keys(row).sort()).toEqual([
      'at',
      'bytes',
      'code',
      'kid',
      'senderId',
      'skewMs',
      'slot',
    ])
  expect(JSON.stringify([diagnoses, counts, desk.log.lines])).not.toContain(CANARY)
  expect(JSON.stringify([diagnoses.map((row) => without(row, 'senderId')), counts])).not.toMatch(
    /https?:|\.example/,
  )
  expect((await readStatistics(ctx, person('a', 'auditor'))).refusals).toHaveLength(BAD.length)
})

it('Of a known sender the newest 200 diagnoses are kept, of nobody else any', async () => {
  const clock = new TestClock()
  const desk = await openDesk({ adapters: { clock } })
  const { ctx } = desk.madoguchi.internals
  const token = await desk.hotline.token(new Uint8Array())
  const stranger = await desk.hotline.token(new Uint8Array(), { iss: 'https://nobody.example/' })
  for (let sent = 0; sent < 230; sent += 1) {
    await noteRefusal(ctx, { code: 'schema_mismatch', token, bytes: sent })
    await noteRefusal(ctx, { code: 'signature_rejected', token: stranger, bytes: sent })
    // Several in the same millisecond, and several flushes.
    if (sent % 7 === 0) clock.advance(1)
    if (sent % 50 === 0) await ctx.refusals.flush()
  }
  await ctx.refusals.flush()
  const kept = await ctx.read.find('diagnosis', {})
  expect(kept).toHaveLength(200)
  expect(new Set(kept.map(({ senderId }) => senderId))).toEqual(new Set([HOTLINE]))
  expect(Math.min(...kept.map(({ bytes }) => bytes ?? -1))).toBeGreaterThanOrEqual(30 - 7)
  expect(Math.max(...kept.map(({ bytes }) => bytes ?? -1))).toBe(229)
  const shown = await readDiagnoses(ctx, person('a', 'integrator'), HOTLINE)
  expect(Object.keys(shown[0]!).sort()).toEqual(['at', 'bytes', 'code', 'kid', 'skewMs'])
  const counts = await ctx.read.find('refusalCount', {})
  expect(counts.map(({ code, count }) => [code, count]).sort()).toEqual([
    ['schema_mismatch', 230],
    ['signature_rejected', 230],
  ])
})

it('A fault of ours is said to be ours, is worth sending again, and is never kept against the sender', async () => {
  const failing = {
    kid: 'k',
    alg: 'ES256' as const,
    publicJwk: {},
    sign: () => Promise.reject(new Error('the vault is shut')),
  }
  const desk = await openDesk({ adapters: { signer: failing } })
  const answer = await post(desk, {})
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    503,
    expect.objectContaining({ code: 'signer_unavailable', retryable: true }),
  ])
  expect(answer.headers['retry-after']).toBeDefined()
  const { ctx } = desk.madoguchi.internals
  for (const code of [
    'internal_error',
    'store_unavailable',
    'overloaded',
    'commit_unknown',
    'body_already_parsed',
  ] as const)
    await noteRefusal(ctx, { code, token: await desk.hotline.token(new Uint8Array()), bytes: 1 })
  await ctx.refusals.flush()
  expect(await ctx.read.count('diagnosis', {})).toBe(0)
  expect(await ctx.read.count('notice', {})).toBe(0)
  expect((await ctx.read.find('refusalCount', {})).map(({ code }) => code)).toContain(
    'signer_unavailable',
  )
})
