import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { resendDelivery } from '../../src/app/resend-delivery.ts'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { DeskOptions } from '../support/desk.ts'
import { HOTLINE, newKeys } from '../support/desk.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { claimsOf, codeOf as refusalOf, keptPosts, outcomeFor, person } from '../laws/support.ts'
import {
  codeOf,
  decide,
  expectSoundLog,
  newGate,
  pause,
  seen,
  UnsteadySigner,
  type TimedDesk,
} from './support.ts'
import { NOW, poll } from './poll-support.ts'
import { caseAt, noticeAt, openOneItem, OTHER, sendOne } from './support-messages.ts'

const A = person('a')
const QUESTION = { ja: '投稿の日時を教えてください。', en: 'When was it posted?' }
let asked = 0
const ask = (
  desk: TimedDesk,
  caseId: `cas_${string}`,
  noticeId: `ntc_${string}`,
  more: Partial<Parameters<TimedDesk['madoguchi']['cases']['ask']>[1]> = {},
) => {
  asked += 1
  return desk.madoguchi.cases.ask(caseId, {
    commandId: `question-${asked}`,
    by: A,
    noticeId,
    text: QUESTION,
    ...more,
  })
}
const answer = (desk: TimedDesk, notice: string, more: object = {}, iss = HOTLINE) =>
  desk.hotline.message(
    'supplement',
    notice,
    { id: 'supplement-1', text: '9月1日です。', ...more },
    { iss },
  )
const queue = async ({ ctx }: TimedDesk, query: object = {}) =>
  (await listCases(ctx, { operator: 'a', role: 'reviewer' }, { limit: 50, ...query })).items
const openAsking = (options: DeskOptions = {}) => openOneItem(options)

it('goes to the one sender as an interim outcome, and its answer adds the pause to the goal', async () => {
  const endpoint = keptPosts()
  const desk = await openAsking({
    adapters: { transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
  })
  const { ctx, clock } = desk
  const { notice, record } = await sendOne(desk, 'notice-0001')
  expect(refusalOf(await ask(desk, record.id, notice.id))).toBe('ok')
  const outcome = await outcomeFor(desk, notice)
  expect(outcome).toMatchObject({ decisionId: null, status: 'information_requested', revision: 1 })
  const claims = claimsOf(desk, outcome)
  const [question] = await ctx.read.find('question', {})
  expect(claims).toMatchObject({
    previous: notice.leafHash,
    outcome: {
      status: 'information_requested',
      measures: [],
      question: { id: question?.id, ...QUESTION },
    },
  })
  expect(claims.outcome.statement_ja).toContain(QUESTION.ja)
  expect(claims.outcome.statement_ja).toContain('ご依頼への対応は任意であり')
  await seen(() => Promise.resolve(endpoint.posts.length === 1 ? true : undefined))
  expect(await ownNotice(ctx, HOTLINE, notice.id)).toMatchObject({
    status: 'information_requested',
    question: { id: question?.id, text: QUESTION },
    outcome: outcome.jws,
  })
  expect(await caseAt(desk, record.id)).toMatchObject({ version: 1, allPausedAt: clock.now() })
  clock.advance(2 * HOUR)
  await answer(desk, 'notice-0001', { answers: question?.id })
  const now = await noticeAt(desk, notice.id)
  expect(now).toMatchObject({
    pausedAt: null,
    order: {
      goalAt: notice.order.goalAt + 2 * HOUR,
      pausedMs: 2 * HOUR,
      slotAt: notice.order.slotAt,
    },
  })
  expect(await caseAt(desk, record.id)).toMatchObject({
    allPausedAt: null,
    version: 2,
    goalAt: notice.order.goalAt + 2 * HOUR,
  })
  expect(await ctx.read.get('question', { id: question!.id })).toMatchObject({ state: 'answered' })
  const own = await ownNotice(ctx, HOTLINE, notice.id)
  expect(own).toMatchObject({
    status: 'under_review',
    question: null,
    messages: [{ answers: question?.id }],
  })
  const view = await readCase(ctx, { operator: 'a', role: 'reviewer' }, record.id)
  expect(view.order?.sentence.ja).toContain('補足を待った時間 2時間')
  // The decision's outcome stands for the question.
  await decide(desk, record.id, A)
  const final = await seen(async () => (await ctx.read.find('outcome', { revision: 2 }))[0])
  expect(final).toMatchObject({ supersedes: outcome.id, status: 'no_measure' })
  await expectSoundLog(ctx)
})

it('once it is decided or answered, it is neither fetched nor sent again', async () => {
  const desk = await openAsking({ settings: { MADOGUCHI_UNDO_WINDOW_SECONDS: '30' } })
  const { ctx } = desk
  const told: string[] = []
  for (const id of ['notice-0001', 'notice-0002']) {
    const target = { url: `https://sns.example/p/${id}` }
    const { notice, record } = await sendOne(desk, id, { target })
    await ask(desk, record.id, notice.id)
    const outcome = await outcomeFor(desk, notice)
    expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([outcome.id])
    if (id === 'notice-0001') await decide(desk, record.id, A)
    else await answer(desk, id)
    told.push(outcome.id)
    expect((await poll(desk, NOW)).sets).toEqual({})
  }
  const deliveries = await ctx.read.find('delivery', { state: 'skipped' })
  expect(deliveries.map(({ outcomeId }) => outcomeId).sort()).toEqual(told.sort())
  for (const { id } of deliveries)
    expect(await codeOf(resendDelivery(ctx, SYSTEM, id))).toBe('already')
  expect((await poll(desk, NOW)).sets).toEqual({})
})

it('pauses that notice only: the case takes the place of the others, and comes back with the answer', async () => {
  const desk = await openAsking()
  const mine = await sendOne(desk, 'notice-mine')
  desk.clock.advance(MINUTE)
  const other = await sendOne(desk, 'notice-other', { iss: OTHER })
  expect(other.record.goalAt).toBe(mine.notice.order.goalAt)
  await ask(desk, mine.record.id, mine.notice.id)
  const { position } = other.notice
  const { goalAt } = other.notice.order
  expect(await caseAt(desk, mine.record.id)).toMatchObject({ goalAt, position, allPausedAt: null })
  expect((await noticeAt(desk, other.notice.id)).order).toEqual(other.notice.order)
  expect(await queue(desk)).toHaveLength(1)
  await ask(desk, mine.record.id, other.notice.id)
  expect(await queue(desk)).toHaveLength(0)
  const waiting = await queue(desk, { waitsFor: 'sender' })
  expect(waiting.map(({ id, facts }) => [id, facts?.allPausedAt])).toEqual([
    [mine.record.id, desk.clock.now()],
  ])
  desk.clock.advance(MINUTE)
  await answer(desk, 'notice-mine')
  expect(await queue(desk)).toHaveLength(1)
  expect(await caseAt(desk, mine.record.id)).toMatchObject({
    goalAt: mine.notice.order.goalAt + MINUTE,
    position: mine.notice.position,
  })
})

it('a notice that joins a case on which all wait puts it before people again, in its own place', async () => {
  const desk = await openAsking()
  const mine = await sendOne(desk, 'notice-mine')
  await ask(desk, mine.record.id, mine.notice.id)
  desk.clock.advance(MINUTE)
  const other = await sendOne(desk, 'notice-other', { iss: OTHER })
  expect(other.record).toMatchObject({
    id: mine.record.id,
    allPausedAt: null,
    goalAt: other.notice.order.goalAt,
    position: other.notice.position,
  })
})

it.each(['by table', 'by a mark'] as const)('band 0 never leaves the queue: %s', async (how) => {
  const desk = await openAsking()
  const [band0] = [...desk.ctx.config.band0Categories]
  const { notice, record } = await sendOne(
    desk,
    'notice-0001',
    how === 'by table' ? { category: band0 } : {},
  )
  if (how === 'by a mark') await desk.madoguchi.cases.markBand0(record.id, A)
  const before = await caseAt(desk, record.id)
  expect(before.band).toBe(0)
  await ask(desk, record.id, notice.id)
  expect(await caseAt(desk, record.id)).toEqual(before)
  expect(await queue(desk)).toMatchObject([{ id: record.id, band: 0, emergency: {} }])
})

it('a mark of life brings a case back that waits for its senders', async () => {
  const desk = await openAsking()
  const { notice, record } = await sendOne(desk, 'notice-0001')
  await ask(desk, record.id, notice.id)
  expect(await queue(desk)).toEqual([])
  await desk.madoguchi.cases.tellEmergency(record.id, { by: A, service: '119', note: null })
  expect(await queue(desk)).toMatchObject([{ id: record.id, band: 0 }])
  await answer(desk, 'notice-0001')
  expect(await caseAt(desk, record.id)).toMatchObject({ band: 0, band0Marked: true })
})

it('is no veto: a decision closes the question, and a late answer is recorded', async () => {
  const desk = await openAsking()
  const { ctx } = desk
  const { notice, record } = await sendOne(desk, 'notice-0001')
  await ask(desk, record.id, notice.id)
  const outcome = await outcomeFor(desk, notice)
  expect(await decide(desk, record.id, A)).toMatchObject({ ok: true })
  const [question] = await ctx.read.find('question', {})
  expect(question).toMatchObject({ state: 'dropped', closedAt: desk.clock.now() })
  expect(await noticeAt(desk, notice.id)).toMatchObject({ pausedAt: null, order: notice.order })
  expect((await caseAt(desk, record.id)).allPausedAt).toBeNull()
  const final = await seen(async () => (await ctx.read.find('outcome', { revision: 2 }))[0])
  expect(final.supersedes).toBe(outcome.id)
  await answer(desk, 'notice-0001', { answers: question?.id })
  expect((await caseAt(desk, record.id)).flags).toEqual(['notice_supplemented'])
})

it('a question that was closed before it went out is not asked', async () => {
  const gate = newGate()
  const keys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const desk = await openAsking({ keys, adapters: { signer } })
  const { ctx } = desk
  const { notice, record } = await sendOne(desk, 'notice-0001')
  signer.gate = gate.opened
  await ask(desk, record.id, notice.id)
  await seen(async () =>
    (await ctx.read.find('work', { kind: 'report' }))[0]?.leaseUntil == null ? undefined : true,
  )
  await pause(50)
  signer.gate = undefined
  await desk.hotline.message('withdrawal', notice.id, { id: 'withdrawal-1' })
  gate.open()
  await seen(async () =>
    (await ctx.read.count('work', { kind: 'report' })) === 0 ? true : undefined,
  )
  await pause()
  expect(await ctx.read.count('outcome', {})).toBe(0)
  expect((await ctx.read.find('question', {}))[0]?.state).toBe('dropped')
})

it('is refused: twice, of another case, without a word, by who may not, while somebody else has it', async () => {
  const desk = await openAsking()
  const { notice, record } = await sendOne(desk, 'notice-0001')
  const auditor = person('b', 'auditor')
  expect(refusalOf(await ask(desk, record.id, notice.id, { by: auditor }))).toBe('not_allowed')
  expect(await codeOf(ask(desk, record.id, notice.id, { text: {} }))).toBe('invalid_input')
  expect(await codeOf(ask(desk, record.id, 'ntc_01a2008d-7400-7393-b747-000221d1a3ac'))).toBe(
    'not_found',
  )
  await desk.madoguchi.cases.claim(record.id, person('b'))
  expect(refusalOf(await ask(desk, record.id, notice.id))).toBe('claimed_by_other')
  expect(refusalOf(await ask(desk, record.id, notice.id, { by: person('b') }))).toBe('ok')
  expect(refusalOf(await ask(desk, record.id, notice.id, { by: person('b') }))).toBe('already')
  expect(await desk.ctx.read.count('question', {})).toBe(1)
  await desk.hotline.message('withdrawal', notice.id, { id: 'withdrawal-1' })
  expect(refusalOf(await ask(desk, record.id, notice.id))).toBe('already')
})

it('a retry with the same command gets the same answer; other content does not', async () => {
  const desk = await openAsking()
  const { notice, record } = await sendOne(desk, 'notice-0001')
  const commandId = 'the-same-command'
  const first = await ask(desk, record.id, notice.id, { commandId })
  expect(await ask(desk, record.id, notice.id, { commandId })).toEqual(first)
  const other = ask(desk, record.id, notice.id, { commandId, text: { en: 'Where?' } })
  expect(await codeOf(other)).toBe('command_id_reused')
  expect(await desk.ctx.read.count('question', {})).toBe(1)
})

it('superseding the notice that was asked is an answer: its pause is added, nothing waits', async () => {
  const desk = await openAsking()
  const { notice, record } = await sendOne(desk, 'notice-0001')
  await ask(desk, record.id, notice.id, { text: { en: 'Where exactly?' } })
  await outcomeFor(desk, notice)
  desk.clock.advance(HOUR)
  const revised = await desk.hotline.sendFixture('yamibaito_recruitment', {
    id: 'notice-0002',
    supersedes: notice.id,
  })
  expect((await noticeAt(desk, revised.id)).order.goalAt).toBe(notice.order.goalAt + HOUR)
  expect(await caseAt(desk, record.id)).toMatchObject({
    allPausedAt: null,
    goalAt: notice.order.goalAt + HOUR,
  })
  expect((await desk.ctx.read.find('question', {}))[0]?.state).toBe('answered')
  expect((await desk.ctx.read.find('outcome', {}))[0]?.awaited).toBe(false)
})
