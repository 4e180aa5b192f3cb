import supertest from 'supertest'
import { expect, it } from 'vitest'
import { defaultNatureOf } from '../../src/core/lane.ts'
import { isInForce } from '../../src/core/standard.ts'
import { openDesk } from '../support/desk.ts'
import { fixtureSenders, openFixtures } from '../support/fixtures.ts'
import { appOf } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

it('the configuration says the rules that run', async () => {
  const desk = await openDesk()
  const { config, read } = desk.madoguchi.internals.ctx
  const response = await supertest(appOf(desk)).get('/.well-known/madoguchi-configuration')
  expectMatchesOpenapi(response, 'get', '/.well-known/madoguchi-configuration')
  const { body } = response
  expect(body).toMatchObject({
    issuer: config.issuer,
    notices_endpoint: `${config.publicUrl}/v1/notices`,
    jwks_uri: 'https://sns.example/.well-known/jwks.json',
    max_body_bytes: config.maxBodyBytes,
    jurisdictions: ['JP'],
    hosts: ['sns.example'],
  })
  expect(body.order.own_goal_minutes).toEqual({
    priority: 240,
    verified: 720,
    ordinary: 1440,
    probation: 4320,
  })
  expect(body.order.band0_goal_minutes).toBe(15)
  expect(new Set(body.order.band0_categories as string[])).toEqual(config.band0Categories)
  const standards = await read.find('standard', {})
  expect(body.standards).toHaveLength(standards.length)
  expect(body.standards[0].in_force).toBe(
    isInForce(standards[0]!, new Date().toISOString().slice(0, 10)),
  )
})

it('every fixture is a sender, form and category that the configuration names, in the lane it names', async () => {
  const { body } = await supertest(appOf(await openDesk())).get(
    '/.well-known/madoguchi-configuration',
  )
  const { forms, lanes } = body as {
    forms: { form: string; categories: { id: string }[] }[]
    lanes: { lane: string; form: string; sender_type: string; open: boolean }[]
  }
  for (const { notice, sender_id, lane } of openFixtures) {
    const form = forms.find((each) => each.form === notice.form)!
    expect(form.categories.map((each) => each.id)).toContain(notice['category'])
    const { type } = fixtureSenders.find(({ id }) => id === sender_id)!
    expect(lanes).toContainEqual(
      expect.objectContaining({ sender_type: type, form: notice.form, lane, open: true }),
    )
  }
  const agency = lanes.filter((each) => each.lane === 'agency')
  expect(agency.length).toBeGreaterThan(0)
  // Bodies of the state write on their own forms, and nobody else does.
  const own = ['agency_request', 'general_request']
  expect(agency.filter(({ open }) => open).map(({ form }) => form)).toEqual(
    expect.arrayContaining(own),
  )
  for (const { sender_type, form, open } of agency)
    expect([sender_type, form, open]).toEqual([
      sender_type,
      form,
      own.includes(form) && defaultNatureOf(sender_type) !== 'voluntary_request',
    ])
})

it('metrics name no sender, host or reference', async () => {
  const desk = await openDesk()
  const app = appOf(desk)
  await desk.hotline.sendFixture('yamibaito_recruitment')
  await supertest(app)
    .post('/madoguchi/v1/notices')
    .set('content-type', 'application/json')
    .send('{}')
  await expect
    .poll(async () => {
      await desk.madoguchi.internals.ctx.refusals.flush()
      return (await supertest(app).get('/ops/metrics')).text
    })
    .toContain('madoguchi_refusals_this_hour{code="signature_missing"} 1')
  const metrics = await supertest(app).get('/ops/metrics')
  expectMatchesOpenapi(metrics, 'get', '/metrics')
  expect(metrics.text).toContain('madoguchi_work_waiting{kind="intake"} 1')
  expect(metrics.text).not.toMatch(/example|hotline|違R8/)
})
