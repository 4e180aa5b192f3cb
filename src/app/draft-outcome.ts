import type { ActionRecord } from '../core/action.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { citedClause } from '../core/grounds.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { outcomeOf, type OutcomeFacts } from '../core/outcome-of.ts'
import type { DeliveryChannel, OutcomeRecord } from '../core/outcome.ts'
import type { Sender } from '../core/sender.ts'
import { statementOf } from '../core/statements.ts'
import { formatTime, startOfDayInJapan } from '../core/time.ts'
import type { Standard } from '../core/standard.ts'
import { makeOutcome, type CitedClause } from '../signing/outcome-jws.ts'
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
  const sender = await ctx.read.get('sender', { id: notice.senderId })
  const before = await newestOutcome(ctx.read, noticeId)
  const facts = outcomeOf({
    decision,
    actions,
    notice: { ...notice, receivedAt: arrivalOf(notice) },
  })
  const id = ctx.random.id('out')
  const event = outcomeEvent(ctx, notice, decision, facts, {
    id,
    revision: (before?.revision ?? 0) + 1,
  })
  const outcome = {
    id,
    noticeId,
    senderId: notice.senderId,
    decisionId: decision.id,
    revision: (before?.revision ?? 0) + 1,
    supersedes: before?.id ?? null,
    status: facts.status,
    asOf: facts.asOf,
    leafHash: event.entry.leafHash,
    awaited: notice.assurance === 'signed',
  }
  const jws = await sign(ctx, notice, decision, facts, outcome)
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
function arrivalOf({ letter, receivedAt }: NoticeRecord): number {
  return letter === null ? receivedAt : (startOfDayInJapan(letter.arrivedOn) ?? receivedAt)
}

function outcomeEvent(
  ctx: AppContext,
  notice: NoticeRecord,
  decision: DecisionRecord,
  facts: OutcomeFacts,
  { id, revision }: Pick<OutcomeRecord, 'id' | 'revision'>,
): ReturnType<typeof ledgeredEvent> {
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'outcome.issued',
      at: ctx.clock.now(),
      noticeId: notice.id,
      decisionId: decision.id,
      pub: { form: notice.form, lane: notice.lane, status: facts.status },
      refs: [notice.leafHash, decision.leafHash],
      sender: notice.senderId,
      payload: {
        v: 1,
        outcome: id,
        notice: notice.id,
        decision: decision.id,
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
  decision: DecisionRecord,
  facts: OutcomeFacts,
  outcome: Omit<OutcomeRecord, 'jws' | 'entryIndex'>,
): Promise<string> {
  const { ground, publicNote } = decision.input
  const standards: Standard[] =
    ground === null ? [] : await ctx.read.find('standard', { id: ground.standard })
  const cited = ground === null ? undefined : citedClause(ground, standards)
  const standard = cited === undefined ? undefined : citationOf(cited)
  const clause =
    cited === undefined ? null : { title: cited.standard.title, clause: cited.clause.id }
  const { nature, receivedAt, letter } = notice
  const arrived = letter === null ? {} : { arrivedOn: letter.arrivedOn }
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
    ...(facts.declineReason === null ? {} : { reason: facts.declineReason }),
    measures: facts.measures,
    ...(standard === undefined || !namesClause(facts) ? {} : { standard }),
    ...(publicNote === null ? {} : { publicNote }),
    nature,
    statement: statementOf({ facts, nature, receivedAt, ...arrived, clause, publicNote }),
    leafHash: outcome.leafHash,
    previous: decision.leafHash,
  })
}

/** A clause stands beside a measure; where none was taken there is nothing that it grounds. */
function namesClause({ status }: OutcomeFacts): boolean {
  return status === 'deleted' || status === 'access_blocked' || status === 'other_measure_taken'
}

function citationOf({
  standard,
  clause,
}: NonNullable<ReturnType<typeof citedClause>>): CitedClause {
  return { id: standard.id, version: standard.version, clause: clause.id, title: clause.title }
}
