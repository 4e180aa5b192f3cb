import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { enterLetter } from '../../src/app/enter-letter.ts'
import { isIllegalityGround } from '../../src/core/grounds.ts'
import { outcomeOf } from '../../src/core/outcome-of.ts'
import { statementOf } from '../../src/core/statements.ts'
import { validateNotice } from '../../src/schema/validate.ts'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import { GROUNDS } from '../../src/generated/vocabularies.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
} from './support.ts'

const WISH = { actions: [{ kind: 'remove' as const }] }

it('The two forms never mix: no ground of illegality ends a public-order case, and none of it is stored', async () => {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'handgun_sale')
  const kinds = GROUNDS.filter(({ illegality }) => illegality).map(({ id }) => id)
  expect(kinds).toContain('illegal_own_assessment')
  for (const kind of [...kinds, 'illegal_of_tomorrow'])
    expect(
      codeOf(await decide(desk, record, person('a'), { ...WISH, ground: clause('4.1', kind) })),
    ).toBe('ground_not_for_form')
  const provisions = { ...clause('4.1'), provisions: ['銃砲刀剣類所持等取締法3条'] }
  expect(codeOf(await decide(desk, record, person('a'), { ...WISH, ground: provisions }))).toBe(
    'ground_not_for_form',
  )
  const declining = { actions: [], ground: clause('4.1', 'illegal_own_assessment') }
  expect(codeOf(await decide(desk, record, person('a'), declining))).toBe('ground_not_for_form')
  expect(await desk.madoguchi.internals.ctx.read.count('decision', {})).toBe(0)
  const own = await decide(desk, record, person('a'), {
    ...WISH,
    ground: clause('4.1'),
    weightGiven: 'considered',
  })
  expect(codeOf(own)).toBe('ok')
  const said = claimsOf(desk, await outcomeFor(desk, accepted)).outcome
  expect(said.statement_ja).not.toContain('違法')
  expect(said.statement_en).not.toMatch(/unlawful|illegal/i)
})

it('… unless a person of the platform re-classified it, with a reason: in the ledger, both classes apart', async () => {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'handgun_sale')
  const { ctx } = desk.madoguchi.internals
  const by = person('a')
  await desk.madoguchi.cases.claim(record.id, by)
  const reclassified = await desk.madoguchi.cases.reclassify(record.id, {
    commandId: 'reclassify-1',
    by,
    expectedVersion: record.version,
    class: 'illegal_information',
    category: 'firearms',
    reason: '実銃であることを自ら確認した',
  })
  expect(reclassified).toMatchObject({ ok: true })
  const ground = clause('4.1', 'illegal_own_assessment')
  expect(codeOf(await decide(desk, record, by, { ...WISH, ground }))).toBe('ok')
  const view = await readCase(ctx, by, record.id)
  expect(view.case).toMatchObject({
    lane: 'voluntary_public_order',
    classBySender: { class: 'public_order', category: record.category },
    classByPlatform: { class: 'illegal_information', category: 'firearms' },
  })
  const [event] = await ctx.read.find('event', { type: 'case.reclassified' })
  expect(event?.entryIndex).toEqual(expect.any(Number))
  const said = claimsOf(desk, await outcomeFor(desk, accepted)).outcome
  expect(said.statement_ja).not.toContain('違法')
})

it("On the other form the same ground is the platform's own assessment", async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  const answer = await decide(desk, record, person('a'), {
    ...WISH,
    ground: clause('3.2', 'illegal_own_assessment'),
  })
  expect(codeOf(answer)).toBe('ok')
})

it('Relying on the finding of the sender exists on the form of illegal information only', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'handgun_sale')
  for (const weightGiven of ['relied_after_own_check', 'relied_without_own_check'] as const)
    expect(
      codeOf(
        await decide(desk, record, person('a'), { ...WISH, ground: clause('4.1'), weightGiven }),
      ),
    ).toBe('weight_not_for_form')
})

it('One target under two forms is two cases, decided apart', async () => {
  const desk = await openDesk({ platform: { resolve: () => Promise.resolve({ ref: 'one-item' }) } })
  await desk.madoguchi.start({ work: true })
  const illegal = await sendToCase(desk, 'yamibaito_recruitment')
  const publicOrder = await sendToCase(desk, 'handgun_sale')
  expect(publicOrder.record.targetKey).toBe(illegal.record.targetKey)
  expect(publicOrder.record.id).not.toBe(illegal.record.id)
  expect([illegal.record.lane, publicOrder.record.lane]).toEqual([
    'voluntary_illegal',
    'voluntary_public_order',
  ])
  expect(
    codeOf(await decide(desk, illegal.record, person('a'), { ...WISH, ground: clause() })),
  ).toBe('ok')
  const { read } = desk.madoguchi.internals.ctx
  expect((await read.get('case', { id: publicOrder.record.id }))?.state).toBe('ready')
  const [decision] = await read.find('decision', {})
  expect(decision?.noticeIds).toEqual([illegal.accepted.id])
})

it('A public-order notice names what is suspected and cites no law; the error says which member is meant', async () => {
  const desk = await openDesk()
  const wrong = { ...noticeOf('suspected_drug_ad_declined'), legal_provisions: ['大麻取締法'] }
  expect(await thrown(desk.hotline.send(wrong))).toBe('schema_mismatch')
  let fault: unknown
  try {
    validateNotice(wrong)
  } catch (reason) {
    fault = reason
  }
  expect(fault instanceof MadoguchiError && fault.details.errors).toEqual([
    { pointer: '/legal_provisions', keyword: 'additionalProperties', hint: 'suspected_category' },
  ])
  const right = noticeOf('suspected_drug_ad_declined')
  expect(right).toHaveProperty('suspected_category')
  expect((await desk.hotline.send(right)).replayed).toBe(false)
  expect(
    await thrown(
      desk.hotline.send({ ...noticeOf('yamibaito_recruitment'), suspected_category: 'x' }),
    ),
  ).toBe('schema_mismatch')
})

it('A suspected category is no claim that the item is unlawful', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'suspected_drug_ad_declined')
  expect(record).toMatchObject({ form: 'public_order', lane: 'voluntary_public_order' })
  await decide(desk, record, person('a'), { actions: [], declineReason: 'cannot_verify' })
  expect(claimsOf(desk, await outcomeFor(desk, accepted)).outcome.statement_ja).not.toContain(
    '違法',
  )
})

it('The list of grounds and the code agree on which of them claim illegality', () => {
  for (const row of GROUNDS)
    expect([row.id, isIllegalityGround(clause('3.2', row.id))]).toEqual([row.id, row.illegality])
  for (const row of GROUNDS.filter(({ illegality }) => illegality))
    expect(row.forms).not.toContain('public_order')
})

it('No sentence about a measure calls the item unlawful, whatever the form', () => {
  const notice = { receivedAt: 1, observation: null, observedAt: null }
  const state = 'executed' as const
  const remove = {
    id: 'act_1',
    kind: 'remove',
    state,
    executedAt: 2,
    reverses: null,
    endedAt: null,
  } as const
  const actions = [remove]
  const input = { actions: [{ kind: 'remove' as const }], alreadyGone: false, declineReason: null }
  const facts = outcomeOf({ decision: { decidedAt: 1, input }, actions, notice })
  const said = statementOf({
    facts,
    nature: 'voluntary_request',
    receivedAt: 1,
    clause: null,
    publicNote: null,
  })
  expect(said.ja).not.toContain('違法')
  expect(said.en).not.toMatch(/unlawful|illegal/i)
})

it('A letter on form 2 that cites a law stays on its form and claims no illegality', async () => {
  const desk = await openDesk()
  const { id, ext, ...notice } = noticeOf('suspected_drug_ad_declined')
  expect([id, ext]).not.toContain(undefined)
  const entered = await enterLetter(desk.madoguchi.internals.ctx, person('a'), {
    command_id: 'letter-0001',
    sender_id: HOTLINE,
    source: 'fax',
    arrived_on: '令和8年11月6日',
    notice: { ...notice, legal_provisions: ['大麻取締法'] },
  })
  expect(entered).toMatchObject({ lane: 'voluntary_public_order', movedProvisions: 1 })
  const stored = await desk.madoguchi.internals.ctx.read.get('notice', { id: entered.id })
  const document = JSON.parse(new TextDecoder().decode(stored?.body)) as object
  expect(document).not.toHaveProperty('legal_provisions')
  expect(() => validateNotice(document)).not.toThrow()
})
