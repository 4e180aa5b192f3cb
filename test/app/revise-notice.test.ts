import { expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import type { NoticeRecord } from '../../src/core/notice.ts'
import { newGate, act, codeOf, decide, expectSoundLog, pause, readyCase, seen } from './support.ts'
import { caseAt, noticeAt, NOTICE, openOneItem, OTHER, sendOne } from './support-messages.ts'
import { person } from '../laws/support.ts'
import { TestHotline } from '../support/desk.ts'
import type { AppContext } from '../../src/app/context.ts'

const A = person('a')

it('takes the place of the earlier notice in its open case: slot, order and version', async () => {
  const desk = await openOneItem()
  const { ctx, clock, hotline } = desk
  const first = await sendOne(desk, 'notice-first')
  const other = await sendOne(desk, 'notice-other', { iss: OTHER })
  const tat = await ctx.read.find('senderClock', { senderId: first.notice.senderId })
  clock.advance(HOUR)
  const revised = await hotline.sendFixture(NOTICE, {
    id: 'notice-second',
    supersedes: 'notice-first',
    reasoning: '差替え後の理由',
  })
  const notice = await noticeAt(desk, revised.id)
  expect(notice).toMatchObject({
    state: 'live',
    revision: 2,
    supersedes: first.notice.id,
    order: first.notice.order,
    position: first.notice.entryIndex,
    caseId: first.record.id,
    caseVersion: 3,
    targetRef: 'one-item',
  })
  expect(notice.entryIndex).toBeGreaterThan(other.notice.entryIndex)
  expect(await noticeAt(desk, first.notice.id)).toMatchObject({
    state: 'superseded',
    supersededBy: revised.id,
    leftVersion: 3,
  })
  const { goalAt, position, band } = await caseAt(desk, first.record.id)
  expect({ goalAt, position, band }).toEqual({
    goalAt: first.record.goalAt,
    position: first.record.position,
    band: 1,
  })
  expect(await ctx.read.find('senderClock', { senderId: first.notice.senderId })).toEqual(tat)
  expect(await ctx.read.count('case', {})).toBe(1)
  expect(await ctx.read.count('work', { kind: 'intake' })).toBe(0)
  // The decider hears what changed, and decides on the one that counts.
  await desk.madoguchi.cases.claim(first.record.id, A)
  const stale = await desk.madoguchi.cases.decide(first.record.id, {
    commandId: 'stale-1',
    expectedVersion: 2,
    by: A,
    actions: [],
  })
  expect(stale).toMatchObject({
    refusal: {
      code: 'stale_version',
      difference: { version: 3, noticesSince: [revised.id], supersededSince: [first.notice.id] },
    },
  })
  expect(await decide(desk, first.record.id, A)).toMatchObject({ ok: true })
  const [decision] = await ctx.read.find('decision', {})
  expect([...decision!.noticeIds].sort()).toEqual([other.notice.id, revised.id].sort())
  await seen(async () => ((await ctx.read.count('outcome', {})) === 2 ? true : undefined))
  expect(await ctx.read.count('outcome', { noticeId: first.notice.id })).toBe(0)
  await expectSoundLog(ctx)
})

it('is a chain: each revision names the one before, and an earlier one is done with', async () => {
  const desk = await openOneItem()
  const { hotline, ctx } = desk
  const { notice } = await sendOne(desk, 'notice-0001')
  const second = await hotline.sendFixture(NOTICE, { id: 'notice-0002', supersedes: notice.id })
  const third = await hotline.sendFixture(NOTICE, { id: 'notice-0003', supersedes: 'notice-0002' })
  expect(await noticeAt(desk, third.id)).toMatchObject({ revision: 3, supersedes: second.id })
  const again = { id: 'notice-0004', supersedes: 'notice-0001' }
  expect(await codeOf(hotline.sendFixture(NOTICE, again))).toBe('notice_superseded')
  await hotline.message('withdrawal', third.id, { id: 'withdrawal-1' })
  const gone = { id: 'notice-0005', supersedes: third.id }
  expect(await codeOf(hotline.sendFixture(NOTICE, gone))).toBe('notice_withdrawn')
  // What was refused left nothing behind.
  expect(await ctx.read.count('notice', {})).toBe(3)
  const superseded = await ctx.read.find('event', { type: 'notice.superseded' }, { orderBy: 'seq' })
  expect(superseded.map(({ noticeId }) => noticeId)).toEqual([notice.id, second.id])
  expect(superseded.every(({ entryIndex }) => entryIndex !== null)).toBe(true)
})

it.each([
  ['another form', 'bank_account_trade_declined', {}],
  ['another target', NOTICE, { target: { url: 'https://sns.example/p/elsewhere' } }],
  ['nothing that is there', NOTICE, { supersedes: 'nothing-at-all' }],
  ['a notice of another sender', NOTICE, { supersedes: 'notice-other' }],
])('refuses %s as what it supersedes', async (_what, key, changes) => {
  const desk = await openOneItem()
  await sendOne(desk, 'notice-0001')
  await sendOne(desk, 'notice-other', { iss: OTHER })
  const revised = { id: 'notice-0002', supersedes: 'notice-0001', ...changes }
  expect(await codeOf(desk.hotline.sendFixture(key, revised))).toBe('supersedes_unknown')
  expect(await desk.ctx.read.count('notice', {})).toBe(2)
})

it('has as many revisions as it can have, and no more', async () => {
  const desk = await openOneItem()
  await sendOne(desk, 'notice-0000')
  const revise = (n: number) =>
    desk.hotline.sendFixture(NOTICE, {
      id: `notice-${String(n).padStart(4, '0')}`,
      supersedes: `notice-${String(n - 1).padStart(4, '0')}`,
    })
  for (let n = 1; n <= 20; n += 1) await revise(n)
  expect(await codeOf(revise(21))).toBe('too_many_messages')
})

it('may only bring a matter of life forward: within the agreed band-0 rate, from the kept slot', async () => {
  const desk = await openOneItem()
  const { notice } = await sendOne(desk, 'notice-0001')
  desk.clock.advance(MINUTE)
  const [band0] = [...desk.ctx.config.band0Categories]
  const revised = await desk.hotline.sendFixture(NOTICE, {
    id: 'notice-0002',
    supersedes: 'notice-0001',
    category: band0,
  })
  const { order, caseId } = await noticeAt(desk, revised.id)
  expect(order).toMatchObject({ band: 0, slotAt: notice.order.slotAt, bandReason: 'table' })
  expect(await caseAt(desk, caseId!)).toMatchObject({ band: 0, category: band0 })
  const back = await desk.hotline.sendFixture(NOTICE, {
    id: 'notice-0003',
    supersedes: 'notice-0002',
  })
  expect((await noticeAt(desk, back.id)).order).toEqual(order)
})

it('after the decision: recorded, the decision stands, the case is flagged, and round 2 opens', async () => {
  const desk = await openOneItem()
  const { ctx } = desk
  const { notice, record } = await sendOne(desk, 'notice-0001')
  await act(desk, record.id, A, 'remove')
  const revised = await desk.hotline.sendFixture(NOTICE, {
    id: 'notice-0002',
    supersedes: 'notice-0001',
  })
  const next = await readyCase(ctx, revised.id)
  expect(next).toMatchObject({ round: 2, previousCaseId: record.id })
  expect(await caseAt(desk, record.id)).toMatchObject({
    state: 'decided',
    flags: ['notice_superseded'],
  })
  expect(await noticeAt(desk, notice.id)).toMatchObject({ state: 'superseded', leftVersion: null })
  const [decision] = await ctx.read.find('decision', {})
  expect(decision?.noticeIds).toEqual([notice.id])
  expect((await ctx.read.find('action', {}))[0]?.state).not.toBe('cancelled')
})

it.each(['withdrawal', 'revision', 'supplement'] as const)(
  'a %s while intake of the notice is under way is right in every order',
  async (what) => {
    const gate = newGate()
    let asked = 0
    const desk = await openOneItem({
      platform: {
        resolve: async () => {
          asked += 1
          if (asked === 1) await gate.opened
          return { ref: 'one-item' }
        },
      },
    })
    const { ctx, hotline } = desk
    const { id } = await hotline.sendFixture(NOTICE, { id: 'notice-0001' })
    await seen(() => Promise.resolve(asked === 1 ? true : undefined))
    let newest: NoticeRecord['id'] = id
    if (what === 'revision')
      newest = (await hotline.sendFixture(NOTICE, { id: 'notice-0002', supersedes: 'notice-0001' }))
        .id
    else
      await hotline.message(what, id, {
        id: 'message-001',
        ...(what === 'supplement' ? { text: '補足' } : {}),
      })
    gate.open()
    await seen(async () =>
      (await ctx.read.count('work', { kind: 'intake' })) === 0 ? true : undefined,
    )
    await pause()
    const notice = await noticeAt(desk, id)
    if (what === 'withdrawal') {
      expect(notice).toMatchObject({ state: 'withdrawn', caseId: null })
      expect(await ctx.read.count('case', {})).toBe(0)
      return
    }
    const record = await readyCase(ctx, newest)
    expect(await ctx.read.count('case', {})).toBe(1)
    expect(record.position).toBe(notice.entryIndex)
    if (what === 'revision') expect(notice).toMatchObject({ state: 'superseded', caseId: null })
    else expect(notice).toMatchObject({ state: 'live', caseId: record.id })
  },
)

it.each(['withdrawal', 'revision', 'supplement'] as const)(
  'a %s that looked before intake attached the notice, and commits after it, looks again',
  async (what) => {
    const gate = newGate()
    const desk = await openOneItem({
      platform: { resolve: () => gate.opened.then(() => ({ ref: 'one-item' })) },
    })
    const { ctx } = desk
    const { id } = await desk.hotline.sendFixture(NOTICE, { id: 'notice-0001' })
    let submitted = 0
    const submit: AppContext['committer']['submit'] = async (command) => {
      submitted += 1
      if (submitted === 1) {
        gate.open()
        await readyCase(ctx, id)
      }
      return ctx.committer.submit(command)
    }
    const late = {
      ...ctx,
      committer: Object.assign(Object.create(ctx.committer) as object, { submit }),
    }
    const internals = { ...desk.madoguchi.internals, ctx: late as AppContext }
    const hotline = new TestHotline({ internals }, desk.keys.hotline)
    if (what === 'revision')
      await hotline.sendFixture(NOTICE, { id: 'notice-0002', supersedes: 'notice-0001' })
    else if (what === 'withdrawal') await hotline.message(what, id, { id: 'message-001' })
    else await hotline.message(what, id, { id: 'message-001', text: '補足' })
    expect(submitted).toBe(2)
    const notice = await noticeAt(desk, id)
    const record = await caseAt(desk, notice.caseId!)
    expect(record).toMatchObject({
      version: 2,
      state: what === 'withdrawal' ? 'withdrawn' : 'ready',
    })
    expect(notice.leftVersion).toBe(what === 'supplement' ? null : 2)
    expect(await ctx.read.count('tokenId', {})).toBe(2)
    await expectSoundLog(ctx)
  },
)
