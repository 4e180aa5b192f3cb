import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { publishStandard } from '../../src/app/publish-standard.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { Acceptance } from '../../src/app/receive-notice.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import { HOUR } from '../../src/core/time.ts'
import type { PolicyDocument } from '../../src/generated/types.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import type { Platform } from '../../src/ports/platform.ts'
import { obedient, outcomeFor, person, claimsOf } from '../laws/support.ts'
import { fixtureStandard, noticeOf } from '../support/fixtures.ts'
import { TestClock } from '../support/test-clock.ts'
import { ADOPTER, labelRule, putIntoUse, SECOND } from './policies-support.ts'
import {
  act,
  codeOf,
  decide,
  expectSoundLog,
  GROUND,
  openTimedDesk,
  readyCase,
  seen,
  type TimedDesk,
} from './support.ts'

const KINDS = ['label_informational', 'disable_access', 'restore', 'demote', 'remove'] as const

async function openWorking(platform: Partial<Platform> = {}): Promise<TimedDesk> {
  const executors = Object.fromEntries(KINDS.map((kind) => [kind, obedient()]))
  const desk = await openTimedDesk({ platform: { executors, ...platform } })
  await desk.madoguchi.start({ work: true })
  return desk
}

const send = (desk: TimedDesk, changes: Record<string, unknown> = {}): Promise<Acceptance> =>
  desk.hotline.send(noticeOf('yamibaito_recruitment', changes))

/** A notice about another post. */
const another = (n: number): Record<string, unknown> => {
  const { target } = noticeOf('yamibaito_recruitment') as { target: object }
  const url = `https://sns.example/@demo_${n}/posts/${n}`
  return { id: `another-notice-${n}`, target: { ...target, url } }
}

const settledCase = (desk: TimedDesk, { id }: Acceptance): Promise<CaseRecord> =>
  readyCase(desk.ctx, id)

it('decides on what arrives after it was activated, as what it is, and the sender is told as ever', async () => {
  const desk = await openWorking()
  const before = await settledCase(desk, await send(desk, another(1)))
  await putIntoUse(desk)
  const accepted = await send(desk)
  const record = await settledCase(desk, accepted)
  expect(before).toMatchObject({ state: 'ready', decisionId: null })
  expect(record).toMatchObject({ state: 'decided', version: 2, assessedAt: null, readyAt: null })
  const [decision] = await desk.ctx.read.find('decision', { caseId: record.id })
  expect(decision).toMatchObject({
    mode: 'standing_policy',
    policy: { id: 'label-reported', version: 1 },
    by: [],
    noticeIds: [accepted.id],
    input: { awarenessCause: 'hotline_request', ground: labelRule.ground, internalNote: null },
  })
  const entry = await desk.ctx.read.get('ledgerEntry', { index: decision?.entryIndex ?? -1 })
  expect(entry && parseEntry(entry.bytes)?.pub).toMatchObject({
    mode: 'standing_policy',
    actions: ['label_informational'],
  })
  const outcome = await outcomeFor(desk, accepted)
  expect(claimsOf(desk, outcome).outcome).toMatchObject({
    status: 'other_measure_taken',
    measures: ['label_informational'],
  })
  const notice = await desk.ctx.read.get('notice', { id: accepted.id })
  expect(notice).toMatchObject({ caseVersion: 1 })
  await expectSoundLog(desk.ctx)
})

it('is reversed like any decision, by one person', async () => {
  const desk = await openWorking()
  await putIntoUse(desk)
  const record = await settledCase(desk, await send(desk))
  await seen(async () => (await desk.ctx.read.find('action', { state: 'executed' }))[0])
  const answer = await desk.madoguchi.cases.reverse(record.id, {
    commandId: 'reverse-1',
    expectedVersion: record.version,
    by: person('hanrei-1'),
    reason: 'mistake',
  })
  expect(answer).toMatchObject({ ok: true })
  await seen(async () => (await desk.ctx.read.find('action', { state: 'reversed' }))[0])
  expect(await desk.ctx.read.get('case', { id: record.id })).toMatchObject({ state: 'reversed' })
})

it('takes an interim measure and leaves the case to people, however grave', async () => {
  const desk = await openWorking()
  await putIntoUse(desk, {
    ...labelRule,
    effect: { kind: 'interim', measures: [{ kind: 'disable_access', hours: 12 }] },
  })
  const record = await settledCase(desk, await send(desk))
  expect(record).toMatchObject({ state: 'ready' })
  const action = await seen(
    async () => (await desk.ctx.read.find('action', { state: 'executed' }))[0],
  )
  expect(action).toMatchObject({ kind: 'disable_access', terms: { interim: true } })
  expect((action.endsAt ?? 0) - (await decidedAt(desk, record))).toBe(12 * HOUR)
  expect(await act(desk, record.id, person('hanrei-1'), 'remove')).toMatchObject({ ok: true })
  const decisions = await desk.ctx.read.find(
    'decision',
    { caseId: record.id },
    { orderBy: 'entryIndex' },
  )
  expect(decisions.map(({ mode }) => mode)).toEqual(['standing_policy', 'human'])
})

async function decidedAt({ ctx }: TimedDesk, { id }: CaseRecord): Promise<number> {
  return (await ctx.read.find('decision', { caseId: id }))[0]?.decidedAt ?? 0
}

it('proposes without doing or preselecting anything', async () => {
  const desk = await openWorking()
  const effect = { kind: 'propose', measures: [{ kind: 'remove' }] } as const
  await putIntoUse(desk, { ...labelRule, effect: { ...effect, measures: [...effect.measures] } })
  const record = await settledCase(desk, await send(desk))
  expect(record).toMatchObject({ state: 'ready', version: 1, decisionId: null, opinions: [] })
  expect(await desk.ctx.read.count('decision', {})).toBe(0)
  const view = await readCase(desk.ctx, person('hanrei-1'), record.id)
  expect(view.proposals).toEqual([
    {
      id: 'label-reported',
      version: 1,
      title: labelRule.title,
      ground: labelRule.ground,
      measures: [{ kind: 'remove' }],
    },
  ])
  const [event] = await desk.ctx.read.find('event', { type: 'policy.proposed' })
  expect(event).toMatchObject({ caseId: record.id })
  expect(event?.entryIndex).not.toBeNull()
  // What is chosen is still the person's alone.
  expect(await decide(desk, record.id, person('hanrei-1'))).toMatchObject({ ok: true })
  expect(await desk.ctx.read.count('action', {})).toBe(0)
})

it.each<[string, Partial<Platform>]>([
  ['a private post', { resolve: () => Promise.resolve({ ref: 1, surface: 'private' }) }],
  ['a post that is not found', { resolve: () => Promise.resolve(null) }],
  ['a post that is gone', { observe: () => Promise.resolve({ state: 'gone' }) }],
])('is not used on %s', async (_name, platform) => {
  const desk = await openWorking(platform)
  await putIntoUse(desk)
  expect(await settledCase(desk, await send(desk))).toMatchObject({ state: 'ready' })
  expect(await desk.ctx.read.count('policyUse', {})).toBe(0)
})

it('rests a measure on visibility on what observe found, and on nothing that a notice says', async () => {
  let facts: readonly string[] = []
  const desk = await openWorking({ observe: () => Promise.resolve({ state: 'present', facts }) })
  await putIntoUse(desk, {
    ...labelRule,
    when: { ...labelRule.when, observed: ['own_match'] },
    effect: { kind: 'measures', measures: [{ kind: 'demote' }] },
  })
  expect(await settledCase(desk, await send(desk, another(1)))).toMatchObject({ state: 'ready' })
  facts = ['something_else', 'own_match']
  expect(await settledCase(desk, await send(desk, another(2)))).toMatchObject({ state: 'decided' })
})

it('leaves to people what was decided before, once it is retired or its clause has ended', async () => {
  const desk = await openWorking()
  await putIntoUse(desk)
  expect(await settledCase(desk, await send(desk))).toMatchObject({ state: 'decided', round: 1 })
  const again = await settledCase(desk, await send(desk, { id: 'once-more-0001' }))
  expect(again).toMatchObject({ state: 'ready', round: 2 })

  const today = new Date(desk.clock.now()).toISOString().slice(0, 10)
  const later = { ...fixtureStandard, version: 'next', published_on: today, effective_on: today }
  await publishStandard(desk.ctx, SYSTEM, later)
  expect(await settledCase(desk, await send(desk, another(3)))).toMatchObject({ state: 'ready' })
  expect(desk.log.lines.find(({ event }) => event === 'policy.not_used')?.fields).toMatchObject({
    code: 'clause_not_in_force',
  })
  await desk.madoguchi.policies.retire({ id: labelRule.id, version: 1 }, ADOPTER)
  expect(await settledCase(desk, await send(desk, another(4)))).toMatchObject({ state: 'ready' })
  expect(await desk.ctx.read.count('policyUse', {})).toBe(1)
})

it('decides a test notice as practice: its measure is simulated', async () => {
  const desk = await openWorking()
  await putIntoUse(desk)
  const record = await settledCase(desk, await send(desk, { test: true }))
  expect(record).toMatchObject({ state: 'decided', trial: 'test' })
  await seen(async () => (await desk.ctx.read.find('action', { state: 'simulated' }))[0])
})

it('draws uses for a look afterwards, which one person takes and the record keeps', async () => {
  const desk = await openWorking()
  const { policies } = desk.madoguchi
  await putIntoUse(desk)
  const record = await settledCase(desk, await send(desk))
  const reviewer = person('hanrei-1')
  const { items } = await policies.uses({ review: 'due', limit: 10 }, reviewer)
  expect(items).toMatchObject([{ policyId: 'label-reported', version: 1, caseId: record.id }])
  const use = items[0]!
  expect(
    await codeOf(policies.review(use.id, { finding: 'confirmed' }, person('x', 'admin'))),
  ).toBe('not_allowed')
  const done = await policies.review(
    use.id,
    { finding: 'not_confirmed', note: '広すぎる' },
    reviewer,
  )
  expect(done).toMatchObject({ review: 'not_confirmed', reviewedBy: reviewer })
  expect(await codeOf(policies.review(use.id, { finding: 'confirmed' }, reviewer))).toBe('already')
  expect(await codeOf(policies.review('use_0', { finding: 'confirmed' }, reviewer))).toBe(
    'not_found',
  )
  expect((await policies.uses({ review: 'due', limit: 10 }, reviewer)).items).toEqual([])
  // It says what was found; what to do about it is decided in the usual way.
  expect(await desk.ctx.read.get('case', { id: record.id })).toMatchObject({ state: 'decided' })
})

it('draws none where the share does not reach, and lists uses page by page', async () => {
  const desk = await openWorking()
  const { policies } = desk.madoguchi
  await putIntoUse(desk, { ...labelRule, review_percent: 1 })
  for (const n of [1, 2, 3, 4, 5, 6]) await settledCase(desk, await send(desk, another(n)))
  const reviewer = person('hanrei-1')
  const first = await policies.uses({ policyId: labelRule.id, limit: 4 }, reviewer)
  expect(first.items).toHaveLength(4)
  const cursor = first.nextCursor ?? ''
  const rest = await policies.uses({ policyId: labelRule.id, cursor, limit: 4 }, reviewer)
  expect([rest.items.length, rest.nextCursor]).toEqual([2, null])
  const due = await policies.uses({ review: 'due', limit: 10 }, reviewer)
  // One in a hundred: six of six would be a draw that isn't one.
  expect(due.items.length).toBeLessThan(6)
})

it('tries a version on what arrived: says what it would have done, and changes nothing', async () => {
  const desk = await openWorking()
  const { policies } = desk.madoguchi
  const ready = await settledCase(desk, await send(desk))
  await decide(desk, ready.id, person('hanrei-1'))
  desk.clock.advance(1)
  const open = await settledCase(desk, await send(desk, another(2)))
  await send(desk, { ...another(3), test: true })
  await settledCase(desk, await desk.hotline.send(noticeOf('csam_abstract')))
  await settledCase(desk, await desk.hotline.send(noticeOf('handgun_sale')))
  const { id, version } = await policies.add(labelRule, ADOPTER)
  await desk.store.quiet()
  const before = desk.store.transactions
  const trial = await policies.try({ id, version }, SECOND)
  expect(trial).toMatchObject({
    notices: 4,
    used: 2,
    heldBack: [],
    decided: { measure: 0, no_measure: 1, already_gone: 0, open: 1 },
    examples: [
      { caseId: open.id, decided: 'open' },
      { caseId: ready.id, decided: 'no_measure' },
    ],
  })
  const everything: PolicyDocument = {
    ...labelRule,
    when: { forms: ['illegal_information', 'public_order'] },
  }
  const wide = await policies.add(everything, ADOPTER)
  const held = await policies.try({ id, version: wide.version }, SECOND)
  expect(held.heldBack).toEqual(expect.arrayContaining([{ bound: 'grave', count: 1 }]))
  const none = await policies.try({ id, version }, SECOND, { from: 0, until: 1 })
  expect(none).toMatchObject({ notices: 0, used: 0, examples: [] })
  // One transaction more, for the second draft; none for the looks.
  expect(desk.store.transactions - before).toBe(1)
  expect(await codeOf(policies.try({ id: 'none', version: 1 }, SECOND))).toBe('not_found')
  expect(await codeOf(policies.try({ id, version }, person('a')))).toBe('not_allowed')
})

it('asks for a manner that was counted, and acts on the clause for it', async () => {
  const resolve: Platform['resolve'] = ({ url }) => Promise.resolve({ ref: url, account: 'acc-1' })
  // A restriction counts for twelve months, so these have to be of today.
  const removed = { kind: 'executed', at: new TestClock().now() } as const
  const executors = { remove: () => Promise.resolve(removed) }
  const desk = await openWorking({ resolve, executors })
  await putIntoUse(desk, {
    ...labelRule,
    when: { ...labelRule.when, manners: ['repeat_posting'] },
    effect: { kind: 'measures', measures: [{ kind: 'demote' }] },
    ground: { ...GROUND, kind: 'manner_policy_repeat' },
  })
  for (const n of [1, 2, 3]) {
    const record = await settledCase(desk, await send(desk, another(n)))
    expect(record.state).toBe('ready')
    await act(desk, record.id, person('hanrei-1'), 'remove')
  }
  await seen(async () =>
    (await desk.ctx.read.count('action', { state: 'executed' })) === 3 ? true : undefined,
  )
  expect(await settledCase(desk, await send(desk, another(4)))).toMatchObject({ state: 'decided' })
})
