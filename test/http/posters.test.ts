import { expect, it } from 'vitest'
import { executed } from '../../src/index.ts'
import type { PosterTeller } from '../../src/ports/platform.ts'
import { obedient } from '../laws/support.ts'
import { until } from '../support/desk.ts'
import { People } from '../support/people.ts'

const LIST = '/v1/poster-notices'
const SETTLEMENT = '/v1/poster-notices/{id}/settlement'
const PREVIEW = '/v1/cases/{id}/poster-preview'

const decision = (version: number, actions: object[], commandId = 'command-poster-1') => ({
  command_id: commandId,
  expected_version: version,
  actions,
  ground: {
    kind: 'published_standard_clause',
    standard: 'removal-standard',
    version: '2026-04-01',
    clause: '3.2',
  },
  awareness_cause: 'hotline_request',
  weight_given: 'considered',
})

async function open(tellPoster?: PosterTeller<unknown>): Promise<People> {
  return People.open({
    platform: { executors: { remove: obedient() }, ...(tellPoster ? { tellPoster } : {}) },
  })
}

it('what the poster would get is what the poster gets', async () => {
  const told: Parameters<PosterTeller<unknown>>[0][] = []
  const people = await open((call) => {
    told.push(call)
    return Promise.resolve(executed(1))
  })
  const record = await people.caseOf('yamibaito_recruitment')
  const body = decision(record.version, [{ kind: 'remove' }])
  const preview = (
    await people.call('reviewer', 'post', `/v1/cases/${record.id}/poster-preview`, PREVIEW, body)
  ).body as {
    notice: { text: { body: { ja: string } } }
  }
  await people.call('reviewer', 'post', `/v1/cases/${record.id}/claim`, '/v1/cases/{id}/claim')
  await people.call(
    'reviewer',
    'post',
    `/v1/cases/${record.id}/decision`,
    '/v1/cases/{id}/decision',
    body,
  )
  await until(() => Promise.resolve(told[0]))
  const timeless = (text: string) =>
    text.replaceAll(/\d+年\d+月\d+日 \d+時\d\d分/g, '').replace(/\n\nお知らせ番号.*/, '')
  expect(timeless(told[0]!.text.body.ja)).toBe(timeless(preview.notice.text.body.ja))
  const read = (await people.read('reviewer', record.id)).body as {
    poster: { notices: { text: { body: { ja: string } } }[] }
  }
  expect(read.poster.notices[0]?.text.body.ja).toBe(told[0]!.text.body.ja)
})

it('a decline would tell nothing; a bad decision, a case that is none and a role that may not are refused', async () => {
  const people = await open()
  const record = await people.caseOf('yamibaito_recruitment')
  const path = `/v1/cases/${record.id}/poster-preview`
  const declining = { ...decision(1, []), ground: null }
  expect((await people.call('lead', 'post', path, PREVIEW, declining)).body).toEqual({
    notice: null,
  })
  const faults = await Promise.all([
    people.call('lead', 'post', path, PREVIEW, { actions: 'all' }),
    people.call('lead', 'post', '/v1/cases/cas_1/poster-preview', PREVIEW, declining),
    people.call('auditor', 'post', path, PREVIEW, declining),
  ])
  expect(faults.map(({ status }) => status)).toEqual([422, 404, 403])
})

it('what the platform has to tell by itself is listed, and somebody says how it went', async () => {
  const people = await open()
  const record = await people.caseOf('yamibaito_recruitment')
  await people.call('reviewer', 'post', `/v1/cases/${record.id}/claim`, '/v1/cases/{id}/claim')
  await people.call(
    'reviewer',
    'post',
    `/v1/cases/${record.id}/decision`,
    '/v1/cases/{id}/decision',
    decision(record.version, [{ kind: 'remove' }]),
  )
  const list = (query: string) => people.call('integrator', 'get', `${LIST}${query}`, LIST)
  const [line] = await until(async () => {
    const { items } = (await list('?state=by_platform')).body as { items: { id: string }[] }
    return items.length > 0 ? items : undefined
  })
  expect(JSON.stringify((await list('?limit=1')).body)).not.toContain('削除')
  const path = `${LIST}/${line!.id}/settlement`
  const settle = (body: object) => people.call('integrator', 'post', path, SETTLEMENT, body)
  expect((await settle({ state: 'told', told_at: '2999-01-01T00:00:00.000Z' })).status).toBe(422)
  expect((await settle({ state: 'lost' })).status).toBe(422)
  expect((await settle({ state: 'failed' })).body).toMatchObject({
    state: 'failed',
    failure_code: 'unspecified',
  })
  expect((await settle({ state: 'told', told_at: '2020-01-01T00:00:00.000Z' })).body).toMatchObject(
    {
      state: 'told',
      told_at: '2020-01-01T00:00:00.000Z',
    },
  )
  expect((await settle({ state: 'told' })).status).toBe(409)
  expect(
    (
      await people.call('integrator', 'post', `${LIST}/pnt_1/settlement`, SETTLEMENT, {
        state: 'told',
      })
    ).status,
  ).toBe(404)
})

it('a preview of a case that hides its words is for child_safety', async () => {
  const people = await open()
  const record = await people.caseOf('csam_abstract')
  const path = `/v1/cases/${record.id}/poster-preview`
  const body = decision(record.version, [{ kind: 'remove' }])
  expect((await people.call('lead', 'post', path, PREVIEW, body)).status).toBe(403)
  expect((await people.call('child_safety', 'post', path, PREVIEW, body)).status).toBe(200)
})

it('telling is put off, and told now, by two people and one', async () => {
  const people = await open()
  const record = await people.caseOf('yamibaito_recruitment')
  const path = `/v1/cases/${record.id}/postponement`
  const template = '/v1/cases/{id}/postponement'
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const body = (commandId: string) => ({
    command_id: commandId,
    reason: 'secrecy_asked',
    until,
    note: '書面のとおり',
  })
  const call = (role: 'reviewer' | 'lead' | 'auditor', sent: object) =>
    people.call(role, 'post', path, template, sent)
  expect((await call('reviewer', body('postpone-http-1'))).status).toBe(200)
  expect((await call('reviewer', body('postpone-http-2'))).body).toMatchObject({
    code: 'second_person_needed',
  })
  const read = async () =>
    ((await people.read('lead', record.id)).body as { poster: { postponement: object | null } })
      .poster
  expect((await read()).postponement).toMatchObject({ state: 'asked', note: '書面のとおり' })
  expect((await call('lead', body('postpone-http-3'))).status).toBe(200)
  expect((await read()).postponement).toMatchObject({ state: 'active', until })
  expect((await call('lead', { ...body('postpone-http-4'), reason: 'because' })).status).toBe(422)
  expect((await call('auditor', body('postpone-http-5'))).status).toBe(403)
  const far = { ...body('postpone-http-6'), until: '2999-01-01T00:00:00.000Z' }
  expect((await call('lead', far)).body).toMatchObject({ code: 'recheck_out_of_range' })
  const end = (commandId: string) =>
    people.call('reviewer', 'post', `${path}-end`, `${template}-end`, { command_id: commandId })
  expect((await end('postpone-http-7')).status).toBe(200)
  expect((await end('postpone-http-8')).body).toMatchObject({ code: 'already' })
  expect((await read()).postponement).toBeNull()
})

it('a person says what the poster is after', async () => {
  const people = await open()
  const record = await people.caseOf('suicide_inducement_life_risk')
  const assess = (poster: string) =>
    people.call(
      'reviewer',
      'post',
      `/v1/cases/${record.id}/poster-assessment`,
      '/v1/cases/{id}/poster-assessment',
      {
        command_id: `assess-http-${poster}`,
        poster,
      },
    )
  expect((await assess('seeking')).status).toBe(200)
  expect((await assess('lonely')).status).toBe(422)
  expect((await people.read('reviewer', record.id)).body).toMatchObject({
    case: { self_harm: 'seeking' },
    poster: { help_first: true },
  })
})
