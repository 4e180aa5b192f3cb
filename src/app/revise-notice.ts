import { isOpen, type CaseRecord } from '../core/case.ts'
import { MAX_MESSAGES } from '../core/message.ts'
import type { NoticeRecord, SignedNotice } from '../core/notice.ts'
import { transition } from '../core/transition.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { endNotice } from './end-notice.ts'
import { expectDone } from './expect-done.ts'
import { hideSiblings } from './hide-siblings.ts'
import { isSameTarget } from './item-of.ts'
import { countingNotices } from './notices-of-case.ts'
import { requireLive } from './notice-at-commit.ts'
import { findOwnNotice } from './own-notice.ts'
import { closeQuestion } from './questions.ts'

/**
 * 差替え: the earlier notice that a new one supersedes: same sender, target and form.
 *
 * @throws MadoguchiError `supersedes_unknown`, `notice_superseded`, `notice_withdrawn`,
 *   `too_many_messages`.
 */
export async function findEarlier(
  read: Reader,
  senderId: string,
  document: NoticeDocument,
): Promise<SignedNotice | undefined> {
  if (document.supersedes === undefined) return undefined
  const earlier = await findOwnNotice(read, senderId, document.supersedes)
  if (earlier === undefined || !isSameMatter(earlier, document))
    throw new MadoguchiError('supersedes_unknown')
  requireLive(earlier)
  if (earlier.revision > MAX_MESSAGES) throw new MadoguchiError('too_many_messages')
  return earlier
}

/** By what was signed: the target is the one that both name in the same words. */
function isSameMatter({ form, body, trial }: NoticeRecord, document: NoticeDocument): boolean {
  const earlier = JSON.parse(new TextDecoder().decode(body)) as NoticeDocument
  if ((trial === 'test') !== (document.test === true)) return false
  return form === document.form && isSameTarget(earlier, document)
}

/**
 * Puts a revision in the place of the earlier notice. Where that counts for an open case, the revision
 * joins the case in the same step with what the platform knows of the target; else it takes the way of
 * every notice, through intake.
 *
 * @returns What happened, and whether intake is still to come.
 */
export async function replaceEarlier(
  ctx: AppContext,
  tx: Transaction,
  earlier: NoticeRecord,
  revision: NoticeRecord,
): Promise<{ readonly events: EventDraft[]; readonly needsIntake: boolean }> {
  const record = earlier.caseId === null ? undefined : await tx.get('case', { id: earlier.caseId })
  if (record === undefined || !isOpen(record) || !isOfCase(record, revision)) {
    const ended = { state: 'superseded', supersededBy: revision.id } as const
    return { events: await endNotice(ctx, tx, earlier, ended), needsIntake: true }
  }
  return { events: await swap(ctx, tx, record, earlier, revision), needsIntake: false }
}

/** The way of a sender, or the mode of the desk, may have changed between the two. */
function isOfCase(record: CaseRecord, { lane, trial }: NoticeRecord): boolean {
  return record.lane === lane && record.trial === trial
}

async function swap(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  earlier: NoticeRecord,
  revision: NoticeRecord,
): Promise<EventDraft[]> {
  const { clock, config } = ctx
  const at = clock.now()
  const version = record.version + 1
  await closeQuestion(ctx, tx, earlier.id, 'answered', at)
  await tx.update(
    'notice',
    { id: earlier.id },
    { state: 'superseded', supersededBy: revision.id, pausedAt: null, leftVersion: version },
  )
  const { targetRef, targetAccount, surface, observation, observedAt } = earlier
  const known = { targetRef, targetAccount, surface, observation, observedAt }
  const attached = { ...known, caseId: record.id, caseVersion: version }
  await tx.update('notice', { id: revision.id }, attached)
  const { next, events } = expectDone(
    transition(
      record,
      { type: 'replace', earlierId: earlier.id, notice: revision },
      {
        at,
        counting: await countingNotices(tx, record),
        band0GoalMs: config.band0GoalMs,
        grave: config.graveCategories.has(revision.category),
        noView: config.noViewCategories.has(revision.category),
      },
    ),
  )
  await tx.put('case', next)
  const extra = { notice: revision.id, refs: [revision.leafHash] }
  return [
    ...events.map((event) =>
      caseEvent(ctx, next, event, event.type === 'case.joined' ? extra : {}),
    ),
    ...(next.noView ? await hideSiblings(ctx, tx, next) : []),
  ]
}
