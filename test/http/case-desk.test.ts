import supertest, { type Response } from 'supertest'
import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../src/core/case.ts'
import { DAY, formatTime } from '../../src/core/time.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const KEY = 'yamibaito_recruitment'

interface Setting {
  readonly desk: Desk
  readonly a: { readonly token: string; readonly name: string }
  readonly b: { readonly token: string; readonly name: string }
  readonly caseOf: (changes?: Record<string, unknown>) => Promise<CaseRecord>
  readonly post: (token: string, id: string, command: string, body: unknown) => Promise<Response>
  readonly read: (id: string) => Promise<Response>
}

async function open(settings: Record<string, string> = {}): Promise<Setting> {
  const executors = {
    remove: () => Promise.resolve({ kind: 'executed', at: 5 } as const),
    restore: () => Promise.resolve({ kind: 'executed', at: 6 } as const),
  }
  const resolve = ({ url }: { url: string }): Promise<{ ref: unknown } | null> =>
    Promise.resolve(url.includes('unknown') ? null : { ref: { id: url } })
  const desk = await openDesk({ platform: { executors, resolve }, settings })
  await desk.madoguchi.start()
  const app = appOf(desk)
  const [a, b] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  const { read } = desk.madoguchi.internals.ctx
  const call = async (
    request: supertest.Test,
    token: string,
    ...template: readonly ['get' | 'post', string]
  ): Promise<Response> => {
    const response = await request.set('authorization', `Bearer ${token}`)
    expectMatchesOpenapi(response, ...template)
    return response
  }
  return {
    desk,
    a: { token: a.token, name: a.by.operator },
    b: { token: b.token, name: b.by.operator },
    caseOf: async (changes = {}) => {
      const { id } = await desk.hotline.sendFixture(KEY, changes)
      return until(async () => {
        const caseId = (await read.get('notice', { id }))?.caseId
        const found = caseId == null ? undefined : await read.get('case', { id: caseId })
        return found?.state === 'new' ? undefined : found
      })
    },
    post: (token, id, command, body) =>
      call(
        supertest(app)
          .post(`${STAFF}/v1/cases/${id}/${command}`)
          .send(body as object),
        token,
        'post',
        `/v1/cases/{id}/${command}`,
      ),
    read: (id) =>
      call(supertest(app).get(`${STAFF}/v1/cases/${id}`), a.token, 'get', '/v1/cases/{id}'),
  }
}

it('a case is passed on, set aside, resumed and let go', async () => {
  const { a, b, caseOf, post, read } = await open()
  const { id } = await caseOf()
  expect((await post(a.token, id, 'release', { command_id: 'command-1' })).body.code).toBe(
    'not_claimed',
  )
  await post(a.token, id, 'claim', undefined)
  const handed = await post(a.token, id, 'hand-over', {
    command_id: 'command-2',
    to: b.name,
    note: '申し送り',
  })
  expect(handed.body).toMatchObject({ claimed_by: b.name })
  expect((await read(id)).body.handover).toMatchObject({
    by: { operator: a.name },
    to: { operator: b.name },
    note: '申し送り',
  })
  const holdUntil = formatTime(Date.now() + DAY)
  const hold = { command_id: 'command-3', expected_version: 1, until: holdUntil, reason: '確認中' }
  const held = await post(b.token, id, 'hold', hold)
  expect(held.body).toMatchObject({ hold_until: holdUntil, claimed_by: null })
  expect((await post(b.token, id, 'hold', hold)).body).toEqual(held.body)
  expect((await read(id)).body.case).toMatchObject({ hold_reason: '確認中' })
  expect((await post(a.token, id, 'claim', undefined)).body.code).toBe('on_hold')
  const resumed = await post(a.token, id, 'resumption', { command_id: 'command-4' })
  expect(resumed.body).toMatchObject({ hold_until: null })
  await post(a.token, id, 'claim', undefined)
  const released = await post(a.token, id, 'release', { command_id: 'command-5' })
  expect(released.body).toMatchObject({ claimed_by: null })
})

it('a decision is taken back, and its measure undone', async () => {
  const { a, caseOf, post, read } = await open()
  const { id } = await caseOf()
  await post(a.token, id, 'claim', undefined)
  await post(a.token, id, 'decision', {
    command_id: 'command-1',
    expected_version: 1,
    actions: [{ kind: 'remove' }],
    ground: {
      kind: 'published_standard_clause',
      standard: 'removal-standard',
      version: '2026-04-01',
      clause: '3.2',
    },
    awareness_cause: 'hotline_request',
    weight_given: 'considered',
  })
  await until(async () => ((await read(id)).body.outcomes.length === 1 ? true : undefined))
  const body = { command_id: 'command-2', expected_version: 2, reason: 'new_facts' }
  const reversed = await post(a.token, id, 'reversal', body)
  expect(reversed.body).toMatchObject({ state: 'reversing', version: 3 })
  const view = await until(async () => {
    const now = await read(id)
    return now.body.outcomes.length === 2 ? now : undefined
  })
  expect(view.body.case.state).toBe('reversed')
  expect(view.body.outcomes).toMatchObject([{ status: 'deleted' }, { status: 'restored' }])
  expect(view.body.decisions[1]).toMatchObject({ reversal_reason: 'new_facts' })
  const [remove, restore] = ['remove', 'restore'].map((kind) =>
    (view.body.actions as { kind: string; id: string; reverses: string | null }[]).find(
      (one) => one.kind === kind,
    ),
  )
  expect([remove?.reverses, restore?.reverses]).toEqual([null, remove?.id])
  expect((await post(a.token, id, 'reversal', body)).body).toEqual(reversed.body)
})

it('two cases of one unknown item become one', async () => {
  const { a, caseOf, post, read } = await open()
  const target = { url: 'https://sns.example/unknown' }
  const [one, two] = [
    await caseOf({ id: 'notice-01', target }),
    await caseOf({ id: 'notice-02', target }),
  ]
  const body = { command_id: 'command-1', expected_version: 1, other: two.id, other_version: 1 }
  expect((await post(a.token, one.id, 'merge', body)).body).toMatchObject({
    id: one.id,
    version: 2,
  })
  expect((await read(one.id)).body).toMatchObject({ merged: [{ id: two.id }] })
  expect((await read(two.id)).body.case).toMatchObject({ state: 'merged', merged_into: one.id })
})

describe('bad input is named, and nothing changes', () => {
  const CASES: readonly [string, unknown, string][] = [
    ['release', {}, '/command_id'],
    ['release', { command_id: 'short' }, '/command_id'],
    ['release', { command_id: 'command-1', more: 1 }, ''],
    ['hand-over', { command_id: 'command-1' }, '/to'],
    ['hand-over', { command_id: 'command-1', to: 'nobody' }, '/to'],
    [
      'hold',
      { command_id: 'command-1', expected_version: 1, reason: 'x', until: 'soon' },
      '/until',
    ],
    [
      'hold',
      {
        command_id: 'command-1',
        expected_version: 1,
        reason: 'x',
        until: formatTime(Date.now() + 15 * DAY),
      },
      '/until',
    ],
    ['resumption', [], ''],
    ['reversal', { command_id: 'command-1', expected_version: 1, reason: 'sorry' }, '/reason'],
    ['merge', { command_id: 'command-1', expected_version: 1, other: 'x' }, '/other'],
  ]

  it.each(CASES)('%s %j', async (command, body, pointer) => {
    const { a, caseOf, post, desk } = await open()
    const { id } = await caseOf()
    await post(a.token, id, 'claim', undefined)
    const before = await desk.madoguchi.internals.ctx.read.get('case', { id })
    const response = await post(a.token, id, command, body)
    expect([response.status, response.body.code]).toEqual([422, 'invalid_input'])
    expect(response.body.errors).toMatchObject([{ pointer }])
    expect(await desk.madoguchi.internals.ctx.read.get('case', { id })).toEqual(before)
  })
})
