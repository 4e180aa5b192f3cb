import supertest, { type Response } from 'supertest'
import { beforeEach, expect, it } from 'vitest'
import type { PolicyDocument } from '../../src/generated/types.ts'
import { without } from '../laws/support.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi, type Method } from '../support/openapi.ts'

const POLICY: PolicyDocument = {
  id: 'label-reported',
  title: { ja: '通知された募集情報への注記', en: 'Label on reported recruitment' },
  when: { forms: ['illegal_information'], categories: ['crime_recruitment'] },
  effect: { kind: 'measures', measures: [{ kind: 'label_informational' }] },
  ground: {
    kind: 'published_standard_clause',
    standard: 'removal-standard',
    version: '2026-04-01',
    clause: '3.2',
  },
  review_percent: 100,
  prompted_by: '2024-12-18',
}
const VERSION = '/v1/policies/{id}/versions/{version}'

let desk: Desk
let lead: string
let other: string

beforeEach(async () => {
  desk = await openDesk()
  lead = (await desk.operator('lead')).token
  other = (await desk.operator('second_reviewer')).token
})

async function call(
  token: string,
  method: Method,
  template: string,
  body?: object,
  version = 1,
): Promise<Response> {
  const url = template.replace('{id}', POLICY.id).replace('{version}', String(version))
  const request = supertest(appOf(desk))
    [method](`${STAFF}${url}`)
    .set('authorization', `Bearer ${token}`)
  const response = await (body === undefined ? request : request.send(body))
  expectMatchesOpenapi(response, method, template)
  return response
}

async function entries(): Promise<string[]> {
  const { read } = desk.madoguchi.internals.ctx
  const rows = await read.find('event', {}, { orderBy: 'seq' })
  return rows.flatMap(({ type, entryIndex }) =>
    type.startsWith('policy.') ? [`${type} ${entryIndex === null ? '-' : 'ledger'}`] : [],
  )
}

it('goes from a draft into use by two people, and a later version retires it', async () => {
  expect((await call(lead, 'post', '/v1/policies', POLICY)).status).toBe(201)
  expect((await call(lead, 'get', VERSION)).body).toMatchObject({
    ...POLICY,
    version: 1,
    state: 'draft',
    imported: false,
    active_index: null,
  })
  const early = await call(other, 'post', `${VERSION}/activation`)
  expect(early.body).toMatchObject({ code: 'policy_state_conflict', status: 409 })
  const adopted = await call(lead, 'post', `${VERSION}/adoption`)
  expect(adopted.body).toMatchObject({ state: 'adopted', adopted_by: { role: 'lead' } })
  const alone = await call(lead, 'post', `${VERSION}/activation`)
  expect(alone.body).toMatchObject({ code: 'second_person_needed' })
  const active = await call(other, 'post', `${VERSION}/activation`)
  expect(active.body).toMatchObject({ state: 'active', activated_by: { role: 'second_reviewer' } })
  const { read } = desk.madoguchi.internals.ctx
  const [event] = await read.find('event', { type: 'policy.activated' })
  expect(active.body).toHaveProperty('active_index', event?.entryIndex)

  await call(lead, 'post', '/v1/policies', POLICY)
  await call(lead, 'post', `${VERSION}/adoption`, undefined, 2)
  expect((await call(lead, 'get', VERSION)).body).toHaveProperty('state', 'active')
  await call(other, 'post', `${VERSION}/activation`, undefined, 2)
  const { items } = (await call(lead, 'get', '/v1/policies')).body as { items: unknown[] }
  expect(items).toMatchObject([
    { version: 2, state: 'active' },
    { version: 1, state: 'retired' },
  ])
  await call(lead, 'post', `${VERSION}/retirement`, undefined, 2)
  expect((await call(lead, 'post', `${VERSION}/retirement`, undefined, 2)).body).toMatchObject({
    code: 'already',
  })
  expect(await entries()).toEqual([
    'policy.added -',
    'policy.adopted ledger',
    'policy.activated ledger',
    'policy.added -',
    'policy.adopted ledger',
    'policy.retired ledger',
    'policy.activated ledger',
    'policy.retired ledger',
  ])
})

it('adopts nothing that goes further than a policy may, and names the members', async () => {
  const wide = { ...POLICY, effect: { kind: 'measures', measures: [{ kind: 'remove' }] } }
  await call(lead, 'post', '/v1/policies', wide)
  const refused = await call(lead, 'post', `${VERSION}/adoption`)
  expect(refused.body).toMatchObject({
    code: 'policy_not_adoptable',
    status: 422,
    errors: [{ pointer: '/effect/measures/0/kind', keyword: 'own_fact' }],
  })
  expect((await call(lead, 'get', VERSION)).body).toHaveProperty('state', 'draft')
})

it('is exported without what belongs to this platform, and imported as a draft', async () => {
  await call(lead, 'post', '/v1/policies', POLICY)
  await call(lead, 'post', `${VERSION}/adoption`)
  await call(other, 'post', `${VERSION}/activation`)
  const exported = await call(lead, 'get', `${VERSION}/export`)
  expect(exported.body).toEqual(without(POLICY, 'prompted_by'))
  const imported = await call(lead, 'post', '/v1/policies/import', exported.body as object)
  expect(imported.body).toMatchObject({ version: 2, state: 'draft', imported: true })
  const told = await call(lead, 'post', '/v1/policies/import', POLICY)
  expect(told.body).toMatchObject({ version: 3, prompted_by: null })
})

it('takes no member that a policy does not have, and knows no other version', async () => {
  for (const when of [
    { tiers: ['priority'] },
    { tier: 'priority' },
    { sender: 'https://hotline.example/' },
    { sender_id: 'https://hotline.example/' },
    { account: 'acc-1' },
    { script: '1' },
  ]) {
    const body = { ...POLICY, when: { ...POLICY.when, ...when } }
    expect((await call(lead, 'post', '/v1/policies', body)).body).toMatchObject({
      code: 'invalid_input',
    })
  }
  expect((await call(lead, 'get', VERSION)).status).toBe(404)
  expect((await call(lead, 'post', `${VERSION}/adoption`)).status).toBe(404)
  const odd = await supertest(appOf(desk))
    .get(`${STAFF}/v1/policies/x/versions/one`)
    .set('authorization', `Bearer ${lead}`)
  expect(odd.status).toBe(404)
})

it('shows an auditor from outside the rules, and nobody of the desk', async () => {
  await call(lead, 'post', '/v1/policies', POLICY)
  await call(lead, 'post', `${VERSION}/adoption`)
  const outside = (await desk.operator('external_auditor')).token
  expect((await call(outside, 'get', VERSION)).body).toMatchObject({
    state: 'adopted',
    adopted_by: null,
  })
  expect((await call(outside, 'post', `${VERSION}/retirement`)).status).toBe(403)
})
