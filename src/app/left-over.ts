import type { ActionRecord } from '../core/action.ts'
import { isLeftOver, restsOnSame } from '../core/expiry.ts'
import { counterDraft } from '../core/reversal.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { isHeldUp } from './held-elsewhere.ts'
import { newCounter, planAction } from './plan-action.ts'

/**
 * Effects on the same item that no decision of their own holds up any more: they stood for the sake of
 * this action.
 */
export async function leftOversOf(
  tx: Transaction,
  { id, targetKey, kind, terms }: ActionRecord,
): Promise<ActionRecord[]> {
  const onTarget = await tx.find('action', { targetKey })
  return onTarget.filter(
    (other) =>
      other.id !== id && restsOnSame({ kind, terms }, other) && isLeftOver(other, onTarget),
  )
}

/** An action that came to nothing holds up no effect: what stood for its sake is undone. */
export async function releaseHeld(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
): Promise<void> {
  if (action.reverses !== null) return
  for (const left of await leftOversOf(tx, action)) await undoEnded(ctx, tx, left)
}

/** Plans the counter-action of an effect whose end has come, unless another decision holds it up. */
export async function undoEnded(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
): Promise<ActionRecord | undefined> {
  if (await isHeldUp(tx, action)) return undefined
  const state = await tx.get('case', { id: action.caseId })
  const standing = state?.decisionId ?? null
  const newest = standing === null ? undefined : await tx.get('decision', { id: standing })
  const own = await tx.get('decision', { id: action.decisionId })
  const decision = newest !== undefined && newest.reverses !== null ? newest : own
  if (state === undefined || decision === undefined) return undefined
  const draft = counterDraft(action, decision.id, ctx.clock.now())
  if (draft === null) return undefined
  const counter = newCounter(ctx, draft)
  await planAction(ctx, tx, counter, decision, state)
  return counter
}
