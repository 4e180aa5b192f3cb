import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { enterLetter } from '../../src/app/enter-letter.ts'
import { omit } from '../../src/app/omit.ts'
import { readCase } from '../../src/app/read-case.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { explainOrder } from '../../src/core/order.ts'
import { FORMS, LEGAL_NATURES, TIERS, type Tier } from '../../src/core/vocabulary.ts'
import { laneOf } from '../../src/core/lane.ts'
import { HOTLINE, openDesk, until } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import { fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { clause, codeOf, decide, namesIn, obedient, person, sendToCase } from './support.ts'

const OWN_TO_A_NOTICE = /"(ntc|cas|dec|act|rcp|out|evt|opr)_[^"]*"/g

/** A case without what differs between any two, and without its place in the order. */
function plain(view: object): string {
  return JSON.stringify(view, (name, value: unknown) =>
    /^(order|goalAt|position|leafHash|entryIndex|senderNoticeId|body|id|targetKey)$/.test(name)
      ? null
      : value,
  ).replaceAll(OWN_TO_A_NOTICE, '""')
}

async function whatATierMeets(
  tier: Tier,
): Promise<{ facts: string; answers: string[]; goal: number; view: string }> {
  const clock = new TestClock()
  const desk = await openDesk({
    adapters: { clock },
    platform: { executors: { remove: obedient() } },
  })
  const { ctx } = desk.madoguchi.internals
  if (tier !== 'priority') await changeSender(ctx, SYSTEM, HOTLINE, { tier })
  await desk.madoguchi.start({ work: true })
  const answers: string[] = []
  const one = await sendToCase(desk, 'yamibaito_recruitment')
  const view = await readCase(ctx, person('a', 'lead'), one.record.id)
  const wishes = [
    { actions: [{ kind: 'remove' as const }] },
    { actions: [{ kind: 'restore' as const }], ground: clause() },
    { actions: [], declineReason: 'poster_objection' },
    { actions: [{ kind: 'remove' as const }], ground: clause('9.9') },
    { actions: [], declineReason: null },
  ]
  for (const wish of wishes) answers.push(codeOf(await decide(desk, one.record, person('a'), wish)))
  const two = await sendToCase(desk, 'yamibaito_recruitment', { id: 'another-one-01' })
  answers.push(
    codeOf(
      await decide(desk, two.record, person('b'), {
        actions: [{ kind: 'remove' }],
        ground: clause(),
      }),
    ),
  )
  return {
    facts: plain(one.record),
    answers,
    goal: one.record.goalAt - clock.now(),
    view: plain(view),
  }
}

it('Trust orders, it never decides: the same item of four tiers meets the same case, answers and refusals; only the goal differs', async () => {
  const seen = await Promise.all(TIERS.map(whatATierMeets))
  expect(new Set(seen.map(({ goal }) => goal)).size).toBe(TIERS.length)
  expect([...seen].map(({ goal }) => goal)).toEqual(
    [...seen].map(({ goal }) => goal).sort((a, b) => a - b),
  )
  for (const other of seen) expect({ ...other, goal: 0 }).toEqual({ ...seen[0], goal: 0 })
  expect(seen[0]?.answers).toEqual([
    'ground_missing',
    'not_allowed',
    'decline_reason_not_outward',
    'clause_not_in_force',
    'ok',
    'ok',
  ])
})

it('No tier preselects anything: a case offers neither measure, ground nor reason', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  const view = await readCase(desk.madoguchi.internals.ctx, person('a'), record.id)
  expect(view).toMatchObject({ opinions: [], decisions: [], actions: [], outcomes: [] })
  expect(
    namesIn(view).filter((name) => /default|suggest|recommend|preselect|score/i.test(name)),
  ).toEqual(
    // The vocabulary's own columns: the platform's table of categories, the same for every sender.
    ['default_grave', 'default_band0'],
  )
})

it('A tier is no input of a lane and sets nothing but the own goal time', () => {
  const sender = { scope: null, agreedRatePerDay: 100, agreedBand0RatePerDay: 10 }
  const ownGoalMs = { priority: 1, verified: 2, ordinary: 3, probation: 4 }
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMS),
      fc.constantFrom(...fixtureSenders.map(({ type }) => type)),
      fc.constantFrom(...LEGAL_NATURES),
      fc.constantFrom(...TIERS),
      fc.constantFrom('crime_recruitment', 'suicide_inducement'),
      fc.nat(1e9),
      (form, senderType, nature, tier, category, tat) => {
        const query = { form, senderType, nature }
        // A caller that smuggles one in changes nothing.
        expect(laneOf({ ...query, tier } as unknown as typeof query)).toBe(laneOf(query))
        const place = (each: Tier) =>
          explainOrder({
            receivedAt: 1e12,
            category,
            sender: { ...sender, tier: each },
            clocks: { 0: tat, 1: tat },
            band0Categories: new Set(['suicide_inducement']),
            ownGoalMs,
            band0GoalMs: 5,
          })
        const [mine, ordinary] = [place(tier), place('ordinary')]
        if (!mine.ok || !ordinary.ok) throw new Error('both are within the rate')
        expect(mine.clock).toEqual(ordinary.clock)
        expect({ ...mine.order, tier: '', ownGoalMs: 0, goalAt: 0 }).toEqual({
          ...ordinary.order,
          tier: '',
          ownGoalMs: 0,
          goalAt: 0,
        })
      },
    ),
  )
})

it('Whether somebody signed it changes what is shown and how it is answered, and nothing else', async () => {
  const met = async (isSigned: boolean): Promise<unknown> => {
    const clock = new TestClock()
    const desk = await openDesk({ adapters: { clock } })
    const { ctx } = desk.madoguchi.internals
    await desk.madoguchi.start({ work: true })
    const notice = omit(noticeOf('yamibaito_recruitment'), 'id', 'ext')
    const { id } = isSigned
      ? await desk.hotline.send(noticeOf('yamibaito_recruitment', { ext: undefined }))
      : await enterLetter(ctx, person('a'), {
          command_id: 'letter-0001',
          sender_id: HOTLINE,
          source: 'paper',
          arrived_on: notice.issued_on,
          notice,
        })
    const stored = await until(async () => {
      const found = await ctx.read.get('notice', { id })
      return found?.caseId == null ? undefined : found
    })
    const record = await ctx.read.get('case', { id: stored.caseId! })
    const answers = []
    for (const wish of [
      { actions: [], declineReason: null },
      { actions: [{ kind: 'remove' as const }] },
    ])
      answers.push(codeOf(await decide(desk, record!, person('a'), wish)))
    const { lane, nature, form, category, order } = stored
    return {
      lane,
      nature,
      form,
      category,
      order,
      goal: record?.goalAt,
      grave: record?.grave,
      answers,
    }
  }
  expect(await met(false)).toEqual(await met(true))
})

const ACCREDITATION = {
  granted_by: '架空の協議会',
  basis: '認定基準（架空）',
  from: '2026-04-01',
  review_on: '2027-04-01',
  roles: ['finds'],
  legal_form: '一般社団法人',
  funding: '会費',
  conflicts_of_interest: 'なし',
}

it('What is known of a body moves its place and nothing else: accreditation, scope, suspicion of its quality', async () => {
  const met = async (patch: object): Promise<Record<string, unknown>> => {
    const clock = new TestClock()
    const desk = await openDesk({
      adapters: { clock },
      platform: { executors: { remove: obedient() } },
    })
    const { ctx } = desk.madoguchi.internals
    if (Object.keys(patch).length > 0) await changeSender(ctx, SYSTEM, HOTLINE, patch)
    await desk.madoguchi.start({ work: true })
    const one = await sendToCase(desk, 'yamibaito_recruitment')
    const answers = []
    for (const wish of [
      { actions: [{ kind: 'remove' as const }] },
      { actions: [], declineReason: null },
    ])
      answers.push(codeOf(await decide(desk, one.record, person('a'), wish)))
    const facts = JSON.parse(plain(one.record)) as Record<string, unknown>
    return {
      facts,
      answers,
      tier: (await ctx.read.get('notice', { id: one.accepted.id }))?.order.tier,
    }
  }
  const plainOne = await met({})
  expect(await met({ accreditation: ACCREDITATION })).toEqual(plainOne)
  expect(await met({ accreditation: { ...ACCREDITATION, to: '2026-05-01' } })).toEqual(plainOne)
  expect(await met({ scope: ['firearms'] })).toEqual({ ...plainOne, tier: 'ordinary' })
})
