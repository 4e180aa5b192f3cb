import { describe, expect, it } from 'vitest'
import {
  citedClause,
  isIllegalityGround,
  refuseGround,
  type GroundQuery,
} from '../../src/core/grounds.ts'
import { citableFrom } from '../../src/core/standard.ts'
import { ground, standard } from './case-builder.ts'

const refuse = (over: Partial<GroundQuery>): string | undefined =>
  refuseGround({
    form: 'illegal_information',
    ground,
    kinds: ['remove'],
    designated: false,
    hasContext: false,
    standards: [standard],
    day: '2026-11-22',
    ...over,
  })

it.each([
  ['a clause in force', {}, undefined],
  ['a measure without', { ground: null }, 'ground_missing'],
  ['a decline without', { ground: null, kinds: [] }, undefined],
  [
    'a measure where nothing is violated',
    { ground: { ...ground, kind: 'not_violating' } },
    'ground_missing',
  ],
  ['no standard known', { standards: [] }, 'clause_not_in_force'],
  ['another version', { ground: { ...ground, version: '2025-01-01' } }, 'clause_not_in_force'],
  ['another clause', { ground: { ...ground, clause: '9.9' } }, 'clause_not_in_force'],
  ['the day before', { day: '2026-03-31' }, 'clause_not_in_force'],
  ['the first day', { day: '2026-04-01' }, undefined],
  ['the last day', { standards: [{ ...standard, endsOn: '2026-11-22' }] }, undefined],
  ['the day after', { standards: [{ ...standard, endsOn: '2026-11-21' }] }, 'clause_not_in_force'],
  ['a decline on a clause not in force', { kinds: [], day: '2026-03-31' }, 'clause_not_in_force'],
] as const)('%s', (_name, over, code) => {
  expect(refuse(over)).toBe(code)
})

it.each([
  'illegal_own_assessment',
  'illegal_of_tomorrow',
  'legal_duty',
  'court_or_compulsory',
  'rights_infringement_found',
])('law 6: %s is no ground on the public-order form', (kind) => {
  expect(refuse({ form: 'public_order', ground: { ...ground, kind } })).toBe('ground_not_for_form')
})

it.each([
  ['illegal_own_assessment', undefined],
  ['illegal_of_tomorrow', undefined],
  ['rights_infringement_found', 'ground_not_for_form'],
  ['police_warning_label_policy', 'ground_not_for_form'],
])('%s on the form of illegal information: %s', (kind, code) => {
  expect(refuse({ ground: { ...ground, kind } })).toBe(code)
})

it('law 6: citing a provision of law claims illegality too', () => {
  expect(isIllegalityGround({ ...ground, provisions: ['職業安定法63条2号'] })).toBe(true)
  expect(isIllegalityGround({ ...ground, provisions: [] })).toBe(false)
  expect(isIllegalityGround(ground)).toBe(false)
})

it('finds the clause that was cited', () => {
  expect(citedClause(ground, [standard])?.clause.id).toBe('3.2')
  expect(citedClause({ ...ground, standard: 'other' }, [standard])).toBeUndefined()
})

describe('施行規則17条: on a designated platform', () => {
  const young = { ...standard, publishedOn: '2026-11-09' }
  const designated = { designated: true, standards: [young] } as const

  it.each([
    ['on day 13', { day: '2026-11-22' }, 'clause_too_new'],
    ['on day 14', { day: '2026-11-23' }, undefined],
    ['an account', { kinds: ['suspend_account'] }, 'clause_too_new'],
    ['one of several', { kinds: ['label_informational', 'remove'] }, 'clause_too_new'],
    ['what prevents no transmission', { kinds: ['demote', 'restrict_feature'] }, undefined],
    ['a decline', { kinds: [] }, undefined],
    ['another platform', { designated: false }, undefined],
  ] as const)('a clause that is young: %s', (_name, over, code) => {
    expect(refuse({ ...designated, ...over })).toBe(code)
  })

  it.each([
    ['platform_is_poster', undefined],
    ['legal_duty', undefined],
    ['unforeseen_emergency', undefined],
    ['illegal_own_assessment', 'clause_too_new'],
    ['tos_clause', 'clause_too_new'],
    ['disaster_policy', 'clause_too_new'],
  ] as const)('26条1項, exceptions: %s', (kind, code) => {
    const cited = { ...ground, kind }
    expect(refuse({ ...designated, ground: cited, hasContext: true })).toBe(code)
  })

  it('an emergency that nobody foresaw is said to be one, by whom and anywhere', () => {
    const cited = { ...ground, kind: 'unforeseen_emergency' }
    expect(refuse({ ground: cited })).toBe('emergency_needs_reason')
    expect(refuse({ ground: cited, hasContext: true })).toBeUndefined()
  })

  it('the first day on which it can be cited', () => {
    const days = (publishedOn: string, effectiveOn: string): string[] =>
      [false, true].map((needs) => citableFrom({ publishedOn, effectiveOn }, needs))
    expect(days('2026-12-20', '2026-12-20')).toEqual(['2026-12-20', '2027-01-03'])
    expect(days('2026-01-01', '2026-04-01')).toEqual(['2026-04-01', '2026-04-01'])
    expect(days('2028-02-20', '2028-02-21')).toEqual(['2028-02-21', '2028-03-05'])
  })
})
