import fc from 'fast-check'
import supertest from 'supertest'
import { expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { readCase } from '../../src/app/read-case.ts'
import { CASE_STATES, isOpen, type CaseRecord } from '../../src/core/case.ts'
import { PERMISSIONS } from '../../src/core/permissions.ts'
import { transition } from '../../src/core/transition.ts'
import { DAY } from '../../src/core/time.ts'
import { done, NOW, person as someone, readyCase } from '../core/case-builder.ts'
import { openDesk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import { codeOf, decide, person, sendToCase, web } from './support.ts'

const LIFE = 'suicide_inducement_life_risk'
const told = (by: ReturnType<typeof person>, service: '110' | '119' = '110') => ({
  by,
  service,
  note: null,
})

it('Life first: a band-0 case shows whom to call before anything else, to everybody who sees a list, claimed or not', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const { record } = await sendToCase(desk, LIFE)
  expect(record.band).toBe(0)
  for (const role of PERMISSIONS['cases.list']) {
    const [line] = (await listCases(ctx, person('x', role), { limit: 1 })).items
    expect(Object.keys(line!)[0]).toBe('emergency')
    expect(line?.emergency?.call).toEqual(['110', '119'])
  }
  const view = await readCase(ctx, person('x'), record.id)
  expect(Object.keys(view)[0]).toBe('emergency')
  expect(view.emergency?.mayTellJa).toMatch(/110番.*119番.*伝えることができます/)
  expect(view.emergency?.mayTellEn).toMatch(/110.*119.*You may tell/)
  const { token } = await desk.operator('reviewer')
  const answer = await supertest(web(desk))
    .get(`/staff/v1/cases/${record.id}`)
    .set('authorization', `Bearer ${token}`)
  expect([answer.status, answer.text.startsWith('{"emergency":{"call":["110","119"]')]).toEqual([
    200,
    true,
  ])
})

it("Telling of a call waits for no claim, for nobody else's, and for no second person; and decides nothing", async () => {
  const desk = await openDesk({ settings: { MADOGUCHI_GRAVE_CATEGORIES: 'suicide_inducement' } })
  await desk.madoguchi.start({ work: true })
  const { cases, internals } = desk.madoguchi
  const { read } = internals.ctx
  const { record } = await sendToCase(desk, LIFE)
  expect(codeOf(await cases.tellEmergency(record.id, told(person('a'))))).toBe('ok')
  await cases.claim(record.id, person('b'))
  expect(codeOf(await cases.tellEmergency(record.id, told(person('c'), '119')))).toBe('ok')
  expect(codeOf(await decide(desk, record, person('b'), { actions: [] }))).toBe('ok')
  expect((await read.get('case', { id: record.id }))?.state).toBe('awaiting_second')
  expect(codeOf(await cases.tellEmergency(record.id, told(person('b'))))).toBe('ok')
  const after = await read.get('case', { id: record.id })
  expect(after).toMatchObject({ state: 'awaiting_second', decisionId: null, band: 0 })
  expect(after?.emergencyToldAt).not.toBeNull()
  for (const table of ['decision', 'action', 'outcome'] as const)
    expect(await read.count(table, {})).toBe(0)
  const events = await read.find('event', { type: 'emergency.told' })
  expect(events).toHaveLength(3)
  expect(events.every(({ entryIndex }) => entryIndex !== null)).toBe(true)
})

it('Whoever may not open a case of a no-view category may still call for help for it', async () => {
  const desk = await openDesk({ settings: { MADOGUCHI_NO_VIEW_CATEGORIES: 'suicide_inducement' } })
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, LIFE)
  const [line] = (await listCases(desk.madoguchi.internals.ctx, person('x'), { limit: 1 })).items
  expect(line).toMatchObject({ noView: true, facts: null, emergency: { call: ['110', '119'] } })
  expect(codeOf(await desk.madoguchi.cases.tellEmergency(record.id, told(person('x'))))).toBe('ok')
})

it('In every state of a case and for everybody who decides, the call is taken, state, version and claim as they were', () => {
  const deciders = PERMISSIONS['emergency.tell']
  fc.assert(
    fc.property(
      fc.constantFrom(...CASE_STATES),
      fc.constantFrom(...deciders),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(0 as const, 1 as const),
      fc.constantFrom(null, 'a', 'b'),
      (state, role, grave, noView, band, claimedBy) => {
        const before = {
          ...readyCase({ grave, noView }),
          state,
          band,
          claimedBy,
          claimUntil: claimedBy && NOW + 1,
        }
        const facts = { at: NOW, slotAt: NOW, band0GoalMs: 1 }
        const command = {
          type: 'tell_emergency',
          by: someone('a', role),
          service: '110',
          note: null,
        } as const
        const { next, decision, actions, events } = done(transition(before, command, facts))
        expect(next).toMatchObject({
          state,
          claimedBy,
          decisionId: before.decisionId,
          opinions: before.opinions,
        })
        expect(next.emergencyToldAt).toBe(NOW)
        if (isOpen(before)) expect(next.band).toBe(0)
        expect([decision, actions]).toEqual([null, []])
        expect(events.some(({ type }) => type === 'emergency.told')).toBe(true)
      },
    ),
  )
})

it('A band-0 case stands before everything that is overdue, and so does one that a person marks', async () => {
  const clock = new TestClock()
  const desk = await openDesk({ adapters: { clock } })
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const overdue = []
  for (let n = 0; n < 5; n += 1)
    overdue.push(
      (
        await sendToCase(desk, 'yamibaito_recruitment', {
          id: `overdue-000${String(n)}`,
          target: { url: `https://sns.example/p/${String(n)}` },
        })
      ).record,
    )
  clock.advance(3 * DAY)
  const life = await sendToCase(desk, LIFE)
  const first = async (): Promise<string | undefined> =>
    (await listCases(ctx, person('x'), { limit: 1 })).items[0]?.id
  expect(overdue.every(({ goalAt }) => goalAt < life.record.goalAt)).toBe(true)
  expect(await first()).toBe(life.record.id)
  await decide(desk, life.record, person('x'), { actions: [] })
  expect(await first()).toBe(overdue[0]?.id)
  expect(codeOf(await desk.madoguchi.cases.markBand0(overdue[4]!.id, person('x')))).toBe('ok')
  expect(await first()).toBe(overdue[4]?.id)
})

it('A matter of life is never set aside, and what becomes one comes back at once', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { cases, internals } = desk.madoguchi
  const { clock, read } = internals.ctx
  const by = person('a')
  const aside = async (id: CaseRecord['id'], commandId: string): Promise<string> => {
    await cases.claim(id, by)
    const { version: expectedVersion } = (await read.get('case', { id }))!
    const holdUntil = clock.now() + 86_400_000
    const command = { commandId, by, expectedVersion, until: holdUntil, reason: 'later' }
    return codeOf(await cases.hold(id, command))
  }
  const life = await sendToCase(desk, 'suicide_inducement_life_risk')
  expect(await aside(life.record.id, 'aside-001')).toBe('life_does_not_wait')
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  expect(await aside(record.id, 'aside-002')).toBe('ok')
  expect(codeOf(await cases.markBand0(record.id, by))).toBe('ok')
  expect(await read.get('case', { id: record.id })).toMatchObject({ band: 0, holdUntil: null })
})
