import supertest from 'supertest'
import { expect, it } from 'vitest'
import { executed } from '../../src/index.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import { obedient } from '../laws/support.ts'
import { until } from '../support/desk.ts'
import { appOf, json, MOUNT } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'
import { People } from '../support/people.ts'

const APPEALS = '/v1/appeals'
const DECISION = '/v1/appeals/{id}/decision'
const GROUND = {
  kind: 'published_standard_clause',
  standard: 'removal-standard',
  version: '2026-04-01',
  clause: '3.2',
}

interface World {
  readonly people: People
  readonly caseId: string
  readonly posterNoticeId: string
  readonly outcome: OutcomeRecord
}

/** A removed post whose poster and sender were told. */
async function removed(): Promise<World> {
  const people = await People.open({
    platform: {
      executors: { remove: obedient(), restore: obedient() },
      tellPoster: () => Promise.resolve(executed(1)),
    },
  })
  const { read } = people.desk.madoguchi.internals.ctx
  const { id, version } = await people.caseOf('yamibaito_recruitment')
  await people.call('reviewer', 'post', `/v1/cases/${id}/claim`, '/v1/cases/{id}/claim')
  const decided = await people.call(
    'reviewer',
    'post',
    `/v1/cases/${id}/decision`,
    '/v1/cases/{id}/decision',
    {
      command_id: 'decide-appeal-http',
      expected_version: version,
      actions: [{ kind: 'remove' }],
      ground: GROUND,
      awareness_cause: 'hotline_request',
      weight_given: 'considered',
    },
  )
  expect(decided.status).toBe(200)
  const notice = await until(async () => (await read.find('posterNotice', { state: 'told' }))[0])
  const outcome = await until(async () => (await read.find('outcome', { status: 'deleted' }))[0])
  return { people, caseId: id, posterNoticeId: notice.id, outcome }
}

it('the platform hands in what its poster objects to, and somebody else changes the decision', async () => {
  const { people, caseId, posterNoticeId } = await removed()
  const objection = {
    command_id: 'open-appeal-http',
    poster_notice_id: posterNoticeId,
    about: ['measure', 'request'],
    text: '引用です。https://sns.example/p/1',
  }
  const open = (body: object) => people.call('integrator', 'post', APPEALS, APPEALS, body)
  const opened = await open(objection)
  expect([opened.status, (await open(objection)).body]).toEqual([201, opened.body])
  const { id } = opened.body as { id: string }
  const again = await open({ ...objection, command_id: 'open-appeal-http-2' })
  expect(again.body).toMatchObject({ code: 'appealed_before' })
  const list = await people.call('lead', 'get', `${APPEALS}?limit=5`, APPEALS)
  expect(list.body).toMatchObject({ items: [{ id, state: 'open', by: 'poster' }] })
  expect(list.text).not.toContain('引用')
  expect((await people.call('integrator', 'get', APPEALS, APPEALS)).status).toBe(403)
  const path = `${APPEALS}/${id}`
  const read = await people.call('lead', 'get', path, '/v1/appeals/{id}')
  expect(read.body).toMatchObject({ about: ['measure', 'request'], opinions: [] })
  expect(read.text).toContain('hxxps')
  const { version } = ((await people.read('lead', caseId)).body as { case: { version: number } })
    .case
  const decide = (role: 'reviewer' | 'lead', over: object = {}) =>
    people.call(role, 'post', `${path}/decision`, DECISION, {
      command_id: `decide-it-${role}`,
      expected_version: version,
      verdict: 'change',
      words: { ja: '見直しました。', en: 'We changed it.' },
      ...over,
    })
  expect((await decide('reviewer')).body).toMatchObject({ code: 'another_person_needed' })
  expect((await decide('lead', { expected_version: 0 })).body).toMatchObject({
    code: 'stale_version',
  })
  expect((await decide('lead', { words: { ja: '見直しました。' } })).status).toBe(422)
  expect((await decide('lead')).body).toMatchObject({ id, state: 'changed' })
  await until(async () => {
    const { body } = await people.read('lead', caseId)
    return (body as { case: { state: string } }).case.state === 'reversed' ? true : undefined
  })
})

it('what names nobody, two, or nothing that is there is refused', async () => {
  const { people, caseId, posterNoticeId } = await removed()
  const open = async (body: object): Promise<number> =>
    (
      await people.call('reviewer', 'post', APPEALS, APPEALS, {
        command_id: 'open-refused-1',
        text: '?',
        ...body,
      })
    ).status
  expect(await open({})).toBe(422)
  expect(await open({ case_id: caseId, poster_notice_id: posterNoticeId })).toBe(422)
  expect(await open({ case_id: caseId, about: [] })).toBe(422)
  expect(await open({ case_id: caseId, about: ['weather'] })).toBe(422)
  expect(await open({ case_id: 'cas_1' })).toBe(404)
  expect(await open({ letter_id: 'ntc_01920000-0000-7000-8000-000000000000' })).toBe(404)
  const none = '/v1/appeals/apl_01920000-0000-7000-8000-000000000000'
  expect((await people.call('lead', 'get', none, '/v1/appeals/{id}')).status).toBe(404)
})

it('a sender objects by its own signature', async () => {
  const { people, outcome } = await removed()
  const path = `/v1/notices/${outcome.noticeId}/appeal`
  const send = async (document: object) => {
    const body = json(document)
    const token = await people.desk.hotline.token(body, {}, 'POST', path)
    const response = await supertest(appOf(people.desk))
      .post(`${MOUNT}${path}`)
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'application/json')
      .serialize((sent: unknown) => sent as string)
      .send(Buffer.from(body))
    expectMatchesOpenapi(response, 'post', '/v1/notices/{id}/appeal')
    return response
  }
  const document = { id: 'objection-http-1', text: '再度ご確認ください。' }
  expect((await send(document)).status).toBe(202)
  const replayed = await send(document)
  expect([replayed.status, replayed.headers['idempotency-replayed']]).toEqual([202, 'true'])
  expect((await send({ ...document, id: 'objection-http-2' })).body).toMatchObject({
    code: 'appealed_before',
  })
  expect((await send({ id: 'objection-http-3', text: '' })).body).toMatchObject({
    code: 'schema_mismatch',
  })
})
