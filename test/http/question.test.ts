import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { openDesk, until } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const PATH = '/v1/cases/{id}/question'

it('the desk asks over HTTP; a decision on the old version is told what the sender did meanwhile', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { token } = await desk.operator('reviewer')
  const app = appOf(desk)
  const call = async (method: 'get' | 'post', path: string, body?: object): Promise<Response> =>
    await supertest(app)
      [method](`${STAFF}${path}`)
      .set('authorization', `Bearer ${token}`)
      .send(body)
  const accepted = await desk.hotline.sendFixture('yamibaito_recruitment', { id: 'notice-0001' })
  const id = await until(async () => {
    const { items } = (await call('get', '/v1/cases')).body as { items: { id: string }[] }
    return items[0]?.id
  })
  const ask = (body: object) => call('post', `/v1/cases/${id}/question`, body)
  const question = { command_id: 'question-1', notice_id: accepted.id, ja: '投稿の日時は？' }
  const asked = await ask(question)
  expect([asked.status, (await ask(question)).status]).toEqual([200, 200])
  expectMatchesOpenapi(asked, 'post', PATH)
  const refused: readonly (readonly [object, number, string])[] = [
    [{ ...question, command_id: 'question-2' }, 409, 'already'],
    [{ ...question, ja: 'どこ？' }, 422, 'command_id_reused'],
    [{ command_id: 'question-3', notice_id: accepted.id }, 422, 'invalid_input'],
    [{ ...question, command_id: 'question-4', notice_id: 'ntc_1' }, 422, 'invalid_input'],
    [{ ...question, command_id: 'question-5', ja: 'あ'.repeat(2_001) }, 422, 'invalid_input'],
    [{ ...question, command_id: 'question-6', more: 1 }, 422, 'invalid_input'],
  ]
  for (const [body, status, code] of refused) {
    const answer = await ask(body)
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code])
    expectMatchesOpenapi(answer, 'post', PATH)
  }
  expect((await call('get', '/v1/cases')).body).toMatchObject({ items: [] })
  const waiting = await call('get', '/v1/cases?waits_for=sender')
  expect(waiting.body).toMatchObject({
    items: [{ id, facts: { all_paused_at: expect.any(String) as string } }],
  })
  expectMatchesOpenapi(waiting, 'get', '/v1/cases')
  await call('post', `/v1/cases/${id}/claim`)
  const supplement = { id: 'supplement-1', text: '続報は https://sns.example/p/9 です。' }
  const added = await desk.hotline.message('supplement', 'notice-0001', supplement)
  const revised = await desk.hotline.send(
    noticeOf('yamibaito_recruitment', { id: 'notice-0002', supersedes: 'notice-0001' }),
  )
  const decision = {
    command_id: 'decision-1',
    expected_version: 1,
    actions: [],
    awareness_cause: 'hotline_request',
    weight_given: 'none',
  }
  const stale = await call('post', `/v1/cases/${id}/decision`, decision)
  expect([stale.status, stale.body]).toMatchObject([
    409,
    {
      code: 'stale_version',
      difference: {
        version: 3,
        notices_since: [revised.id],
        superseded_since: [accepted.id],
        withdrawn_since: [],
        supplements_since: [added.id],
      },
    },
  ])
  expectMatchesOpenapi(stale, 'post', '/v1/cases/{id}/decision')
  const shown = await call('get', `/v1/cases/${id}`)
  expectMatchesOpenapi(shown, 'get', '/v1/cases/{id}')
  expect(shown.text).toContain('続報は hxxps://sns[.]example/p/9 です。')
  expect(JSON.stringify(desk.log.lines)).not.toMatch(/続報|sns\.example\/p|投稿の日時|supplement-1/)
})

it('words of a supplement and of a question on a no-view case are for child_safety alone', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const [category] = [...desk.madoguchi.internals.ctx.config.noViewCategories]
  const { id } = await desk.hotline.sendFixture('yamibaito_recruitment', {
    id: 'notice-0001',
    category,
  })
  const { read } = desk.madoguchi.internals.ctx
  const caseId = await until(async () => (await read.get('notice', { id }))?.caseId ?? undefined)
  const app = appOf(desk)
  const as = async (role: 'reviewer' | 'lead' | 'child_safety') => {
    const { token } = await desk.operator(role)
    const question = { command_id: `question-${role}`, notice_id: id, ja: '日時は？' }
    const asked = await supertest(app)
      .post(`${STAFF}/v1/cases/${caseId}/question`)
      .set('authorization', `Bearer ${token}`)
      .send(question)
    const shown = await supertest(app)
      .get(`${STAFF}/v1/cases/${caseId}`)
      .set('authorization', `Bearer ${token}`)
    return [asked.status, shown.status, shown.text.includes('続報')]
  }
  await desk.hotline.message('supplement', id, { id: 'supplement-1', text: '続報です。' })
  expect(await as('reviewer')).toEqual([403, 403, false])
  expect(await as('lead')).toEqual([403, 403, false])
  expect(await as('child_safety')).toEqual([200, 200, true])
})
