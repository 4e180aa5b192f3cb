import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice, ownNotices } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readRegistration } from '../../src/app/read-registration.ts'
import { readSender, readSenders } from '../../src/app/read-senders.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import { DECLINE_REASONS } from '../../src/generated/vocabularies.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { OUTWARD_REASONS } from '../../src/core/outward-reasons.ts'
import { explainOrder } from '../../src/core/order.ts'
import {
  acting,
  claimAndDecide,
  codeOf as refusalOf,
  declining,
  done,
  person as someone,
  readyCase,
} from '../core/case-builder.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  namesIn,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
} from './support.ts'

/** Words that make declining a fault, or obedience a merit. */
const NOT_NEUTRAL_JA = /拒否|拒絶|違反|不服従|怠|無視|従わ|応じな|却下|棄却|お詫び|残念|申し訳/
const NOT_NEUTRAL_EN =
  /refus|reject|disobey|fail|ignor|violat|non-?compli|unfortunately|sorry|regret/i
const RATE =
  /rate(?!perday|_per_day|limit)|ratio|percent|share|score|average|compliance|obedien|acceptance|rank/i

it('Declining is as easy as acting: the same command, without a reason, by the same steps', async () => {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { read } = desk.madoguchi.internals.ctx
  const act = await sendToCase(desk, 'yamibaito_recruitment')
  const other = { ...act, ...(await sendToCase(desk, 'bank_account_trade_declined')) }
  const common = { awarenessCause: 'hotline_request', weightGiven: 'considered' } as const
  const acted = await decide(desk, act.record, person('a'), {
    actions: [{ kind: 'remove' }],
    ground: clause(),
    ...common,
  })
  const declined = await decide(desk, other.record, person('a'), { actions: [], ...common })
  expect([codeOf(acted), codeOf(declined)]).toEqual(['ok', 'ok'])
  const [decision] = await read.find('decision', { caseId: other.record.id })
  expect(decision?.input).toMatchObject({ actions: [], declineReason: 'unspecified', ground: null })
  const said = claimsOf(desk, await outcomeFor(desk, other.accepted)).outcome
  expect(said).toMatchObject({ status: 'no_measure', reason: 'unspecified' })
  expect(said.statement_ja).not.toMatch(NOT_NEUTRAL_JA)
  expect(said.statement_en).not.toMatch(NOT_NEUTRAL_EN)
})

it('Whenever acting is allowed to somebody, declining is too, at the same moment and with less to say', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.constantFrom('reviewer' as const, 'lead' as const, 'auditor' as const, 'admin' as const),
      (grave, role) => {
        const state = readyCase({ grave })
        const by = someone('a', role)
        const acted = claimAndDecide(state, by, acting('remove'))
        const declined = claimAndDecide(state, by, declining)
        expect(refusalOf(declined)).toBe(refusalOf(acted))
        if (!acted.ok) return
        const { next, decision, events } = done(declined)
        expect(events.map(({ type }) => type)).toEqual(acted.events.map(({ type }) => type))
        expect([next.state, decision?.mode]).toEqual([acted.next.state, acted.decision?.mode])
      },
    ),
  )
})

it('Every reason for no measure is said in neutral words', () => {
  for (const { label, sentence } of Object.values(OUTWARD_REASONS)) {
    expect(`${label.ja}${sentence.ja}`).not.toMatch(NOT_NEUTRAL_JA)
    expect(`${label.en} ${sentence.en}`).not.toMatch(NOT_NEUTRAL_EN)
  }
  for (const row of DECLINE_REASONS)
    expect(`${row.label_ja}${row.sentence_ja}`).not.toMatch(NOT_NEUTRAL_JA)
  expect(SCHEMAS.decision['required']).not.toContain('decline_reason')
})

it('No rate of obedience stands in anything that is shown, to senders or to the desk', async () => {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  await outcomeFor(desk, accepted)
  const lead = person('a', 'lead')
  const shown = [
    await readStatistics(ctx, lead),
    await listCases(ctx, lead, { limit: 10 }),
    await listCases(ctx, lead, { state: 'decided', limit: 10 }),
    await readCase(ctx, lead, record.id),
    await readSenders(ctx, lead),
    await readSender(ctx, lead, HOTLINE),
    await readRegistration(ctx, HOTLINE),
    await ownNotice(ctx, HOTLINE, accepted.id),
    await ownNotices(ctx, HOTLINE, { limit: 10 }),
  ]
  expect(namesIn(shown)).toContain('agreedRatePerDay')
  expect(namesIn(shown).filter((name) => RATE.test(name))).toEqual([])
  expect(
    Object.values(SCHEMAS)
      .flatMap(namesOfSchema)
      .filter((name) => RATE.test(name)),
    // The share of a policy's own uses that people look at afterwards.
  ).toEqual(['review_percent'])
  // Of one notice figures say nothing, and there is none by sender.
  const { lanes } = await readStatistics(ctx, lead)
  expect(lanes).toMatchObject([{ lane: 'voluntary_illegal', notices: null, measures: null }])
})

it('Figures are counts and times: no row is of one sender, and no number is a share of another', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  for (let at = 0; at < 6; at += 1) {
    const one = await sendToCase(desk, 'yamibaito_recruitment', {
      id: `counted-law-${at}`,
      target: { url: `https://sns.example/${at}` },
    })
    await decide(desk, one.record, person('a'), { actions: [] })
  }
  const figures = await readStatistics(ctx, person('a', 'lead'))
  expect(namesIn(figures).filter((name) => RATE.test(name))).toEqual([])
  expect(figures.lanes[0]?.notices).toMatchObject({ total: 6, counts: [0, 0, 0, 0, 0, 6] })
  const text = JSON.stringify(figures)
  for (const { id, name } of await ctx.read.find('sender', {})) {
    expect(text).not.toContain(id)
    expect(text).not.toContain(name)
  }
  const parts: unknown[] = []
  JSON.stringify(figures, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isInteger(value)) parts.push(value)
    return value
  })
  expect(parts).toEqual([])
})

it('What became of earlier notices is no input of the order', () => {
  const inputs: Parameters<typeof explainOrder>[0] = {
    receivedAt: 1e12,
    category: 'crime_recruitment',
    sender: { tier: 'ordinary', scope: null, agreedRatePerDay: 10, agreedBand0RatePerDay: 1 },
    clocks: { 0: 0, 1: 0 },
    band0Categories: new Set(),
    ownGoalMs: { priority: 1, verified: 2, ordinary: 3, probation: 4 },
    band0GoalMs: 1,
  }
  const obeyed = { ...inputs, sender: { ...inputs.sender, actedOn: 0.99, declined: 1 } }
  expect(explainOrder(obeyed)).toEqual(explainOrder(inputs))
})
