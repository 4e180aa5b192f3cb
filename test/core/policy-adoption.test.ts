import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { adoptionFaults } from '../../src/core/policy-adoption.ts'
import { isByPolicy } from '../../src/core/policy-reach.ts'
import { FORMS, type Form } from '../../src/core/vocabulary.ts'
import type { PolicyEffect } from '../../src/core/policy.ts'
import { facts, measure, rule, type RuleChanges } from './policy-builder.ts'

const faults = (changes: RuleChanges): string[] =>
  adoptionFaults(rule(changes), facts).map(({ pointer, keyword }) => `${pointer} ${keyword}`)

const KINDS = Object.keys(ACTION_KINDS) as ActionKind[]
const one = (kind: ActionKind, hours: number | null): PolicyEffect['measures'] => [
  { kind, hours, ...(kind === 'label_ai_generated' ? { labelBasis: 'own_detection' } : {}) },
]
const acts = (kind: ActionKind, hours: number | null = null): PolicyEffect => ({
  kind: 'measures',
  measures: one(kind, hours),
})
const interim = (kind: ActionKind, hours: number | null): PolicyEffect => ({
  kind: 'interim',
  measures: one(kind, hours),
})

describe('law 19', () => {
  it('takes a measure on visibility or an account only with a fact of the platform itself', () => {
    for (const kind of KINDS.filter(isByPolicy).filter((each) => each !== 'label_police_warning')) {
      const { visibility, scope } = ACTION_KINDS[kind]
      const needs = visibility !== 'none' || scope === 'account'
      expect(faults({ effect: acts(kind) }), kind).toEqual(
        needs ? ['/effect/measures/0/kind own_fact'] : [],
      )
      expect(faults({ effect: acts(kind), when: { observed: ['own_match'] } }), kind).toEqual([])
      expect(faults({ effect: acts(kind), when: { manners: ['repeat_poster'] } }), kind).toEqual([])
    }
  })

  it.each([
    ['category', { categories: ['crime_recruitment'] }],
    ['type of sender', { senderTypes: ['hotline_state_commissioned'] }],
    ['surface', { surfaces: ['public'] as const }],
  ])('takes a %s for no fact of its own', (_name, when) => {
    expect(faults({ effect: acts('remove'), when })).toEqual(['/effect/measures/0/kind own_fact'])
  })

  it('lets an interim measure do without, for 24 hours and categories by name', () => {
    const when = { categories: ['crime_recruitment'] }
    expect(faults({ effect: interim('disable_access', 24), when })).toEqual([])
    expect(faults({ effect: interim('disable_access', 25), when })).toEqual([
      '/effect/measures/0/hours interim',
      '/effect/measures terms',
    ])
    expect(faults({ effect: interim('disable_access', null), when })).toEqual([
      '/effect/measures/0/hours interim',
    ])
    expect(faults({ effect: interim('disable_access', 1) })).toEqual(['/when/categories interim'])
  })

  it.each(KINDS)('reaches in public_order only what leaves visibility alone: %s', (kind) => {
    const when = { forms: ['public_order'] as const, observed: ['own_match'] }
    const categories = { ...when, categories: ['suspected_child_pornography'] }
    const isWide = ACTION_KINDS[kind].visibility !== 'none'
    if (!isByPolicy(kind)) {
      expect(faults({ effect: acts(kind), when })).toEqual([
        '/effect/measures/0/kind not_by_policy',
      ])
      return
    }
    const wide = isWide || kind === 'label_police_warning' ? ['/effect/measures/0/kind reach'] : []
    expect(faults({ effect: acts(kind), when })).toEqual(wide)
    expect(faults({ effect: interim(kind, 1), when: categories })).toEqual(wide)
  })

  it.each(FORMS.filter((form) => !['illegal_information', 'public_order'].includes(form)))(
    'reaches nothing of the form %s but the label of a police warning',
    (form: Form) => {
      const isWarning = form === 'individual_warning'
      const forms = [form]
      const propose = faults({
        effect: { kind: 'propose', measures: [] },
        ground: null,
        when: { forms },
      })
      expect(propose).toEqual(isWarning ? [] : ['/when/forms/0 lane'])
      for (const kind of KINDS.filter(isByPolicy)) {
        const found = faults({
          effect: acts(kind, 720),
          when: { forms, signal: isWarning ? 'police_warning' : null, observed: ['own_match'] },
          ground: { ...measure.ground, kind: 'police_warning_label_policy' },
        })
        if (isWarning && kind === 'label_police_warning') expect(found).toEqual([])
        else expect(found.join(' '), kind).toMatch(isWarning ? /reach/ : /lane/)
      }
    },
  )

  it('keeps notices of agencies, police and courts out, whatever their form', () => {
    const senderTypes = ['hotline_private', 'administrative_agency', 'police_prefectural']
    expect(faults({ when: { senderTypes } })).toEqual([
      '/when/sender_types/1 lane',
      '/when/sender_types/2 lane',
    ])
    expect(faults({ when: { senderTypes: ['a_type_of_tomorrow'] } })).toEqual([])
  })
})

it('takes nothing that cannot be undone, or that needs a person', () => {
  const never = KINDS.filter((kind) => !isByPolicy(kind))
  expect(never).toEqual([
    'user_advisory',
    'prominence_trusted_source',
    'ask_poster_to_amend',
    'ask_poster_to_delete',
    'warn_poster',
    'require_reverification',
    'terminate_account',
    'restore',
  ])
  for (const kind of never)
    expect(faults({ effect: acts(kind), when: { observed: ['own_match'] } })).toEqual([
      '/effect/measures/0/kind not_by_policy',
    ])
})

it('decides no grave category finally (law 24), and nothing of what may be a call for help (R-23)', () => {
  const grave = { categories: ['grave_one'] }
  expect(faults({ when: grave })).toEqual(['/when/categories/0 category'])
  expect(faults({ when: grave, effect: interim('disable_access', 24) })).toEqual([])
  expect(faults({ when: grave, effect: { kind: 'propose', measures: [] } })).toEqual([])
  for (const effect of [acts('label_informational'), interim('label_informational', 1)])
    expect(
      faults({
        effect,
        when: { forms: ['public_order'], categories: ['disaster_false_rescue'] },
      }),
    ).toEqual(['/when/categories/0 category'])
})

describe('the label of a police warning (law 9)', () => {
  const forms = ['individual_warning'] as const
  const ground = { ...measure.ground, kind: 'police_warning_label_policy' }
  const label = (when: NonNullable<RuleChanges['when']>, hours: number | null = 720): string[] =>
    faults({ effect: acts('label_police_warning', hours), when: { forms, ...when }, ground })

  it('is opted in to by the signal, and ends after 30 days', () => {
    expect(label({ signal: 'police_warning' })).toEqual([])
    expect(label({ signal: 'police_warning' }, 721)).toEqual(['/effect/measures/0/hours signal'])
    expect(label({ signal: 'police_warning' }, null)).toEqual(['/effect/measures/0/hours signal'])
    expect(label({})).toEqual(['/when/signal signal'])
  })

  it('is of no other form, and never an interim measure', () => {
    const both = { forms: ['individual_warning', 'illegal_information'] as const }
    expect(
      faults({ when: { ...both, signal: 'police_warning' }, effect: acts('label_informational') }),
    ).toContain('/when/signal signal')
    expect(faults({ when: { signal: 'police_warning' } })).toEqual(['/when/signal signal'])
    expect(
      faults({
        when: { forms, signal: 'police_warning', categories: ['crime_recruitment'] },
        effect: interim('label_police_warning', 24),
        ground,
      }),
    ).toEqual(['/effect/kind signal'])
  })
})

it('rests on a clause in force, and never claims illegality by itself (law 24)', () => {
  expect(faults({ ground: null })).toEqual(['/ground clause'])
  expect(faults({ ground: { ...measure.ground, version: '1999-01-01' } })).toEqual([
    '/ground clause',
  ])
  const illegal = { ...measure.ground, kind: 'illegal_own_assessment' }
  expect(faults({ ground: illegal })).toEqual(['/ground/kind assessment'])
  const proposal = { kind: 'propose', measures: measure.measures } as const
  expect(faults({ ground: illegal, effect: proposal })).toEqual([])
  expect(faults({ ground: null, effect: proposal })).toEqual(['/ground clause'])
})

it('does something', () => {
  expect(faults({ effect: { kind: 'measures', measures: [] } })).toContain(
    '/effect/measures minItems',
  )
})

it('takes its measures on terms that a decision could have', () => {
  const terms = (...measures: PolicyEffect['measures']): string[] =>
    faults({ effect: { kind: 'measures', measures }, when: { observed: ['own_match'] } })
  expect(terms({ kind: 'label_informational', hours: 12, template: 'official_sources' })).toEqual(
    [],
  )
  for (const wrong of [
    { kind: 'label_informational', hours: null, template: 'no_such_text' },
    { kind: 'label_ai_generated', hours: null },
    { kind: 'demote', hours: null, labelBasis: 'own_detection' },
  ] as const)
    expect(terms(wrong)).toEqual(['/effect/measures terms'])
  const twice = { kind: 'demote', hours: null } as const
  expect(terms(twice, twice)).toEqual(['/effect/measures uniqueItems'])
})
