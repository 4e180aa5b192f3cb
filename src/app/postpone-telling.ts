import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { PostponementReason } from '../core/postponement.ts'
import type { PostponeInput } from '../core/transition/postpone-telling.ts'
import type { Transitioned } from '../core/transition/result.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import { caseEvent } from './case-events.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { clearFlag } from './end-telling.ts'
import { wake } from './plan-poster-notice.ts'
import { postponeFacts } from './postponements.ts'

export interface PostponeRequest {
  readonly commandId: string
  readonly reason: PostponementReason
  /** Epoch ms. */
  readonly until: number
  readonly note: string | null
}

/**
 * 発信者への通知を延期する: asks for it, or, as the second person, decides on it. It holds for everything
 * about the item of the case, whichever case it comes from.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export function postponeTelling(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, ...request }: PostponeRequest,
): Promise<CaseAnswer> {
  const input = { by, ...request }
  return commandCase(ctx, {
    name: 'poster.postpone',
    caseId,
    once: { commandId, content: { command: 'postpone', caseId, ...input } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'postpone', ...input },
        await postponeFacts(tx, state.targetKey, ctx.clock.now()),
      ),
    write: (tx, done) => record(ctx, tx, done, input),
  })
}

/**
 * 延期を終える: what was put off is told now, saying that it was.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export function endPostponement(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId }: Pick<PostponeRequest, 'commandId'>,
): Promise<CaseAnswer> {
  return commandCase(ctx, {
    name: 'poster.end_postponement',
    caseId,
    once: { commandId, content: { command: 'end_postponement', caseId, by } },
    change: async (state, tx) =>
      transition(
        state,
        { type: 'end_postponement', by },
        await postponeFacts(tx, state.targetKey, ctx.clock.now()),
      ),
    write: async (tx, done) => {
      await endActive(ctx, tx, done.next)
      return eventsOf(ctx, done)
    },
  })
}

async function record(
  ctx: AppContext,
  tx: Transaction,
  done: Transitioned,
  { by, reason, until, note }: PostponeInput,
): Promise<Change<undefined>> {
  const { next } = done
  const { targetKey } = next
  const at = ctx.clock.now()
  const { asked } = await postponeFacts(tx, targetKey, at)
  if (done.events.some(({ type }) => type === 'poster.postponed') && asked !== null) {
    await endActive(ctx, tx, next)
    const decided = { state: 'active', by: [...asked.by, by], decidedAt: at } as const
    await tx.update('postponement', { id: asked.id }, { ...decided, note: note ?? asked.note })
    return eventsOf(ctx, done)
  }
  for (const { id } of await tx.find('postponement', { targetKey, state: 'asked' }))
    await tx.update('postponement', { id }, { state: 'ended', endedAt: at })
  await tx.insert('postponement', {
    id: ctx.random.id('ppn'),
    caseId: next.id,
    targetKey,
    state: 'asked',
    reason,
    until,
    by: [by],
    askedAt: at,
    decidedAt: null,
    endedAt: null,
    note,
  })
  return eventsOf(ctx, done)
}

/** Whatever was put off is looked at again: told, or put off until the new date. */
async function endActive(
  ctx: AppContext,
  tx: Transaction,
  { targetKey }: CaseRecord,
): Promise<void> {
  const now = ctx.clock.now()
  for (const { id } of await tx.find('postponement', { targetKey, state: 'active' }))
    await tx.update('postponement', { id }, { state: 'ended', endedAt: now })
  for (const notice of await tx.find('posterNotice', { targetKey, state: 'postponed' })) {
    await wake(tx, notice.id, now)
    await clearFlag(tx, notice.caseId, 'postponement_recheck')
  }
}

function eventsOf(ctx: AppContext, { next, events }: Transitioned): Change<undefined> {
  const drafts = events.map((event) => caseEvent(ctx, next, event))
  return { result: undefined, events: drafts, rings: ['tell'] }
}
