import { createHash } from 'node:crypto'
import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { DAY, formatTime, MINUTE } from '../../src/core/time.ts'
import { noteInfluence } from '../../src/app/note-influence.ts'
import { clause, decide, person } from '../laws/support.ts'
import { HOTLINE, outsideAccess } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'
import { People } from '../support/people.ts'
import { TestClock } from '../support/test-clock.ts'

interface Added {
  readonly id: string
  readonly token: string
  readonly sample_id: string
}

/** A desk with four decided cases, one of them of a no-view category and one of a test notice. */
async function openAudited(): Promise<{ people: People; clock: TestClock; decided: string[] }> {
  const clock = new TestClock()
  const people = await People.open({ adapters: { clock } })
  const { desk } = people
  const measure = { actions: [{ kind: 'remove' as const }], ground: clause() }
  const shown = await people.caseOf('yamibaito_recruitment')
  await noteInfluence(desk.madoguchi.internals.ctx, person('himitsu-a'), shown.id, {
    kind: 'repeated_asking',
    note: 'called three times',
    noticeId: null,
  })
  clock.advance(95 * MINUTE)
  const note = { publicNote: { ja: '独自の文', en: 'our own words' }, internalNote: 'inside' }
  await decide(desk, shown, person('himitsu-a'), { ...measure, ...note })
  const other = await people.caseOf('yamibaito_recruitment', {
    id: 'another-target-1',
    target: { url: 'https://sns.example/@somebody/posts/77' },
  })
  await decide(desk, other, person('himitsu-b'), { actions: [], declineReason: 'unspecified' })
  const hidden = await people.caseOf('csam_abstract')
  for (const who of ['himitsu-c', 'himitsu-d'])
    await decide(desk, hidden, person(who, 'child_safety'), { actions: [] })
  const tried = await people.caseOf('yamibaito_recruitment', { id: 'tried-only-01', test: true })
  await decide(desk, tried, person('himitsu-e'), { actions: [] })
  clock.advance(5 * MINUTE)
  return { people, clock, decided: [shown.id, other.id].sort() }
}

async function invite(people: People, changes: object = {}): Promise<Response> {
  const access = outsideAccess(people.desk.madoguchi.internals.ctx.clock.now())
  const body = { name: 'council-1', role: 'external_auditor', ...access, ...changes }
  return people.call('admin', 'post', '/v1/operators', '/v1/operators', body)
}

async function look(people: People, token: string, path: string): Promise<Response> {
  const answer = await supertest(appOf(people.desk))
    .get(`${STAFF}${path}`)
    .set('authorization', `Bearer ${token}`)
  const template = path.replace(/smp_[^/]+/, '{id}').replace(/cases\/\d+$/, 'cases/{n}')
  expectMatchesOpenapi(answer, 'get', template)
  return answer
}

it('sees what was done, by which pseudonym and on which rule, and nothing of whom, what or where', async () => {
  const { people, decided } = await openAudited()
  const { token, sample_id: id } = (await invite(people)).body as Added
  const list = await look(people, token, '/v1/samples')
  expect(list.body.items).toMatchObject([{ id, population: 2, size: 2 }])
  const whole = await look(people, token, `/v1/samples/${id}`)
  const views = [
    await look(people, token, `/v1/samples/${id}/cases/1`),
    await look(people, token, `/v1/samples/${id}/cases/2`),
  ]
  const contents = views.map(({ body }) => body.content as Record<string, unknown>)
  const measured = contents.find(({ actions }) => (actions as object[]).length > 0)
  expect(measured).toMatchObject({
    form: 'illegal_information',
    influences: ['repeated_asking'],
    notices: [{ sender_type: expect.any(String) as string, double_check: 'two_people' }],
    decisions: [{ mode: 'human', minutes: 95, actions: ['remove'], ground: { clause: '3.2' } }],
    actions: [{ kind: 'remove' }],
  })
  const pseudonyms = contents.map(
    ({ decisions }) => (decisions as { by: { pseudonym: string }[] }[])[0]!.by[0]!.pseudonym,
  )
  expect(new Set(pseudonyms).size).toBe(2)
  const { ctx } = people.desk.madoguchi.internals
  const [sender] = await ctx.read.find('sender', { id: HOTLINE })
  const document = noticeOf('yamibaito_recruitment')
  const said = [list, whole, ...views].map(({ text }) => text).join('\n')
  for (const word of [
    ...decided,
    HOTLINE,
    sender!.name,
    'himitsu',
    'sns.example',
    'sns[.]example',
    '/posts/',
    'somebody',
    'called three times',
    'our own words',
    'inside',
    '見本',
    '例示',
    'child_porn',
    'ntc_',
    'cas_',
    'dec_',
    document.reference_no,
    document.content_description.slice(0, 12),
    document.reasoning.slice(0, 12),
  ])
    expect(said, word).not.toContain(word)
  const times = said.match(/T\d{2}:\d{2}:\d{2}\.\d{3}Z/g) ?? []
  const ofCases = views.flatMap(({ text }) => text.match(/T\d{2}:\d{2}:\d{2}\.\d{3}Z/g) ?? [])
  expect(times.length).toBeGreaterThan(ofCases.length)
  expect(ofCases.filter((time) => !time.endsWith(':00:00.000Z'))).toEqual([])
  const rows = await ctx.read.find('reading', { what: 'sample' })
  expect(rows.map(({ subject, role }) => [subject, role]).sort()).toEqual([
    [id, 'external_auditor'],
    [`${id}/1`, 'external_auditor'],
    [`${id}/2`, 'external_auditor'],
  ])
})

it('the draw stands in the log, and comes out the same when somebody repeats it', async () => {
  const { people, decided } = await openAudited()
  const { sample_id: id } = (await invite(people, { sample_percent: 50 })).body as Added
  const seen = await people.call('auditor', 'get', `/v1/samples/${id}`, '/v1/samples/{id}')
  const { seed, cases, population } = seen.body as {
    seed: string
    population: number
    cases: { draw: string; case_id: string }[]
  }
  const draws = decided.map((caseId) => ({
    draw: createHash('sha256').update(`${seed}\n${caseId}`).digest('hex'),
    case_id: caseId,
  }))
  draws.sort((a, b) => (a.draw < b.draw ? -1 : 1))
  expect([population, cases]).toEqual([2, [{ n: 1, ...draws[0] }]])
  const { ctx } = people.desk.madoguchi.internals
  const [event] = await ctx.read.find('event', { type: 'sample.drawn' })
  expect(event?.entryIndex).not.toBeNull()
  const kept = JSON.parse(new TextDecoder().decode(event?.payload)) as object
  expect(kept).toMatchObject({
    sample: id,
    seed,
    population: 2,
    population_sha256: createHash('sha256').update(decided.join('\n')).digest('base64url'),
    cases: [draws[0]?.case_id],
    by: { role: 'admin' },
  })
  const entry = await ctx.read.get('ledgerEntry', { index: event!.entryIndex! })
  expect(new TextDecoder().decode(entry?.bytes)).not.toContain(seed)
})

it('a case that is hidden later is shown no more; the sample of another never', async () => {
  const { people } = await openAudited()
  const first = (await invite(people)).body as Added
  const second = (await invite(people, { name: 'council-2' })).body as Added
  expect((await look(people, second.token, `/v1/samples/${first.sample_id}`)).status).toBe(404)
  const path = `/v1/samples/${first.sample_id}/cases`
  expect((await look(people, second.token, `${path}/1`)).status).toBe(404)
  expect((await look(people, first.token, `${path}/3`)).status).toBe(404)
  const { ctx } = people.desk.madoguchi.internals
  const [sample] = await ctx.read.find('sample', { id: first.sample_id as `smp_${string}` })
  await people.caseOf('csam_abstract', {
    id: 'the-same-target-1',
    target: noticeOf('yamibaito_recruitment').target,
  })
  const hidden = await Promise.all(sample!.caseIds.map((id) => ctx.read.get('case', { id })))
  const n = hidden.findIndex((record) => record?.noView === true) + 1
  expect(n).toBeGreaterThan(0)
  expect((await look(people, first.token, `${path}/${n}`)).body.content).toBeNull()
  // Its pseudonym is free again after a removal; its sample isn't.
  await people.call(
    'admin',
    'post',
    `/v1/operators/${first.id}/removal`,
    '/v1/operators/{id}/removal',
  )
  const again = (await invite(people)).body as Added
  const own = await look(people, again.token, '/v1/samples')
  expect((own.body.items as { id: string }[]).map(({ id }) => id)).toEqual([again.sample_id])
})

it('access ends to the second by our clock, and is never longer than 90 days', async () => {
  const { people, clock } = await openAudited()
  const ends = clock.now() + 90 * DAY
  const { token } = (await invite(people, { expires_at: formatTime(ends) })).body as Added
  clock.advance(90 * DAY - 1)
  expect((await look(people, token, '/v1/samples')).status).toBe(200)
  clock.advance(1)
  const over = await look(people, token, '/v1/samples')
  expect([over.status, over.body.code]).toEqual([401, 'access_expired'])
})

it.each([
  ['no end', { expires_at: null }, '/expires_at'],
  ['an end too far', { expires_at: '2099-01-01T00:00:00.000Z' }, '/expires_at'],
  ['an end that is past', { expires_at: '2020-01-01T00:00:00.000Z' }, '/expires_at'],
  ['no period', { decided_from: null }, '/decided_from'],
  ['a period that runs on', { decided_until: '2099-01-01T00:00:00.000Z' }, '/decided_until'],
  ['a period upside down', { decided_until: '2020-01-01T00:00:00.000Z' }, '/decided_until'],
  ['no size', { sample_percent: null }, '/sample_size'],
  ['two sizes', { sample_size: 2 }, '/sample_size'],
  ['more than all', { sample_percent: 101 }, '/sample_percent'],
  ['access for another role', { role: 'reviewer' }, ''],
])('is not added with %s', async (_name, changes, pointer) => {
  const people = await People.open()
  const refused = await invite(people, changes)
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid_input'])
  expect(refused.body.errors[0].pointer).toBe(pointer)
  expect(await people.desk.madoguchi.internals.ctx.read.count('sample', {})).toBe(0)
})
