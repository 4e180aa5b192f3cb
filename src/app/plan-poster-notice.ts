import type { ActionRecord } from '../core/action.ts'
import type { AppealRecord } from '../core/appeal.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import type { PosterNoticeKind, PosterNoticeRecord } from '../core/poster-notice.ts'
import { isToldToPoster } from '../core/poster-statement.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'
import { posterEffects } from './poster-effects.ts'
import { newWork, workOf } from './work-rows.ts'
import { NEVER_MS } from './run-report.ts'

interface Plan {
  readonly kind: PosterNoticeKind
  readonly decisionId: Id<'dec'>
  /** Epoch ms. */
  readonly nextAt: number
  readonly appeal?: Pick<AppealRecord, 'id'>
}

/** Writes that the poster is to be told something, and the work of telling. */
export async function planPosterNotice(
  { clock, random }: AppContext,
  tx: Transaction,
  record: Pick<CaseRecord, 'id' | 'targetKey' | 'band' | 'goalAt' | 'position'>,
  { kind, decisionId, nextAt, appeal }: Plan,
): Promise<void> {
  const { id: caseId, targetKey, band, goalAt, position } = record
  const notice: PosterNoticeRecord = {
    id: random.id('pnt'),
    caseId,
    decisionId,
    targetKey,
    kind,
    state: 'due',
    createdAt: clock.now(),
    actionIds: [],
    appealId: appeal?.id ?? null,
    text: null,
    statement: null,
    attempt: 0,
    toldAt: null,
    toldBy: null,
    failureCode: null,
    postponedFor: null,
  }
  await tx.insert('posterNotice', notice)
  const place = { groupKey: targetKey, band, goalAt, position }
  await tx.insert('work', newWork(random, { kind: 'tell', subjectId: notice.id, nextAt, ...place }))
}

/**
 * A decision that takes measures on an item or account tells its poster, once these have taken effect;
 * of a decline there is nothing to tell, and nothing on trial is told.
 */
export async function planReasons(
  ctx: AppContext,
  tx: Transaction,
  record: CaseRecord,
  { id: decisionId, trial, input }: DecisionRecord,
): Promise<void> {
  if (trial !== null || !input.actions.some(({ kind }) => isToldToPoster(kind))) return
  const nextAt = ctx.clock.now() + NEVER_MS
  await planPosterNotice(ctx, tx, record, { kind: 'measures', decisionId, nextAt })
}

/** What follows for the poster from how an action went; a counter-action that took effect is told too. */
export async function followForPoster(
  ctx: AppContext,
  tx: Transaction,
  { decisionId, caseId, reverses, state }: ActionRecord,
): Promise<void> {
  const now = ctx.clock.now()
  const due = await wakeOrDrop(tx, decisionId, now)
  if (reverses === null || state !== 'executed' || due.some(({ kind }) => kind === 'restored'))
    return
  const original = await tx.get('action', { id: reverses })
  const decision = await tx.get('decision', { id: decisionId })
  const record = await tx.get('case', { id: caseId })
  if (original === undefined || !isToldToPoster(original.kind)) return
  if (decision?.trial !== null || record === undefined) return
  await planPosterNotice(ctx, tx, record, { kind: 'restored', decisionId, nextAt: now })
}

/**
 * What is to be told of a decision is looked at now; where nothing took effect, and nothing of it can any
 * more, there is nothing to tell.
 */
export async function wakeOrDrop(
  tx: Transaction,
  decisionId: Id<'dec'>,
  now: number,
): Promise<PosterNoticeRecord[]> {
  const due = await tx.find('posterNotice', { decisionId, state: 'due' })
  for (const notice of due) {
    const { actionIds, isOpen } = await posterEffects(tx, notice)
    if (notice.kind === 'appeal_answer' || isOpen || actionIds.length > 0)
      await wake(tx, notice.id, now)
    else await dropNotice(tx, notice.id)
  }
  return due
}

async function dropNotice(tx: Transaction, id: Id<'pnt'>): Promise<void> {
  await tx.update('posterNotice', { id }, { state: 'dropped' })
  const work = await workOf(tx, 'tell', id)
  if (work !== undefined) await tx.delete('work', { id: work.id })
}

/** Its work is due now. */
export async function wake(tx: Transaction, id: Id<'pnt'>, now: number): Promise<void> {
  const work = await workOf(tx, 'tell', id)
  if (work !== undefined) await tx.update('work', { id: work.id }, { nextAt: now })
}
