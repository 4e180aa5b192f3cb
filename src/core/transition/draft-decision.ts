import type { CaseRecord } from '../case.ts'
import { preventsTransmission, UNFORESEEN } from '../grounds.ts'
import type { CoreEvent } from './core-event.ts'
import type { DecideFacts } from './decide-case.ts'
import type { InterimEnd } from './interim.ts'
import type { DecisionDraft } from './result.ts'

type Drafted = Pick<DecisionDraft, 'by' | 'mode' | 'input'> & Partial<Pick<DecisionDraft, 'policy'>>

/** A decision before the ledger gave it a leaf. */
export function draftDecision(
  state: CaseRecord,
  { policy = null, by, mode, input }: Drafted,
  { at, decisionId, trial, attached }: DecideFacts,
): DecisionDraft {
  return {
    id: decisionId,
    caseId: state.id,
    noticeIds: attached.map(({ id }) => id),
    mode,
    policy,
    trial,
    by,
    decidedAt: at,
    input,
    replaces: state.decisionId,
    reverses: null,
    reversalReason: null,
    reported: 'nothing',
  }
}

/** A designated platform that prevented a transmission in an emergency has to change its standard (26条3項). */
export function changeDue(
  { id: caseId }: CaseRecord,
  { id: decisionId, decidedAt: at, trial, input: { ground, actions } }: DecisionDraft,
  { designated }: DecideFacts,
): readonly CoreEvent[] {
  const prevents = preventsTransmission(actions.map(({ kind }) => kind))
  if (!designated || !prevents || trial !== null || ground?.kind !== UNFORESEEN) return []
  const detail = { standard: ground.standard, version: ground.version }
  return [{ type: 'standard.change_due', at, caseId, noticeId: null, decisionId, detail }]
}

/** Says what was decided, and which interim measures that ends. */
export function decisionMade(
  { id: caseId, version }: CaseRecord,
  decision: DecisionDraft,
  ends: readonly InterimEnd[],
  { manner }: Pick<DecideFacts, 'manner'>,
): CoreEvent {
  const { id: decisionId, decidedAt: at, mode, policy, trial, by } = decision
  const { noticeIds, input, replaces } = decision
  const counted = manner === undefined ? {} : { manner }
  const detail = { version, mode, policy, trial, by, noticeIds, input, replaces, ends, ...counted }
  return { type: 'decision.made', at, caseId, noticeId: null, decisionId, detail }
}
