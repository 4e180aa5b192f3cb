import { counterOf } from './action-kind.ts'
import { isSettled, type ActionRecord } from './action.ts'
import type { Id } from './ids.ts'
import type { ActionDraft } from './transition/result.ts'

/** What of an action a reversal has to look at. */
export type ReversibleAction = Pick<ActionRecord, 'id' | 'kind' | 'state' | 'reverses' | 'endedAt'>

/**
 * What a reversal does about one action.
 *
 * | step      | when                                                                             |
 * | --------- | -------------------------------------------------------------------------------- |
 * | `cancel`  | nothing was done yet, or only a person or the platform could still do it         |
 * | `wait`    | an executor is on it: the counter-action is planned once its result is known     |
 * | `counter` | it took effect: a counter-action of its own is planned                           |
 * | `leave`   | nothing to undo, nothing that can be undone, or a counter-action is under way    |
 */
export type ReversalStep = 'cancel' | 'wait' | 'counter' | 'leave'

/** Decides the step for one action among all of its case. */
export function reversalStep(
  action: ReversibleAction,
  all: readonly ReversibleAction[],
): ReversalStep {
  if (action.reverses !== null) return 'leave'
  if (action.state === 'planned' || action.state === 'pending') return 'cancel'
  if (action.state === 'executing') return 'wait'
  const counters = countersOf(action, all)
  // What ended stands for another decision's sake, unless undoing it was tried. Attempts whose result
  // isn't known are undone as if they had taken effect.
  const mayStand =
    (action.state === 'executed' && action.endedAt === null) ||
    (['executed', 'cancelled'].includes(action.state) && counters.length > 0)
  return mayStand && !hasCounter(action, all) && counterOf(action.kind) !== null
    ? 'counter'
    : 'leave'
}

/** Whether a counter-action of it is under way or done. */
export function hasCounter(action: ReversibleAction, all: readonly ReversibleAction[]): boolean {
  return countersOf(action, all).some(({ state }) => state !== 'failed' && state !== 'cancelled')
}

/** 取消しの措置 of an action, to be planned under a reversal; `null` where the kind can't be undone. */
export function counterDraft(
  original: ActionRecord,
  decisionId: Id<'dec'>,
  at: number,
): ActionDraft | null {
  const kind = counterOf(original.kind)
  if (kind === null) return null
  const { id, caseId, targetKey, position } = original
  return {
    decisionId,
    caseId,
    targetKey,
    kind,
    state: 'planned',
    position,
    notBefore: at,
    endsAt: null,
    endedAt: null,
    terms: null,
    attempt: 0,
    executedAt: null,
    settledBy: null,
    failureCode: null,
    lateResults: [],
    reverses: id,
  }
}

/**
 * How far the reversal of a case has come: something is still `open`; or all is over, and nothing of the
 * decision ever took effect (`undone`), or something did (`reversed`).
 */
export function reversalEnd(all: readonly ReversibleAction[]): 'open' | 'undone' | 'reversed' {
  const originals = all.filter(({ reverses }) => reverses === null)
  if (originals.some((action) => isOpen(action, all))) return 'open'
  const tookEffect = originals.some(({ state }) => state === 'executed' || state === 'reversed')
  return tookEffect ? 'reversed' : 'undone'
}

/** Not settled, waiting for its counter-action, or stuck because that one failed. */
function isOpen(action: ReversibleAction, all: readonly ReversibleAction[]): boolean {
  if (!isSettled(action.state)) return true
  if (action.state === 'reversed') return false
  return countersOf(action, all).some(({ state }) => state !== 'executed')
}

function countersOf(
  { id }: { readonly id: Id<'act'> },
  all: readonly ReversibleAction[],
): readonly ReversibleAction[] {
  return all.filter(({ reverses }) => reverses === id)
}
