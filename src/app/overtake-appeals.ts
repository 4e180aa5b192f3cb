import { isAppealOpen, type AppealRecord } from '../core/appeal.ts'
import type { CaseRecord } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { Transaction } from '../ports/record-store.ts'
import { appealDecided } from './appeal-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'

/**
 * Objections to a decision that is taken back or replaced without them: there is nothing left to judge, and
 * whoever objected hears of the reversal, or of the new decision.
 */
export async function overtakeAppeals(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  decisionId: Id<'dec'>,
): Promise<EventDraft[]> {
  const decision = await tx.get('decision', { id: decisionId })
  const open = (await tx.find('appeal', { decisionId })).filter(isAppealOpen)
  if (decision === undefined) return []
  const events: EventDraft[] = []
  for (const appeal of open) {
    const overtaken: AppealRecord = { ...appeal, state: 'overtaken', decidedAt: ctx.clock.now() }
    await tx.put('appeal', overtaken)
    events.push(appealDecided(ctx, overtaken, { record, decision, by: [] }))
  }
  return events
}
