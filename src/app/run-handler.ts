import { HANDLER_SCHEDULE } from '../core/retry-schedule.ts'
import { SECOND } from '../core/time.ts'
import { PermanentFailure } from '../ports/platform.ts'
import type { AppContext } from './context.ts'
import { finishWork } from './finish-work.ts'
import type { HandlerCall } from './handlers.ts'
import { noticeFacts } from './notice-facts.ts'
import { buryWork, retryWork, waitAfter, type ClaimedWork } from './work-rows.ts'
import { TimedOut, withTimeout } from './with-timeout.ts'

const TIMEOUT_MS = 30 * SECOND

/** Calls one named handler for one event. */
export async function runHandler(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const handler = work.groupKey === null ? undefined : ctx.handlers.find(work.groupKey)
  if (handler === undefined) return
  const code = await withTimeout(ctx.clock, TIMEOUT_MS, async (signal) =>
    handler(await callFor(ctx, work, signal)),
  ).then(() => undefined, codeOf)
  if (code !== undefined)
    ctx.log.warn('handler.failed', { work: work.id, attempt: work.attempt, code })
  await finishWork(ctx, work, [], async (tx) => {
    const wait = waitAfter(ctx.random, HANDLER_SCHEDULE, work.attempt)
    if (code === undefined) await tx.delete('work', { id: work.id })
    else if (wait === undefined || code === 'permanent') await buryWork(tx, work, code)
    else await retryWork(tx, work, ctx.clock.now() + wait, code)
    return { result: undefined, events: [], rings: ['handle'] }
  })
}

/** A handler's own message may hold anything, so only the kind of failure is kept. */
function codeOf(fault: unknown): string {
  if (fault instanceof PermanentFailure) return 'permanent'
  return fault instanceof TimedOut ? 'timed_out' : 'threw'
}

async function callFor(
  ctx: AppContext,
  work: ClaimedWork,
  signal: AbortSignal,
): Promise<HandlerCall> {
  const [event] = await ctx.read.find(
    'event',
    { id: work.subjectId as `evt_${string}` },
    { limit: 1 },
  )
  if (event === undefined) throw new PermanentFailure('event_missing')
  const notice =
    event.noticeId === null ? undefined : await ctx.read.get('notice', { id: event.noticeId })
  return {
    event: { id: event.id, type: event.type, at: event.at },
    notice: notice === undefined ? null : noticeFacts(notice),
    caseId: event.caseId,
    decisionId: event.decisionId,
    attempt: work.attempt,
    signal,
  }
}
