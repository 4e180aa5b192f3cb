import type { ActionRecord } from './action.ts'
import { afterMeasures, type OutcomeFacts } from './outcome-of.ts'
import { reversalEnd } from './reversal.ts'

export interface ReversalQuery {
  readonly decision: { readonly decidedAt: number }
  /** Every action of the case. */
  readonly actions: readonly Pick<
    ActionRecord,
    'id' | 'kind' | 'state' | 'executedAt' | 'reverses' | 'endedAt'
  >[]
}

/**
 * What a reversal has come to: the item is `restored`; or what was done can't be undone, or stands for
 * another case too, and is still so; or nothing was done and the notice is under review again. Never why.
 */
export function outcomeOfReversal({ decision, actions }: ReversalQuery): OutcomeFacts {
  const { decidedAt } = decision
  const underReview: OutcomeFacts = {
    status: 'under_review',
    asOf: decidedAt,
    measures: [],
    declineReason: null,
  }
  const end = reversalEnd(actions)
  if (end !== 'reversed') return underReview
  const originals = actions.filter(({ reverses }) => reverses === null)
  if (!originals.some(({ state }) => state === 'reversed'))
    return afterMeasures(originals, decidedAt)
  const times = actions
    .filter(({ reverses, state }) => reverses !== null && state === 'executed')
    .map(({ executedAt }) => executedAt ?? decidedAt)
  return { ...underReview, status: 'restored', asOf: Math.max(decidedAt, ...times) }
}
