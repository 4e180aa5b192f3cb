import { describe, expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { readCase } from '../../src/app/read-case.ts'
import { agreeLeaveUp, refuseLeaveUp, type LeaveUpRecord } from '../../src/core/leave-up.ts'
import { DAY, formatTime, HOUR } from '../../src/core/time.ts'
import { ROLES } from '../../src/core/vocabulary.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import {
  claim,
  claimAndDecide,
  declining,
  done,
  newCase,
  NOW,
  person as member,
  readyCase as bareCase,
} from '../core/case-builder.ts'
import { decide, person, sendToCase } from '../laws/support.ts'
import { openDesk } from '../support/desk.ts'
import { People } from '../support/people.ts'
import { openTimedDesk, readyCase } from './support.ts'

const WISH = { requestedBy: '見本県警察（架空）', document: '依頼書第1号', until: NOW + 14 * DAY }
const first = member('H', 'legal')
const proposed: LeaveUpRecord = {
  id: 'lup_1',
  caseId: 'cas_1',
  ...WISH,
  proposedBy: first,
  proposedAt: NOW,
  agreedBy: null,
  agreedAt: null,
}
const second = member('I', 'legal')

describe('R-28: a wish that an item be left up', () => {
  const code = (...args: Parameters<typeof refuseLeaveUp>) => refuseLeaveUp(...args)?.code ?? 'ok'

  it('is heard by the legal desk alone', () => {
    for (const role of ROLES)
      expect([role, code(bareCase(), member('Z', role), WISH, NOW)]).toEqual([
        role,
        role === 'legal' ? 'ok' : 'not_allowed',
      ])
  })

  it('never for a no-view category, and never where life or body is in danger', () => {
    expect(code(bareCase({ noView: true }), first, WISH, NOW)).toBe('not_allowed')
    expect(code({ ...bareCase(), band: 0 }, first, WISH, NOW)).toBe('life_does_not_wait')
    expect(code({ ...bareCase(), band0Marked: true }, first, WISH, NOW)).toBe('life_does_not_wait')
  })

  it('in writing, for 14 days at most, and before a decision', () => {
    for (const wrong of [
      { document: ' ' },
      { requestedBy: '' },
      { until: NOW },
      { until: NOW + 14 * DAY + 1 },
      { until: Number.NaN },
    ])
      expect(code(bareCase(), first, { ...WISH, ...wrong }, NOW)).toBe('invalid_input')
    expect(code(newCase(), first, WISH, NOW)).toBe('already')
    const decided = done(claimAndDecide(bareCase(), member('A'), declining)).next
    expect(code(decided, first, WISH, NOW)).toBe('already')
  })

  it('takes two people, and takes the case from nobody', () => {
    const agree = (...args: Parameters<typeof agreeLeaveUp>): unknown => {
      const agreed = agreeLeaveUp(...args)
      return agreed.ok ? agreed.next : agreed.refusal.code
    }
    const state = bareCase()
    expect(agree(state, first, proposed, NOW)).toBe('second_person_needed')
    expect(agree(state, member('I'), proposed, NOW)).toBe('not_allowed')
    expect(agree(state, second, { ...proposed, agreedBy: second }, NOW)).toBe('already')
    const claimed = done(claim(state, member('A'))).next
    expect(agree(claimed, second, proposed, NOW)).toBe('claimed_by_other')
    // Set aside, as any other; its version stays, so nobody's look at it is stale.
    expect(agree(state, second, proposed, NOW)).toEqual({
      ...state,
      holdUntil: WISH.until,
      holdReason: null,
    })
  })
})

it('two people of the legal desk agree: for everybody else the case is one that is decided later', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, madoguchi } = desk
  await madoguchi.start({ work: true })
  const record = await readyCase(ctx, (await desk.hotline.sendFixture('handgun_sale')).id)
  const wish = {
    command_id: 'leave-up-1',
    requested_by: WISH.requestedBy,
    document: WISH.document,
    until: formatTime(clock.now() + 2 * DAY),
  }
  const [a, b] = [person('houmu-1', 'legal'), person('houmu-2', 'legal')]
  const { id } = await madoguchi.leaveUps.propose(record.id, wish, a)
  const offered = async (): Promise<number> =>
    (await listCases(ctx, person('a'), { limit: 5 })).items.length
  expect(await offered()).toBe(1)
  const agreed = await madoguchi.leaveUps.agree(id, { command_id: 'leave-up-2' }, b)
  expect(agreed).toMatchObject({ proposedBy: a, agreedBy: b })
  expect(await offered()).toBe(0)
  const shown = await readCase(ctx, person('a', 'lead'), record.id)
  expect(shown.case).toMatchObject({ holdReason: null, version: record.version })
  expect(JSON.stringify(shown)).not.toMatch(/見本県警察|依頼書|leave|lup_/)

  const events = await ctx.read.find('event', { caseId: record.id }, { orderBy: 'seq' })
  const sealed = events.filter(({ type }) => type.startsWith('leave_up.'))
  expect(sealed.map(({ type }) => type)).toEqual(['leave_up.proposed', 'leave_up.agreed'])
  for (const { entryIndex } of sealed) {
    const row = await ctx.read.get('ledgerEntry', { index: entryIndex! })
    const { type, pub, refs, at } = parseEntry(row!.bytes)!
    expect([type, pub, refs, at % HOUR]).toEqual(['sealed', {}, [], 0])
  }
  expect(events.map(({ type }) => type)).not.toContain('case.held')

  clock.advance(2 * DAY)
  expect(await offered()).toBe(1)
})

it('binds nobody: whoever resumes the case decides it, and a new notice brings it back', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const { record } = await sendToCase(desk, 'handgun_sale')
  const until = formatTime(ctx.clock.now() + DAY)
  const hold = async (n: number): Promise<void> => {
    const wish = { command_id: `leave-up-${n}a`, requested_by: '警察', document: '書', until }
    const by = person('houmu-1', 'legal')
    const { id } = await desk.madoguchi.leaveUps.propose(record.id, wish, by)
    const second_ = { command_id: `leave-up-${n}b` }
    await desk.madoguchi.leaveUps.agree(id, second_, person('houmu-2', 'legal'))
    expect((await ctx.read.get('case', { id: record.id }))?.holdUntil).not.toBeNull()
  }
  await hold(1)
  await sendToCase(desk, 'handgun_sale', { id: 'another-notice-1' })
  expect((await ctx.read.get('case', { id: record.id }))?.holdUntil).toBeNull()
  await hold(2)
  const resumed = { commandId: 'resume-0001', by: person('a') }
  expect((await desk.madoguchi.cases.resume(record.id, resumed)).ok).toBe(true)
  expect((await decide(desk, record, person('a'), { actions: [] })).ok).toBe(true)
})

it('is recorded, agreed to and listed over HTTP, by the legal desk', async () => {
  const people = await People.open()
  const { id } = await people.caseOf('handgun_sale')
  const { clock } = people.desk.madoguchi.internals.ctx
  const wish = {
    command_id: 'leave-up-1',
    requested_by: '見本県警察（架空）',
    document: '依頼書第1号',
    until: formatTime(clock.now() + DAY),
  }
  const made = await people.call(
    'legal',
    'post',
    `/v1/cases/${id}/leave-up`,
    '/v1/cases/{id}/leave-up',
    wish,
  )
  expect(made.status).toBe(201)
  const alone = await people.call(
    'legal',
    'post',
    `/v1/leave-ups/${made.body.id as string}/agreement`,
    '/v1/leave-ups/{id}/agreement',
    { command_id: 'leave-up-2' },
  )
  expect(alone.body.code).toBe('second_person_needed')
  const list = await people.call('auditor', 'get', '/v1/leave-ups', '/v1/leave-ups')
  expect(list.body.items).toMatchObject([{ id: made.body.id, agreed_by: null }])
  const lead = await people.call('lead', 'get', '/v1/leave-ups', '/v1/leave-ups')
  expect(lead.body.code).toBe('not_allowed')
})
