import type { ActionRecord } from '../core/action.ts'
import type { AppealRecord } from '../core/appeal.ts'
import type { DecisionRecord, Ground } from '../core/decision.ts'
import { citedClause } from '../core/grounds.ts'
import type { Id } from '../core/ids.ts'
import { isOrder } from '../core/lane.ts'
import type { QuestionRecord } from '../core/message.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { outcomeOf, type OutcomeFacts } from '../core/outcome-of.ts'
import { outcomeOfReversal } from '../core/outcome-of-reversal.ts'
import type { DeliveryChannel, OutcomeRecord } from '../core/outcome.ts'
import type { Sender } from '../core/sender.ts'
import { statementOf, type CitedClause as SaidClause } from '../core/statements.ts'
import { formatTime, startOfDayInJapan } from '../core/time.ts'
import type { OutcomeStatus } from '../core/vocabulary.ts'
import { makeOutcome, type CitedClause, type OutcomeFields } from '../signing/outcome-jws.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { newestOutcome } from './newest-outcome.ts'
import { ledgeredEvent } from './record-event.ts'

/** An outcome that is signed and has its entry; what is left is to commit it. */
export interface OutcomeDraft {
  readonly outcome: Omit<OutcomeRecord, 'entryIndex'>
  readonly event: EventDraft
  /** Place of its delivery among others. */
  readonly order: { readonly band: number; readonly goalAt: number }
  readonly channel: DeliveryChannel
}

/**
 * Makes the outcome of one notice under one decision. It says the same whether or not others reported
 * the item (law 17), and nothing but what {@link outcomeOf} lets outside.
 *
 * @param isFinal `false`: what is decided, as `under_review`; `undefined` comes back where that was told.
 */
export async function draftOutcome(
  ctx: AppContext,
  decision: DecisionRecord,
  actions: readonly ActionRecord[],
  noticeId: Id<'ntc'>,
  isFinal: boolean,
): Promise<OutcomeDraft | undefined> {
  if (!isFinal && decision.reported !== 'nothing') return undefined
  // Nothing on trial goes out; a receipt of it said so.
  if (decision.trial !== null) return undefined
  const notice = await ctx.read.get('notice', { id: noticeId })
  if (notice === undefined || notice.trial !== null) return undefined
  // A warning asks us for nothing, and nothing goes back to whoever tells of one (law 9).
  if (notice.lane === 'signal') return undefined
  // The answer to an order is written by the legal desk, document by document.
  if (notice.lane === 'legal_desk' && isOrder(notice.nature)) return undefined
  if (await isOvertaken(ctx, decision, noticeId)) return undefined
  const facts = factsOf(decision, actions, notice)
  return draft(ctx, notice, { facts, decision, question: null, appeal: null })
}

/** The outcome of one notice again, for its sender objected and the decision was upheld. */
export async function draftAppealAnswer(
  ctx: AppContext,
  appeal: AppealRecord,
): Promise<OutcomeDraft | undefined> {
  const { noticeId, decisionId } = appeal
  const notice = noticeId === null ? undefined : await ctx.read.get('notice', { id: noticeId })
  const decision = await ctx.read.get('decision', { id: decisionId })
  if (notice === undefined || decision === undefined) return undefined
  if (await isOvertaken(ctx, decision, notice.id)) return undefined
  const actions = await ctx.read.find('action', { decisionId })
  return draft(ctx, notice, {
    facts: factsOf(decision, actions, notice),
    decision,
    question: null,
    appeal,
  })
}

/** Its sender heard of a later decision already, which stands alone. */
async function isOvertaken(
  { read }: AppContext,
  { entryIndex }: DecisionRecord,
  noticeId: Id<'ntc'>,
): Promise<boolean> {
  const told = (await newestOutcome(read, noticeId))?.decisionId ?? null
  const newest = told === null ? undefined : await read.get('decision', { id: told })
  return newest !== undefined && newest.entryIndex > entryIndex
}

function factsOf(
  decision: DecisionRecord,
  actions: readonly ActionRecord[],
  notice: NoticeRecord,
): OutcomeFacts {
  if (decision.reverses !== null) return outcomeOfReversal({ decision, actions })
  const receivedAt = arrivalOf(notice)
  return outcomeOf({ decision, actions, notice: { ...notice, receivedAt } })
}

/** 補足のお願い: an interim outcome that asks the sender; nothing is decided yet. */
export async function draftQuestion(
  ctx: AppContext,
  question: QuestionRecord,
): Promise<OutcomeDraft | undefined> {
  const notice = await ctx.read.get('notice', { id: question.noticeId })
  if (notice === undefined || notice.trial !== null) return undefined
  const facts: OutcomeFacts = {
    status: 'information_requested',
    asOf: question.askedAt,
    measures: [],
    declineReason: null,
  }
  return draft(ctx, notice, { facts, decision: null, question, appeal: null })
}

const NO_WORDS = { ja: '', en: '' } as const

/** What is told, and what it rests on: a decision or a question. */
interface Told {
  readonly facts: OutcomeFacts
  readonly decision: DecisionRecord | null
  readonly question: QuestionRecord | null
  /** What it answers, if its sender objected. */
  readonly appeal: AppealRecord | null
}

async function draft(ctx: AppContext, notice: NoticeRecord, told: Told): Promise<OutcomeDraft> {
  const { facts, decision, question } = told
  const noticeId = notice.id
  const sender = await ctx.read.get('sender', { id: notice.senderId })
  const before = await newestOutcome(ctx.read, noticeId)
  const id = ctx.random.id('out')
  const revision = (before?.revision ?? 0) + 1
  const event = outcomeEvent(ctx, notice, told, { id, revision })
  const outcome = {
    id,
    noticeId,
    senderId: notice.senderId,
    decisionId: decision?.id ?? null,
    questionId: question?.id ?? null,
    revision,
    supersedes: before?.id ?? null,
    status: facts.status,
    asOf: facts.asOf,
    leafHash: event.entry.leafHash,
    awaited: notice.assurance === 'signed',
  }
  const jws = await sign(ctx, notice, told, outcome)
  const { band, goalAt } = notice.order
  return {
    outcome: { ...outcome, jws },
    event,
    order: { band, goalAt },
    channel: channelOf(notice, sender),
  }
}

/**
 * A letter is answered by letter, whatever endpoint its sender has: no machine of the sender knows it.
 * In a mode in which nothing is reported no outcome is drafted, and so no letter is.
 */
function channelOf({ assurance }: NoticeRecord, sender: Sender | undefined): DeliveryChannel {
  if (assurance === 'transcribed') return 'hand'
  return typeof sender?.callbackUrl === 'string' ? 'push' : 'poll'
}

/** What was gone before the day of a letter's arrival began was gone before it arrived; typing came later. */
export function arrivalOf({ letter, receivedAt }: NoticeRecord): number {
  return letter === null ? receivedAt : (startOfDayInJapan(letter.arrivedOn) ?? receivedAt)
}

function outcomeEvent(
  ctx: AppContext,
  notice: NoticeRecord,
  { facts, decision, question, appeal }: Told,
  { id, revision }: Pick<OutcomeRecord, 'id' | 'revision'>,
): ReturnType<typeof ledgeredEvent> {
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'outcome.issued',
      at: ctx.clock.now(),
      noticeId: notice.id,
      ...(decision === null ? {} : { decisionId: decision.id }),
      lane: notice.lane,
      pub: { form: notice.form, lane: notice.lane, status: facts.status },
      refs: [notice.leafHash, ...(decision === null ? [] : [decision.leafHash])],
      sender: notice.senderId,
      payload: {
        v: 1,
        outcome: id,
        notice: notice.id,
        decision: decision?.id ?? null,
        ...(question === null ? {} : { question: question.id }),
        ...(appeal === null ? {} : { appeal: appeal.id }),
        revision,
        status: facts.status,
        as_of: formatTime(facts.asOf),
        measures: facts.measures,
        reason: facts.declineReason,
      },
    },
  )
}

async function sign(
  ctx: AppContext,
  notice: NoticeRecord,
  told: Told,
  outcome: Omit<OutcomeRecord, 'jws' | 'entryIndex'>,
): Promise<string> {
  const { facts, decision, question, appeal } = told
  const publicNote = decision?.input.publicNote ?? null
  const { standard, clause } = await citations(ctx, decision?.input.ground ?? null)
  const { nature, receivedAt, letter } = notice
  const arrived = letter === null ? {} : { arrivedOn: letter.arrivedOn }
  const asked = question === null ? {} : { question: question.text }
  const again = appeal === null ? {} : { upheld: appeal.words ?? NO_WORDS }
  return makeOutcome(ctx.signer, {
    id: outcome.id,
    issuer: ctx.config.issuer,
    senderId: notice.senderId,
    senderNoticeId: notice.senderNoticeId,
    noticeId: notice.id,
    issuedAt: ctx.clock.now(),
    revision: outcome.revision,
    ...(outcome.supersedes === null ? {} : { supersedes: outcome.supersedes }),
    status: facts.status,
    asOf: facts.asOf,
    measures: facts.measures,
    ...optionalMembers(told, standard),
    nature,
    statement: statementOf({
      facts,
      nature,
      receivedAt,
      ...arrived,
      clause,
      publicNote,
      ...asked,
      ...again,
    }),
    leafHash: outcome.leafHash,
    previous: decision?.leafHash ?? notice.leafHash,
  })
}

/** Members that stand only where there is something to say. */
function optionalMembers(
  { facts, decision, question, appeal }: Told,
  standard: CitedClause | undefined,
): Partial<OutcomeFields> {
  const publicNote = decision?.input.publicNote ?? null
  return {
    ...(facts.declineReason === null ? {} : { reason: facts.declineReason }),
    ...(standard === undefined || !namesClause(facts) ? {} : { standard }),
    ...(publicNote === null ? {} : { publicNote }),
    ...(question === null ? {} : { question: { id: question.id, ...question.text } }),
    ...(appeal === null ? {} : { appeal: { id: appeal.id, result: 'upheld' as const } }),
  }
}

/** The clause of a ground, as the claims name it and as the sentence does. */
async function citations(
  { read }: AppContext,
  ground: Ground | null,
): Promise<{ readonly standard: CitedClause | undefined; readonly clause: SaidClause | null }> {
  if (ground === null) return { standard: undefined, clause: null }
  const cited = citedClause(ground, await read.find('standard', { id: ground.standard }))
  if (cited === undefined) return { standard: undefined, clause: null }
  return {
    standard: citationOf(cited),
    clause: { title: cited.standard.title, clause: cited.clause.id },
  }
}

const WITH_MEASURE: ReadonlySet<OutcomeStatus> = new Set<OutcomeStatus>([
  'deleted',
  'access_blocked',
  'other_measure_taken',
  'interim_measure',
])

/** A clause stands beside a measure; where none was taken there is nothing that it grounds. */
function namesClause({ status }: OutcomeFacts): boolean {
  return WITH_MEASURE.has(status)
}

function citationOf({
  standard,
  clause,
}: NonNullable<ReturnType<typeof citedClause>>): CitedClause {
  return { id: standard.id, version: standard.version, clause: clause.id, title: clause.title }
}
