import type { ClaimedWork } from './work-rows.ts'
import type { NoticeRecord, Observation } from '../core/notice.ts'
import { RESOLVER_SCHEDULE } from '../core/retry-schedule.ts'
import { resolvedKey, unresolvedKey } from '../core/target-key.ts'
import { SECOND } from '../core/time.ts'
import type { Surface } from '../core/vocabulary.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { AppContext } from './context.ts'
import { dropWork, finishWork } from './finish-work.ts'
import { targetOf } from './item-of.ts'
import { attachNotice } from './attach-notice.ts'
import { readObservation, readTarget, type TargetAnswer } from './target-answers.ts'
import { TimedOut, withTimeout } from './with-timeout.ts'

const TIMEOUT_MS = 2 * SECOND

/** What intake found out about the target of a notice. */
export interface TargetFacts {
  /** One text for one item; a notice whose target isn't resolved has one of its own. */
  readonly targetKey: string
  readonly targetRef: unknown
  readonly targetAccount: string | null
  readonly surface: Surface | null
  readonly observation: Observation | null
  readonly observedAt: number | null
}

/** Resolves and observes the target of one notice, then opens or joins its case. */
export async function runIntake(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const notice = await ctx.read.get('notice', { id: work.subjectId as NoticeRecord['id'] })
  if (notice === undefined) return
  if (notice.state !== 'live') return finishWork(ctx, work, [], (tx) => dropWork(tx, work))
  await attachNotice(ctx, work, notice, await findTarget(ctx, notice))
}

/** Never throws: what the platform can't say in time is unknown, and a person goes on without it. */
async function findTarget(ctx: AppContext, notice: NoticeRecord): Promise<TargetFacts> {
  const resolved = await resolve(ctx, notice)
  if (resolved === undefined || resolved === null) return unresolved(notice)
  const { key, ref, account, surface } = resolved
  const observed = await observe(ctx, ref, surface)
  return {
    targetKey: resolvedKey(key, notice.trial),
    targetRef: ref,
    targetAccount: account,
    surface,
    observation: observed ?? null,
    observedAt: observed === undefined ? null : ctx.clock.now(),
  }
}

function unresolved(notice: NoticeRecord): TargetFacts {
  return {
    targetKey: unresolvedKey(notice.id, notice.trial),
    targetRef: null,
    targetAccount: null,
    surface: null,
    observation: null,
    observedAt: null,
  }
}

async function resolve(
  ctx: AppContext,
  notice: NoticeRecord,
): Promise<TargetAnswer | null | undefined> {
  const document = JSON.parse(new TextDecoder().decode(notice.body)) as NoticeDocument
  const { url } = targetOf(document) ?? {}
  if (url === undefined) return null
  return tryThrice(ctx, 'resolve', async (signal) =>
    readTarget(await ctx.platform.resolve({ url, signal })),
  )
}

/** Private surfaces are never looked at (M-05). */
async function observe(
  ctx: AppContext,
  ref: unknown,
  surface: Surface,
): Promise<Observation | undefined> {
  const look = ctx.platform.observe
  if (look === undefined || surface === 'private') return undefined
  return tryThrice(ctx, 'observe', async (signal) => readObservation(await look({ ref, signal })))
}

async function tryThrice<R>(
  { clock, log }: AppContext,
  what: 'resolve' | 'observe',
  call: (signal: AbortSignal) => Promise<R>,
): Promise<R | undefined> {
  for (const [tries, waitMs] of RESOLVER_SCHEDULE.entries()) {
    if (waitMs > 0) await new Promise<void>((resume) => clock.after(waitMs, resume))
    try {
      return await withTimeout(clock, TIMEOUT_MS, call)
    } catch (fault) {
      const code = fault instanceof TimedOut ? 'timed_out' : 'failed'
      log.warn('target.lookup_failed', { what, tries: tries + 1, code })
    }
  }
  return undefined
}
