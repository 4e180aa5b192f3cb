import { expect, it } from 'vitest'
import { caseOrder, leadingNotice } from '../../src/app/case-order.ts'
import { MINUTE } from '../../src/core/time.ts'
import { codeOf, expectSoundLog, openTimedDesk, readyCase } from './support.ts'

const OPEN = ['new', 'ready', 'awaiting_second', 'disagreed'] as const

it("a person's mark brings a case to the front, and says so; the notice keeps its numbers", async () => {
  const desk = await openTimedDesk()
  const { ctx, hotline, madoguchi, clock } = desk
  await madoguchi.start({ work: true })
  const first = await hotline.sendFixture('drug_ad_gone')
  clock.advance(MINUTE)
  const second = await hotline.sendFixture('yamibaito_recruitment')
  const [older, newer] = [await readyCase(ctx, first.id), await readyCase(ctx, second.id)]
  const queue = async (): Promise<string[]> =>
    (await ctx.read.queue({ states: OPEN, limit: 10 })).map(({ id }) => id)
  expect(await queue()).toEqual([older.id, newer.id])
  const before = await ctx.read.get('notice', { id: second.id })
  const { by } = await desk.operator('reviewer')
  expect(await madoguchi.cases.markBand0(newer.id, by)).toMatchObject({
    ok: true,
    case: { band: 0 },
  })
  expect(await queue()).toEqual([newer.id, older.id])
  const marked = await readyCase(ctx, second.id)
  const order = caseOrder(ctx, marked, await leadingNotice(ctx, marked))
  expect(order).toMatchObject({ band: 0, bandReason: 'person', goalAt: marked.goalAt })
  expect(marked.goalAt).toBe((before?.order.slotAt ?? 0) + 15 * MINUTE)
  expect((await ctx.read.get('notice', { id: second.id }))?.order).toEqual(before?.order)
})

it('telling the emergency services takes no claim, no version and no second person', async () => {
  const desk = await openTimedDesk()
  const { ctx, hotline, madoguchi, clock } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture('suicide_inducement_life_risk')
  const record = await readyCase(ctx, accepted.id)
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  await madoguchi.cases.claim(record.id, one.by)
  const told = await madoguchi.cases.tellEmergency(record.id, {
    by: two.by,
    service: '110',
    note: null,
  })
  expect(told).toMatchObject({ ok: true, case: { emergencyToldAt: clock.now(), decisionId: null } })
  expect(await ctx.read.count('event', { type: 'emergency.told' })).toBe(1)
  const noted = { by: two.by, kind: 'repeated_asking', note: null, noticeId: null } as const
  expect(await madoguchi.cases.noteInfluence(record.id, noted)).toMatchObject({ ok: true })
  const other = await readyCase(ctx, (await hotline.sendFixture('drug_ad_gone')).id)
  const foreign = { ...noted, noticeId: accepted.id }
  expect(await codeOf(madoguchi.cases.noteInfluence(other.id, foreign))).toBe('not_found')
  expect(await madoguchi.cases.noteInfluence(record.id, foreign)).toMatchObject({ ok: true })
  await expectSoundLog(ctx)
})
