import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FourEyesRule } from '../../src/core/four-eyes.ts'
import {
  boundOf,
  planPolicies,
  policyMatches,
  type PolicyBound,
  type PolicyFacts,
} from '../../src/core/policy-match.ts'
import type { PolicyConditions } from '../../src/core/policy.ts'
import { LANES, TIERS } from '../../src/core/vocabulary.ts'
import { measure, policy, rule, seen } from './policy-builder.ts'

describe('conditions', () => {
  const matches = (when: Partial<PolicyConditions>, facts: PolicyFacts): boolean =>
    policyMatches(rule({ when }).when, facts)

  it('that name nothing but the form hold for every case of it', () => {
    expect(matches({}, seen())).toBe(true)
    expect(matches({ forms: ['public_order'] }, seen())).toBe(false)
  })

  it.each<[string, Partial<PolicyConditions>, PolicyFacts, PolicyFacts]>([
    ['category', { categories: ['a', 'b'] }, seen({ case: { category: 'b' } }), seen()],
    ['type of sender', { senderTypes: ['user'] }, seen({ senderType: 'user' }), seen()],
    [
      'type where nobody sent',
      { senderTypes: ['user'] },
      seen({ senderType: 'user' }),
      seen({ senderType: null }),
    ],
    ['surface', { surfaces: ['limited'] }, seen({ surface: 'limited' }), seen()],
    ['surface that is unknown', { surfaces: ['public'] }, seen(), seen({ surface: null })],
    [
      'observed facts, all',
      { observed: ['x', 'y'] },
      seen({ observed: ['y', 'z', 'x'] }),
      seen({ observed: ['x'] }),
    ],
    ['manners, all', { manners: ['repeat_poster'] }, seen({ manners: ['repeat_poster'] }), seen()],
    ['signal', { signal: 'police_warning' }, seen({ signal: 'police_warning' }), seen()],
    ['no signal', {}, seen(), seen({ signal: 'police_warning' })],
  ])('that name a %s hold only there', (_name, when, yes, no) => {
    expect(matches(when, yes)).toBe(true)
    expect(matches(when, no)).toBe(false)
  })

  it('see no tier and no identity: what is added to the facts changes nothing (law 3)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIERS), fc.string(), (tier, name) => {
        const plain = seen()
        const told = { ...plain, tier, senderId: name, name, case: { ...plain.case, tier } }
        const active = [policy(), policy({ when: { senderTypes: ['user'] } }, { id: 'other' })]
        expect(planPolicies(active, told)).toEqual(planPolicies(active, plain))
      }),
    )
  })
})

describe('bounds', () => {
  it.each<[PolicyBound | undefined, Parameters<typeof seen>[0]]>([
    [undefined, {}],
    ['older_notice', { position: 10 }],
    ['older_notice', { position: 1 }],
    ['target', { surface: 'private' }],
    ['target', { surface: null }],
    ['gone', { state: 'gone' }],
    [undefined, { state: 'unknown' }],
    ['people', { case: { state: 'ready' } }],
    ['people', { case: { claimedBy: 'a' } }],
    ['decided_before', { case: { previousCaseId: 'cas_0' } }],
    ['life', { case: { band: 0 } }],
    ['life', { case: { category: 'disaster_false_rescue' } }],
    ['grave', { case: { grave: true } }],
  ])('says %s', (bound, over) => {
    expect(boundOf(policy(), seen(over))).toBe(bound)
  })

  it('leaves to two people what the platform’s own table gives them', () => {
    const table = (over: Partial<FourEyesRule>): PolicyFacts =>
      seen({ fourEyes: [{ eyes: 'before_execution', ...over }] })
    expect(boundOf(policy(), table({ categories: ['crime_recruitment'] }))).toBe('grave')
    expect(boundOf(policy(), table({ senderTypes: ['hotline_state_commissioned'] }))).toBe('grave')
    expect(boundOf(policy(), table({ actions: ['label_informational'] }))).toBe('grave')
    expect(boundOf(policy(), table({ actions: ['remove'] }))).toBeUndefined()
    const byType = table({ senderTypes: ['user'] })
    expect(boundOf(policy(), { ...byType, senderType: null })).toBeUndefined()
    const proposal = policy({ effect: { kind: 'propose', measures: measure.measures } })
    expect(boundOf(proposal, table({}))).toBeUndefined()
  })

  it('lets what was never activated do nothing', () => {
    expect(boundOf(policy({}, { activeIndex: null }), seen())).toBe('older_notice')
  })

  it('lets an interim measure stand where only people decide', () => {
    const interim = policy({
      effect: { kind: 'interim', measures: [{ kind: 'disable_access', hours: 24 }] },
    })
    expect(boundOf(interim, seen({ case: { grave: true, band: 0 } }))).toBeUndefined()
    expect(boundOf(interim, seen({ case: { category: 'disaster_false_rescue' } }))).toBe('life')
  })

  it('lets a proposal be made where nothing is taken, but on no private surface', () => {
    const proposal = policy({ effect: { kind: 'propose', measures: measure.measures } })
    const case_ = { grave: true, band: 0, previousCaseId: 'cas_0' } as const
    expect(boundOf(proposal, seen({ surface: null, state: 'gone', case: case_ }))).toBeUndefined()
    expect(boundOf(proposal, seen({ surface: 'private' }))).toBe('target')
  })

  it.each(LANES)('in the lane %s', (lane) => {
    const bounds = [
      policy({ effect: { kind: 'propose', measures: [] } }),
      policy(),
      policy({ effect: { kind: 'measures', measures: [{ kind: 'remove', hours: null }] } }),
      policy({
        effect: { kind: 'measures', measures: [{ kind: 'label_police_warning', hours: 720 }] },
      }),
    ].map((each) => boundOf(each, seen({ case: { lane } })) ?? 'used')
    const expected: Readonly<Partial<Record<string, string[]>>> = {
      voluntary_illegal: ['used', 'used', 'used', 'lane'],
      voluntary_public_order: ['used', 'used', 'lane', 'lane'],
      signal: ['used', 'lane', 'lane', 'used'],
    }
    expect(bounds).toEqual(expected[lane] ?? ['lane', 'lane', 'lane', 'lane'])
  })
})

describe('the plan', () => {
  const first = policy({}, { id: 'first', activeIndex: 3 })
  const second = policy({}, { id: 'second', activeIndex: 5 })
  const proposal = policy(
    { effect: { kind: 'propose', measures: [] } },
    { id: 'proposal', activeIndex: 1 },
  )

  it('lets the one act that was activated first, and the others propose', () => {
    expect(planPolicies([second, proposal, first], seen())).toEqual({
      acting: first,
      proposing: [proposal],
    })
  })

  it('is empty without a version that is active, matches and may', () => {
    const retired = { ...first, state: 'retired' } as const
    const never = { ...first, activeIndex: null }
    expect(planPolicies([retired, never], seen())).toEqual({ acting: null, proposing: [] })
    expect(planPolicies([first], seen({ case: { form: 'public_order' } }))).toEqual({
      acting: null,
      proposing: [],
    })
    expect(planPolicies([], seen())).toEqual({ acting: null, proposing: [] })
  })
})
