import { isIllegalityGround, refuseGround } from './grounds.ts'
import { refuseTerms, termFaults } from './measure-terms.ts'
import type { MeasureText } from './measure-text.ts'
import { actionsOf } from './policy-actions.ts'
import {
  MAX_INTERIM_HOURS,
  MAX_POLICE_LABEL_HOURS,
  type PolicyMeasure,
  type PolicyRule,
} from './policy.ts'
import { isByPolicy, isWithinReach, needsOwnFact, reachOfForm } from './policy-reach.ts'
import type { Standard } from './standard.ts'
import type { InputFault } from '../errors/madoguchi-error.ts'

/** Categories whose posts may be calls for help: nothing about them is ever decided by a rule. */
export const NEVER_BY_POLICY: ReadonlySet<string> = new Set(['disaster_false_rescue'])

export interface AdoptionFacts {
  readonly standards: readonly Standard[]
  /** `YYYY-MM-DD`, in Japan. */
  readonly day: string
  readonly graveCategories: ReadonlySet<string>
  /** That a label or advisory may show. */
  readonly texts: readonly MeasureText[]
}

/**
 * Why a rule can't be adopted, by its members. The keyword says which bound it meets:
 *
 * | keyword          | bound                                                                            |
 * | ---------------- | -------------------------------------------------------------------------------- |
 * | `lane`           | no policy in the lanes of agencies, rights and the legal desk (laws 8, 19)       |
 * | `reach`          | a measure that goes further than the lane of the form allows (laws 9, 19)        |
 * | `not_by_policy`  | a measure that can't be undone, or needs a person                                |
 * | `own_fact`       | no fact that the platform observed itself, and more than an interim measure (19) |
 * | `interim`        | an interim measure without end, over 24 hours, or without categories by name     |
 * | `category`       | a category of which no rule decides, finally or at all (law 24, R-23)            |
 * | `signal`         | the label of a police warning and its signal belong together (law 9)             |
 * | `terms`          | a text, basis or end that its measure can't have                                 |
 * | `clause`         | the ground is no clause that can be cited for these forms today                  |
 * | `assessment`     | the ground claims illegality, which only a person assesses (law 24)              |
 */
export function adoptionFaults(rule: PolicyRule, facts: AdoptionFacts): readonly InputFault[] {
  return [
    ...laneFaults(rule),
    ...(rule.effect.kind === 'propose' ? [] : actingFaults(rule, facts)),
    ...groundFaults(rule, facts),
  ]
}

function laneFaults({ when }: PolicyRule): InputFault[] {
  const byForm = when.forms.map((form, index) =>
    reachOfForm(form, null) === 'none' ? fault(`/when/forms/${index}`, 'lane') : undefined,
  )
  const types = when.senderTypes ?? []
  const byType = types.map((type, index) =>
    when.forms.every((form) => reachOfForm(form, type) === 'none')
      ? fault(`/when/sender_types/${index}`, 'lane')
      : undefined,
  )
  return [...byForm, ...byType].filter((one) => one !== undefined)
}

function actingFaults(rule: PolicyRule, facts: AdoptionFacts): InputFault[] {
  const { measures } = rule.effect
  if (measures.length === 0) return [fault('/effect/measures', 'minItems')]
  return [
    ...measures.flatMap((measure, index) =>
      measureFaults(rule, measure, `/effect/measures/${index}`),
    ),
    ...categoryFaults(rule, facts),
    ...signalFaults(rule),
    ...termsFaults(rule, facts),
  ]
}

function measureFaults(rule: PolicyRule, { kind, hours }: PolicyMeasure, at: string): InputFault[] {
  const { when, effect } = rule
  const isInterim = effect.kind === 'interim'
  if (!isByPolicy(kind)) return [fault(`${at}/kind`, 'not_by_policy')]
  const isTooWide = when.forms.some((form) => !isWithinReach(reachOfForm(form, null), kind))
  if (isTooWide) return [fault(`${at}/kind`, 'reach')]
  if (needsOwnFact(kind) && !isInterim && !hasOwnFact(rule))
    return [fault(`${at}/kind`, 'own_fact')]
  if (isInterim && (hours === null || hours > MAX_INTERIM_HOURS))
    return [fault(`${at}/hours`, 'interim')]
  const isLabel = kind === 'label_police_warning'
  return isLabel && (hours === null || hours > MAX_POLICE_LABEL_HOURS)
    ? [fault(`${at}/hours`, 'signal')]
    : []
}

/** Observed, counted from own decisions, or a reply that the platform itself saw; never what a sender says. */
function hasOwnFact({ when: { observed, manners, signal } }: PolicyRule): boolean {
  return observed !== null || manners !== null || signal !== null
}

function categoryFaults({ when, effect }: PolicyRule, facts: AdoptionFacts): InputFault[] {
  const isInterim = effect.kind === 'interim'
  if (isInterim && when.categories === null) return [fault('/when/categories', 'interim')]
  return (when.categories ?? []).flatMap((category, index) => {
    const isGrave = !isInterim && facts.graveCategories.has(category)
    return isGrave || NEVER_BY_POLICY.has(category)
      ? [fault(`/when/categories/${index}`, 'category')]
      : []
  })
}

/** As a decision by the rule would be refused. */
function termsFaults({ effect }: PolicyRule, { texts }: AdoptionFacts): InputFault[] {
  const actions = actionsOf(effect, 0)
  const isTwice = new Set(actions.map(({ kind }) => kind)).size !== actions.length
  if (isTwice) return [fault('/effect/measures', 'uniqueItems')]
  const isRefused =
    actions.some((action) => termFaults(action).length > 0) ||
    refuseTerms(actions, { at: 0, byPerson: false, texts }) !== undefined
  return isRefused ? [fault('/effect/measures', 'terms')] : []
}

/** On warnings of the police nothing but their label, and that label on nothing else. */
function signalFaults({ when: { forms, signal }, effect }: PolicyRule): InputFault[] {
  const isOfWarnings = forms.includes('individual_warning')
  if (isOfWarnings !== (signal !== null) || (isOfWarnings && forms.length > 1))
    return [fault('/when/signal', 'signal')]
  return isOfWarnings && effect.kind === 'interim' ? [fault('/effect/kind', 'signal')] : []
}

function groundFaults({ when, effect, ground }: PolicyRule, facts: AdoptionFacts): InputFault[] {
  if (effect.kind !== 'propose' && ground !== null && isIllegalityGround(ground))
    return [fault('/ground/kind', 'assessment')]
  const refusals = when.forms.map((form) =>
    refuseGround({
      form,
      ground,
      kinds: effect.measures.map(({ kind }) => kind),
      // Whether its clause was public for long enough is asked on each use.
      designated: false,
      hasContext: true,
      standards: facts.standards,
      day: facts.day,
    }),
  )
  return refusals.some((refusal) => refusal !== undefined) ? [fault('/ground', 'clause')] : []
}

const fault = (pointer: string, keyword: string): InputFault => ({ pointer, keyword })
