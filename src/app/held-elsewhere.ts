import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import { holdsUp, restsOnSame } from '../core/expiry.ts'
import type { Id } from '../core/ids.ts'
import type { Transaction } from '../ports/record-store.ts'

/**
 * Which of these actions another case decided on the same target too, so that undoing them would undo
 * that case's decision: siblings are decided separately.
 */
export async function heldElsewhere(
  tx: Transaction,
  { id: caseId, targetKey }: Pick<CaseRecord, 'id' | 'targetKey'>,
  actions: readonly ActionRecord[],
): Promise<ReadonlySet<Id<'act'>>> {
  const onTarget = await tx.find('action', { targetKey })
  const others = onTarget.filter((one) => one.caseId !== caseId && holdsUp(one))
  return new Set((await heldBy(tx, others, actions)).map(({ id }) => id))
}

/** Whether any other decision that stands rests on the same measure. */
export async function isHeldUp(tx: Transaction, action: ActionRecord): Promise<boolean> {
  const onTarget = await tx.find('action', { targetKey: action.targetKey })
  const others = onTarget.filter((one) => one.id !== action.id && holdsUp(one))
  return (await heldBy(tx, others, [action])).length > 0
}

async function heldBy(
  tx: Transaction,
  others: readonly ActionRecord[],
  actions: readonly ActionRecord[],
): Promise<ActionRecord[]> {
  const holders: ActionRecord[] = []
  for (const other of others) if (await stands(tx, other.caseId)) holders.push(other)
  return actions.filter((action) => holders.some((holder) => restsOnSame(holder, action)))
}

/** Whether the decision of that case wasn't taken back. */
async function stands(tx: Transaction, id: Id<'cas'>): Promise<boolean> {
  const found = await tx.get('case', { id })
  const decisionId = found?.decisionId ?? null
  const decision = decisionId === null ? undefined : await tx.get('decision', { id: decisionId })
  return decision?.reverses === null
}
