import { isId } from '../core/ids.ts'
import { MAX_MESSAGES, type MessageRecord, type QuestionRecord } from '../core/message.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { formatTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { MessageDocument } from '../schema/validate.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import { firstAcceptance, requireFreeId, signReceipt } from './accept-request.ts'
import type { Change, Committed, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { endNotice } from './end-notice.ts'
import { onTrial } from './on-trial.ts'
import { noticeAtCommit, requireLive, seeNotice, type SeenNotice } from './notice-at-commit.ts'
import type { Acceptance } from './receive-notice.ts'
import { receiveSenderAppeal } from './receive-sender-appeal.ts'
import { ledgeredEvent } from './record-event.ts'
import { senderAtCommit, spendTokenId } from './sender-at-commit.ts'
import { supplementNotice } from './supplement-notice.ts'

const EVENTS = {
  withdrawal: 'notice.withdrawn',
  supplement: 'notice.supplemented',
  appeal: 'appeal.received',
} as const

type Accepted = Omit<MessageRecord, 'questionId' | 'caseVersion' | 'entryIndex'>
type Step = 'accepted' | 'again'

/**
 * Accepts a verified message that is not stored yet: signs its receipt, commits it with what follows
 * from it for the notice and its case. Moves no clock of the sender; it is bounded for each notice.
 *
 * @throws MadoguchiError `notice_withdrawn`, `notice_superseded`, `too_many_messages`,
 *   `question_unknown`, `nothing_to_appeal`, `appealed_before`, `notice_id_reused`, and what a notice may be refused with.
 */
export async function acceptMessage(
  ctx: AppContext,
  request: VerifiedRequest,
  notice: NoticeRecord,
  message: MessageDocument,
): Promise<Acceptance<'msg'>> {
  const facts = factsOf(ctx, request, notice, message)
  const event = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: EVENTS[message.kind],
      at: facts.receivedAt,
      noticeId: notice.id,
      lane: notice.lane,
      pub: { form: notice.form, lane: notice.lane, category: notice.category, ...onTrial(notice) },
      refs: [notice.leafHash],
      sender: facts.senderId,
      payload: payloadOf(facts, request),
    },
  )
  const { leafHash } = event.entry
  const received = { ...facts, messageId: facts.id, trial: notice.trial }
  const receipt = await signReceipt(ctx, received, request, leafHash)
  const accepted = { ...facts, receipt, leafHash }
  const committed = await commit(ctx, request, accepted, message, event)
  return firstAcceptance(ctx, { id: facts.id, receipt }, event.entry.bytes, committed)
}

function factsOf(
  ctx: AppContext,
  request: VerifiedRequest,
  { id: noticeId }: NoticeRecord,
  { kind, document }: MessageDocument,
): Omit<Accepted, 'receipt' | 'leafHash'> {
  return {
    id: ctx.random.id('msg'),
    senderId: request.senderId,
    senderMessageId: document.id,
    kind,
    noticeId,
    receivedAt: ctx.clock.now(),
    body: request.inbound.body,
    bodySha256: request.bodySha256,
    token: request.inbound.token,
    kid: request.kid,
    profile: request.profile,
    receiptId: ctx.random.id('rcp'),
  }
}

/** The record behind the entry; body and token are stored beside it and checked by these hashes. */
function payloadOf(
  facts: Omit<Accepted, 'receipt' | 'leafHash'>,
  request: VerifiedRequest,
): Readonly<Record<string, unknown>> {
  return {
    v: 1,
    message: facts.id,
    notice: facts.noticeId,
    receipt: facts.receiptId,
    sender_message_id: facts.senderMessageId,
    received_at: formatTime(facts.receivedAt),
    profile: facts.profile,
    sender_kid: facts.kid,
    body_sha256: facts.bodySha256,
    request_sha256: request.tokenSha256,
  }
}

async function commit(
  ctx: AppContext,
  request: VerifiedRequest,
  accepted: Accepted,
  message: MessageDocument,
  event: EventDraft,
): Promise<Committed<Step>> {
  for (;;) {
    const seen = await seeNotice(ctx.read, accepted.noticeId)
    const committed = await ctx.committer.submit({
      name: `notice.${accepted.kind}`,
      bytes: request.inbound.body.length + accepted.receipt.length,
      locks: seen.locks,
      run: (tx) => write(ctx, tx, request, { accepted, message, event, seen }),
    })
    if (committed.result === 'accepted') return committed
  }
}

interface Writing {
  readonly accepted: Accepted
  readonly message: MessageDocument
  readonly event: EventDraft
  readonly seen: SeenNotice
}

async function write(
  ctx: AppContext,
  tx: Transaction,
  request: VerifiedRequest,
  { accepted, message, event, seen }: Writing,
): Promise<Change<Step>> {
  const notice = await noticeAtCommit(tx, seen)
  if (notice === undefined) return { result: 'again', events: [] }
  const { id, senderId, senderMessageId } = accepted
  await senderAtCommit(tx, request, ctx.clock.now())
  await requireFreeId(tx, 'notice', senderId, senderMessageId)
  await requireFreeId(tx, 'message', senderId, senderMessageId)
  requireLive(notice)
  await spendTokenId(tx, request, ctx)
  const { events, caseVersion, questionId, entered } = await follow(
    ctx,
    tx,
    notice,
    message,
    accepted,
  )
  await tx.insert('message', { ...accepted, caseVersion, questionId, entryIndex: -1 })
  const { caseId } = notice
  const indexed = async (inner: Transaction, entryIndex: number): Promise<void> => {
    await inner.update('message', { id }, { entryIndex })
    await entered?.(inner, entryIndex)
  }
  const own = { ...event, indexed, ...(caseId === null ? {} : { caseId }) }
  return { result: 'accepted', events: [own, ...events] }
}

type Followed = Pick<MessageRecord, 'caseVersion' | 'questionId'> & {
  readonly events: readonly EventDraft[]
  /** Writes what else has to hold the index of the entry. */
  readonly entered?: NonNullable<EventDraft['indexed']>
}

async function follow(
  ctx: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  message: MessageDocument,
  accepted: Accepted,
): Promise<Followed> {
  if (message.kind === 'withdrawal') return withdraw(ctx, tx, notice)
  if (message.kind === 'supplement') return supplement(ctx, tx, notice, message, accepted)
  const entered = await receiveSenderAppeal(ctx, tx, notice, message.document, accepted)
  return { events: [], caseVersion: await versionOf(tx, notice), questionId: null, entered }
}

async function withdraw(ctx: AppContext, tx: Transaction, notice: NoticeRecord): Promise<Followed> {
  const events = await endNotice(ctx, tx, notice, { state: 'withdrawn', supersededBy: null })
  return { events, caseVersion: await versionOf(tx, notice), questionId: null }
}

async function supplement(
  ctx: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  { document }: Extract<MessageDocument, { kind: 'supplement' }>,
  { id, receivedAt }: Accepted,
): Promise<Followed> {
  const count = await tx.count('message', { noticeId: notice.id, kind: 'supplement' })
  if (count >= MAX_MESSAGES) throw new MadoguchiError('too_many_messages')
  const named = document.answers
  const question = named === undefined ? undefined : await questionNamed(tx, notice, named)
  const { events, answered } = await supplementNotice(ctx, tx, notice, id, receivedAt)
  return {
    events,
    caseVersion: await versionOf(tx, notice),
    questionId: question?.id ?? answered?.id ?? null,
  }
}

/** One that was closed meanwhile may be answered all the same: its sender could not know. */
async function questionNamed(
  tx: Transaction,
  { id: noticeId }: NoticeRecord,
  name: string,
): Promise<QuestionRecord> {
  const question = isId('qst', name) ? await tx.get('question', { id: name }) : undefined
  if (question?.noticeId !== noticeId) throw new MadoguchiError('question_unknown')
  return question
}

async function versionOf(tx: Transaction, { caseId }: NoticeRecord): Promise<number | null> {
  return caseId === null ? null : ((await tx.get('case', { id: caseId }))?.version ?? null)
}
