import type { AppealRecord } from '../core/appeal.ts'
import { isOpen, type CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { MAX_MESSAGES } from '../core/message.ts'
import { helpFirst, isToldToPoster } from '../core/poster-statement.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'

/** A case with the decision that stands on it. */
export interface Standing {
  readonly record: CaseRecord
  readonly decision: DecisionRecord
}

/**
 * Also an interim one, while the case waits for its decision: whoever decides then sees the objection.
 *
 * @throws MadoguchiError `nothing_to_appeal` where no decision stands on the case.
 */
export async function standingDecision(
  tx: Transaction,
  caseId: Id<'cas'> | null,
): Promise<Standing> {
  const record = caseId === null ? undefined : await tx.get('case', { id: caseId })
  const isTaken = record !== undefined && (record.state === 'decided' || isOpen(record))
  const id = isTaken ? record.decisionId : null
  const decision = id === null ? undefined : await tx.get('decision', { id })
  const stands = decision?.reverses === null && decision.trial === null
  if (record === undefined || decision === undefined || !stands)
    throw new MadoguchiError('nothing_to_appeal')
  return { record, decision }
}

/**
 * Whether its poster may object to a decision: it takes measures on the item or account. Once, but that
 * who may be seeking help can write again.
 *
 * @throws MadoguchiError `nothing_to_appeal`, `appealed_before`.
 */
export async function requirePosterMay(
  tx: Transaction,
  { record, decision }: Standing,
): Promise<void> {
  if (!decision.input.actions.some(({ kind }) => isToldToPoster(kind)))
    throw new MadoguchiError('nothing_to_appeal')
  const before = await tx.count('appeal', { decisionId: decision.id, by: 'poster' })
  if (before >= (helpFirst(record) ? MAX_MESSAGES : 1)) throw new MadoguchiError('appealed_before')
}

/**
 * Whether a sender may object to what it was told about its notice: a final outcome, once.
 *
 * @throws MadoguchiError `nothing_to_appeal`, `appealed_before`.
 */
export async function requireSenderMay(
  tx: Transaction,
  { decision }: Standing,
  noticeId: Id<'ntc'>,
): Promise<void> {
  if (decision.reported !== 'final' || !decision.noticeIds.includes(noticeId))
    throw new MadoguchiError('nothing_to_appeal')
  const before = await tx.count('appeal', { decisionId: decision.id, noticeId })
  if (before > 0) throw new MadoguchiError('appealed_before')
}

type Given = Pick<
  AppealRecord,
  'id' | 'by' | 'noticeId' | 'messageId' | 'about' | 'text' | 'receivedAt' | 'leafHash'
>

/** An objection as it begins: it waits for people, first of all that of somebody who may be in distress. */
export function newAppeal({ record, decision }: Standing, given: Given): AppealRecord {
  return {
    ...given,
    caseId: record.id,
    decisionId: decision.id,
    state: 'open',
    band: given.by === 'poster' && helpFirst(record) ? 0 : 1,
    opinions: [],
    decidedAt: null,
    words: null,
    reversalId: null,
    entryIndex: -1,
  }
}
