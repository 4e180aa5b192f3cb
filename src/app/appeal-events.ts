import type { AppealOpinion, AppealRecord } from '../core/appeal.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy, DecisionRecord } from '../core/decision.ts'
import { formatTime } from '../core/time.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent, plainEvent } from './record-event.ts'

/** What one person thinks of an objection that takes two. */
export function appealOpinion(
  { clock }: AppContext,
  { id, caseId, decisionId }: AppealRecord,
  { by, verdict, internalNote }: AppealOpinion,
): EventDraft {
  return plainEvent(
    'appeal.opinion_given',
    clock.now(),
    { caseId, decisionId },
    { v: 1, appeal: id, by: { ...by }, verdict, internal_note: internalNote },
  )
}

/** What came of an objection; its entry names the ones of the objection and of the decision (law 13). */
export function appealDecided(
  ctx: AppContext,
  appeal: AppealRecord,
  {
    record,
    decision,
    by,
  }: {
    readonly record: CaseRecord
    readonly decision: DecisionRecord
    readonly by: readonly DecidedBy[]
  },
): EventDraft {
  const { id, caseId, decisionId, state, receivedAt, reversalId, leafHash } = appeal
  const { form, lane, category, targetKey } = record
  const at = ctx.clock.now()
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'appeal.decided',
      at,
      caseId,
      decisionId,
      lane,
      pub: { form, lane, category },
      target: targetKey,
      payload: {
        v: 1,
        appeal: id,
        by: appeal.by,
        about: appeal.about,
        result: state,
        decided_by: by.map(({ operator, role }) => ({ operator, role })),
        received_at: formatTime(receivedAt),
        decided_at: formatTime(at),
        reversal: reversalId,
        previous: leafHash,
        refs: [decision.leafHash],
      },
    },
  )
}
