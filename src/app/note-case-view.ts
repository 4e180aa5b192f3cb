import type { CaseRecord } from '../core/case.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { mayHandle } from '../core/transition/who-decides.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Actor } from './actor.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { targetLock } from './locks.ts'
import { noticesOfCase } from './notices-of-case.ts'
import { plainEvent } from './record-event.ts'
import { readingLock, writeReading } from './record-reading.ts'

/**
 * Keeps that somebody is about to see a case: as a reading, whoever it is; and as the first look of
 * somebody who may decide, on each of its notices (law 24).
 */
export async function noteCaseView(
  ctx: AppContext,
  actor: Actor,
  record: CaseRecord,
): Promise<void> {
  const { id, version, noView, targetKey } = record
  const unseen = mayHandle(actor.role, record)
    ? (await noticesOfCase(ctx.read, id)).filter(({ firstViewedAt }) => firstViewedAt === null)
    : []
  await ctx.committer.submit({
    name: 'case.view',
    bytes: 256,
    locks: [readingLock(actor), ...(unseen.length === 0 ? [] : [targetLock(targetKey)])],
    run: async (tx) => {
      const what = noView ? 'no_view' : 'payload'
      await writeReading(ctx, tx, actor, { what, subject: id, version })
      const events: EventDraft[] = []
      for (const notice of unseen) events.push(...(await noteFirstView(ctx, tx, actor, notice)))
      return { result: undefined, events }
    },
  })
}

async function noteFirstView(
  { clock }: AppContext,
  tx: Transaction,
  actor: Actor,
  { id }: NoticeRecord,
): Promise<EventDraft[]> {
  const notice = await tx.get('notice', { id })
  if (notice?.firstViewedAt !== null) return []
  const firstViewedAt = clock.now()
  await tx.update('notice', { id }, { firstViewedAt })
  const { caseId } = notice
  const subject = { noticeId: id, ...(caseId === null ? {} : { caseId }) }
  return [plainEvent('notice.first_viewed', firstViewedAt, subject, { v: 1, by: { ...actor } })]
}
