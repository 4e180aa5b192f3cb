import type { QuestionRecord } from '../core/message.ts'
import type { AppContext } from './context.ts'
import { draftQuestion } from './draft-outcome.ts'
import { dropWork, finishWork, redoWork } from './finish-work.ts'
import { issueOutcome } from './issue-outcome.ts'
import { outcomesLock, targetLock } from './locks.ts'
import { stillFollows } from './newest-outcome.ts'
import type { ClaimedWork } from './work-rows.ts'

/**
 * Puts a question to the sender of its notice, as an interim outcome on the way of every outcome. Not
 * where it was closed meanwhile: a decision is told instead, and who withdrew is asked nothing.
 */
export async function reportQuestion(
  ctx: AppContext,
  work: ClaimedWork,
  id: QuestionRecord['id'],
): Promise<void> {
  const question = await ctx.read.get('question', { id })
  const draft = question?.state === 'open' ? await draftQuestion(ctx, question) : undefined
  const record = question && (await ctx.read.get('case', { id: question.caseId }))
  const locks = [targetLock(record?.targetKey ?? ''), outcomesLock(question?.noticeId ?? '')]
  await finishWork(ctx, work, locks, async (tx) => {
    const now = await tx.get('question', { id })
    if (draft === undefined || now?.state !== 'open') return dropWork(tx, work)
    // A merge took it to a case of another target, whose lock isn't held; or something else was told.
    if (now.caseId !== question?.caseId || !(await stillFollows(tx, draft.outcome)))
      return redoWork(ctx, tx, work)
    await tx.delete('work', { id: work.id })
    return { result: undefined, events: [issueOutcome(ctx, draft)], rings: ['deliver'] }
  })
  if (draft !== undefined) ctx.polls.tell([draft.outcome.senderId])
}
