import { isOpen, type CaseFlag, type CaseRecord } from '../core/case.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { countingNotices } from './notices-of-case.ts'
import { closeQuestion } from './questions.ts'

/**
 * A notice no longer speaks for its sender. It leaves a case that is open; one that is decided stays as
 * it was decided and is flagged for a person. Called with sender and target locked.
 */
export async function endNotice(
  ctx: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  ended: Pick<NoticeRecord, 'supersededBy'> & { readonly state: 'superseded' | 'withdrawn' },
): Promise<EventDraft[]> {
  const { id, caseId } = notice
  const at = ctx.clock.now()
  await closeQuestion(ctx, tx, id, ended.state === 'superseded' ? 'answered' : 'dropped', at)
  const record = caseId === null ? undefined : await tx.get('case', { id: caseId })
  const isLeaving = record !== undefined && isOpen(record)
  const leftVersion = isLeaving ? record.version + 1 : null
  await tx.update('notice', { id }, { ...ended, pausedAt: null, leftVersion })
  if (record === undefined) return []
  if (isLeaving) return leave(ctx, tx, record, notice, ended.state)
  return flag(ctx, tx, record, `notice_${ended.state}`)
}

async function leave(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  { id: noticeId }: NoticeRecord,
  cause: 'superseded' | 'withdrawn',
): Promise<EventDraft[]> {
  const { clock, config } = ctx
  const { next, events } = expectDone(
    transition(
      record,
      { type: 'leave', noticeId, cause },
      {
        at: clock.now(),
        counting: await countingNotices(tx, record),
        band0GoalMs: config.band0GoalMs,
      },
    ),
  )
  await tx.put('case', next)
  return events.map((event) => caseEvent(ctx, next, event))
}

/** A decided case that a person has to look at again; once is enough. */
export async function flag(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  name: CaseFlag,
): Promise<EventDraft[]> {
  const flagged = transition(record, { type: 'flag', flag: name }, { at: ctx.clock.now() })
  if (!flagged.ok) return []
  await tx.put('case', flagged.next)
  return flagged.events.map((event) => caseEvent(ctx, flagged.next, event))
}
