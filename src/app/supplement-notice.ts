import { isOpen } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { QuestionRecord } from '../core/message.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { afterPause } from '../core/order.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { flag } from './end-notice.ts'
import { expectDone } from './expect-done.ts'
import { countingNotices } from './notices-of-case.ts'
import { closeQuestion } from './questions.ts'

/**
 * What follows from a supplement: the question about the notice, if one is open, is answered and its
 * pause added to the goal; an open case gets a new version; a decided one is flagged for a person.
 */
export async function supplementNotice(
  ctx: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  messageId: Id<'msg'>,
  receivedAt: number,
): Promise<{
  readonly events: readonly EventDraft[]
  readonly answered: QuestionRecord | undefined
}> {
  const { id: noticeId, caseId, pausedAt } = notice
  const answered = await closeQuestion(ctx, tx, noticeId, 'answered', receivedAt)
  const order = afterPause(notice.order, pausedAt, receivedAt)
  await tx.update('notice', { id: noticeId }, { order, pausedAt: null })
  const record = caseId === null ? undefined : await tx.get('case', { id: caseId })
  if (record === undefined) return { events: [], answered }
  if (!isOpen(record))
    return { events: await flag(ctx, tx, record, 'notice_supplemented'), answered }
  const { next, events } = expectDone(
    transition(
      record,
      { type: 'supplement', noticeId, messageId },
      {
        at: receivedAt,
        counting: await countingNotices(tx, record),
        band0GoalMs: ctx.config.band0GoalMs,
      },
    ),
  )
  await tx.put('case', next)
  return { events: events.map((event) => caseEvent(ctx, next, event)), answered }
}
