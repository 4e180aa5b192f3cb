import type { ActionRecord } from '../core/action.ts'
import type { AppContext } from './context.ts'
import { endAction } from './end-action.ts'
import { dropWork, finishWork } from './finish-work.ts'
import { targetLock } from './locks.ts'
import type { ClaimedWork } from './work-rows.ts'

/** The end of one action has come. */
export async function runExpiry(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const id = work.subjectId as ActionRecord['id']
  const found = await ctx.read.get('action', { id })
  const locks = found === undefined ? [] : [targetLock(found.targetKey)]
  await finishWork(ctx, work, locks, async (tx) => {
    await dropWork(tx, work)
    const action = await tx.get('action', { id })
    const events = action === undefined ? [] : await endAction(ctx, tx, action)
    return { result: undefined, events, rings: ['act', 'report'] }
  })
}
