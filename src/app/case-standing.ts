import type { CaseRecord } from '../core/case.ts'
import { refusalError, type CaseAnswer } from './case-command.ts'

/** Where a case stands after a command; the words of its notices are for `readCase`. */
export type CaseStanding = Pick<
  CaseRecord,
  | 'id'
  | 'state'
  | 'version'
  | 'band'
  | 'goalAt'
  | 'claimedBy'
  | 'claimUntil'
  | 'holdUntil'
  | 'decisionId'
  | 'flags'
  | 'emergencyToldAt'
>

/** @throws MadoguchiError The refusal, where nothing changed. */
export function standingOf(answer: CaseAnswer): CaseStanding {
  if (!answer.ok) throw refusalError(answer.refusal)
  const record = answer.case
  return {
    id: record.id,
    state: record.state,
    version: record.version,
    band: record.band,
    goalAt: record.goalAt,
    claimedBy: record.claimedBy,
    claimUntil: record.claimUntil,
    holdUntil: record.holdUntil,
    decisionId: record.decisionId,
    flags: record.flags,
    emergencyToldAt: record.emergencyToldAt,
  }
}
