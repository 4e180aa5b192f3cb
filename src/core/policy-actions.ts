import type { DecisionInput, PlannedAction } from './decision.ts'
import type { PolicyEffect, PolicyRule } from './policy.ts'
import { HOUR } from './time.ts'
import type { AwarenessCause } from './vocabulary.ts'

/** The measures of a rule as a decision at that time has them. */
export function actionsOf({ kind, measures }: PolicyEffect, at: number): readonly PlannedAction[] {
  return measures.map(({ hours, ...measure }) => ({
    ...measure,
    ...(hours === null ? {} : { endsAt: at + hours * HOUR }),
    ...(kind === 'interim' ? { interim: true as const } : {}),
  }))
}

/** What a decision by a rule says: the platform's clause, and nothing in anybody's words. */
export function inputOf(
  { effect, ground, when }: PolicyRule,
  awarenessCause: AwarenessCause,
  at: number,
): DecisionInput {
  return {
    actions: actionsOf(effect, at),
    alreadyGone: false,
    ground,
    awarenessCause,
    weightGiven: when.signal === null ? 'considered' : 'none',
    senderFinding: null,
    contextConsidered: null,
    declineReason: null,
    publicNote: null,
    internalNote: null,
  }
}
