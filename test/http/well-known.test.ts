import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { defaultNatureOf } from '../../src/core/lane.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import type { DeskDescription } from '../../src/app/describe-desk.ts'
import { html, link } from '../../src/http/html.ts'
import { SENDER_TYPES } from '../../src/generated/vocabularies.ts'
import type { OpenForm } from '../../src/core/vocabulary.ts'
import type { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import type { AgencyRequestNotice, NoticeDocument } from '../../src/generated/types.ts'
import { DAY } from '../../src/core/time.ts'
import { isInForce } from '../../src/core/standard.ts'
import { openDesk, publicJwk, type Desk } from '../support/desk.ts'
import { fixtureSenders, noticeOf, openFixtures } from '../support/fixtures.ts'
import { appOf, MOUNT } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'
import { TestClock } from '../support/test-clock.ts'

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

const DUTY = { category: 'handgun_sale', law: '架空法1条', from: '2026-01-01' }

describe('who may send what', () => {
  const described = async (desk: Desk): Promise<DeskDescription> =>
    (await supertest(appOf(desk)).get('/.well-known/madoguchi-configuration'))
      .body as DeskDescription

  it('is what the rules do: each type of sender, form and category meets the lane that is named', async () => {
    const fixture = openFixtures.find(({ notice }) => notice.form === 'illegal_information')!
    const category = String(fixture.notice['category'])
    const desk = await openDesk({ procedures: { duties: [{ ...DUTY, category }] } })
    const { ctx } = desk.madoguchi.internals
    const { lanes } = await described(desk)
    const agency = noticeOf('agency_request_declined') as unknown as AgencyRequestNotice
    const { category: about, reference_no, issued_on, purpose, responsible_officer, power } = agency
    const general = {
      category: about,
      reference_no,
      issued_on,
      purpose,
      responsible_officer,
      power,
    }
    const forms: Readonly<Record<OpenForm, readonly object[]>> = {
      illegal_information: [fixture.notice, noticeOf('yamibaito_recruitment')],
      public_order: [openFixtures.find(({ notice }) => notice.form === 'public_order')!.notice],
      agency_request: [agency],
      general_request: [
        { ...general, form: 'general_request', subject: '要請', measures: [{ text: '周知' }] },
      ],
    }
    let checked = 0
    for (const { id: type } of SENDER_TYPES) {
      const iss = `https://${type.replaceAll('_', '-')}.of-tests.example/`
      await registerSender(ctx, SYSTEM, {
        id: iss,
        name: type,
        type,
        tier: 'ordinary',
        agreed_rate_per_day: 100,
        agreed_band0_rate_per_day: 100,
      })
      await registerKey(ctx, SYSTEM, iss, publicJwk(desk.keys.hotline))
      for (const row of lanes.filter((each) => each.sender_type === type)) {
        for (const sent of forms[row.form]) {
          const notice = { ...(sent as NoticeDocument), id: `who-may-send-${checked}` }
          const other = row.exceptions.find((each) => each.category === notice.category)
          const { lane, open } = other ?? row
          const met = await desk.hotline.send(notice, { iss }).then(
            async ({ id }) => (await ctx.read.get('notice', { id }))?.lane,
            (fault: unknown) => (fault as MadoguchiError).code,
          )
          const said = open ? [lane] : ['form_not_open', 'form_not_for_sender', 'other_window']
          expect(said, `${type} ${row.form} ${notice.category}`).toContain(met)
          checked += 1
        }
      }
    }
    expect(checked).toBeGreaterThan(SENDER_TYPES.length * 4)
    const dutied = lanes.filter(({ exceptions }) => exceptions.length > 0)
    expect(dutied.length).toBeGreaterThan(0)
    expect(dutied[0]?.exceptions[0]).toMatchObject({ category, lane: 'legal_desk', law: DUTY.law })
  })
})

describe('the public page', () => {
  const labelOf = (
    { label_ja, label_en }: { readonly label_ja: string; readonly label_en: string },
    lang: 'ja' | 'en',
  ): string => html`${lang === 'ja' ? label_ja : label_en}`.text
  const page = (desk: Desk, query = '', language?: string) => {
    const request = supertest(appOf(desk)).get(`${MOUNT}/v1/about${query}`)
    return language === undefined ? request : request.set('accept-language', language)
  }

  it('says the same for people, in Japanese unless English is asked for', async () => {
    const desk = await openDesk({
      procedures: {
        about: { contact_in_japan: '東京都架空区1-1', figures_url: 'https://sns.example/figures' },
        tier_criteria: { verified: { ja: '架空の基準', en: 'criteria of our own' } },
      },
    })
    const { body } = await supertest(appOf(desk)).get('/.well-known/madoguchi-configuration')
    const { lanes, forms, order, standards } = body as DeskDescription
    for (const lang of ['ja', 'en'] as const) {
      const { text, status } = await page(desk, `?lang=${lang}`)
      expect(status).toBe(200)
      expect(text).toContain(`<html lang="${lang}">`)
      for (const { categories, ...form } of forms)
        for (const row of [form, ...categories]) expect(text).toContain(labelOf(row, lang))
      for (const row of lanes) expect(text).toContain(labelOf(row, lang))
      for (const tier of order.tiers) {
        expect(text).toContain(lang === 'ja' ? tier.criteria_ja : tier.criteria_en)
        expect(text).toContain(`<td>${tier.own_goal_minutes}</td>`)
      }
      for (const { title, version } of standards) {
        expect(text).toContain(title[lang])
        expect(text).toContain(version)
      }
      expect(text).toContain('東京都架空区1-1')
      expect(text).toContain('href="https://sns.example/figures"')
      expect(text.match(/<tr>/g)).toHaveLength(lanes.length + order.tiers.length + 2)
    }
    expect((await page(desk)).text).toContain('<html lang="ja">')
    expect((await page(desk, '', 'en-US')).text).toContain('<html lang="en">')
    expect((await page(desk, '?lang=fr')).status).toBe(422)
    expect((await page(desk, '?x=1')).status).toBe(422)
  })

  it('runs nothing, loads nothing and can be framed by nobody', async () => {
    const response = await page(await openDesk())
    expectMatchesOpenapi(response, 'get', '/v1/about')
    expect(response.headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(response.headers['x-content-type-options']).toBe('nosniff')
    expect(response.text).not.toMatch(
      /<(script|style|img|link|iframe|form|object)|\son\w+=|style=/i,
    )
  })

  it('says that nothing comes of a notice while the desk only observes', async () => {
    const observing = await openDesk({ settings: { MADOGUCHI_MODE: 'observe' } })
    expect((await page(observing)).text).toContain('試行モード')
    expect((await page(await openDesk())).text).not.toContain('試行モード')
  })

  it('says which agencies asked in the last half-year that is over, and nothing of the present one', async () => {
    const clock = new TestClock()
    const desk = await openDesk({ adapters: { clock } })
    const { ctx } = desk.madoguchi.internals
    const agency = 'https://agency.example/'
    await registerKey(ctx, SYSTEM, agency, publicJwk(desk.keys.hotline))
    await desk.hotline.send(noticeOf('agency_request_declined'), { iss: agency })
    const name = fixtureSenders.find(({ id }) => id === agency)!.name
    // The clock of the tests stands in November 2026.
    expect((await page(desk)).text).toContain('行政機関の要請 (2026-H1)')
    expect((await page(desk)).text).not.toContain(name)
    clock.advance(60 * DAY)
    const { text } = await page(desk)
    expect(text).toContain('行政機関の要請 (2026-H2)')
    expect(text).toContain(`<td>${name}</td><td>1</td><td>0</td>`)
    const configuration = await supertest(appOf(desk)).get('/.well-known/madoguchi-configuration')
    expectMatchesOpenapi(configuration, 'get', '/.well-known/madoguchi-configuration')
    expect(configuration.body.agency_requests.counts).toMatchObject([{ agency: name, asked: 1 }])
  })

  it('takes words for words, whatever stands in them', () => {
    const word = `<b onclick="x">'&`
    const safe = '&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;'
    expect(html`<p>${word}</p>`.text).toBe(`<p>${safe}</p>`)
    expect(html`<p>${[html`<i>${1}</i>`, html`${word}`]}</p>`.text).toBe(`<p><i>1</i>${safe}</p>`)
    expect(link('javascript:alert(1)', word).text).toBe(safe)
    expect(link('https://a.example/?"x', 'a').text).toBe(
      '<a href="https://a.example/?&quot;x" rel="noreferrer">a</a>',
    )
  })
})
