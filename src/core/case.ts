import type { Id } from './ids.ts'
import type { Form, Lane, LegalNature } from './vocabulary.ts'
import type { DecisionInput, DecidedBy } from './decision.ts'

/**
 * 案件: the platform's work on one target under one procedure.
 *
 * | state             | meaning                                             | moved on by                    |
 * | ----------------- | --------------------------------------------------- | ------------------------------ |
 * | `new`             | machine steps under way (≤ 60 s)                    | intake, or the clock           |
 * | `ready`           | offered to people                                   | a decision                     |
 * | `awaiting_second` | a grave case has one opinion                        | a second person                |
 * | `disagreed`       | two people differ                                   | a lead who is neither of them  |
 * | `decided`         | decision recorded; actions may still run            | a decision after a failed action |
 *
 * A case is open until its decision is recorded; later notices open round n+1, linked.
 */
export const CASE_STATES = ['new', 'ready', 'awaiting_second', 'disagreed', 'decided'] as const
export type CaseState = (typeof CASE_STATES)[number]
export const OPEN_CASE_STATES = ['new', 'ready', 'awaiting_second', 'disagreed'] as const

/** Something that a person must look at again. */
export type CaseFlag = 'action_failed' | 'late_result'

export interface Opinion {
  readonly by: DecidedBy
  readonly at: number
  readonly input: DecisionInput
}

export interface CaseRecord {
  readonly id: Id<'cas'>
  /** Of the target; an unresolved one has a key of its own. Never leaves the store. */
  readonly targetKey: string
  readonly lane: Lane
  readonly form: Form
  readonly category: string
  readonly nature: LegalNature
  readonly grave: boolean
  readonly noView: boolean
  readonly round: number
  readonly previousCaseId: Id<'cas'> | null
  readonly state: CaseState
  /** Grows with every change that a decision must have seen. */
  readonly version: number
  readonly band: 0 | 1
  readonly goalAt: number
  readonly position: number
  readonly openedAt: number
  readonly readyAt: number | null
  readonly claimedBy: string | null
  readonly claimUntil: number | null
  readonly opinions: readonly Opinion[]
  readonly flags: readonly CaseFlag[]
  readonly decisionId: Id<'dec'> | null
  readonly emergencyToldAt: number | null
  readonly assessedAt: number | null
}
