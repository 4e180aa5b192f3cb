import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import type { PostponementReason } from '../../src/core/postponement.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import { expectSoundLog, seen, seenAfter } from './support.ts'
import { executed, TellingDesk } from './telling.ts'

/** Two people put off what the poster would be told. */
async function postponed(
  one: TellingDesk,
  reason: PostponementReason = 'secrecy_asked',
  days = 10,
): Promise<number> {
  const { cases } = one.desk.madoguchi
  const until = one.desk.clock.now() + days * DAY
  const id = one.record.id
  for (const [at, by] of [one.by, one.other].entries()) {
    const commandId = `postpone-${until}-${at}`
    expect(await cases.postpone(id, { commandId, by, reason, until })).toMatchObject({ ok: true })
  }
  return until
}

const told = (one: TellingDesk) => async () =>
  (await one.notices()).find(({ state }) => state === 'told')

it('what two people put off is told on the day, and that it was put off', async () => {
  const one = await TellingDesk.open()
  const until = await postponed(one)
  await one.act('remove')
  const notice = await one.notice('postponed')
  expect(notice.postponedFor).toBe('secrecy_asked')
  expect(await one.payloads('poster.postponed')).toMatchObject([
    {
      reason: 'secrecy_asked',
      until,
      by: [{ operator: one.by.operator }, { operator: one.other.operator }],
    },
  ])
  const seenNow = await readCase(one.desk.ctx, one.by, one.record.id)
  expect(seenNow.poster).toMatchObject({
    notices: [{ id: notice.id, state: 'postponed' }],
    postponement: { state: 'active', reason: 'secrecy_asked', until },
  })
  await seenAfter(one.desk.clock, 6 * HOUR, async () => {
    const { flags } = await one.state()
    return flags.includes('postponement_recheck') ? true : undefined
  })
  expect(one.told).toEqual([])
  expect(one.desk.clock.now()).toBeGreaterThanOrEqual(until - DAY)
  await seenAfter(one.desk.clock, 6 * HOUR, told(one))
  expect(one.desk.clock.now()).toBeGreaterThanOrEqual(until)
  expect(one.told[0]?.text.body.ja).toContain('お伝えする時期を延期していました')
  expect(one.told[0]?.text.body.ja).not.toMatch(/秘密|捜査|secrecy/)
  expect(await one.payloads('poster.told')).toMatchObject([{ postponed_for: 'secrecy_asked' }])
  expect((await one.state()).flags).toEqual([])
  await expectSoundLog(one.desk.ctx)
})

it('one person alone puts nothing off', async () => {
  const one = await TellingDesk.open()
  const until = one.desk.clock.now() + DAY
  const asked = { commandId: 'ask-alone-1', by: one.by, reason: 'child_victim', until } as const
  expect(await one.desk.madoguchi.cases.postpone(one.record.id, asked)).toMatchObject({ ok: true })
  const seenNow = await readCase(one.desk.ctx, one.by, one.record.id)
  expect(seenNow.poster.postponement).toMatchObject({
    state: 'asked',
    by: [{ operator: one.by.operator }],
  })
  const again = await one.desk.madoguchi.cases.postpone(one.record.id, {
    ...asked,
    commandId: 'ask-alone-2',
  })
  expect(again).toMatchObject({ ok: false, refusal: { code: 'second_person_needed' } })
  await one.act('remove')
  await one.notice('told')
  expect(one.told[0]?.text.body.ja).not.toContain('延期')
})

it('who asks for something else asks anew', async () => {
  const one = await TellingDesk.open()
  const { cases } = one.desk.madoguchi
  const until = one.desk.clock.now() + DAY
  const ask = (commandId: string, by = one.by, reason: PostponementReason = 'unreachable') =>
    cases.postpone(one.record.id, { commandId, by, reason, until })
  await ask('ask-anew-1')
  await ask('ask-anew-2', one.other, 'life_or_safety')
  const { read } = one.desk.ctx
  expect((await read.find('postponement', { state: 'active' })).length).toBe(0)
  expect((await read.find('postponement', { state: 'asked' })).map(({ reason }) => reason)).toEqual(
    ['life_or_safety'],
  )
  await ask('ask-anew-3', one.by, 'life_or_safety')
  expect((await read.find('postponement', { state: 'active' })).length).toBe(1)
})

it('it is put off again by two people, to another day', async () => {
  const one = await TellingDesk.open()
  await postponed(one, 'life_or_safety', 20)
  await one.act('remove')
  await one.notice('postponed')
  const sooner = await postponed(one, 'life_or_safety', 2)
  await seenAfter(one.desk.clock, 6 * HOUR, told(one))
  expect(one.desk.clock.now()).toBeGreaterThanOrEqual(sooner)
  expect(one.desk.clock.now()).toBeLessThan(sooner + DAY)
  expect(await one.desk.ctx.read.find('postponement', { state: 'ended' })).toHaveLength(1)
})

it('one person ends it, and the poster is told at once', async () => {
  const one = await TellingDesk.open()
  await postponed(one)
  await one.act('remove')
  await one.notice('postponed')
  const { cases } = one.desk.madoguchi
  const ended = await cases.endPostponement(one.record.id, {
    commandId: 'end-it-now-1',
    by: one.other,
  })
  expect(ended).toMatchObject({ ok: true })
  await one.notice('told')
  expect(await one.payloads('postponement.ended')).toHaveLength(1)
  const again = await cases.endPostponement(one.record.id, {
    commandId: 'end-it-now-2',
    by: one.other,
  })
  expect(again).toMatchObject({ refusal: { code: 'already' } })
})

it('a restoration is put off with it, and the poster hears in the end what was so', async () => {
  const one = await TellingDesk.open()
  await postponed(one, 'secrecy_ordered', 5)
  await one.act('remove')
  await one.notice('postponed')
  expect(await one.reverse()).toMatchObject({ ok: true })
  await one.notice('postponed', 'restored')
  expect(one.told).toEqual([])
  const end = { commandId: 'end-ordered-1', by: one.other }
  expect(await one.desk.madoguchi.cases.endPostponement(one.record.id, end)).toMatchObject({
    refusal: { code: 'not_allowed' },
  })
  await seenAfter(one.desk.clock, 6 * HOUR, told(one))
  await one.desk.store.quiet()
  expect(one.told.map(({ statement }) => statement.kind)).toEqual(['restored'])
  expect(one.told[0]?.text.body.ja).toContain('延期していました')
})

it('it holds for every case about the item', async () => {
  const one = await TellingDesk.open()
  await postponed(one)
  const { desk } = one
  const { id } = await desk.hotline.sendFixture('suspected_drug_ad_declined', {
    id: 'sibling-of-it-1',
  })
  const sibling = await seen(async () => {
    const notice = await desk.ctx.read.get('notice', { id })
    const found = notice?.caseId
      ? await desk.ctx.read.get('case', { id: notice.caseId })
      : undefined
    return found?.state === 'ready' ? found : undefined
  })
  expect(sibling.targetKey).toBe(one.record.targetKey)
  one.record = sibling
  await one.act('demote')
  await desk.madoguchi.actions.settle(
    (await seen(async () => (await desk.ctx.read.find('action', { state: 'pending' }))[0])).id,
    executed,
  )
  await one.notice('postponed')
  expect(one.told).toEqual([])
})

it('nothing of it goes to a sender: outcome and status are as if nothing were put off', async () => {
  const plain = await TellingDesk.open()
  await plain.act('remove')
  const one = await TellingDesk.open()
  await postponed(one, 'secrecy_ordered', 30)
  await one.act('remove')
  const outcomeOf = async ({ desk }: TellingDesk): Promise<unknown> => {
    const outcome = await seen(async () => (await desk.ctx.read.find('outcome', {}))[0])
    const claims = JSON.parse(Buffer.from(outcome.jws.split('.')[1]!, 'base64url').toString()) as {
      outcome: Record<string, unknown>
    }
    return { ...claims.outcome, id: null, as_of: null }
  }
  expect(await outcomeOf(one)).toEqual(await outcomeOf(plain))
  const [entry] = await one.desk.ctx.read.find('event', { type: 'poster.postponed' })
  const row = await one.desk.ctx.read.get('ledgerEntry', { index: entry!.entryIndex! })
  expect(Buffer.from(row!.bytes).toString()).not.toMatch(/secrecy|ordered|voluntary_illegal/)
})
