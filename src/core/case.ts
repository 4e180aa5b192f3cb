import type { Id } from './ids.ts'
import type { SelfHarmPoster } from './poster-statement.ts'
import type { Trial } from './trial.ts'
import type { Form, Lane, LegalNature, OpenForm } from './vocabulary.ts'
import type { DecisionInput, DecidedBy, ReversalReason } from './decision.ts'

/**
 * 案件: the platform's work on one target under one procedure.
 *
 * | state             | meaning                                             | moved on by                    |
 * | ----------------- | --------------------------------------------------- | ------------------------------ |
 * | `new`             | machine steps under way (≤ 60 s)                    | intake, or the clock           |
 * | `ready`           | offered to people                                   | a decision                     |
 * | `awaiting_second` | a grave case has one opinion                        | a second person                |
 * | `disagreed`       | two people differ                                   | a lead who is neither of them  |
 * | `decided`         | decision recorded; actions may still run            | a decision after a failed action; a reversal |
 * | `reversing`       | decision taken back; its effects are being undone   | the last of its actions; after a failed one a person |
 * | `reversed`        | decision taken back, nothing of it left to undo     | stays so (判断を変更する), or is decided anew |
 * | `merged`          | its notices went to the case that `mergedInto` names | nothing                        |
 * | `withdrawn`       | all its notices were withdrawn before a decision    | nothing                        |
 *
 * A case is open until its decision is recorded or nothing is left to decide; later notices open round
 * n+1, linked. A decision that is taken back before it had any effect (取り消す) leaves nothing to undo: its
 * case is `ready` again, or, where a later round is open by then, `merged` into that one.
 *
 * Setting aside (保留にする) is no state: the case keeps its own, and is out of the queue until `holdUntil`,
 * or until anything happens to it.
 */
export const CASE_STATES = [
  'new',
  'ready',
  'awaiting_second',
  'disagreed',
  'decided',
  'reversing',
  'reversed',
  'merged',
  'withdrawn',
] as const
export type CaseState = (typeof CASE_STATES)[number]
export const OPEN_CASE_STATES = ['new', 'ready', 'awaiting_second', 'disagreed'] as const

/** Whether a case still waits for its decision, and takes notices. */
export function isOpen({ state }: { readonly state: CaseState }): boolean {
  return OPEN_CASE_STATES.some((open) => open === state)
}

/** Whether nothing can move it on any more, not even a flag. */
export function isOver({ state }: { readonly state: CaseState }): boolean {
  return state === 'merged' || state === 'withdrawn'
}

/** Something that a person must look at again. */
export type CaseFlag =
  | 'action_failed'
  | 'late_result'
  | 'only_observed'
  | 'notice_withdrawn'
  | 'notice_superseded'
  | 'notice_supplemented'
  | 'poster_not_told'
  | 'postponement_recheck'

export interface Opinion {
  readonly by: DecidedBy
  readonly at: number
  readonly input: DecisionInput
}

/** The class and category of the platform's own. */
export interface Reclassified {
  readonly class: OpenForm
  readonly category: string
}

/** What the platform takes an item for: as it came, unless a person re-classified it (law 6). */
export function classOf({ form, reclassified }: Pick<CaseRecord, 'form' | 'reclassified'>): Form {
  return reclassified?.class ?? form
}

/** One person wants a decision reversed that two have made; a second one is needed. */
export interface ReversalAsked {
  readonly by: DecidedBy
  readonly at: number
  readonly reason: ReversalReason
  readonly internalNote: string | null
}

export interface CaseRecord {
  readonly id: Id<'cas'>
  /** Of the target; an unresolved one has a key of its own. Never leaves the store. */
  readonly targetKey: string
  readonly lane: Lane
  readonly form: Form
  readonly category: string
  /** 区分の見直し: what the platform itself took the item for, apart from what the sender says (law 6). */
  readonly reclassified: Reclassified | null
  readonly nature: LegalNature
  /** Of all its notices. */
  readonly trial: Trial | null
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
  /** A person took it for a matter of life or body, whatever its notices are. */
  readonly band0Marked: boolean
  /** 補足待ち: since then every notice of it waits for its sender, and the case is offered to nobody. */
  readonly allPausedAt: number | null
  readonly openedAt: number
  readonly readyAt: number | null
  readonly claimedBy: string | null
  readonly claimUntil: number | null
  readonly opinions: readonly Opinion[]
  readonly flags: readonly CaseFlag[]
  readonly decisionId: Id<'dec'> | null
  /** 暫定措置: one was taken, once a round, and ends then at the latest. The case stays open by it. */
  readonly interimUntil: number | null
  readonly emergencyToldAt: number | null
  readonly assessedAt: number | null
  /** 保留: out of the people's queue until then. Nothing of it ever goes outward (law 21). */
  readonly holdUntil: number | null
  readonly holdReason: string | null
  readonly mergedInto: Id<'cas'> | null
  readonly reversalAsked: ReversalAsked | null
  /** What a person found the poster to be after; `null`: nobody said. */
  readonly selfHarm: SelfHarmPoster | null
}

/** What a case has to be put before people again: whatever happens to it ends a hold. */
export const NOT_HELD = { holdUntil: null, holdReason: null } as const

/** Whether a case is set aside now. */
export function isHeld({ holdUntil }: Pick<CaseRecord, 'holdUntil'>, now: number): boolean {
  return holdUntil !== null && now < holdUntil
}
