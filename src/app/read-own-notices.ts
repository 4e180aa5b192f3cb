import { firstIdAt, type Id } from '../core/ids.ts'
import type { MessageKind, OutwardText } from '../core/message.ts'
import type { NoticeRecord, SignedNotice } from '../core/notice.ts'
import { noticeStatus, type NoticeStatus } from '../core/notice-status.ts'
import type { OutcomeRecord } from '../core/outcome.ts'
import type { Trial } from '../core/trial.ts'
import type { Form } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { ledgerProofOf } from './ledger-proof-of.ts'
import { newestOutcome } from './newest-outcome.ts'
import { findOwnNotice } from './own-notice.ts'
import { openQuestion } from './questions.ts'

/** A notice as its own sender sees it: no case, no goal, no word about anybody else (law 17). */
export interface OwnNotice {
  readonly id: Id<'ntc'>
  readonly senderNoticeId: string
  readonly referenceNo: string | null
  readonly form: Form
  readonly receivedAt: number
  readonly status: NoticeStatus
  /** Our ids of the notices of its own before and after it. */
  readonly supersedes: Id<'ntc'> | null
  readonly supersededBy: Id<'ntc'> | null
  /** What the desk asks and still waits for. */
  readonly question: OwnQuestion | null
  readonly receipt: string
  /** Not `null`: no outcome will come. */
  readonly trial: Trial | null
}

export interface OwnQuestion {
  readonly id: Id<'qst'>
  readonly text: OutwardText
  readonly askedAt: number
}

/** A withdrawal or supplement as its sender sees it, with what proves it. */
export interface OwnMessage {
  readonly id: Id<'msg'>
  readonly senderMessageId: string
  readonly kind: MessageKind
  readonly receivedAt: number
  readonly answers: Id<'qst'> | null
  readonly receipt: string
  readonly entry: string
  readonly proof: string
}

/** The same with what proves it, and the newest outcome with what proves that. */
export interface OwnNoticeInFull extends OwnNotice {
  readonly entry: string
  readonly proof: string
  readonly outcome: string | null
  readonly outcomeEntry: string | null
  readonly outcomeProof: string | null
  /** In the order of their arrival. */
  readonly messages: readonly OwnMessage[]
}

/**
 * One notice of a sender, by the sender's own id or by ours.
 *
 * @throws MadoguchiError `not_found`, also for a notice of somebody else.
 */
export async function ownNotice(
  ctx: AppContext,
  senderId: string,
  id: string,
): Promise<OwnNoticeInFull> {
  const notice = await findOwnNotice(ctx.read, senderId, id)
  if (notice === undefined) throw new MadoguchiError('not_found')
  const outcome = await newestOutcome(ctx.read, notice.id)
  const [own, proof, outcomeProof, messages] = await Promise.all([
    toOwn(ctx, notice, outcome),
    ledgerProofOf(ctx, notice.entryIndex),
    outcome === undefined ? undefined : ledgerProofOf(ctx, outcome.entryIndex),
    ownMessages(ctx, notice),
  ])
  return {
    ...own,
    ...proof,
    outcome: outcome?.jws ?? null,
    outcomeEntry: outcomeProof?.entry ?? null,
    outcomeProof: outcomeProof?.proof ?? null,
    messages,
  }
}

async function ownMessages(ctx: AppContext, { id }: SignedNotice): Promise<OwnMessage[]> {
  const messages = await ctx.read.find('message', { noticeId: id }, { orderBy: 'id' })
  return Promise.all(
    messages.map(async (message) => ({
      id: message.id,
      senderMessageId: message.senderMessageId,
      kind: message.kind,
      receivedAt: message.receivedAt,
      answers: message.questionId,
      receipt: message.receipt,
      ...(await ledgerProofOf(ctx, message.entryIndex)),
    })),
  )
}

/** Which of its notices a sender asks for. */
export interface OwnNoticesQuery {
  readonly referenceNo?: string
  /** Epoch ms: only what was received then or later. */
  readonly since?: number
  readonly cursor?: string
  /** 1–200. */
  readonly limit: number
}

/** One page of notices; `nextCursor` is `null` on the last. */
export interface OwnNoticesPage {
  readonly items: readonly OwnNotice[]
  readonly nextCursor: string | null
}

/** Notices of a sender in the order of their arrival, page by page. */
export async function ownNotices(
  ctx: AppContext,
  senderId: string,
  query: OwnNoticesQuery,
): Promise<OwnNoticesPage> {
  const { referenceNo, since, cursor, limit } = query
  // Identifiers of ours begin with their time of making, so one order serves both.
  const first = since === undefined ? undefined : firstIdAt('ntc', since)
  const after = cursor === undefined ? first : openCursor(cursor)
  const signed = { senderId, assurance: 'signed' } as const
  const where = referenceNo === undefined ? signed : { ...signed, referenceNo }
  const rows = await ctx.read.find('notice', where, {
    orderBy: 'id',
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = await Promise.all(
    page
      .filter(isSigned)
      .filter(({ receivedAt }) => receivedAt >= (since ?? 0))
      .map(async (notice) => toOwn(ctx, notice, await newestOutcome(ctx.read, notice.id))),
  )
  return { items, nextCursor: rows.length > limit && last ? sealCursor(last.id) : null }
}

/** A letter is answered by a letter: nothing shows that whoever has the keys wrote it. */
function isSigned(notice: NoticeRecord): notice is SignedNotice {
  return notice.assurance === 'signed'
}

async function toOwn(
  { read }: AppContext,
  notice: SignedNotice,
  outcome: OutcomeRecord | undefined,
): Promise<OwnNotice> {
  const { trial, pausedAt } = notice
  const isAsked = pausedAt !== null && trial === null
  const question = isAsked ? await openQuestion(read, notice.id) : undefined
  return {
    id: notice.id,
    senderNoticeId: notice.senderNoticeId,
    referenceNo: notice.referenceNo,
    form: notice.form,
    receivedAt: notice.receivedAt,
    status: noticeStatus(notice, outcome?.status),
    supersedes: notice.supersedes,
    supersededBy: notice.supersededBy,
    question:
      question === undefined
        ? null
        : { id: question.id, text: question.text, askedAt: question.askedAt },
    receipt: notice.receipt,
    trial,
  }
}
