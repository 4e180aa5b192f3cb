import type { CaseRecord } from '../case.ts'
import { inputOf } from '../policy-actions.ts'
import { boundOf, policyMatches, type PolicyFacts } from '../policy-match.ts'
import type { PolicyRecord } from '../policy.ts'
import type { AwarenessCause } from '../vocabulary.ts'
import { refuseInput } from './check-input.ts'
import type { DecideFacts } from './decide-case.ts'
import { decisionMade, draftDecision } from './draft-decision.ts'
import { takeInterim } from './interim.ts'
import { planActions } from './plan-actions.ts'
import { refused, type TransitionResult } from './result.ts'
import { takesTwo } from './two-people.ts'

export interface DecideByPolicyInput {
  readonly policy: PolicyRecord
  readonly awarenessCause: AwarenessCause
}

export interface DecideByPolicyFacts extends DecideFacts {
  readonly seen: Omit<PolicyFacts, 'case'>
}

/**
 * A standing policy decides on a case that nobody was offered yet, by the measures that it was adopted
 * with. Everything that binds a policy is asked again here, whoever chose it; and what the platform
 * assessed is left as it is, for that is a person's entry (law 24).
 *
 * An interim measure decides nothing: the case goes on to people.
 */
export function decideByPolicy(
  state: CaseRecord,
  { policy, awarenessCause }: DecideByPolicyInput,
  facts: DecideByPolicyFacts,
): TransitionResult {
  const { at, decisionId, undoWindowMs } = facts
  const seen: PolicyFacts = { ...facts.seen, case: state }
  const mayAct = policy.state === 'active' && policy.effect.kind !== 'propose'
  if (!mayAct || !policyMatches(policy.when, seen) || boundOf(policy, seen) !== undefined)
    return refused('not_allowed')
  const input = inputOf(policy, awarenessCause, at)
  const addresseeRoles = facts.attached.map(({ addresseeRole }) => addresseeRole)
  const refusal = refuseInput(state, input, { ...facts, addresseeRoles, byPerson: false })
  if (refusal !== undefined) return refused(refusal)
  // An interim measure waits for no second person; the rest is for two people then.
  if (policy.effect.kind !== 'interim' && takesTwo(state, input, facts))
    return refused('second_person_needed')
  const name = { id: policy.id, version: policy.version }
  const drafted = { policy: name, by: [], mode: 'standing_policy', input } as const
  const decision = draftDecision(state, drafted, facts)
  const actions = planActions(state, decision, undoWindowMs)
  const next: CaseRecord =
    policy.effect.kind === 'interim'
      ? takeInterim(state, decisionId, actions)
      : {
          ...state,
          state: 'decided',
          version: state.version + 1,
          flags: facts.trial !== state.trial ? ['only_observed'] : [],
          decisionId,
        }
  return { ok: true, next, events: [decisionMade(state, decision, [], facts)], decision, actions }
}
