import type { ActionRecord } from '../core/action.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy, DecisionInput, DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { isMannerGround } from '../core/manner.ts'
import { MEASURE_TEXTS } from '../core/measure-text.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { outwardAbsence } from '../core/outward.ts'
import { trialOfDecision } from '../core/trial.ts'
import type { AddresseeRole } from '../core/transition/check-input.ts'
import { transition } from '../core/transition.ts'
import type { CoreEvent } from '../core/transition/core-event.ts'
import type { DecideFacts } from '../core/transition/decide-case.ts'
import type { DecisionDraft, Transitioned } from '../core/transition/result.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { Transaction } from '../ports/record-store.ts'
import { caseEvent } from './case-events.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { laterChanges } from './case-changes.ts'
import { outcomesLock } from './locks.ts'
import { arrivalOf } from './draft-outcome.ts'
import { markEnded } from './end-action.ts'
import { heldElsewhere } from './held-elsewhere.ts'
import { countManner, mannerSubject } from './manner-facts.ts'
import { counts, noticesOfCase } from './notices-of-case.ts'
import { dropQuestions } from './questions.ts'
import { overtakeAppeals } from './overtake-appeals.ts'
import { newCounter, planAction } from './plan-action.ts'
import { planReasons } from './plan-poster-notice.ts'
import { newWork, workOf } from './work-rows.ts'

export interface DecideRequest extends DecisionInput {
  /** Chosen by the caller, one for each intent; a retry with it gets the same answer. */
  readonly commandId: string
  readonly expectedVersion: number
}

/**
 * 判断を確定する: acting, declining and "already gone" alike. Its actions wait out the undo window; its
 * senders are told when all of them are settled.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export async function decideCase(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  request: DecideRequest,
): Promise<CaseAnswer> {
  const { commandId, expectedVersion, ...input } = request
  const asked = await ctx.read.find('question', { caseId, state: 'open' })
  return commandCase(ctx, {
    name: 'case.decide',
    caseId,
    // What is asked is taken back with the decision.
    locks: asked.map(({ noticeId }) => outcomesLock(noticeId)),
    once: { commandId, content: { caseId, by, expectedVersion, input } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'decide', by, expectedVersion, input },
        await decideFacts(ctx, tx, state, request),
      ),
    write: (tx, done) => recordDecision(ctx, tx, done),
  })
}

async function decideFacts(
  { config, clock, random }: AppContext,
  tx: Transaction,
  state: CaseRecord,
  { ground, expectedVersion }: DecideRequest,
): Promise<DecideFacts> {
  const all = await noticesOfCase(tx, state.id)
  const notices = all.filter((notice) => counts(state, notice))
  const actions = state.interimUntil === null ? [] : await tx.find('action', { caseId: state.id })
  return {
    at: clock.now(),
    undoWindowMs: config.undoWindowMs,
    decisionId: random.id('dec'),
    trial: trialOfDecision(state.trial, config.mode),
    designated: config.procedures.designated,
    fourEyes: config.procedures.fourEyes,
    senderTypes: config.procedures.fourEyes.length === 0 ? [] : await typesOf(tx, notices),
    texts: MEASURE_TEXTS,
    standards: ground === null ? [] : await tx.find('standard', { id: ground.standard }),
    attached: notices.map((notice) => ({
      id: notice.id,
      atVersion: notice.caseVersion ?? 1,
      addresseeRole: addresseeRoleOf(notice),
    })),
    changes: expectedVersion === state.version ? [] : await laterChanges(tx, all),
    actions,
    heldElsewhere: await heldElsewhere(tx, state, actions),
    ...(ground === null || !isMannerGround(ground.kind)
      ? {}
      : { manner: await countManner(tx, mannerSubject(state.targetKey, notices), clock.now()) }),
  }
}

async function typesOf(tx: Transaction, notices: readonly NoticeRecord[]): Promise<string[]> {
  const senders = await Promise.all(
    [...new Set(notices.map(({ senderId }) => senderId))].map((id) => tx.get('sender', { id })),
  )
  return senders.flatMap((sender) => (sender === undefined ? [] : [sender.type]))
}

/** As what a notice addresses the platform. */
export function addresseeRoleOf({ body }: NoticeRecord): AddresseeRole {
  const { ext } = JSON.parse(new TextDecoder().decode(body)) as NoticeDocument
  return ext?.addressee_role ?? 'site_administrator'
}

/** The decision with its entry, its actions with theirs to come, and the work that follows from it. */
export async function recordDecision(
  ctx: AppContext,
  tx: Transaction,
  { next, events, decision, actions }: Transitioned,
  signalLeaf?: string,
): Promise<Change<undefined>> {
  if (decision === null)
    return { result: undefined, events: events.map((event) => caseEvent(ctx, next, event)) }
  const { leaves: ofNotices, absent } = await noticesOf(tx, decision)
  const leaves = signalLeaf === undefined ? ofNotices : [...ofNotices, signalLeaf]
  // An interim measure answers no question.
  if (next.state === 'decided') await dropQuestions(ctx, tx, decision.caseId, decision.decidedAt)
  const ended = await endInterim(ctx, tx, events)
  const { replaces } = decision
  if (replaces !== null) await cancelReplaced(tx, replaces)
  const closed = replaces === null ? [] : await overtakeAppeals(ctx, tx, next, replaces)
  const planned = actions.map((draft): ActionRecord => {
    if (draft.reverses !== null) return newCounter(ctx, draft)
    const idempotencyKey = `${decision.id}.${draft.kind}`
    return { ...draft, id: ctx.random.id('act'), idempotencyKey }
  })
  const drafts = events.map((event): EventDraft => {
    const draft = caseEvent(
      ctx,
      next,
      event,
      event.type === 'decision.made' ? { refs: leaves, absent } : {},
    )
    if (event.type !== 'decision.made' || draft.entry === undefined) return draft
    const { leafHash } = draft.entry
    return {
      ...draft,
      indexed: (inner, index) =>
        store(ctx, inner, { ...decision, leafHash, entryIndex: index }, planned, next),
    }
  })
  const all = [...drafts, ...ended, ...closed]
  return { result: undefined, events: all, rings: ['act', 'report'] }
}

/** What the decision doesn't choose itself of the interim measures before it; the rest holds it up. */
async function endInterim(
  ctx: AppContext,
  tx: Transaction,
  events: readonly CoreEvent[],
): Promise<EventDraft[]> {
  const made = events.find((event) => event.type === 'decision.made')
  const drafts: EventDraft[] = []
  for (const { action: id, step } of made?.detail.ends ?? [])
    drafts.push(...(await markEnded(ctx, tx, { id }, step)))
  return drafts
}

/** Entries of the notices; and, where nothing was left to decide, what may be said of each of them. */
async function noticesOf(
  tx: Transaction,
  { noticeIds, input }: DecisionDraft,
): Promise<{ readonly leaves: string[]; readonly absent: Record<string, string> }> {
  const leaves: string[] = []
  const absent: Record<string, string> = {}
  for (const id of noticeIds) {
    const notice = await tx.get('notice', { id })
    if (notice === undefined) continue
    leaves.push(notice.leafHash)
    if (input.alreadyGone)
      absent[id] = outwardAbsence({ ...notice, receivedAt: arrivalOf(notice) }).status
  }
  return { leaves, absent }
}

/** A decision that is replaced reports nothing more, and what of it hasn't begun doesn't begin. */
async function cancelReplaced(tx: Transaction, decisionId: Id<'dec'>): Promise<void> {
  const report = await workOf(tx, 'report', decisionId)
  if (report !== undefined) await tx.delete('work', { id: report.id })
  for (const { id } of await tx.find('action', { decisionId, state: 'planned' })) {
    await tx.update('action', { id }, { state: 'cancelled' })
    const work = await workOf(tx, 'act', id)
    if (work !== undefined) await tx.delete('work', { id: work.id })
  }
}

async function store(
  ctx: AppContext,
  tx: Transaction,
  decision: DecisionRecord,
  actions: readonly ActionRecord[],
  record: CaseRecord,
): Promise<void> {
  const { band, goalAt } = record
  const order = { band, goalAt }
  await tx.insert('decision', decision)
  for (const action of actions) {
    await planAction(ctx, tx, action, decision, order)
  }
  if (decision.trial !== null) return
  await planReasons(ctx, tx, record, decision)
  // With actions: when all are settled, or when the platform's patience is over; never in an undo window.
  const patience = Math.max(ctx.config.outcomePatienceMs, ctx.config.undoWindowMs)
  await tx.insert(
    'work',
    newWork(ctx.random, {
      kind: 'report',
      subjectId: decision.id,
      position: decision.entryIndex,
      nextAt: decision.decidedAt + (actions.length === 0 ? ctx.config.undoWindowMs : patience),
      ...order,
    }),
  )
}
