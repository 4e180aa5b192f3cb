import { describe, expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readRegistration } from '../../src/app/read-registration.ts'
import { readSender, readSenders } from '../../src/app/read-senders.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { DAY } from '../../src/core/time.ts'
import type { Transaction } from '../../src/ports/record-store.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import { sample } from '../contract/sample-rows.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { act, codeOf, decide, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

const A: DecidedBy = { operator: 'a', role: 'reviewer' }
const ACCREDITATION = {
  granted_by: '架空の協議会',
  basis: '信頼できる団体の認定基準（架空）',
  from: '2026-04-01',
  review_on: '2027-04-01',
  roles: ['finds', 'forwards'],
  legal_form: '一般社団法人',
  funding: '会費及び補助金',
  conflicts_of_interest: '当社及び競合する事業者との取引なし',
  report: { address: 'https://hotline.example/report', published_on: '2025-01-31' },
}
const CRITERIA = {
  address: 'https://hotline.example/criteria',
  version: '2026-04',
  users_consulted: 'yes',
}

async function open(): Promise<TimedDesk> {
  const carryOut = () => Promise.resolve({ kind: 'executed', at: desk.clock.now() } as const)
  const desk = await openTimedDesk({ platform: { executors: { remove: carryOut } } })
  await desk.madoguchi.start({ work: true })
  return desk
}

const change = (desk: TimedDesk, patch: object) => changeSender(desk.ctx, SYSTEM, HOTLINE, patch)

let sent = 0
async function send(desk: TimedDesk): Promise<CaseRecord> {
  sent += 1
  const { id } = await desk.hotline.send(
    noticeOf('yamibaito_recruitment', {
      id: `quality-${String(sent).padStart(4, '0')}`,
      target: { url: `https://sns.example/${sent}` },
    }),
  )
  return readyCase(desk.ctx, id)
}

describe('認定', () => {
  it('is kept with all that is asked of a body, and what has run out is for a person to look at', async () => {
    const desk = await open()
    const admin: DecidedBy = { operator: 'admin', role: 'admin' }
    await change(desk, { accreditation: ACCREDITATION, criteria: CRITERIA })
    const { sender } = await readSender(desk.ctx, admin, HOTLINE)
    expect(sender).toMatchObject({
      accreditation: { grantedBy: '架空の協議会', to: null, roles: ['finds', 'forwards'] },
      criteria: { usersConsulted: 'yes' },
      // Its report is older than eighteen months; the clock of the tests stands in November 2026.
      review: ['report_old'],
      state: 'active',
      tier: 'priority',
    })
    const listed = await readSenders(desk.ctx, admin)
    expect(listed.find(({ id }) => id === HOTLINE)?.review).toEqual(['report_old'])
    const [event] = await desk.ctx.read.find('event', { type: 'sender.changed' })
    expect(new TextDecoder().decode(event?.payload)).toContain('conflicts_of_interest')
    desk.clock.advance(400 * DAY)
    const later = await readSender(desk.ctx, admin, HOTLINE)
    expect(later.sender.review).toEqual(['review_due', 'report_old'])
    expect(later.sender).toMatchObject({ state: 'active', tier: 'priority' })
  })

  it('is refused where it lacks something or ends before it begins', async () => {
    const desk = await open()
    for (const wrong of [
      { ...ACCREDITATION, roles: [] },
      { ...ACCREDITATION, roles: ['judges'] },
      { ...ACCREDITATION, conflicts_of_interest: undefined },
      { ...ACCREDITATION, to: '2026-03-31' },
      {
        ...ACCREDITATION,
        report: { address: 'http://hotline.example/', published_on: '2026-01-01' },
      },
      { ...ACCREDITATION, score: 9 },
    ])
      expect(await codeOf(change(desk, { accreditation: wrong }))).toBe('invalid_input')
    expect(await desk.ctx.read.count('event', { type: 'sender.changed' })).toBe(0)
  })
})

describe('判断基準', () => {
  it('stands with each notice as it was when that came', async () => {
    const desk = await open()
    await change(desk, { criteria: CRITERIA })
    const first = await send(desk)
    await change(desk, { criteria: { ...CRITERIA, version: '2026-10', users_consulted: 'no' } })
    const second = await send(desk)
    const criteriaOf = async ({ id }: CaseRecord): Promise<unknown> =>
      (await readCase(desk.ctx, A, id)).notices[0]?.senderCriteria
    expect(await criteriaOf(first)).toMatchObject({ version: '2026-04', usersConsulted: 'yes' })
    expect(await criteriaOf(second)).toMatchObject({ version: '2026-10', usersConsulted: 'no' })
    const [event] = await desk.ctx.read.find(
      'event',
      { type: 'notice.accepted' },
      { orderBy: 'seq' },
    )
    expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
      sender_criteria: { version: '2026-04' },
    })
  })
})

describe('対象範囲', () => {
  it('is checked for each notice: the reviewer is told, the goal is an ordinary one, nothing is refused', async () => {
    const desk = await open()
    const inside = await readCase(desk.ctx, A, (await send(desk)).id)
    await change(desk, { scope: ['drugs'] })
    const outside = await readCase(desk.ctx, A, (await send(desk)).id)
    const notes = ({ notices }: typeof inside): string[] =>
      notices[0]?.notes.map(({ id }) => id) ?? []
    expect(notes(inside)).not.toContain('outside_scope')
    expect(notes(outside)).toContain('outside_scope')
    expect(inside.order?.tier).toBe('priority')
    expect(outside.order).toMatchObject({ tier: 'ordinary', outsideScope: true })
    expect(outside.case).toMatchObject({
      lane: inside.case.lane,
      grave: inside.case.grave,
      state: 'ready',
    })
  })
})

async function write(desk: TimedDesk, body: (tx: Transaction) => Promise<unknown>): Promise<void> {
  const run = async (tx: Transaction) => {
    await body(tx)
    return { result: undefined, events: [] }
  }
  await desk.ctx.committer.submit({ name: 'test.write', bytes: 1, locks: [], run })
}

describe('通知の質', () => {
  it('is told to the sender about itself, with reasons, from the twentieth closed notice on', async () => {
    const desk = await open()
    const declined = async (input: Partial<DecideCommand>): Promise<void> => {
      expect(await decide(desk, (await send(desk)).id, A, input)).toMatchObject({ ok: true })
    }
    await declined({ declineReason: 'insufficient_reasoning' })
    await declined({ declineReason: 'misaddressed' })
    await declined({ declineReason: 'sender_out_of_scope' })
    await declined({ alreadyGone: true })
    await declined({ declineReason: 'duplicate_own' })
    await declined({ declineReason: 'not_illegal_own_assessment' })
    for (let at = 0; at < 12; at += 1) await declined({ declineReason: 'tos_not_violated' })
    const measure = await send(desk)
    await act(desk, measure.id, A, 'remove')
    await send(desk)
    const early = await readRegistration(desk.ctx, HOTLINE)
    expect(early.quality).toMatchObject({ closed: 19, counts: null, notices: [] })
    expect(early).toMatchObject({ tier: 'priority', ownGoalMinutes: 240 })
    expect(early.tierCriteria.ja).toContain('認定')

    await declined({})
    const { quality } = await readRegistration(desk.ctx, HOTLINE)
    expect(quality.closed).toBe(20)
    expect(quality.counts).toEqual([
      { fault: 'insufficient', count: 1 },
      { fault: 'misaddressed', count: 1 },
      { fault: 'out_of_scope', count: 1 },
      { fault: 'overturned', count: 0 },
    ])
    expect(quality.notices.map(({ fault }) => fault).sort()).toEqual([
      'insufficient',
      'misaddressed',
      'out_of_scope',
    ])
    expect(quality.contest.ja).toContain('異議')
    // Nothing followed from it.
    expect(await desk.ctx.read.get('sender', { id: HOTLINE })).toMatchObject({
      tier: 'priority',
      state: 'active',
    })

    await seen(async () => (await desk.ctx.read.find('action', { state: 'executed' })).at(0))
    const [decision] = await desk.ctx.read.find('decision', { caseId: measure.id })
    await write(desk, (tx) =>
      tx.insert(
        'appeal',
        sample('appeal', {
          caseId: measure.id,
          decisionId: decision!.id,
          by: 'poster',
          state: 'changed',
        }),
      ),
    )
    const after = await readRegistration(desk.ctx, HOTLINE)
    expect(after.quality.counts?.at(-1)).toEqual({ fault: 'overturned', count: null })
    expect(JSON.stringify(after.quality.notices)).not.toContain('overturned')

    desk.clock.advance(366 * DAY)
    expect((await readRegistration(desk.ctx, HOTLINE)).quality.closed).toBe(0)
  })

  it('of a decision that was taken back counts nothing until it is decided anew', async () => {
    const desk = await open()
    const record = await send(desk)
    await decide(desk, record.id, A, { declineReason: 'misaddressed' })
    const closed = async () => (await readRegistration(desk.ctx, HOTLINE)).quality.closed
    expect(await closed()).toBe(1)
    await desk.madoguchi.cases.reverse(record.id, {
      by: A,
      commandId: 'take-it-back',
      expectedVersion: (await desk.ctx.read.get('case', { id: record.id }))?.version ?? 0,
      reason: 'own_recheck',
    })
    expect(await closed()).toBe(0)
  })
})
