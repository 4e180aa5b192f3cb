import { isHeld, NOT_HELD } from '../core/case.ts'
import type { CaseRecord, Opinion, Reclassified } from '../core/case.ts'
import type { DecidedBy, DecisionRecord } from '../core/decision.ts'
import { isId } from '../core/ids.ts'
import type { CoreEventDetails } from '../core/transition/core-event.ts'
import { mannerSentence, type MannerFacts } from '../core/manner.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { formatTime } from '../core/time.ts'
import { mayKnowOf } from '../core/transition/who-decides.ts'
import type { Bilingual, Form } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { ActionDocument } from '../generated/types.ts'
import { fromAction, fromDecisionInput } from '../schema/to-core.ts'
import { requirePermission, type Actor } from './actor.ts'
import { caseOrder, type OrderView } from './case-order.ts'
import type { AppContext } from './context.ts'
import { emergencyCard, type EmergencyCard } from './emergency-card.ts'
import { categoryLabel } from './list-cases.ts'
import { mannerFacts } from './manner-facts.ts'
import { noteCaseView } from './note-case-view.ts'
import { omit } from './omit.ts'
import { viewAppeal, type AppealView } from './read-appeals.ts'
import { readPosterSide, type PosterSide } from './read-poster-side.ts'
import { requireSight } from './require-sight.ts'
import { viewNotice, type NoticeView } from './view-notice.ts'
import { viewProposals, type ProposalView } from './view-proposals.ts'

/** An opinion; `input` is hidden from a second person who has not given an own one. */
export interface OpinionView {
  readonly by: DecidedBy
  readonly at: string
  readonly input: ReturnType<typeof fromDecisionInput> | null
}

/** A decision as the desk reads it, its input with the wire’s names. */
export type DecisionView = Omit<DecisionRecord, 'input' | 'caseId'> &
  ReturnType<typeof fromDecisionInput>
/** An outcome as it was issued, with the JWS that was sent. */
export type OutcomeView = Omit<OutcomeRecord, 'asOf'> & { readonly as_of: string }
/** Another case of the same target: that it is there, no more. */
export type SiblingView = Pick<CaseRecord, 'id' | 'lane' | 'form' | 'state' | 'round'>

/** 引継ぎ. */
export type HandoverView = Omit<CoreEventDetails['case.handed_over'], 'until'> & {
  readonly at: string
}

/** What the sender says and what the platform itself took the item for, apart (law 6). */
export interface CaseFacts extends Omit<CaseRecord, 'targetKey' | 'opinions' | 'reclassified'> {
  readonly categoryLabel: Bilingual
  readonly classBySender: { readonly class: Form; readonly category: string }
  readonly classByPlatform: Reclassified | null
}

/** A case with all that belongs to it. What concerns life stands first. */
export interface CaseView {
  readonly emergency?: EmergencyCard
  readonly case: CaseFacts
  readonly order: OrderView | null
  readonly siblings: readonly SiblingView[]
  /** Cases whose notices this one took over. */
  readonly merged: readonly SiblingView[]
  /** The last time it was handed over, with the note for whoever took it. */
  readonly handover: HandoverView | null
  /** 態様: a fact for the reviewer, an axis beside the category. */
  readonly manner: MannerFacts & { readonly sentence: Bilingual | null }
  readonly notices: readonly NoticeView[]
  /** Of standing policies. */
  readonly proposals: readonly ProposalView[]
  readonly opinions: readonly OpinionView[]
  readonly decisions: readonly DecisionView[]
  readonly actions: readonly ActionDocument[]
  readonly outcomes: readonly OutcomeView[]
  readonly deliveries: readonly DeliveryRecord[]
  readonly poster: PosterSide
  /** Objections, oldest first. */
  readonly appeals: readonly AppealView[]
}

/**
 * Opens a case. That it was read is kept, whoever reads it; the first look of somebody who may decide
 * also as `first_viewed_at` of its notices (law 24).
 *
 * @throws MadoguchiError `not_allowed` (also for a no-view case and any role but `child_safety`),
 *   `not_found`.
 */
export async function readCase(ctx: AppContext, actor: Actor, id: string): Promise<CaseView> {
  requirePermission(actor, 'cases.read')
  const { record, notices } = await look(ctx, actor, id)
  const emergency = emergencyCard(record)
  const view = {
    case: caseFacts(record, ctx.clock.now()),
    order: caseOrder(
      ctx,
      record,
      notices.find(
        ({ position, leftVersion }) => position === record.position && leftVersion === null,
      ),
    ),
    siblings: await siblingsOf(ctx, actor, record),
    merged: (await ctx.read.find('case', { mergedInto: record.id }))
      .filter((other) => mayKnowOf(actor.role, other))
      .map(viewSibling),
    handover: await handoverOf(ctx, record),
    manner: await mannerOf(ctx, record, notices),
    notices: await Promise.all(notices.map((notice) => viewNotice(ctx, notice))),
    proposals: await viewProposals(ctx.read, record),
    opinions: record.opinions.map((opinion) => viewOpinion(record, actor, opinion)),
    ...(await whatFollowed(ctx, record, notices)),
    poster: await readPosterSide(ctx, record),
    appeals: (await ctx.read.find('appeal', { caseId: record.id }, { orderBy: 'id' })).map(
      (appeal) => viewAppeal(appeal, actor),
    ),
  }
  return emergency === undefined ? view : { emergency, ...view }
}

/** Only a flood of notices comes between so often; the case is shown then all the same (law 18). */
const LOOKS = 5

/** Notes the look first, of the very version that is shown; a notice that joined meanwhile may hide the case. */
async function look(
  ctx: AppContext,
  actor: Actor,
  id: string,
): Promise<{ readonly record: CaseRecord; readonly notices: readonly NoticeRecord[] }> {
  let record = await caseFor(ctx, actor, id)
  for (let looks = 1; ; looks += 1) {
    await noteCaseView(ctx, actor, record)
    const notices = await noticesOf(ctx, record)
    const now = await caseFor(ctx, actor, id)
    if (now.version === record.version || looks === LOOKS) return { record: now, notices }
    record = now
  }
}

function caseFacts(record: CaseRecord, now: number): CaseFacts {
  const { form, category, reclassified } = record
  return {
    ...omit(record, 'targetKey', 'opinions', 'reclassified'),
    ...(isHeld(record, now) ? {} : NOT_HELD),
    categoryLabel: categoryLabel(record),
    classBySender: { class: form, category },
    classByPlatform: reclassified,
  }
}

async function caseFor({ read }: AppContext, actor: Actor, id: string): Promise<CaseRecord> {
  const record = isId('cas', id) ? await read.get('case', { id }) : undefined
  if (record === undefined) throw new MadoguchiError('not_found')
  requireSight(actor, record)
  return record
}

async function noticesOf({ read }: AppContext, { id }: CaseRecord): Promise<NoticeRecord[]> {
  return read.find('notice', { caseId: id }, { orderBy: 'id' })
}

async function mannerOf(
  { read, clock }: AppContext,
  record: CaseRecord,
  notices: readonly NoticeRecord[],
): Promise<CaseView['manner']> {
  const facts = await mannerFacts(read, record, notices, clock.now())
  return { ...facts, sentence: mannerSentence(facts) }
}

async function siblingsOf(
  { read }: AppContext,
  { role }: Actor,
  { id, targetKey }: CaseRecord,
): Promise<SiblingView[]> {
  const rows = await read.find('case', { targetKey })
  return rows.filter((row) => row.id !== id && mayKnowOf(role, row)).map(viewSibling)
}

function viewSibling({ id, lane, form, state, round }: CaseRecord): SiblingView {
  return { id, lane, form, state, round }
}

async function handoverOf({ read }: AppContext, { id }: CaseRecord): Promise<HandoverView | null> {
  const [event] = await read.find(
    'event',
    { caseId: id, type: 'case.handed_over' },
    { orderBy: 'seq', descending: true, limit: 1 },
  )
  if (event === undefined) return null
  const { by, to, note } = JSON.parse(
    new TextDecoder().decode(event.payload),
  ) as CoreEventDetails['case.handed_over']
  return { by, to, note, at: formatTime(event.at) }
}

/** A second person decides without having read what the first one thinks. */
function viewOpinion(record: CaseRecord, actor: Actor, { by, at, input }: Opinion): OpinionView {
  const isHidden = record.state === 'awaiting_second' && by.operator !== actor.operator
  return { by, at: formatTime(at), input: isHidden ? null : fromDecisionInput(input) }
}

async function whatFollowed(
  { read }: AppContext,
  { id }: CaseRecord,
  notices: readonly NoticeRecord[],
): Promise<Pick<CaseView, 'decisions' | 'actions' | 'outcomes' | 'deliveries'>> {
  const [decisions, actions, outcomes, deliveries] = await Promise.all([
    read.find('decision', { caseId: id }, { orderBy: 'entryIndex' }),
    read.find('action', { caseId: id }, { orderBy: 'id' }),
    Promise.all(notices.map((notice) => read.find('outcome', { noticeId: notice.id }))),
    Promise.all(notices.map((notice) => read.find('delivery', { noticeId: notice.id }))),
  ])
  return {
    decisions: decisions.map(viewDecision),
    actions: actions.map(fromAction),
    outcomes: outcomes.flat().map(viewOutcome),
    deliveries: deliveries.flat(),
  }
}

/** A decision for the desk. */
export function viewDecision(decision: DecisionRecord): DecisionView {
  return { ...omit(decision, 'input', 'caseId'), ...fromDecisionInput(decision.input) }
}

function viewOutcome({ asOf, ...facts }: OutcomeRecord): OutcomeView {
  return { ...facts, as_of: formatTime(asOf) }
}
