import supertest, { type Response } from 'supertest'
import { describe, expect, it } from 'vitest'
import { may } from '../../src/core/permissions.ts'
import { ROLES, type Role } from '../../src/core/vocabulary.ts'
import { until } from '../support/desk.ts'
import { appOf, STAFF } from '../support/http.ts'
import { People } from '../support/people.ts'

const idsOf = (items: unknown): string[] => (items as { id: string }[]).map(({ id }) => id)

const DECLINE = {
  command_id: 'decline-1',
  actions: [],
  awareness_cause: 'hotline_request',
  weight_given: 'none',
}

describe('a case', () => {
  it('is listed, opened, claimed and decided', async () => {
    const people = await People.open()
    const { id, version } = await people.caseOf('yamibaito_recruitment')
    const list = await people.call('reviewer', 'get', '/v1/cases', '/v1/cases')
    expect(list.body.items).toMatchObject([{ id, no_view: false, facts: { order: { band: 1 } } }])
    expect(list.body.items[0].facts.order.sentence.ja).toContain('目標時刻')
    expect(list.text).not.toMatch(/sns\.example|即日即金/)
    const claim = await people.call(
      'reviewer',
      'post',
      `/v1/cases/${id}/claim`,
      '/v1/cases/{id}/claim',
    )
    expect(claim.body).toMatchObject({ id, state: 'ready' })
    const path = `/v1/cases/${id}/decision`
    const body = { ...DECLINE, expected_version: version }
    const decide = (): Promise<Response> =>
      people.call('reviewer', 'post', path, '/v1/cases/{id}/decision', body)
    const decided = await decide()
    expect(decided.body).toMatchObject({ id, state: 'decided' })
    expect((await decide()).body).toEqual(decided.body)
    const other = { ...body, weight_given: 'considered' }
    const reused = await people.call('reviewer', 'post', path, '/v1/cases/{id}/decision', other)
    expect([reused.status, reused.body.code]).toEqual([422, 'command_id_reused'])
    const view = await people.read('reviewer', id)
    expect(view.body.decisions).toMatchObject([
      { decline_reason: 'unspecified', weight_given: 'none' },
    ])
    const done = await people.call('reviewer', 'get', '/v1/cases?state=decided', '/v1/cases')
    expect(done.body.items).toMatchObject([{ id, state: 'decided' }])
  })

  it('shows URLs dead, and the two names to lead and auditor, when they ask', async () => {
    const people = await People.open()
    const { id } = await people.caseOf('yamibaito_recruitment')
    for (const role of ROLES.filter((each) => may(each, 'cases.read'))) {
      const view = await people.read(role, id)
      expect(view.status).toBe(200)
      expect(view.body.notices[0].document.target.url).toMatch(/^hxxps:\/\/sns\[\.\]example\//)
      expect(view.text).not.toMatch(/https?:\/\/sns\.example/)
      expect(view.text).not.toMatch(/見本 花子|例示 一郎|handler_name|checker_name/)
      const names = await people.call(role, 'get', `/v1/cases/${id}/names`, '/v1/cases/{id}/names')
      if (role === 'lead' || role === 'auditor')
        expect(names.body.items).toEqual([
          {
            notice_id: view.body.notices[0].id,
            handler: '見本 花子',
            checker: '例示 一郎',
            officer: null,
          },
        ])
      else expect([names.status, names.body.code]).toEqual([403, 'not_allowed'])
    }
  })

  it('says what the nature means, and who commissioned the sender', async () => {
    const people = await People.open()
    const { id } = await people.caseOf('yamibaito_recruitment')
    const [notice] = (await people.read('reviewer', id)).body.notices
    expect(notice.nature_sentence.ja).toBe('この依頼への対応は任意です。通知元の判断は参考です。')
    expect(notice.sender).toHaveProperty('commission')
    expect(notice.category_row.criteria.items).toHaveLength(6)
    expect(notice.double_check).toBe('two_people')
  })

  it.each([
    ['missing', undefined, ['observed_at_missing']],
    ['old', '2026-01-01T00:00:00.000Z', ['observed_at_old']],
    ['fresh', new Date(Date.now() - 3_600_000).toISOString(), []],
  ])('notes when observed_at is %s', async (_name, observed_at, notes) => {
    const people = await People.open()
    const ext = observed_at === undefined ? {} : { observed_at }
    const { id } = await people.caseOf('yamibaito_recruitment', { ext })
    const [notice] = (await people.read('reviewer', id)).body.notices
    expect(idsOf(notice.notes)).toEqual(notes)
  })

  it('keeps the first look of one who may decide, once, and none of an auditor', async () => {
    const people = await People.open()
    const { id } = await people.caseOf('yamibaito_recruitment')
    const seen = async (role: Role): Promise<string | null> =>
      (await people.read(role, id)).body.notices[0].first_viewed_at as string | null
    expect(await seen('auditor')).toBeNull()
    const first = await seen('reviewer')
    expect(first).not.toBeNull()
    expect(await seen('lead')).toBe(first)
  })
})

describe('a matter of life (law 18)', () => {
  it('shows whom to call as the first member, in the list and in the case, and is the first case', async () => {
    const people = await People.open()
    const ordinary = await people.caseOf('yamibaito_recruitment')
    const urgent = await people.caseOf('suicide_inducement_life_risk')
    const list = await people.call('reviewer', 'get', '/v1/cases', '/v1/cases')
    expect(idsOf(list.body.items)).toEqual([urgent.id, ordinary.id])
    expect(Object.keys(list.body.items[0] as object)[0]).toBe('emergency')
    const view = await people.read('reviewer', urgent.id)
    expect(Object.keys(view.body as object)[0]).toBe('emergency')
    expect(view.body.emergency).toMatchObject({ call: ['110', '119'], told_at: null })
    const path = `/v1/cases/${urgent.id}/emergency`
    const told = await people.call('reviewer', 'post', path, '/v1/cases/{id}/emergency', {
      service: '110',
    })
    expect(told.status).toBe(200)
    expect((await people.read('reviewer', urgent.id)).body.emergency.told_at).not.toBeNull()
  })
})

describe('a no-view category (law 11)', () => {
  it('is a neutral line in lists, and opens for child_safety only', async () => {
    const people = await People.open()
    const { id } = await people.caseOf('csam_abstract')
    for (const role of ['reviewer', 'lead', 'auditor'] as const) {
      const list = await people.call(role, 'get', '/v1/cases', '/v1/cases')
      expect(list.body.items).toMatchObject([{ id, no_view: true, facts: null }])
      expect(list.text).not.toContain('child_pornography')
      const view = await people.read(role, id)
      expect([view.status, view.body.code]).toEqual([403, 'not_allowed'])
    }
    const list = await people.call('child_safety', 'get', '/v1/cases', '/v1/cases')
    expect(list.body.items[0].facts.category).toBe('child_pornography_display')
    expect(list.body.items[0].line.en).toBe('A case of a kind that no list describes')
    expect((await people.read('child_safety', id)).status).toBe(200)
  })

  it('the second person sees that there is an opinion, and not which', async () => {
    const people = await People.open()
    const { id, version } = await people.caseOf('csam_abstract')
    const claim = `/v1/cases/${id}/claim`
    await people.call('child_safety', 'post', claim, '/v1/cases/{id}/claim')
    const path = `/v1/cases/${id}/decision`
    const body = { ...DECLINE, expected_version: version, internal_note: 'what I think' }
    const first = await people.call('child_safety', 'post', path, '/v1/cases/{id}/decision', body)
    expect(first.body.state).toBe('awaiting_second')
    const own = await people.read('child_safety', id)
    expect(own.body.opinions[0].input.internal_note).toBe('what I think')
    const { token } = await people.desk.operator('child_safety')
    const second = await supertest(appOf(people.desk))
      .get(`${STAFF}/v1/cases/${id}`)
      .set('authorization', `Bearer ${token}`)
    expect(second.body.opinions).toHaveLength(1)
    expect(second.body.opinions[0].input).toBeNull()
    expect(second.text).not.toContain('what I think')
  })
})

it('a stale decision is told what changed', async () => {
  const people = await People.open()
  const { id, version } = await people.caseOf('yamibaito_recruitment')
  await people.call('reviewer', 'post', `/v1/cases/${id}/claim`, '/v1/cases/{id}/claim')
  await people.caseOf('yamibaito_recruitment', { id: 'the-same-target-again' })
  const body = { ...DECLINE, expected_version: version }
  const stale = await people.call(
    'reviewer',
    'post',
    `/v1/cases/${id}/decision`,
    '/v1/cases/{id}/decision',
    body,
  )
  expect([stale.status, stale.body.code]).toEqual([409, 'stale_version'])
  expect(stale.body.difference.notices_since).toHaveLength(1)
  const taken = await people.call('lead', 'post', `/v1/cases/${id}/claim`, '/v1/cases/{id}/claim')
  expect([taken.status, taken.body.code]).toEqual([409, 'claimed_by_other'])
  expect(Date.parse(String(taken.body.claim_until))).toBeGreaterThan(Date.now())
})

it('influence is noted by anyone of the desk', async () => {
  const people = await People.open()
  const { id } = await people.caseOf('yamibaito_recruitment')
  const path = `/v1/cases/${id}/influence`
  const noted = (body: object): Promise<Response> =>
    people.call('integrator', 'post', path, '/v1/cases/{id}/influence', body)
  expect((await noted({ kind: 'date_demanded', note: 'asked for an answer today' })).status).toBe(
    200,
  )
  expect((await noted({ kind: 'bribery' })).body).toMatchObject({ code: 'invalid_input' })
  expect((await noted({ kind: 'date_demanded', extra: 1 })).body).toMatchObject({
    code: 'invalid_input',
  })
})

it('a manual action is settled by an operator', async () => {
  const people = await People.open()
  const { id, version } = await people.caseOf('yamibaito_recruitment')
  await people.call('reviewer', 'post', `/v1/cases/${id}/claim`, '/v1/cases/{id}/claim')
  const ground = {
    kind: 'published_standard_clause',
    standard: 'removal-standard',
    version: '2026-04-01',
    clause: '3.2',
  }
  const body = { ...DECLINE, expected_version: version, actions: [{ kind: 'remove' }], ground }
  await people.call('reviewer', 'post', `/v1/cases/${id}/decision`, '/v1/cases/{id}/decision', body)
  const { read } = people.desk.madoguchi.internals.ctx
  const action = await until(
    async () => (await read.find('action', { caseId: id, state: 'pending' }))[0],
  )
  const path = `/v1/actions/${action.id}/settlement`
  const settle = (role: Role, input: object): Promise<Response> =>
    people.call(role, 'post', path, '/v1/actions/{id}/settlement', input)
  expect((await settle('auditor', { state: 'executed' })).status).toBe(403)
  expect(
    (await settle('integrator', { state: 'executed', executed_at: '2199-01-01T00:00:00.000Z' }))
      .status,
  ).toBe(422)
  expect((await settle('integrator', { state: 'executed' })).body).toMatchObject({
    state: 'executed',
  })
  expect((await settle('integrator', { state: 'executed' })).body.code).toBe('already')
  await until(async () => (await read.find('outcome', { decisionId: action.decisionId }))[0])
})
