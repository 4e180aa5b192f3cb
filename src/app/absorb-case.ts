import type { CaseRecord } from '../core/case.ts'
import type { Id } from '../core/ids.ts'
import type { Transaction } from '../ports/record-store.ts'
import { transition } from '../core/transition.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { countingNotices, liveNotices } from './notices-of-case.ts'
import { openQuestion } from './questions.ts'
import { plainEvent } from './record-event.ts'

/** A case whose decision was undone goes into the round that was opened meanwhile. */
export async function absorbUndone(
  ctx: AppContext,
  tx: Transaction,
  undone: CaseRecord,
): Promise<EventDraft[]> {
  if (undone.mergedInto === null) return []
  const round = await tx.get('case', { id: undone.mergedInto })
  if (round === undefined) return []
  const moving = await liveNotices(tx, undone.id)
  const { next, events } = expectDone(
    transition(
      round,
      { type: 'absorb' },
      {
        at: ctx.clock.now(),
        other: undone,
        noticeIds: moving.map(({ id }) => id),
        counting: [...(await countingNotices(tx, round)), ...moving],
        band0GoalMs: ctx.config.band0GoalMs,
      },
    ),
  )
  await tx.put('case', next)
  const moved = await moveNotices(ctx, tx, undone.id, next)
  return [...moved, ...events.map((event) => caseEvent(ctx, next, event))]
}

/**
 * The notices of one case that their senders stand by are from now on those of another, with the version
 * that it has now, and with the questions that wait for an answer. What was withdrawn stays behind.
 */
export async function moveNotices(
  { clock }: AppContext,
  tx: Transaction,
  from: Id<'cas'>,
  { id: caseId, version: caseVersion }: CaseRecord,
): Promise<EventDraft[]> {
  const events: EventDraft[] = []
  for (const { id } of await liveNotices(tx, from)) {
    await tx.update('notice', { id }, { caseId, caseVersion })
    const question = await openQuestion(tx, id)
    if (question !== undefined) await tx.update('question', { id: question.id }, { caseId })
    events.push(
      plainEvent('notice.moved', clock.now(), { noticeId: id, caseId }, { v: 1, from, to: caseId }),
    )
  }
  return events
}
