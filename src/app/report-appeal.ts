import type { AppealRecord } from '../core/appeal.ts'
import type { AppContext } from './context.ts'
import { draftAppealAnswer } from './draft-outcome.ts'
import { dropWork, finishWork, redoWork } from './finish-work.ts'
import { issueOutcome } from './issue-outcome.ts'
import { outcomesLock, targetLock } from './locks.ts'
import { stillFollows } from './newest-outcome.ts'
import type { ClaimedWork } from './work-rows.ts'

/**
 * Answers a sender whose objection was not followed: the outcome as it stands, and that somebody else
 * looked at it again. Not where a later decision was told meanwhile, which stands alone.
 */
export async function reportAppeal(
  ctx: AppContext,
  work: ClaimedWork,
  id: AppealRecord['id'],
): Promise<void> {
  const appeal = await ctx.read.get('appeal', { id })
  const draft = appeal?.state === 'upheld' ? await draftAppealAnswer(ctx, appeal) : undefined
  const record = appeal && (await ctx.read.get('case', { id: appeal.caseId }))
  const locks = [targetLock(record?.targetKey ?? ''), outcomesLock(appeal?.noticeId ?? '')]
  await finishWork(ctx, work, locks, async (tx) => {
    if (draft === undefined) return dropWork(tx, work)
    if (!(await stillFollows(tx, draft.outcome))) return redoWork(ctx, tx, work)
    await tx.delete('work', { id: work.id })
    return { result: undefined, events: [issueOutcome(ctx, draft)], rings: ['deliver'] }
  })
  if (draft !== undefined) ctx.polls.tell([draft.outcome.senderId])
}
