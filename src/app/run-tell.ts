import type { Id } from '../core/ids.ts'
import type { PosterNoticeRecord } from '../core/poster-notice.ts'
import type { PostponementRecord } from '../core/postponement.ts'
import { EXECUTOR_SCHEDULE } from '../core/retry-schedule.ts'
import { DAY } from '../core/time.ts'
import type { PosterTeller } from '../ports/platform.ts'
import type { Transaction } from '../ports/record-store.ts'
import { callExecutor } from './call-executor.ts'
import type { Change, EventDraft } from './command.ts'
import { answerOf, composePosterNotice } from './compose-poster-notice.ts'
import type { AppContext } from './context.ts'
import { flag } from './end-notice.ts'
import { endTelling } from './end-telling.ts'
import { finishWork } from './finish-work.ts'
import { targetLock, workLock } from './locks.ts'
import { planPosterNotice } from './plan-poster-notice.ts'
import { posterEffects, type PosterEffects } from './poster-effects.ts'
import { activePostponement } from './postponements.ts'
import { plainEvent } from './record-event.ts'
import { NEVER_MS } from './run-report.ts'
import { targetOfDecision } from './target-of-decision.ts'
import { isStillOurs, retryWork, waitAfter, type ClaimedWork } from './work-rows.ts'

/** What a teller is given beside the attempt. */
type Told = Pick<Parameters<PosterTeller<unknown>>[0], 'ref' | 'account' | 'text' | 'statement'>
type Telling = Told & { readonly notice: PosterNoticeRecord }

const NOTHING: Change<undefined> = { result: undefined, events: [] }
/** States in which there is something left to do by itself. */
const RUNNING: ReadonlySet<PosterNoticeRecord['state']> = new Set<PosterNoticeRecord['state']>([
  'due',
  'postponed',
  'telling',
])

/** 発信者への通知: tells one poster through the platform's own executor, or leaves it to the platform. */
export async function runTell(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const telling = await begin(ctx, work)
  const { tellPoster } = ctx.platform
  if (telling === undefined || tellPoster === undefined) return
  const { notice, ...told } = telling
  const { id: posterNoticeId, attempt } = notice
  const settlement = await callExecutor(ctx, (signal) =>
    tellPoster({ ...told, posterNoticeId, idempotencyKey: posterNoticeId, attempt, signal }),
  )
  if (settlement.kind === 'retry') {
    ctx.log.warn('poster.attempt_failed', { notice: notice.id, attempt, code: settlement.code })
    const wait = waitAfter(ctx.random, EXECUTOR_SCHEDULE, attempt)
    if (wait !== undefined)
      return finishWork(ctx, work, [], async (tx) => {
        await retryWork(tx, work, ctx.clock.now() + wait, settlement.code)
        return { ...NOTHING, rings: ['tell'] }
      })
  }
  await finishWork(ctx, work, [targetLock(notice.targetKey)], async (tx) => {
    const now = await tx.get('posterNotice', { id: notice.id })
    // Somebody may have said meanwhile that the poster was told.
    if (now?.state !== 'telling') return { ...NOTHING, ...(await drop(tx, work)) }
    return endTelling(ctx, tx, now, settlement)
  })
}

async function begin(ctx: AppContext, work: ClaimedWork): Promise<Telling | undefined> {
  const id = work.subjectId as Id<'pnt'>
  const { result } = await ctx.committer.submit({
    name: 'tell.begin',
    bytes: 4_096,
    // The group of what is told is its target.
    locks: [workLock(work), targetLock(work.groupKey ?? '')],
    run: async (tx): Promise<Change<Telling | undefined>> => {
      const notice = await tx.get('posterNotice', { id })
      if (notice === undefined || !RUNNING.has(notice.state)) return drop(tx, work)
      if (!(await isStillOurs(tx, work))) return NOTHING
      const now = ctx.clock.now()
      const postponed = await activePostponement(tx, notice.targetKey, now)
      if (postponed === undefined) return ready(ctx, tx, work, notice)
      return { ...NOTHING, events: await putOff(ctx, tx, work, notice, postponed) }
    },
  })
  return result
}

/** Put off until its date; a day before, people are asked to look whether it still has to be. */
async function putOff(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  { id, caseId }: PosterNoticeRecord,
  { reason: postponedFor, until }: PostponementRecord,
): Promise<EventDraft[]> {
  const recheckAt = until - DAY
  const isNear = recheckAt <= ctx.clock.now()
  await tx.update('posterNotice', { id }, { state: 'postponed', postponedFor })
  await retryWork(tx, work, isNear ? until : recheckAt, 'postponed')
  const record = isNear ? await tx.get('case', { id: caseId }) : undefined
  return record === undefined ? [] : flag(ctx, tx, record, 'postponement_recheck')
}

async function drop(tx: Transaction, { id }: ClaimedWork): Promise<Change<undefined>> {
  await tx.delete('work', { id })
  return NOTHING
}

/** Waits for what may still take effect, but no longer than the platform's patience once anything did. */
async function ready(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  notice: PosterNoticeRecord,
): Promise<Change<Telling | undefined>> {
  const { id, kind, createdAt } = notice
  const now = ctx.clock.now()
  const effects = await posterEffects(tx, notice)
  const isEmpty = kind !== 'appeal_answer' && effects.actionIds.length === 0
  if (isEmpty && !effects.isOpen) {
    await tx.update('posterNotice', { id }, { state: 'dropped' })
    return drop(tx, work)
  }
  const patience = createdAt + ctx.config.outcomePatienceMs
  if (effects.isOpen && (isEmpty || now < patience)) {
    await tx.update('posterNotice', { id }, { state: 'due' })
    await retryWork(tx, work, isEmpty ? now + NEVER_MS : patience, 'not_in_effect')
    return NOTHING
  }
  if (notice.text !== null && !isSame(notice.actionIds, effects.actionIds))
    return anew(ctx, tx, work, notice)
  return tell(ctx, tx, work, notice, effects)
}

function isSame(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((id) => now.includes(id))
}

/** What was true when it was first tried isn't any more: another notice tells what is. */
async function anew(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  { id, caseId, kind, decisionId }: PosterNoticeRecord,
): Promise<Change<undefined>> {
  await tx.update('posterNotice', { id }, { state: 'dropped', actionIds: [] })
  const record = await tx.get('case', { id: caseId })
  const nextAt = ctx.clock.now()
  if (record !== undefined) await planPosterNotice(ctx, tx, record, { kind, decisionId, nextAt })
  return { ...(await drop(tx, work)), rings: ['tell'] }
}

async function tell(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  notice: PosterNoticeRecord,
  { measures, actionIds, isOpen }: PosterEffects,
): Promise<Change<Telling | undefined>> {
  const { id, kind, caseId, decisionId } = notice
  const record = await tx.get('case', { id: caseId })
  const decision = await tx.get('decision', { id: decisionId })
  if (record === undefined || decision === undefined) return drop(tx, work)
  const wasPostponed = notice.postponedFor !== null
  const appeal = await answerOf(tx, notice)
  const query = { kind, id, record, decision, measures, appeal, wasPostponed }
  const composed =
    notice.text === null || notice.statement === null
      ? await composePosterNotice(ctx, tx, query)
      : { text: notice.text, statement: notice.statement }
  if (isOpen && notice.text === null)
    await planPosterNotice(ctx, tx, record, {
      kind,
      decisionId,
      nextAt: ctx.clock.now() + NEVER_MS,
    })
  const target = await targetOfDecision(tx, decisionId)
  const isOurs = ctx.platform.tellPoster !== undefined && target !== undefined
  const state = isOurs ? 'telling' : 'by_platform'
  // Looks before anything was in effect are no attempts.
  const attempt = notice.attempt + 1
  const next: PosterNoticeRecord = { ...notice, ...composed, actionIds, state, attempt }
  await tx.put('posterNotice', next)
  if (isOurs) {
    const { targetRef: ref, targetAccount: account } = target
    return { result: { ...composed, ref, account, notice: next }, events: [] }
  }
  const left = plainEvent(
    'poster.left_to_platform',
    ctx.clock.now(),
    { caseId, decisionId },
    { v: 1, poster_notice: id, kind },
  )
  return { ...(await drop(tx, work)), events: [left] }
}
