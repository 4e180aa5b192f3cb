import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { defaultNatureOf, laneOf } from '../../src/core/lane.ts'
import { adoptionFaults } from '../../src/core/policy-adoption.ts'
import type { PolicyRule } from '../../src/core/policy.ts'
import { FORMS, TIERS } from '../../src/core/vocabulary.ts'
import { DAY } from '../../src/core/time.ts'
import { fixtureSenders, openFixtures } from '../support/fixtures.ts'
import { ADOPTER, labelRule, putIntoUse } from '../app/policies-support.ts'
import { ground } from '../core/case-builder.ts'
import { facts } from '../core/policy-builder.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import {
  clause,
  codeOf,
  decide,
  lendKey,
  obedient,
  person,
  readyCaseOf,
  thrown,
} from './support.ts'

const ALL_KINDS = Object.keys(ACTION_KINDS) as ActionKind[]

it.each(TIERS)(
  "A sender's word alone never acts: no notice of a %s sender leads to a measure or decision by itself, however long nobody looks",
  async (tier) => {
    const clock = new TestClock()
    const calls: string[] = []
    const executors = Object.fromEntries(ALL_KINDS.map((kind) => [kind, obedient(calls)]))
    const desk = await openDesk({
      adapters: { clock },
      platform: { executors, observe: () => Promise.resolve({ state: 'present' }) },
    })
    await lendKey(desk)
    const { ctx, workers } = desk.madoguchi.internals
    for (const { id, tier: own } of fixtureSenders)
      if (own !== tier) await changeSender(ctx, SYSTEM, id, { tier })
    await desk.madoguchi.start({ work: true })
    const cases = []
    for (const { notice, sender_id } of openFixtures)
      cases.push(await readyCaseOf(desk, await desk.hotline.send(notice, { iss: sender_id })))
    // The word of several about one item is no more.
    for (const id of ['once-more-01', 'once-more-02', 'once-more-03'])
      cases.push(
        await readyCaseOf(desk, await desk.hotline.send({ ...openFixtures[0]!.notice, id })),
      )
    for (let day = 0; day < 7; day += 1) {
      clock.advance(DAY)
      await workers.reconcile()
    }
    for (const table of ['decision', 'action', 'outcome', 'delivery', 'work'] as const)
      expect([table, await ctx.read.count(table, {})]).toEqual([table, 0])
    expect(calls).toEqual([])
    for (const { id } of cases) expect((await ctx.read.get('case', { id }))?.state).toBe('ready')
  },
)

it('The same desk does act once a person decides', async () => {
  const calls: string[] = []
  const desk = await openDesk({ platform: { executors: { remove: obedient(calls) } } })
  await desk.madoguchi.start({ work: true })
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  expect(
    codeOf(
      await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() }),
    ),
  ).toBe('ok')
  const { read } = desk.madoguchi.internals.ctx
  await expect.poll(() => read.count('action', { state: 'executed' })).toBe(1)
  expect(calls).toHaveLength(1)
})

it('What the platform says of an item decides nothing either', async () => {
  const desk = await openDesk({
    platform: { resolve: () => Promise.resolve({ ref: { id: 'one' } }) },
  })
  await desk.madoguchi.start({ work: true })
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  expect(await desk.madoguchi.targets.report({ id: 'one' }, { state: 'gone', by: 'poster' })).toBe(
    1,
  )
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.get('case', { id: record.id })).toMatchObject({
    state: 'ready',
    decisionId: null,
  })
  expect((await read.get('sender', { id: HOTLINE }))?.tier).toBe('priority')
  expect(await read.count('outcome', {})).toBe(0)
})

const rules: fc.Arbitrary<PolicyRule> = fc.record({
  id: fc.constant('rule'),
  title: fc.constant({ ja: '方針', en: 'Rule' }),
  when: fc.record({
    forms: fc.subarray([...FORMS], { minLength: 1 }),
    categories: fc.option(fc.subarray(['crime_recruitment', 'grave_one', 'disaster_false_rescue'])),
    senderTypes: fc.option(fc.subarray(['hotline_private', 'administrative_agency', 'user'])),
    surfaces: fc.option(fc.constant(['public'] as const)),
    observed: fc.option(fc.constant(['own_match'])),
    manners: fc.option(fc.constant(['repeat_poster'])),
    signal: fc.option(fc.constant('police_warning' as const)),
  }),
  effect: fc.record({
    kind: fc.constantFrom('propose', 'measures', 'interim'),
    measures: fc.array(
      fc.record({
        kind: fc.constantFrom(...ALL_KINDS),
        hours: fc.option(fc.integer({ min: 1, max: 800 })),
      }),
      { maxLength: 2 },
    ),
  }),
  ground: fc.option(fc.constantFrom(ground, { ...ground, kind: 'police_warning_label_policy' })),
  reviewPercent: fc.constant(10),
  promptedBy: fc.constant(null),
})

it('Whatever rule is written: adopted is only what rests on an own fact, ends in a day, or leaves visibility and accounts alone', () => {
  let adopted = 0
  fc.assert(
    fc.property(rules, (rule) => {
      if (adoptionFaults(rule, facts).length > 0) return
      adopted += 1
      const { when, effect } = rule
      const hasFact = [when.observed, when.manners, when.signal].some((one) => one !== null)
      const lanes = when.forms.flatMap((form) =>
        (when.senderTypes ?? ['']).map((senderType) =>
          laneOf({ form, senderType, nature: defaultNatureOf(senderType) }),
        ),
      )
      // Where a type of sender is named beside others, its own lane keeps the rule out when it is used.
      if (when.senderTypes === null)
        expect(lanes.filter((lane) => !OPEN_TO_RULES.has(lane))).toEqual([])
      if (effect.kind === 'propose') return
      expect(when.categories ?? []).not.toContain('disaster_false_rescue')
      for (const { kind, hours } of effect.measures) {
        const { visibility, scope, reversible } = ACTION_KINDS[kind]
        expect(reversible).toBe(true)
        const isInterim = effect.kind === 'interim'
        if (isInterim) {
          expect(hours).toBeLessThanOrEqual(24)
          expect(when.categories).not.toBeNull()
        } else {
          expect(when.categories ?? []).not.toContain('grave_one')
          if (visibility !== 'none' || scope === 'account') expect(hasFact).toBe(true)
        }
        if (!when.forms.every((form) => form === 'illegal_information'))
          expect(visibility).toBe('none')
      }
    }),
    { numRuns: 20_000, seed: 19 },
  )
  expect(adopted).toBeGreaterThan(200)
})

const OPEN_TO_RULES: ReadonlySet<string> = new Set([
  'voluntary_illegal',
  'voluntary_public_order',
  'signal',
])

it('A measure on visibility comes by a policy only with a fact of the platform itself; without one it lasts a day at most', async () => {
  const clock = new TestClock()
  const calls: string[] = []
  const executors = Object.fromEntries(ALL_KINDS.map((kind) => [kind, obedient(calls)]))
  const desk = await openDesk({ adapters: { clock }, platform: { executors } })
  const { read } = desk.madoguchi.internals.ctx
  const { policies } = desk.madoguchi
  await desk.madoguchi.start({ work: true })
  const removal = await policies.add(
    { ...labelRule, effect: { kind: 'measures', measures: [{ kind: 'remove' }] } },
    ADOPTER,
  )
  expect(await thrown(policies.adopt(removal, ADOPTER))).toBe('policy_not_adoptable')
  await putIntoUse(desk, {
    ...labelRule,
    effect: { kind: 'interim', measures: [{ kind: 'disable_access', hours: 24 }] },
  })
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  expect(record.state).toBe('ready')
  await expect.poll(() => read.count('action', { state: 'executed' })).toBe(1)
  clock.advance(DAY - 1)
  await desk.madoguchi.internals.workers.reconcile()
  expect(await read.count('action', { kind: 'restore' })).toBe(0)
  clock.advance(1)
  await desk.madoguchi.internals.workers.reconcile()
  await expect.poll(() => read.count('action', { kind: 'restore', state: 'executed' })).toBe(1)
  // Nobody decided, and nobody has to have: the case waits on.
  expect(await read.get('case', { id: record.id })).toMatchObject({ state: 'ready' })
})
