import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { Transaction } from '../ports/record-store.ts'

const STANDING: ReadonlySet<ActionRecord['state']> = new Set<ActionRecord['state']>([
  'planned',
  'executing',
  'pending',
  'executed',
])

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
  const others = onTarget.filter(
    (one) => one.caseId !== caseId && one.reverses === null && STANDING.has(one.state),
  )
  const kinds = new Set<string>()
  for (const other of others) if (await stands(tx, other.caseId)) kinds.add(other.kind)
  return new Set(actions.filter(({ kind }) => kinds.has(kind)).map(({ id }) => id))
}

/** Whether the decision of that case wasn't taken back. */
async function stands(tx: Transaction, id: Id<'cas'>): Promise<boolean> {
  const found = await tx.get('case', { id })
  const decisionId = found?.decisionId ?? null
  const decision = decisionId === null ? undefined : await tx.get('decision', { id: decisionId })
  return decision?.reverses === null
}
