import { doubleCheckOf } from '../core/double-check.ts'
import { natureAtReceipt } from '../core/lane.ts'
import { NEWLY_ACCEPTED, type SignedNotice } from '../core/notice.ts'
import { dayInJapan, formatTime } from '../core/time.ts'
import { trialOf } from '../core/trial.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { Transaction } from '../ports/record-store.ts'
import { validateNotice } from '../schema/validate.ts'
import type { JsonValue } from '../signing/strict-json.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import { acceptRevision } from './accept-revision.ts'
import { firstAcceptance, requireFreeId, signReceipt } from './accept-request.ts'
import { checkIssuedOn, checkTarget } from './check-notice.ts'
import { countedFacts } from './counted-facts.ts'
import type { Change, Committed, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { queueIntake } from './intake-work.ts'
import { agencyOf, targetText } from './item-of.ts'
import { senderLock } from './locks.ts'
import { seeNotice } from './notice-at-commit.ts'
import type { Acceptance } from './receive-notice.ts'
import { ledgeredEvent } from './record-event.ts'
import { onTrial } from './on-trial.ts'
import { laneAtReceipt, requireThisWindow } from './other-window.ts'
import { findEarlier } from './revise-notice.ts'
import { senderAtCommit, spendTokenId } from './sender-at-commit.ts'
import { takeOrder } from './take-order.ts'

/** A notice whose receipt is signed, before it has its place. */
export type AcceptedNotice = Omit<SignedNotice, 'order' | 'position' | 'entryIndex'>
type Facts = Omit<AcceptedNotice, 'receipt' | 'leafHash'>

/** `again`: the notice that is superseded came to its case meanwhile, so other locks are needed. */
export type AcceptStep = 'accepted' | 'again'

/** Accepts a verified notice that is not stored yet: checks it, signs its receipt, commits it. */
export async function acceptNotice(
  ctx: AppContext,
  request: VerifiedRequest,
  value: JsonValue,
): Promise<Acceptance> {
  requireThisWindow(ctx, value)
  const document = validateNotice(value)
  const receivedAt = ctx.clock.now()
  checkTarget(ctx, document)
  checkIssuedOn(document.issued_on, receivedAt)
  const earlier = await findEarlier(ctx.read, request.senderId, document)
  const facts = factsOf(ctx, request, document, receivedAt, earlier)
  // The entry holds nothing that the transaction decides, so the receipt can name it and be signed now.
  const event = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'notice.accepted',
      at: receivedAt,
      noticeId: facts.id,
      lane: facts.lane,
      pub: { form: facts.form, lane: facts.lane, category: facts.category, ...onTrial(facts) },
      refs: earlier === undefined ? [] : [earlier.leafHash],
      sender: facts.senderId,
      target: targetText(document),
      payload: payloadOf(ctx, facts, request, document, earlier),
    },
  )
  const { leafHash } = event.entry
  const received = { ...facts, senderMessageId: facts.senderNoticeId, noticeId: facts.id }
  const receipt = await signReceipt(ctx, received, request, leafHash)
  const committed = await commit(ctx, request, { ...facts, receipt, leafHash }, event, earlier)
  return firstAcceptance(ctx, { id: facts.id, receipt }, event.entry.bytes, committed)
}

async function commit(
  ctx: AppContext,
  request: VerifiedRequest,
  notice: AcceptedNotice,
  event: EventDraft,
  earlier: SignedNotice | undefined,
): Promise<Committed<AcceptStep>> {
  for (;;) {
    const seen = earlier === undefined ? undefined : await seeNotice(ctx.read, earlier.id)
    const committed = await ctx.committer.submit({
      name: 'notice.accept',
      bytes: request.inbound.body.length + notice.receipt.length,
      locks: seen?.locks ?? [senderLock(notice.senderId)],
      run: (tx) =>
        seen === undefined
          ? acceptFirst(ctx, tx, request, notice, event)
          : acceptRevision(ctx, tx, request, notice, event, seen),
    })
    if (committed.result === 'accepted') return committed
  }
}

async function acceptFirst(
  ctx: AppContext,
  tx: Transaction,
  request: VerifiedRequest,
  notice: AcceptedNotice,
  event: EventDraft,
): Promise<Change<AcceptStep>> {
  const { senderId, senderNoticeId } = notice
  const sender = await senderAtCommit(tx, request, ctx.clock.now())
  await requireFreeId(tx, 'message', senderId, senderNoticeId)
  const order = await takeOrder(tx, ctx.config, sender, notice)
  await spendTokenId(tx, request, ctx)
  const indexed = async (inner: Transaction, index: number): Promise<void> => {
    const written = { ...notice, order, position: index, entryIndex: index }
    await inner.insert('notice', written)
    await queueIntake(ctx, inner, written, index)
  }
  return { result: 'accepted', events: [{ ...event, indexed }], rings: ['intake'] }
}

function factsOf(
  ctx: AppContext,
  request: VerifiedRequest,
  document: NoticeDocument,
  receivedAt: number,
  earlier: SignedNotice | undefined,
): Facts {
  const assessed = assessedBefore(ctx, request, document, receivedAt, earlier)
  return {
    id: ctx.random.id('ntc'),
    senderId: request.senderId,
    senderNoticeId: document.id,
    form: document.form,
    category: document.category,
    trial: trialOf(document.test === true, ctx.config.mode),
    agency: agencyOf(document, request.sender),
    assurance: 'signed',
    referenceNo: document.reference_no,
    issuedOn: document.issued_on,
    receivedAt,
    body: request.inbound.body,
    bodySha256: request.bodySha256,
    token: request.inbound.token,
    kid: request.kid,
    profile: request.profile,
    doubleCheck: doubleCheckOf({
      form: document.form,
      handlerName: document.handler_name,
      checkerName: document.checker_name,
    }),
    senderCriteria: request.sender.criteria,
    receiptId: ctx.random.id('rcp'),
    letter: null,
    ...NEWLY_ACCEPTED,
    ...assessed,
  }
}

/** What a person took the earlier notice for holds for its revision; else what holds for its sender. */
function assessedBefore(
  ctx: AppContext,
  { sender }: VerifiedRequest,
  document: NoticeDocument,
  receivedAt: number,
  earlier: SignedNotice | undefined,
): Pick<Facts, 'nature' | 'lane' | 'natureAssessedAt'> {
  if (earlier !== undefined && earlier.natureAssessedAt !== null) {
    const { nature, lane, natureAssessedAt } = earlier
    return { nature, lane, natureAssessedAt }
  }
  const { procedures } = ctx.config
  const nature = natureAtReceipt(sender, document, procedures, dayInJapan(receivedAt))
  const lane = laneAtReceipt(ctx, { form: document.form, senderType: sender.type, nature })
  return { nature, lane, natureAssessedAt: null }
}

/** The record behind the entry; body and token are stored beside it and checked by these hashes. */
function payloadOf(
  ctx: AppContext,
  facts: Facts,
  request: VerifiedRequest,
  document: NoticeDocument,
  earlier: SignedNotice | undefined,
): Readonly<Record<string, unknown>> {
  return {
    v: 1,
    notice: facts.id,
    receipt: facts.receiptId,
    sender_notice_id: facts.senderNoticeId,
    received_at: formatTime(facts.receivedAt),
    profile: facts.profile,
    sender_kid: facts.kid,
    body_sha256: facts.bodySha256,
    request_sha256: request.tokenSha256,
    nature: facts.nature,
    double_check: facts.doubleCheck,
    ...countedFacts(ctx.config, request.sender, facts, document),
    ...onTrial(facts),
    ...(earlier === undefined ? {} : { supersedes: earlier.id }),
  }
}
