import { isSettled, type ActionRecord } from '../core/action.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { reversalEnd } from '../core/reversal.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { newWork, workOf } from './work-rows.ts'

/** Once nothing of the decision is open any more, and nothing of it failed, its senders can be told. */
export async function bringReportForward(
  { clock }: AppContext,
  tx: Transaction,
  { decisionId }: Pick<ActionRecord, 'decisionId'>,
): Promise<void> {
  const actions = await tx.find('action', { decisionId })
  if (!actions.every((action) => isSettled(action.state) && action.state !== 'failed')) return
  const work = await workOf(tx, 'report', decisionId)
  if (work !== undefined) await tx.update('work', { id: work.id }, { nextAt: clock.now() })
}

/**
 * A measure that its senders were told of came to its end: they are told again, unless a newer decision
 * answers them.
 */
export async function reportAgain(
  { clock, random }: AppContext,
  tx: Transaction,
  { caseId, decisionId }: ActionRecord,
): Promise<void> {
  const state = await tx.get('case', { id: caseId })
  const standing = state?.decisionId ?? null
  const decision = standing === null ? undefined : await tx.get('decision', { id: standing })
  if (state === undefined || decision === undefined || decision.trial !== null) return
  const isOwn = decision.id === decisionId || decision.reverses !== null
  if (!isOwn || state.state === 'merged' || !(await isOver(tx, decision))) return
  const due = await workOf(tx, 'report', decision.id)
  if (due !== undefined) {
    await tx.update('work', { id: due.id }, { nextAt: clock.now() })
    return
  }
  const { band, goalAt } = state
  const place = { position: decision.entryIndex, nextAt: clock.now(), band, goalAt }
  await tx.insert('work', newWork(random, { kind: 'report', subjectId: decision.id, ...place }))
}

async function isOver(tx: Transaction, { id, caseId, reverses }: DecisionRecord): Promise<boolean> {
  if (reverses !== null) return reversalEnd(await tx.find('action', { caseId })) !== 'open'
  const actions = await tx.find('action', { decisionId: id })
  return actions.every(({ state }) => isSettled(state) && state !== 'failed')
}
