import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import type { ReadingRecord } from '../../src/core/reading.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import { FaultyStore } from '../support/faulty-store.ts'
import { appOf, MOUNT } from '../support/http.ts'
import { sample } from '../contract/sample-rows.ts'
import { People } from '../support/people.ts'
import { TestClock } from '../support/test-clock.ts'

const LIST = '/v1/readings'
const MINUTE = 60_000

type Row = Pick<ReadingRecord, 'what' | 'subject' | 'times' | 'operator' | 'role'> & {
  readonly at: string
  readonly last_at: string
}

async function readings(people: People, query = ''): Promise<readonly Row[]> {
  const page = await people.call('auditor', 'get', `${LIST}${query}`, LIST)
  return page.body.items as Row[]
}

/** Kinds and subjects, oldest first. */
const told = (rows: readonly Row[]): string[] =>
  rows.map(({ role, what, subject }) => `${role} ${what} ${subject}`).reverse()

it('who reads a case, whoever it is, is one row in ten minutes, with a count', async () => {
  const clock = new TestClock()
  const people = await People.open({ adapters: { clock } })
  const { id } = await people.caseOf('yamibaito_recruitment')
  const startedAt = clock.now()
  await people.read('reviewer', id)
  clock.advance(1)
  await people.read('auditor', id)
  clock.advance(9 * MINUTE - 1)
  await people.read('reviewer', id)
  clock.advance(2 * MINUTE)
  await people.read('reviewer', id)
  const rows = await readings(people, `?what=payload&subject=${id}`)
  expect(rows.map(({ role, times }) => [role, times])).toEqual([
    ['reviewer', 1],
    ['auditor', 1],
    ['reviewer', 2],
  ])
  const first = rows[2]!
  expect(Date.parse(first.last_at) - Date.parse(first.at)).toBe(9 * MINUTE)
  expect(Date.parse(first.at)).toBe(startedAt)
  expect(first.operator).toMatch(/^reviewer-/)
})

it('each kind of reading is kept, and no word that anybody typed', async () => {
  const people = await People.open()
  const { id } = await people.caseOf('yamibaito_recruitment')
  const hidden = await people.caseOf('csam_abstract')
  await people.call('lead', 'get', `/v1/cases/${id}/names`, '/v1/cases/{id}/names')
  await people.read('child_safety', hidden.id)
  await people.read('lead', hidden.id)
  await people.call('lead', 'get', '/v1/cases', '/v1/cases')
  await people.call('lead', 'get', '/v1/cases?lane=agency&state=decided', '/v1/cases')
  await people.call('lead', 'get', '/v1/cases?waits_for=sender', '/v1/cases')
  const { token } = await people.desk.operator('auditor')
  const entries = await supertest(appOf(people.desk))
    .get(`${MOUNT}/v1/ledger/tile/entries/000.p/2`)
    .set('authorization', `Bearer ${token}`)
  expect(entries.status).toBe(200)
  expect(told(await readings(people))).toEqual([
    `lead names ${id}`,
    `child_safety no_view ${hidden.id}`,
    'lead search state=decided&lane=agency',
    'lead search waits_for=sender',
    'auditor entries entries/0',
  ])
})

it('what cannot be recorded is not shown', async () => {
  const inner: { store?: FaultyStore } = {}
  const people = await People.open({
    adapters: {
      store: (inner.store = new FaultyStore(await openSqliteStore({ path: ':memory:' }))),
    },
  })
  const { id } = await people.caseOf('yamibaito_recruitment')
  await people.read('auditor', id)
  const { read } = people.desk.madoguchi.internals.ctx
  const before = await read.find('reading', {})
  for (const path of [`/v1/cases/${id}`, `/v1/cases/${id}/names`]) {
    const template = path.replace(id, '{id}')
    inner.store.failNext('before_commit', 'before_commit')
    const answer = await people.call('auditor', 'get', path, template)
    expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable'])
    expect(answer.text).not.toMatch(/見本|hxxps/)
  }
  expect(await read.find('reading', {})).toEqual(before)
})

it('auditors alone see the record, page by page, by person, kind and time', async () => {
  const clock = new TestClock()
  const people = await People.open({ adapters: { clock } })
  const { id } = await people.caseOf('yamibaito_recruitment')
  const times: string[] = []
  for (const role of ['reviewer', 'lead', 'second_reviewer'] as const) {
    times.push(new Date(clock.now()).toISOString())
    await people.read(role, id)
    clock.advance(MINUTE)
  }
  for (const role of ['reviewer', 'lead', 'child_safety', 'integrator', 'admin'] as const)
    expect((await people.call(role, 'get', LIST, LIST)).status).toBe(403)
  const roles = async (query: string): Promise<Role[]> =>
    (await readings(people, query)).map(({ role }) => role)
  expect(await roles(`?since=${times[1]}`)).toEqual(['second_reviewer', 'lead'])
  expect(await roles(`?until=${times[1]}`)).toEqual(['reviewer'])
  expect(await roles(`?since=${times[1]}&until=${times[2]}`)).toEqual(['lead'])
  expect(await roles('?what=names')).toEqual([])
  const [{ operator }] = (await readings(people, `?until=${times[1]}`)) as [Row]
  expect(await roles(`?operator=${operator}`)).toEqual(['reviewer'])
  const seen: Role[] = []
  let cursor = ''
  for (;;) {
    const page: Response = await people.call('auditor', 'get', `${LIST}?limit=1${cursor}`, LIST)
    seen.push(...(page.body.items as Row[]).map(({ role }) => role))
    if (page.body.next_cursor === null) break
    cursor = `&cursor=${String(page.body.next_cursor)}`
  }
  expect(seen).toEqual(['second_reviewer', 'lead', 'reviewer'])
  for (const query of ['since=yesterday', 'what=everything', 'cursor=!', 'who=me']) {
    const refused = await people.call('auditor', 'get', `${LIST}?${query}`, LIST)
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_input'])
  }
})

it('a dead letter is opened by those who decide, recorded, and no-view content by child_safety', async () => {
  const people = await People.open()
  const { ctx } = people.desk.madoguchi.internals
  const cases = { seen: 'yamibaito_recruitment', hidden: 'csam_abstract' }
  const dead: string[] = []
  for (const key of Object.values(cases)) {
    const [notice] = await ctx.read.find('notice', { caseId: (await people.caseOf(key)).id })
    const id = ctx.random.id('wrk')
    const work = sample('work', { id, subjectId: notice!.id, state: 'dead' })
    await ctx.committer.submit({
      name: 'test.bury',
      bytes: 1,
      locks: [],
      run: async (tx) => {
        await tx.insert('work', work)
        return { result: undefined, events: [] }
      },
    })
    dead.push(id)
  }
  const open = (role: Role, id: string): Promise<Response> =>
    people.call(role, 'get', `/v1/dead-letters/${id}/payload`, '/v1/dead-letters/{id}/payload')
  const [seen = '', hidden = ''] = dead
  const shown = await open('reviewer', seen)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('hxxps://sns[.]example')
  expect(shown.text).not.toMatch(/見本 花子|https?:\/\/sns/)
  for (const role of ['auditor', 'integrator', 'admin'] as const)
    expect((await open(role, seen)).status).toBe(403)
  expect((await open('lead', hidden)).status).toBe(403)
  expect((await open('child_safety', hidden)).status).toBe(200)
  expect((await open('lead', `wrk_${'0'.repeat(8)}-0000-7000-8000-000000000000`)).status).toBe(404)
  expect(told(await readings(people))).toEqual([
    `reviewer dead_letter_payload ${seen}`,
    `child_safety no_view ${hidden}`,
  ])
})

it('a first look leaves an event with who it was', async () => {
  const people = await People.open()
  const { id } = await people.caseOf('yamibaito_recruitment')
  for (const role of ['auditor', 'reviewer', 'lead'] as const) await people.read(role, id)
  const { read } = people.desk.madoguchi.internals.ctx
  const events = await read.find('event', { type: 'notice.first_viewed', caseId: id })
  expect(events.map(({ payload }) => new TextDecoder().decode(payload))).toEqual([
    expect.stringMatching(/"role":"reviewer"/),
  ])
})
