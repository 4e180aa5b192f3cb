import type { ActionRecord } from '../core/action.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { MEASURE_TEXTS, measureText } from '../core/measure-text.ts'
import { EXECUTOR_SCHEDULE } from '../core/retry-schedule.ts'
import type { Executor, ExecutorTerms } from '../ports/platform.ts'
import type { Transaction } from '../ports/record-store.ts'
import { callExecutor } from './call-executor.ts'
import { cancelAction } from './cancel-action.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { finishWork } from './finish-work.ts'
import { endReversal, planCounter, standingReversal } from './follow-reversal.ts'
import { undoEnded } from './left-over.ts'
import { targetLock, workLock } from './locks.ts'
import { settleAction, type Settlement } from './settle-action.ts'
import { targetOfDecision } from './target-of-decision.ts'
import { isStillOurs, retryWork, waitAfter, type ClaimedWork } from './work-rows.ts'

/** Carries out one planned action through the platform's executor. */
export async function runAction(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const action = await begin(ctx, work)
  if (action === undefined) return
  const untouched = await withoutExecutor(ctx, action)
  if (untouched !== undefined) {
    await finish(ctx, work, action, untouched)
    return
  }
  const executor = ctx.platform.executors[action.kind]
  const target = await targetOfDecision(ctx.read, action.decisionId)
  if (executor === undefined || target === undefined) {
    await finish(ctx, work, action, { kind: 'pending' })
    return
  }
  await finish(ctx, work, action, await call(ctx, executor, action, target.targetRef))
}

/**
 * What is on trial has no effect. Nor has what was decided before and falls due while the desk only
 * observes: it fails, and a person decides anew, so that nothing old starts when the desk acts again.
 */
async function withoutExecutor(
  { read, config }: AppContext,
  { decisionId }: ActionRecord,
): Promise<Settlement | undefined> {
  const decision = await read.get('decision', { id: decisionId })
  if (decision?.trial !== null) return { kind: 'simulated' }
  return config.mode === 'observe' ? { kind: 'failed', code: 'only_observed' } : undefined
}

/** Counts the attempt on the action itself: results of other attempts are late from here on. */
async function begin(ctx: AppContext, work: ClaimedWork): Promise<ActionRecord | undefined> {
  const { result } = await ctx.committer.submit({
    name: 'act.begin',
    bytes: 64,
    // The group of a measure is its target.
    locks: [workLock(work), targetLock(work.groupKey ?? '')],
    run: async (tx) => {
      const id = work.subjectId as ActionRecord['id']
      const action = await tx.get('action', { id })
      const runnable = action?.state === 'planned' || action?.state === 'executing'
      if (!runnable) {
        await tx.delete('work', { id: work.id })
        return { result: undefined, events: [] }
      }
      if (!(await isStillOurs(tx, work))) return { result: undefined, events: [] }
      if (action.state === 'executing') {
        const reversal = await reversalOf(tx, action)
        if (reversal !== undefined || action.endedAt !== null)
          return { result: undefined, ...(await giveUp(ctx, tx, action, reversal)) }
      }
      const next: ActionRecord = { ...action, state: 'executing', attempt: work.attempt }
      await tx.update('action', { id }, { state: next.state, attempt: next.attempt })
      return { result: next, events: [] }
    },
  })
  return result
}

/** By which its decision was taken back, if so; a counter-action is a part of that. */
async function reversalOf(
  tx: Transaction,
  { caseId, reverses }: ActionRecord,
): Promise<DecisionRecord | undefined> {
  return reverses === null ? standingReversal(tx, caseId) : undefined
}

/**
 * Its decision was taken back, or its end came, between two attempts: no other one is made, and as
 * nobody knows whether the last had an effect, that is undone.
 */
async function giveUp(
  ctx: AppContext,
  tx: Transaction,
  action: ActionRecord,
  reversal: DecisionRecord | undefined,
): Promise<Pick<Change<undefined>, 'events' | 'rings'>> {
  const cancelled = await cancelAction(ctx, tx, action.id)
  if (reversal === undefined) await undoEnded(ctx, tx, action)
  else await planCounter(ctx, tx, action, reversal)
  const ended = reversal === undefined ? [] : await endReversal(ctx, tx, reversal)
  return { events: [...cancelled, ...ended], rings: ['act', 'report'] }
}

async function call(
  ctx: AppContext,
  executor: Executor<unknown>,
  action: ActionRecord,
  ref: unknown,
): Promise<Settlement> {
  const { id: actionId, idempotencyKey, attempt } = action
  const terms = executorTerms(action)
  const reversed = await reversedBy(ctx, action)
  return callExecutor(
    ctx,
    (signal) => executor({ ref, actionId, idempotencyKey, attempt, terms, signal, ...reversed }),
    (late) => void keepLate(ctx, action, late),
  )
}

function executorTerms({ kind, endsAt, terms }: ActionRecord): ExecutorTerms {
  const shown =
    terms?.template === undefined ? undefined : measureText(MEASURE_TEXTS, terms.template, kind)
  return {
    ...terms,
    ...(endsAt === null ? {} : { endsAt }),
    ...(shown === undefined ? {} : { text: shown.text }),
  }
}

/** What an executor of counter-actions has to know. */
async function reversedBy(
  { read }: AppContext,
  { reverses }: ActionRecord,
): Promise<Pick<Parameters<Executor<unknown>>[0], 'reverses'>> {
  const original = reverses === null ? undefined : await read.get('action', { id: reverses })
  if (original === undefined) return {}
  return { reverses: { actionId: original.id, kind: original.kind } }
}

async function keepLate(ctx: AppContext, action: ActionRecord, late: Settlement): Promise<void> {
  await settleAction(ctx, action.id, late, { attempt: action.attempt, isLate: true }).catch(() => {
    ctx.log.warn('action.late_result_not_written', { action: action.id })
  })
}

async function finish(
  ctx: AppContext,
  work: ClaimedWork,
  action: ActionRecord,
  settlement: Settlement,
): Promise<void> {
  const wait = waitAfter(ctx.random, EXECUTOR_SCHEDULE, work.attempt)
  if (settlement.kind !== 'retry') {
    await settleAction(ctx, action.id, settlement, { attempt: work.attempt, work })
    return
  }
  ctx.log.warn('action.attempt_failed', {
    action: action.id,
    attempt: work.attempt,
    code: settlement.code,
  })
  if (wait === undefined) {
    await settleAction(
      ctx,
      action.id,
      { kind: 'failed', code: settlement.code },
      { attempt: work.attempt, work },
    )
    return
  }
  await finishWork(ctx, work, [targetLock(action.targetKey)], async (tx) => {
    // Taken back while it was tried: no other attempt will be made, so nobody waits for one.
    const waitMs = (await reversalOf(tx, action)) === undefined ? wait : 0
    await retryWork(tx, work, ctx.clock.now() + waitMs, settlement.code)
    return { result: undefined, events: [], rings: ['act'] }
  })
}
