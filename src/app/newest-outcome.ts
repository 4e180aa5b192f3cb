import type { Id } from '../core/ids.ts'
import type { OutcomeRecord } from '../core/outcome.ts'
import type { Reader } from '../ports/record-store.ts'

/** The outcome that stands for a notice now; those before it were superseded. */
export async function newestOutcome(
  read: Reader,
  noticeId: Id<'ntc'>,
): Promise<OutcomeRecord | undefined> {
  const newest = { orderBy: 'revision', descending: true, limit: 1 } as const
  const [outcome] = await read.find('outcome', { noticeId }, newest)
  return outcome
}

/** Whether an outcome stands for its notice now: none came after it, and what it asks is still asked. */
export async function isStanding(
  read: Reader,
  { id, noticeId, questionId }: Pick<OutcomeRecord, 'id' | 'noticeId' | 'questionId'>,
): Promise<boolean> {
  if ((await newestOutcome(read, noticeId))?.id !== id) return false
  const question = questionId === null ? undefined : await read.get('question', { id: questionId })
  return question === undefined || question.state === 'open'
}

/**
 * Whether what was drafted still follows the newest outcome of its notice: none has two successors. To
 * be asked under the lock of the outcomes.
 */
export async function stillFollows(
  read: Reader,
  drafted: Pick<OutcomeRecord, 'noticeId' | 'supersedes'>,
): Promise<boolean> {
  const newest = await newestOutcome(read, drafted.noticeId)
  return (newest?.id ?? null) === drafted.supersedes
}
