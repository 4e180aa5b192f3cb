import { judgeAppeal, type AppealRecord, type AppealVerdict } from '../core/appeal.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy, DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { differenceSince } from '../core/transition/decide-case.ts'
import type { Refusal } from '../core/transition/result.ts'
import { transition } from '../core/transition.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { appealDecided, appealOpinion } from './appeal-events.ts'
import { changesOfCase } from './case-changes.ts'
import type { Change, EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { commandLock, targetLock } from './locks.ts'
import { answeredBefore, keepAnswer } from './once.ts'
import { planPosterNotice } from './plan-poster-notice.ts'
import { recordReversal, reverseFacts } from './reverse-case.ts'
import { newWork } from './work-rows.ts'

export interface DecideAppealRequest {
  readonly commandId: string
  /** Of the case that the person looked at. */
  readonly expectedVersion: number
  readonly verdict: AppealVerdict
  /** Told to whoever objected, as it is. */
  readonly words: Bilingual | null
  readonly internalNote: string | null
}

/** Where an objection stands after an opinion, or why nothing changed. */
export type AppealAnswer =
  | { readonly ok: true; readonly appeal: AppealStanding }
  | { readonly ok: false; readonly refusal: Refusal }
export type AppealStanding = Pick<
  AppealRecord,
  'id' | 'caseId' | 'state' | 'decidedAt' | 'reversalId'
>

/**
 * 判断を維持する・判断を変更する: somebody who took no part in the decision looks at it again. A change takes the
 * decision back in the same step, with its counter-actions; whoever objected is answered.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export async function decideAppeal(
  ctx: AppContext,
  by: DecidedBy,
  id: Id<'apl'>,
  { commandId, ...request }: DecideAppealRequest,
): Promise<AppealAnswer> {
  const found = await ctx.read.get('appeal', { id })
  const record = found && (await ctx.read.get('case', { id: found.caseId }))
  if (record === undefined) throw new MadoguchiError('not_found')
  const once = { commandId, content: { command: 'decide_appeal', id, by, ...request } }
  const { result } = await ctx.committer.submit({
    name: 'appeal.decide',
    bytes: 1_024,
    locks: [targetLock(record.targetKey), commandLock(commandId)],
    run: async (tx): Promise<Change<AppealAnswer>> => {
      const before = await answeredBefore(tx, once)
      if (before !== undefined) return { result: before as AppealAnswer, events: [] }
      const change = await judge(ctx, tx, by, id, request)
      if (change.result.ok) await keepAnswer(tx, once, change.result, ctx.clock.now())
      return change
    },
  })
  return result
}

type Judging = Omit<DecideAppealRequest, 'commandId'>

async function judge(
  ctx: AppContext,
  tx: Transaction,
  by: DecidedBy,
  id: Id<'apl'>,
  request: Judging,
): Promise<Change<AppealAnswer>> {
  const { expectedVersion, verdict, internalNote } = request
  const appeal = await tx.get('appeal', { id })
  const record = appeal && (await tx.get('case', { id: appeal.caseId }))
  const decision = appeal && (await tx.get('decision', { id: appeal.decisionId }))
  if (appeal === undefined || record === undefined || decision === undefined)
    throw new MadoguchiError('not_found')
  const judged = judgeAppeal(appeal, { by, verdict }, { case: record, decision })
  if (judged.kind === 'refused') return refused({ code: judged.code })
  if (expectedVersion !== record.version) {
    const changes = await changesOfCase(tx, record)
    return refused({
      code: 'stale_version',
      difference: differenceSince(record, expectedVersion, changes),
    })
  }
  const opinion = { by, at: ctx.clock.now(), verdict, internalNote }
  const next: AppealRecord = { ...appeal, opinions: [...appeal.opinions, opinion] }
  if (judged.kind === 'waiting') {
    const waiting = { ...next, state: judged.state }
    await tx.put('appeal', waiting)
    return done(waiting, [appealOpinion(ctx, waiting, opinion)])
  }
  return verdict === 'uphold'
    ? uphold(ctx, tx, { ...next, words: request.words }, { record, decision, by: judged.by })
    : change(ctx, tx, { ...next, words: request.words }, { record, decision, by: judged.by })
}

function refused(refusal: Refusal): Change<AppealAnswer> {
  return { result: { ok: false, refusal }, events: [] }
}

function done(appeal: AppealRecord, events: readonly EventDraft[]): Change<AppealAnswer> {
  const { id, caseId, state, decidedAt, reversalId } = appeal
  const result = { ok: true, appeal: { id, caseId, state, decidedAt, reversalId } } as const
  return { result, events, rings: ['act', 'report', 'tell'] }
}

interface Judged {
  readonly record: CaseRecord
  readonly decision: DecisionRecord
  readonly by: readonly DecidedBy[]
}

async function uphold(
  ctx: AppContext,
  tx: Transaction,
  appeal: AppealRecord,
  judged: Judged,
): Promise<Change<AppealAnswer>> {
  const upheld: AppealRecord = { ...appeal, state: 'upheld', decidedAt: ctx.clock.now() }
  await tx.put('appeal', upheld)
  await answer(ctx, tx, upheld, judged)
  return done(upheld, [appealDecided(ctx, upheld, judged)])
}

/** The reversal answers a sender; a poster is answered now, and told when the earlier state is restored. */
async function change(
  ctx: AppContext,
  tx: Transaction,
  appeal: AppealRecord,
  judged: Judged,
): Promise<Change<AppealAnswer>> {
  const { record, by } = judged
  const last = by.at(-1)
  if (last === undefined) throw new MadoguchiError('internal_error')
  const reversal = transition(
    record,
    {
      type: 'reverse',
      by: last,
      beside: by.slice(0, -1),
      expectedVersion: record.version,
      reason: 'appeal',
      internalNote: appeal.opinions.at(-1)?.internalNote ?? null,
    },
    await reverseFacts(ctx, tx, record),
  )
  if (!reversal.ok) return refused(reversal.refusal)
  const decidedAt = ctx.clock.now()
  const reversalId = reversal.decision?.id ?? null
  const changed: AppealRecord = { ...appeal, state: 'changed', decidedAt, reversalId }
  // Before the reversal, which closes what is still open about the decision.
  await tx.put('appeal', changed)
  await tx.put('case', reversal.next)
  const { events } = await recordReversal(ctx, tx, reversal)
  await answer(ctx, tx, changed, judged)
  return done(changed, [...events, appealDecided(ctx, changed, judged)])
}

async function answer(
  ctx: AppContext,
  tx: Transaction,
  appeal: AppealRecord,
  { record, decision }: Judged,
): Promise<void> {
  const now = ctx.clock.now()
  if (appeal.by === 'poster') {
    const plan = { kind: 'appeal_answer', decisionId: decision.id, nextAt: now, appeal } as const
    return planPosterNotice(ctx, tx, record, plan)
  }
  if (appeal.state === 'changed') return
  const { band, goalAt } = record
  const place = { position: decision.entryIndex, nextAt: now, band, goalAt }
  await tx.insert('work', newWork(ctx.random, { kind: 'report', subjectId: appeal.id, ...place }))
}
