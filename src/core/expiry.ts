import type { ActionRecord, ActionState } from './action.ts'
import { hasCounter, type ReversibleAction } from './reversal.ts'

/**
 * What happens to an action whose end has come.
 *
 * | step      | when                                                                             |
 * | --------- | -------------------------------------------------------------------------------- |
 * | `cancel`  | it hasn't taken effect, and nobody but a person or the platform could still do it |
 * | `wait`    | an executor is on it: undone once its result is known                            |
 * | `counter` | it stands: a counter-action is planned                                           |
 * | `keep`    | it stands, and another decision on the item rests on the same measure            |
 * | `leave`   | it is over, or was ended before                                                  |
 */
export type ExpiryStep = 'cancel' | 'wait' | 'counter' | 'keep' | 'leave'

/** Decides the step for one action among all of its case. */
export function expiryStep(
  action: ReversibleAction,
  all: readonly ReversibleAction[],
  isHeld: boolean,
): ExpiryStep {
  if (action.reverses !== null || action.endedAt !== null) return 'leave'
  if (action.state === 'planned' || action.state === 'pending') return 'cancel'
  if (action.state === 'executing') return 'wait'
  if (action.state !== 'executed' || hasCounter(action, all)) return 'leave'
  return isHeld ? 'keep' : 'counter'
}

/** Whether an effect stands that its own decision doesn't hold up any more, and nobody is undoing. */
export function isLeftOver(action: ReversibleAction, all: readonly ReversibleAction[]): boolean {
  const stands = action.state === 'executed' && action.endedAt !== null
  return stands && action.reverses === null && !hasCounter(action, all)
}

const HOLDING: ReadonlySet<ActionState> = new Set<ActionState>([
  'planned',
  'executing',
  'pending',
  'executed',
])

/** Whether an action holds an effect up, or is about to. */
export function holdsUp({ state, reverses, endedAt }: ReversibleAction): boolean {
  return reverses === null && endedAt === null && HOLDING.has(state)
}

type Measure = Pick<ActionRecord, 'kind' | 'terms'>

/** Whether undoing `action` would undo `holder` too: the same measure and text, in all of its places. */
export function restsOnSame(holder: Measure, action: Measure): boolean {
  if (holder.kind !== action.kind || holder.terms?.template !== action.terms?.template) return false
  const places = holder.terms?.territory
  if (places === undefined) return true
  return action.terms?.territory?.every((place) => places.includes(place)) === true
}
