import type { OutcomeRecord } from '../core/outcome.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import type { OutcomeDraft } from './draft-outcome.ts'
import { stillFollows } from './newest-outcome.ts'
import { scheduleDelivery, withdrawOutcome } from './schedule-delivery.ts'

/** The event of an outcome, which writes the outcome with its index and hands it over in place of the last one. */
export function issueOutcome(ctx: AppContext, draft: OutcomeDraft): EventDraft {
  return {
    ...draft.event,
    indexed: async (tx: Transaction, index: number) => {
      const outcome: OutcomeRecord = { ...draft.outcome, entryIndex: index }
      // Another one stands in the same batch: told singly, the second sees the first.
      if (!(await stillFollows(tx, outcome))) throw new Error('an outcome has one successor')
      await tx.insert('outcome', outcome)
      if (outcome.supersedes !== null) await withdrawOutcome(ctx, tx, outcome.supersedes)
      await scheduleDelivery(ctx, tx, outcome, draft.order, draft.channel)
    },
  }
}
