import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { publishStandard } from '../../src/app/publish-standard.ts'
import { readStandards } from '../../src/app/read-standards.ts'
import { DAY, dayInJapan } from '../../src/core/time.ts'
import { fixtureStandard } from '../support/fixtures.ts'
import { decide, openTimedDesk, readyCase, type TimedDesk } from './support.ts'

/** A designated platform that publishes a version of its standard today. */
async function openDesignated(): Promise<TimedDesk> {
  const desk = await openTimedDesk({ procedures: { designated: true } })
  await desk.madoguchi.start({ work: true })
  const today = dayInJapan(desk.clock.now())
  const days = { published_on: today, effective_on: today, ends_on: null }
  await publishStandard(desk.ctx, SYSTEM, { ...fixtureStandard, version: 'new', ...days })
  return desk
}

const GROUND = {
  kind: 'published_standard_clause',
  standard: fixtureStandard.id,
  version: 'new',
  clause: '3.2',
}

it('施行規則17条: a designated platform removes nothing on a clause of today', async () => {
  const desk = await openDesignated()
  const { id } = await desk.hotline.sendFixture('yamibaito_recruitment')
  const record = await readyCase(desk.ctx, id)
  const { by } = await desk.operator('reviewer')
  const remove = { actions: [{ kind: 'remove' as const }], ground: GROUND }
  expect(await decide(desk, record.id, by, remove)).toMatchObject({
    ok: false,
    refusal: { code: 'clause_too_new' },
  })
  const [row] = (await readStandards(desk.ctx, SYSTEM)).filter(({ version }) => version === 'new')
  expect(row).toMatchObject({ inForce: true, citableFrom: '2026-12-06', changeDueSince: null })
  desk.clock.advance(14 * DAY)
  expect(await decide(desk, record.id, by, remove)).toMatchObject({ ok: true })
})

it('26条3項: what nobody foresaw asks for a change of the standard, until one is published', async () => {
  const desk = await openDesignated()
  const { id } = await desk.hotline.sendFixture('yamibaito_recruitment')
  const record = await readyCase(desk.ctx, id)
  const { by } = await desk.operator('reviewer')
  const unforeseen = {
    actions: [{ kind: 'remove' as const }],
    ground: { ...GROUND, kind: 'unforeseen_emergency' },
    contextConsidered: '未知の手口による被害が急に広がっている',
  }
  expect(
    await decide(desk, record.id, by, { ...unforeseen, contextConsidered: null }),
  ).toMatchObject({ refusal: { code: 'emergency_needs_reason' } })
  const since = new Date(desk.clock.now()).toISOString()
  expect(await decide(desk, record.id, by, unforeseen)).toMatchObject({ ok: true })
  const due = async (): Promise<unknown> =>
    (await readStandards(desk.ctx, SYSTEM)).map(({ changeDueSince }) => changeDueSince)
  expect(await due()).toEqual([since, since])
  desk.clock.advance(3 * DAY)
  const day = dayInJapan(desk.clock.now())
  const changed = { ...fixtureStandard, version: 'changed', published_on: day, effective_on: day }
  await publishStandard(desk.ctx, SYSTEM, changed)
  expect(await due()).toEqual([null, null, null])
})
