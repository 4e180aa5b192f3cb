import { fromBase64Url } from '../core/base64.ts'
import { isId } from '../core/ids.ts'
import type { TranscribedNotice } from '../core/notice.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { dayInJapan, SECOND } from '../core/time.ts'
import type { Bilingual, OpenForm } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { OutcomeClaims } from '../generated/types.ts'
import { answerText, receiptText, type MailParties } from '../letters/mail-texts.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { latestDelivery } from './latest-delivery.ts'
import { newestOutcome } from './newest-outcome.ts'
import { whoseIs } from './read-dead-letter-payload.ts'
import { recordReading } from './record-reading.ts'
import { requireSight } from './require-sight.ts'

/** 受領証 to be mailed. */
export interface LetterReceipt extends Bilingual {
  readonly id: TranscribedNotice['id']
  readonly receiptId: TranscribedNotice['receiptId']
}

/** 対応結果の回答 to be mailed, from the newest outcome. */
export interface LetterAnswer extends Bilingual {
  readonly id: TranscribedNotice['id']
  readonly outcomeId: OutcomeRecord['id']
  readonly revision: number
  readonly supersedes: OutcomeRecord['id'] | null
  readonly status: OutcomeRecord['status']
  readonly delivery: DeliveryRecord
}

/**
 * The receipt of a letter as a text; the same however often it is asked for.
 *
 * @throws MadoguchiError `not_allowed`, `not_found` (also for a notice that isn't a letter).
 */
export async function readLetterReceipt(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<LetterReceipt> {
  requirePermission(actor, 'letters.answer')
  const notice = await letterOf(ctx, id)
  const texts = receiptText({
    ...(await partiesOf(ctx, notice)),
    receiptId: notice.receiptId,
    noticeId: notice.id,
    writtenOn: dayInJapan(notice.receivedAt),
    enteredAt: notice.receivedAt,
    leafHash: notice.leafHash,
    trial: notice.trial,
  })
  return { id: notice.id, receiptId: notice.receiptId, ...texts }
}

/**
 * The answer to a letter as a text: what its newest outcome says, word for word, and nothing beside it.
 * Taking it out is recorded. On a no-view case it is for `child_safety`, as a note to the sender may tell what others mustn't read.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`, `no_answer_yet`.
 */
export async function readLetterAnswer(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<LetterAnswer> {
  requirePermission(actor, 'letters.answer')
  const notice = await letterOf(ctx, id)
  const whose = await whoseIs(ctx, { noticeId: notice.id })
  requireSight(actor, whose)
  const outcome = await newestOutcome(ctx.read, notice.id)
  if (outcome === undefined) throw new MadoguchiError('no_answer_yet')
  const what = whose.noView ? 'no_view' : 'export'
  await recordReading(ctx, actor, { what, subject: notice.id })
  const delivery = await latestDelivery(ctx.read, outcome.id)
  const { revision, supersedes, status } = outcome
  const texts = answerText({
    ...(await partiesOf(ctx, notice)),
    ...signedFacts(outcome),
    outcomeId: outcome.id,
    status,
    asOf: outcome.asOf,
    leafHash: outcome.leafHash,
    supersedes,
  })
  return { id: notice.id, outcomeId: outcome.id, revision, supersedes, status, delivery, ...texts }
}

/** A stored letter. @throws MadoguchiError `not_found`. */
export async function letterOf({ read }: AppContext, id: string): Promise<TranscribedNotice> {
  const notice = isId('ntc', id) ? await read.get('notice', { id }) : undefined
  if (notice?.assurance !== 'transcribed') throw new MadoguchiError('not_found')
  return notice
}

async function partiesOf(
  { config, read }: AppContext,
  notice: TranscribedNotice,
): Promise<MailParties> {
  const sender = await read.get('sender', { id: notice.senderId })
  return {
    platformName: config.platformName,
    contact: config.contact,
    senderName: sender?.name ?? notice.senderId,
    // Letters have one of the open forms; nothing else passes the schema.
    form: notice.form as OpenForm,
    referenceNo: notice.referenceNo ?? '',
    issuedOn: notice.issuedOn,
    arrivedOn: notice.letter.arrivedOn,
  }
}

/** What was signed is what is mailed: the words are read back from it, not made anew. */
function signedFacts({ jws }: OutcomeRecord): { writtenOn: string; statement: Bilingual } {
  const [, payload = ''] = jws.split('.')
  const bytes = fromBase64Url(payload)
  if (bytes === undefined) throw new MadoguchiError('internal_error')
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as OutcomeClaims
  const { statement_ja: ja, statement_en: en } = claims.outcome
  return { writtenOn: dayInJapan(claims.iat * SECOND), statement: { ja, en } }
}
