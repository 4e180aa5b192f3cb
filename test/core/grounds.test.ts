import { expect, it } from 'vitest'
import {
  citedClause,
  isIllegalityGround,
  refuseGround,
  type GroundQuery,
} from '../../src/core/grounds.ts'
import { ground, standard } from './case-builder.ts'

const refuse = (over: Partial<GroundQuery>): string | undefined =>
  refuseGround({
    form: 'illegal_information',
    ground,
    hasMeasures: true,
    standards: [standard],
    day: '2026-11-22',
    ...over,
  })

it.each([
  ['a clause in force', {}, undefined],
  ['a measure without', { ground: null }, 'ground_missing'],
  ['a decline without', { ground: null, hasMeasures: false }, undefined],
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
  [
    'a decline on a clause not in force',
    { hasMeasures: false, day: '2026-03-31' },
    'clause_not_in_force',
  ],
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
