import { afterPause } from '../core/order.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import type { AcceptedNotice, AcceptStep } from './accept-notice.ts'
import { requireFreeId } from './accept-request.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { queueIntake } from './intake-work.ts'
import { noticeAtCommit, requireLive, type SeenNotice } from './notice-at-commit.ts'
import { onTrial } from './on-trial.ts'
import { ledgeredEvent } from './record-event.ts'
import { replaceEarlier } from './revise-notice.ts'
import { senderAtCommit, spendTokenId } from './sender-at-commit.ts'
import { takeOrderOfRevision } from './take-order.ts'

/**
 * Commits a notice that supersedes another: it keeps the slot and the place of the earlier one, and no
 * clock of its sender moves. Its row is written at once, not with its index, since the case is put in
 * order anew with it.
 */
export async function acceptRevision(
  ctx: AppContext,
  tx: Transaction,
  request: VerifiedRequest,
  notice: AcceptedNotice,
  event: EventDraft,
  seen: SeenNotice,
): Promise<Change<AcceptStep>> {
  const earlier = await noticeAtCommit(tx, seen)
  if (earlier === undefined) return { result: 'again', events: [] }
  requireLive(earlier)
  const { id, senderId, senderNoticeId, receivedAt } = notice
  const sender = await senderAtCommit(tx, request, ctx.clock.now())
  await requireFreeId(tx, 'message', senderId, senderNoticeId)
  const kept = afterPause(earlier.order, earlier.pausedAt, receivedAt)
  const order = await takeOrderOfRevision(tx, ctx.config, sender, notice, kept)
  await spendTokenId(tx, request, ctx)
  const revision: NoticeRecord = {
    ...notice,
    order,
    revision: earlier.revision + 1,
    position: earlier.position,
    supersedes: earlier.id,
    entryIndex: -1,
  }
  await tx.insert('notice', revision)
  const { events, needsIntake } = await replaceEarlier(ctx, tx, earlier, revision)
  if (needsIntake) await queueIntake(ctx, tx, revision, earlier.position)
  const indexed = async (inner: Transaction, entryIndex: number): Promise<void> => {
    await inner.update('notice', { id }, { entryIndex })
  }
  const superseded = supersededEvent(ctx, earlier, revision)
  return {
    result: 'accepted',
    events: [{ ...event, indexed }, superseded, ...events],
    rings: needsIntake ? ['intake'] : [],
  }
}

function supersededEvent(
  ctx: AppContext,
  earlier: NoticeRecord,
  revision: NoticeRecord,
): EventDraft {
  const { form, lane, category } = earlier
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'notice.superseded',
      at: revision.receivedAt,
      noticeId: earlier.id,
      ...(earlier.caseId === null ? {} : { caseId: earlier.caseId }),
      lane,
      pub: { form, lane, category, ...onTrial(earlier) },
      refs: [earlier.leafHash, revision.leafHash],
      sender: earlier.senderId,
      payload: {
        v: 1,
        notice: earlier.id,
        superseded_by: revision.id,
        revision: revision.revision,
      },
    },
  )
}
