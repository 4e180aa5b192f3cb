import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { takeOrder } from '../../src/app/take-order.ts'
import { newWork } from '../../src/app/work-rows.ts'
import { openCase } from '../../src/core/transition/open-case.ts'
import type { NoticeRecord } from '../../src/core/notice.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import { HOTLINE, publicJwk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

const ORDINARY = 'yamibaito_recruitment'
const BAND_0 = 'suicide_inducement_life_risk'
const OPEN = ['new', 'ready', 'awaiting_second', 'disagreed'] as const

const url = (at: string): object => ({ target: { url: `https://sns.example/posts/${at}` } })
const send = async (
  { hotline, ctx }: TimedDesk,
  key: string,
  id: string,
): Promise<NoticeRecord> => {
  const { id: ours } = await hotline.sendFixture(key, { id: `notice-${id}`, ...url(id) })
  const stored = await ctx.read.get('notice', { id: ours })
  if (stored === undefined) throw new Error('not stored')
  return stored
}

it('puts a matter of life before a weekend of 1,000 overdue cases, for machines and people', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, madoguchi } = desk
  const sample = await send(desk, ORDINARY, 'sample')
  const friday = clock.now() - 3 * DAY
  // Cases and intake work of a closed weekend, all of them past their goal.
  await ctx.committer.submit({
    name: 'test.weekend',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      for (let at = 0; at < 1_000; at += 1) {
        const goalAt = friday + at * MINUTE
        const notice = { ...sample, entryIndex: 10_000 + at, order: { ...sample.order, goalAt } }
        const opened = openCase(
          null,
          { notice },
          {
            at: friday,
            caseId: ctx.random.id('cas'),
            targetKey: `ref:weekend-${at}`,
            previous: null,
            grave: false,
            noView: false,
          },
        )
        if (!opened.ok) throw new Error('not opened')
        await tx.insert('case', { ...opened.next, state: 'ready' })
        const row = { kind: 'intake', subjectId: `none-${at}`, nextAt: friday, goalAt } as const
        await tx.insert('work', newWork(ctx.random, { ...row, position: 10_000 + at }))
      }
      return { result: undefined, events: [] }
    },
  })
  const urgent = await send(desk, BAND_0, 'urgent')
  expect(urgent.order).toMatchObject({ band: 0, bandReason: 'table', ownGoalMs: 15 * MINUTE })
  const claimed = await ctx.committer.submit({
    name: 'test.claim',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      const now = clock.now()
      const row = await tx.claimWork({ kind: 'intake', now, leaseUntil: now + 1 })
      return { result: row, events: [] }
    },
  })
  expect(claimed.result?.subjectId).toBe(urgent.id)
  clock.advance(2)
  await madoguchi.start({ work: true })
  const record = await readyCase(ctx, urgent.id)
  const [first] = await ctx.read.queue({ states: OPEN, limit: 1 })
  expect(first?.id).toBe(record.id)
})

it("keeps the slots of a hotline's daily batch, and puts its matter of life first", async () => {
  const desk = await openTimedDesk()
  const { ctx, madoguchi, clock } = desk
  await changeSender(ctx, SYSTEM, HOTLINE, { agreed_rate_per_day: 60 })
  const batch = await Promise.all(
    Array.from({ length: 60 }, (_, at) => send(desk, ORDINARY, `batch-${at}`)),
  )
  clock.advance(MINUTE)
  const urgent = await send(desk, BAND_0, 'urgent')
  expect(batch.map(({ order, receivedAt }) => order.slotAt - receivedAt)).toEqual(
    batch.map(() => 0),
  )
  expect(urgent.order.slotAt).toBe(urgent.receivedAt)
  await madoguchi.start({ work: true })
  await seen(async () =>
    (await ctx.read.count('case', { state: 'ready' })) === 61 ? 1 : undefined,
  )
  const queue = await ctx.read.queue({ states: OPEN, limit: 100 })
  const record = await readyCase(ctx, urgent.id)
  expect(queue[0]?.id).toBe(record.id)
  // The batch stands in the order of arrival: equal goals, then the index of the ledger.
  const positions = queue.slice(1).map(({ position }) => position)
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
})

it('lets a flood delay itself alone', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, keys, madoguchi } = desk
  await changeSender(ctx, SYSTEM, HOTLINE, { agreed_rate_per_day: 24, tier: 'verified' })
  const flood: NoticeRecord[] = []
  for (let at = 0; at < 40; at += 1) flood.push(await send(desk, ORDINARY, `flood-${at}`))
  // A day of the agreed rate keeps its arrival; from there on each is an hour later than the last.
  expect(flood[23]?.order.slotAt).toBe(clock.now())
  expect(flood[24]?.order.slotAt).toBe(clock.now())
  expect(flood[25]?.order.slotAt).toBe(clock.now() + HOUR)
  expect(flood[39]?.order.slotAt).toBe(clock.now() + 15 * HOUR)
  clock.advance(MINUTE)
  // Another sender of the same tier, a minute later, with the same key for this test.
  const other = 'https://hotline2.example/'
  await registerKey(ctx, SYSTEM, other, publicJwk(keys.hotline))
  const quiet = await desk.hotline
    .send(noticeOf(ORDINARY, { id: 'from-another', ...url('another') }), { iss: other })
    .then(({ id }) => ctx.read.get('notice', { id }))
  expect(quiet?.senderId).toBe(other)
  expect(quiet?.order.slotAt).toBe(clock.now())
  await madoguchi.start({ work: true })
  await seen(async () =>
    (await ctx.read.count('case', { state: 'ready' })) === 41 ? 1 : undefined,
  )
  const ids = (await ctx.read.queue({ states: OPEN, limit: 100 })).map(({ id }) => id)
  const place = ids.indexOf((await readyCase(ctx, quiet?.id ?? '')).id)
  expect(place).toBe(25)
})

it('takes what is beyond the band-0 rate in band 1, refuses nothing for it', async () => {
  const desk = await openTimedDesk()
  await changeSender(desk.ctx, SYSTEM, HOTLINE, { agreed_band0_rate_per_day: 1 })
  const bands: unknown[] = []
  for (let at = 0; at < 4; at += 1) {
    const { order } = await send(desk, BAND_0, `life-${at}`)
    bands.push([order.band, order.bandReason])
  }
  expect(bands).toEqual([
    [0, 'table'],
    [0, 'table'],
    [1, 'over_band0_rate'],
    [1, 'over_band0_rate'],
  ])
})

it("moves nothing for a sender's own urgency, nor for a category outside its scope", async () => {
  const desk = await openTimedDesk()
  await changeSender(desk.ctx, SYSTEM, HOTLINE, { scope: ['crime_recruitment'] })
  const { order } = await send(desk, BAND_0, 'outside')
  expect(order).toMatchObject({ band: 1, bandReason: 'outside_scope' })
})

it('moves no clock for what is refused or rolled back', async () => {
  const desk = await openTimedDesk()
  const { ctx } = desk
  const sender = await ctx.read.get('sender', { id: HOTLINE })
  if (sender === undefined) throw new Error('no sender')
  const rollBack = ctx.committer.submit({
    name: 'test.order',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      const facts = { category: 'crime_recruitment', receivedAt: ctx.clock.now(), trial: null }
      await takeOrder(tx, ctx.config, sender, facts)
      throw new Error('refused later')
    },
  })
  await expect(rollBack).rejects.toThrow('refused later')
  expect(await ctx.read.find('senderClock', {})).toEqual([])
})

it('stores why a notice stands where it stands, whatever changes afterwards', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock } = desk
  const { order, receivedAt, id } = await send(desk, ORDINARY, 'explained')
  expect(order).toEqual({
    band: 1,
    tier: 'priority',
    slotAt: receivedAt,
    ownGoalMs: 4 * HOUR,
    goalAt: receivedAt + 4 * HOUR,
    bandReason: 'none',
  })
  const [work] = await ctx.read.find('work', { kind: 'intake', subjectId: id })
  expect(work).toMatchObject({ band: order.band, goalAt: order.goalAt })
  await changeSender(ctx, SYSTEM, HOTLINE, { tier: 'probation' })
  clock.advance(DAY)
  expect((await ctx.read.get('notice', { id }))?.order).toEqual(order)
  await desk.madoguchi.start({ work: true })
  expect(await readyCase(ctx, id)).toMatchObject({ band: 1, goalAt: order.goalAt })
})
