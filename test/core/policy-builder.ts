import { MEASURE_TEXTS } from '../../src/core/measure-text.ts'
import type { AdoptionFacts } from '../../src/core/policy-adoption.ts'
import type { PolicyFacts } from '../../src/core/policy-match.ts'
import type {
  PolicyConditions,
  PolicyEffect,
  PolicyRecord,
  PolicyRule,
} from '../../src/core/policy.ts'
import type { Ground } from '../../src/core/decision.ts'
import { ground, standard } from './case-builder.ts'

export const facts: AdoptionFacts = {
  standards: [standard],
  day: '2026-11-22',
  graveCategories: new Set(['grave_one']),
  texts: MEASURE_TEXTS,
}

export const measure: { readonly ground: Ground; readonly measures: PolicyEffect['measures'] } = {
  ground,
  measures: [{ kind: 'label_informational', hours: null }],
}

export interface RuleChanges {
  readonly when?: Partial<PolicyConditions>
  readonly effect?: PolicyEffect
  readonly ground?: Ground | null
}

/** A rule that labels what a hotline reports, which needs no fact of one's own. */
export const rule = ({ when, effect, ground: cited }: RuleChanges = {}): PolicyRule => ({
  id: 'label-reported',
  title: { ja: '注記', en: 'Label' },
  when: {
    forms: ['illegal_information'],
    categories: null,
    senderTypes: null,
    surfaces: null,
    observed: null,
    manners: null,
    signal: null,
    ...when,
  },
  effect: effect ?? { kind: 'measures', measures: measure.measures },
  ground: cited === undefined ? measure.ground : cited,
  reviewPercent: 10,
  promptedBy: null,
})

export const policy = (
  changes: RuleChanges = {},
  over: Partial<PolicyRecord> = {},
): PolicyRecord => ({
  ...rule(changes),
  version: 1,
  state: 'active',
  imported: false,
  createdAt: 1,
  adoptedBy: { operator: 'a', role: 'lead' },
  adoptedAt: 2,
  activatedBy: { operator: 'b', role: 'lead' },
  activatedAt: 3,
  activeIndex: 10,
  reviewSeed: 'seed',
  retiredAt: null,
  ...over,
})

/** A new case of one public post, reported after the policy was activated. */
export const seen = (
  over: Partial<Omit<PolicyFacts, 'case'>> & { readonly case?: Partial<PolicyFacts['case']> } = {},
): PolicyFacts => ({
  senderType: 'hotline_state_commissioned',
  surface: 'public',
  state: 'present',
  observed: [],
  manners: [],
  signal: null,
  fourEyes: [],
  position: 11,
  ...over,
  case: {
    lane: 'voluntary_illegal',
    form: 'illegal_information',
    category: 'crime_recruitment',
    grave: false,
    band: 1,
    state: 'new',
    claimedBy: null,
    previousCaseId: null,
    ...over.case,
  },
})
