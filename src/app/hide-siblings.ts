import type { CaseRecord } from '../core/case.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'

/** The other cases of a target that is no-view now: one item, one care (law 11). */
export async function hideSiblings(
  ctx: AppContext,
  tx: Transaction,
  { id, targetKey }: CaseRecord,
): Promise<EventDraft[]> {
  const events: EventDraft[] = []
  for (const sibling of await tx.find('case', { targetKey })) {
    if (sibling.id === id || sibling.noView) continue
    const { next, events: happened } = expectDone(
      transition(sibling, { type: 'hide' }, { at: ctx.clock.now() }),
    )
    await tx.put('case', next)
    events.push(...happened.map((event) => caseEvent(ctx, next, event)))
  }
  return events
}
