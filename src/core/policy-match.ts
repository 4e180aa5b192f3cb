import type { CaseRecord } from './case.ts'
import { takesTwoByTable, type FourEyesRule } from './four-eyes.ts'
import type { Observation } from './notice.ts'
import { NEVER_BY_POLICY } from './policy-adoption.ts'
import { effectIsWithin, reachOfLane } from './policy-reach.ts'
import type { PolicyConditions, PolicyEffect, PolicyRecord, PolicySignal } from './policy.ts'
import type { Surface } from './vocabulary.ts'

/** What a rule may know of a case. Neither who sent a notice, nor its tier, nor a person. */
export interface PolicyFacts {
  readonly case: Pick<
    CaseRecord,
    'lane' | 'form' | 'category' | 'grave' | 'band' | 'state' | 'claimedBy' | 'previousCaseId'
  >
  /** `null`: nobody sent anything, the platform saw a signal. */
  readonly senderType: string | null
  /** `null`: the target isn't resolved. */
  readonly surface: Surface | null
  readonly state: Observation['state']
  readonly observed: readonly string[]
  readonly manners: readonly string[]
  readonly signal: PolicySignal | null
  /** 二人確認の定め: the platform's own table. */
  readonly fourEyes: readonly FourEyesRule[]
  /** Place in the log of whatever it is used on: of a notice that was revised, of the first one. */
  readonly position: number
}

/** Whether everything that a rule names holds. */
export function policyMatches(when: PolicyConditions, facts: PolicyFacts): boolean {
  const { form, category } = facts.case
  return (
    when.forms.includes(form) &&
    when.signal === facts.signal &&
    isAmong(when.categories, category) &&
    isAmong(when.senderTypes, facts.senderType) &&
    isAmong(when.surfaces, facts.surface) &&
    areAll(when.observed, facts.observed) &&
    areAll(when.manners, facts.manners)
  )
}

function isAmong(named: readonly string[] | null, one: string | null): boolean {
  return named === null || (one !== null && named.includes(one))
}

function areAll(named: readonly string[] | null, found: readonly string[]): boolean {
  return named === null || named.every((one) => found.includes(one))
}

/** Why a rule that matches is not used. */
export const POLICY_BOUNDS = [
  /** The lane allows no policy, or none that goes so far. */
  'lane',
  /** Adopted after the notice came (law 4). */
  'older_notice',
  /** Not resolved, or a private surface (M-05). */
  'target',
  /** Nothing is there to act on. */
  'gone',
  /** Somebody works on it, or people are offered it already. */
  'people',
  /** An earlier round of it was decided. */
  'decided_before',
  /** Danger to life or body: a person comes first (law 18). */
  'life',
  /** Two people decide on it, by law 24 or the platform's own table. */
  'grave',
] as const
export type PolicyBound = (typeof POLICY_BOUNDS)[number]

/** The bound that keeps a version from being used on a case that it matches, if any. */
export function boundOf(
  { effect, activeIndex }: Pick<PolicyRecord, 'effect' | 'activeIndex'>,
  facts: PolicyFacts,
): PolicyBound | undefined {
  const { lane, category, band, state, claimedBy, previousCaseId } = facts.case
  const acts = effect.kind !== 'propose'
  const decides = effect.kind === 'measures'
  const bounds: readonly (readonly [PolicyBound, boolean])[] = [
    ['lane', !effectIsWithin(reachOfLane(lane), effect)],
    ['older_notice', activeIndex === null || facts.position <= activeIndex],
    ['target', facts.surface === 'private' || (acts && facts.surface === null)],
    ['gone', acts && facts.state === 'gone'],
    ['people', state !== 'new' || claimedBy !== null],
    ['decided_before', acts && previousCaseId !== null],
    ['life', (decides && band === 0) || (acts && NEVER_BY_POLICY.has(category))],
    ['grave', decides && takesTwo(effect, facts)],
  ]
  return bounds.find(([, holds]) => holds)?.[0]
}

/** A rule decides nothing for which the platform wants two people before it is carried out. */
function takesTwo({ measures }: PolicyEffect, facts: PolicyFacts): boolean {
  const { grave, category } = facts.case
  const byTable = takesTwoByTable(facts.fourEyes, {
    categories: [category],
    kinds: measures.map(({ kind }) => kind),
    senderTypes: facts.senderType === null ? [] : [facts.senderType],
  })
  return grave || byTable
}

/** What comes of the policies on one case. */
export interface PolicyPlan {
  /** The one that acts: of several the one that was activated first. */
  readonly acting: PolicyRecord | null
  /** Those that propose, in the same order. */
  readonly proposing: readonly PolicyRecord[]
}

/** Chooses among the active versions. At most one acts; what it leaves aside is a person's to see. */
export function planPolicies(active: readonly PolicyRecord[], facts: PolicyFacts): PolicyPlan {
  const used = active
    .filter((policy) => policy.state === 'active' && policyMatches(policy.when, facts))
    .filter((policy) => boundOf(policy, facts) === undefined)
    .sort((a, b) => Number(a.activeIndex) - Number(b.activeIndex))
  const acting = used.find(({ effect }) => effect.kind !== 'propose') ?? null
  return { acting, proposing: used.filter(({ effect }) => effect.kind === 'propose') }
}
