import type { Id } from '../core/ids.ts'
import type { QuestionRecord } from '../core/message.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { withdrawOutcome } from './schedule-delivery.ts'

/** The question about a notice that waits for an answer, if any. */
export async function openQuestion(
  reader: Reader,
  noticeId: Id<'ntc'>,
): Promise<QuestionRecord | undefined> {
  const [question] = await reader.find('question', { noticeId, state: 'open' }, { limit: 1 })
  return question
}

/**
 * Closes the open question about a notice, if there is one, so that nobody fetches it any more. The
 * notice's own pause is the caller's.
 */
export async function closeQuestion(
  ctx: AppContext,
  tx: Transaction,
  noticeId: Id<'ntc'>,
  state: 'answered' | 'dropped',
  closedAt: number,
): Promise<QuestionRecord | undefined> {
  const question = await openQuestion(tx, noticeId)
  if (question === undefined) return undefined
  await tx.update('question', { id: question.id }, { state, closedAt })
  for (const { id } of await tx.find('outcome', { noticeId, questionId: question.id }))
    await withdrawOutcome(ctx, tx, id)
  return question
}

/** 判断: whoever decides waits for no answer any more, and the sender is asked no more. */
export async function dropQuestions(
  ctx: AppContext,
  tx: Transaction,
  caseId: Id<'cas'>,
  closedAt: number,
): Promise<void> {
  for (const { noticeId } of await tx.find('question', { caseId, state: 'open' })) {
    await closeQuestion(ctx, tx, noticeId, 'dropped', closedAt)
    await tx.update('notice', { id: noticeId }, { pausedAt: null })
  }
}
