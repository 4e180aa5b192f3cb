import type { ActionRecord } from '../core/action.ts'
import { isSettled } from '../core/action.ts'
import { isId } from '../core/ids.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { reversalEnd } from '../core/reversal.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { draftOutcome, type OutcomeDraft } from './draft-outcome.ts'
import { dropWork, finishWork, redoWork } from './finish-work.ts'
import { issueOutcome } from './issue-outcome.ts'
import { outcomesLock, targetLock } from './locks.ts'
import { stillFollows } from './newest-outcome.ts'
import { reportAppeal } from './report-appeal.ts'
import { reportQuestion } from './report-question.ts'
import type { ClaimedWork } from './work-rows.ts'

/** Far enough that only a settled action brings it forward. */
export const NEVER_MS = 100 * 365 * 86_400_000

/**
 * Tells every sender of a decision what came of its notice: finally, once all actions are settled; or
 * `under_review` with the decided kinds, when that takes longer than the platform's patience. Or asks one
 * sender what the desk wants to know, or answers what one objected to.
 */
export async function runReport(ctx: AppContext, work: ClaimedWork): Promise<void> {
  if (isId('qst', work.subjectId)) return reportQuestion(ctx, work, work.subjectId)
  if (isId('apl', work.subjectId)) return reportAppeal(ctx, work, work.subjectId)
  const decision = await ctx.read.get('decision', { id: work.subjectId as DecisionRecord['id'] })
  if (decision === undefined) return finishWork(ctx, work, [], (tx) => dropWork(tx, work))
  const actions = await ctx.read.find('action', reportedActions(decision))
  const record = await ctx.read.get('case', { id: decision.caseId })
  const isFinal = isOver(decision, actions)
  const found = await Promise.all(
    decision.noticeIds.map((noticeId) => draftOutcome(ctx, decision, actions, noticeId, isFinal)),
  )
  const drafts = found.filter((draft) => draft !== undefined)
  const locks = drafts.map(({ outcome }) => outcomesLock(outcome.noticeId))
  await finishWork(ctx, work, [targetLock(record?.targetKey ?? ''), ...locks], async (tx) => {
    const isUnchanged = await stillAsRead(tx, decision, actions, drafts)
    // Something was settled or told meanwhile.
    return isUnchanged ? issue(ctx, tx, work, decision, drafts, isFinal) : redoWork(ctx, tx, work)
  })
  ctx.polls.tell(drafts.map(({ outcome }) => outcome.senderId))
}

/** A reversal is about everything that its case has done. */
function reportedActions({ id, caseId, reverses }: DecisionRecord): Partial<ActionRecord> {
  return reverses === null ? { decisionId: id } : { caseId }
}

function isOver({ reverses }: DecisionRecord, actions: readonly ActionRecord[]): boolean {
  if (reverses !== null) return reversalEnd(actions) !== 'open'
  return actions.every(({ state }) => isSettled(state) && state !== 'failed')
}

async function stillAsRead(
  tx: Transaction,
  decision: DecisionRecord,
  actions: readonly ActionRecord[],
  drafts: readonly OutcomeDraft[],
): Promise<boolean> {
  const now = await tx.get('decision', { id: decision.id })
  if (now?.reported !== decision.reported) return false
  for (const action of actions) {
    const row = await tx.get('action', { id: action.id })
    if (row?.state !== action.state) return false
  }
  for (const { outcome } of drafts) if (!(await stillFollows(tx, outcome))) return false
  return true
}

async function issue(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  decision: DecisionRecord,
  drafts: readonly OutcomeDraft[],
  isFinal: boolean,
): Promise<Change<undefined>> {
  const now = ctx.clock.now()
  await tx.update('decision', { id: decision.id }, { reported: isFinal ? 'final' : 'under_review' })
  if (isFinal) await tx.delete('work', { id: work.id })
  else await tx.update('work', { id: work.id }, { leaseUntil: null, nextAt: now + NEVER_MS })
  const events = drafts.map((draft) => issueOutcome(ctx, draft))
  return { result: undefined, events, rings: ['deliver'] }
}
