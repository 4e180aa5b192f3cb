import type { CaseRecord } from '../case.ts'
import { endOf, termsOf } from '../measure-terms.ts'
import { notBeforeOf } from '../undo.ts'
import type { ActionDraft, DecisionDraft } from './result.ts'

/** The actions of a decision, in its order; none may start inside the undo window. */
export function planActions(
  { id: caseId, targetKey }: Pick<CaseRecord, 'id' | 'targetKey'>,
  { id: decisionId, decidedAt, input }: Pick<DecisionDraft, 'id' | 'decidedAt' | 'input'>,
  undoWindowMs: number,
): ActionDraft[] {
  return input.actions.map((action, position) => ({
    decisionId,
    caseId,
    targetKey,
    kind: action.kind,
    state: 'planned',
    position,
    notBefore: notBeforeOf(action.notBefore, decidedAt, undoWindowMs),
    endsAt: endOf(action, decidedAt),
    endedAt: null,
    terms: termsOf(action),
    attempt: 0,
    executedAt: null,
    settledBy: null,
    failureCode: null,
    lateResults: [],
    reverses: null,
  }))
}
