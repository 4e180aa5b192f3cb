import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { ActionDraft } from '../core/transition/result.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork } from './work-rows.ts'

/** Places in the ledger are further apart than a decision has actions. */
const ACTIONS_PER_ENTRY = 64
/** Counter-actions stand before the actions of whatever was decided in the same moment. */
const COUNTERS_FIRST = 32

/**
 * Writes an action and the work of carrying it out, behind every earlier one on its target; and of
 * ending it, where it ends by itself.
 */
export async function planAction(
  { random }: AppContext,
  tx: Transaction,
  action: ActionRecord,
  { entryIndex, decidedAt }: Pick<DecisionRecord, 'entryIndex' | 'decidedAt'>,
  { band, goalAt }: Pick<CaseRecord, 'band' | 'goalAt'>,
): Promise<void> {
  const place = action.position - (action.reverses === null ? 0 : COUNTERS_FIRST)
  const position = entryIndex * ACTIONS_PER_ENTRY + place
  await tx.insert('action', action)
  await tx.insert(
    'work',
    newWork(random, {
      kind: 'act',
      subjectId: action.id,
      groupKey: action.targetKey,
      position,
      nextAt: action.notBefore ?? decidedAt,
      band,
      goalAt,
    }),
  )
  if (action.endsAt === null) return
  const { id: subjectId, endsAt: nextAt } = action
  await tx.insert(
    'work',
    newWork(random, { kind: 'expire', subjectId, position, nextAt, band, goalAt }),
  )
}

/** One for each time that it is tried: a later try isn't the one that failed. */
export function newCounter({ random }: AppContext, draft: ActionDraft): ActionRecord {
  const id = random.id('act')
  return { ...draft, id, idempotencyKey: `${draft.decisionId}.${id}` }
}
