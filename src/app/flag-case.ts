import type { CaseFlag } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'

/** Puts a case before people again, if it is decided and not flagged so already. */
export async function flagCase(
  ctx: AppContext,
  tx: Transaction,
  caseId: Id<'cas'>,
  flag: CaseFlag,
): Promise<EventDraft[]> {
  const state = await tx.get('case', { id: caseId })
  if (state === undefined) return []
  const flagged = transition(state, { type: 'flag', flag }, { at: ctx.clock.now() })
  if (!flagged.ok) return []
  await tx.put('case', flagged.next)
  return flagged.events.map((event) => caseEvent(ctx, flagged.next, event))
}
