import { firstIdAt, isId, type Id } from '../core/ids.ts'
import type { NoticeRecord, SignedNotice } from '../core/notice.ts'
import type { OutcomeRecord } from '../core/outcome.ts'
import type { Trial } from '../core/trial.ts'
import type { Form, OutcomeStatus } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { ledgerProofOf } from './ledger-proof-of.ts'
import { newestOutcome } from './newest-outcome.ts'

/** A notice as its own sender sees it: no case, no goal, no word about anybody else (law 17). */
export interface OwnNotice {
  readonly id: Id<'ntc'>
  readonly senderNoticeId: string
  readonly referenceNo: string | null
  readonly form: Form
  readonly receivedAt: number
  readonly status: 'received' | OutcomeStatus
  readonly receipt: string
  /** Not `null`: no outcome will come. */
  readonly trial: Trial | null
}

/** The same with what proves it, and the newest outcome with what proves that. */
export interface OwnNoticeInFull extends OwnNotice {
  readonly entry: string
  readonly proof: string
  readonly outcome: string | null
  readonly outcomeEntry: string | null
  readonly outcomeProof: string | null
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
  const notice = await findOwn(ctx, senderId, id)
  if (notice === undefined) throw new MadoguchiError('not_found')
  const outcome = await newestOutcome(ctx.read, notice.id)
  const [proof, outcomeProof] = await Promise.all([
    ledgerProofOf(ctx, notice.entryIndex),
    outcome === undefined ? undefined : ledgerProofOf(ctx, outcome.entryIndex),
  ])
  return {
    ...toOwn(notice, outcome),
    ...proof,
    outcome: outcome?.jws ?? null,
    outcomeEntry: outcomeProof?.entry ?? null,
    outcomeProof: outcomeProof?.proof ?? null,
  }
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
      .map(async (notice) => toOwn(notice, await newestOutcome(ctx.read, notice.id))),
  )
  return { items, nextCursor: rows.length > limit && last ? sealCursor(last.id) : null }
}

async function findOwn(
  { read }: AppContext,
  senderId: string,
  id: string,
): Promise<SignedNotice | undefined> {
  if (isId('ntc', id)) {
    const notice = await read.get('notice', { id })
    return notice?.senderId === senderId && isSigned(notice) ? notice : undefined
  }
  const [notice] = await read.find('notice', { senderId, senderNoticeId: id }, { limit: 1 })
  return notice !== undefined && isSigned(notice) ? notice : undefined
}

/** A letter is answered by a letter: nothing shows that whoever has the keys wrote it. */
function isSigned(notice: NoticeRecord): notice is SignedNotice {
  return notice.assurance === 'signed'
}

function toOwn(notice: SignedNotice, outcome: OutcomeRecord | undefined): OwnNotice {
  const isUnderReview = notice.caseId !== null && notice.trial === null
  return {
    id: notice.id,
    senderNoticeId: notice.senderNoticeId,
    referenceNo: notice.referenceNo,
    form: notice.form,
    receivedAt: notice.receivedAt,
    status: outcome?.status ?? (isUnderReview ? 'under_review' : 'received'),
    receipt: notice.receipt,
    trial: notice.trial,
  }
}
