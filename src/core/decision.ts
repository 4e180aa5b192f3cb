import type { ActionKind } from './action-kind.ts'
import type { Id } from './ids.ts'
import type { AwarenessCause, Bilingual, DecisionMode, Role, WeightGiven } from './vocabulary.ts'

/** 判断担当: a person of the desk, by pseudonym. */
export interface DecidedBy {
  readonly operator: string
  readonly role: Role
}

/** 判断の根拠: the platform's own reason, a clause of its own standard in force. */
export interface Ground {
  /** Open list: `published_standard_clause`, `tos_clause`, `illegal_own_assessment` … */
  readonly kind: string
  readonly standard: string
  readonly version: string
  readonly clause: string
  readonly provisions?: readonly string[]
}

export interface PlannedAction {
  readonly kind: ActionKind
  /** Epoch ms; until then it can be taken back (undo window). */
  readonly notBefore?: number
}

/**
 * A decision as a person puts it in. An empty set of actions is a decline, and costs no more than a
 * measure (law 5). `alreadyGone` records that nothing was left to decide and needs no ground.
 */
export interface DecisionInput {
  readonly actions: readonly PlannedAction[]
  readonly alreadyGone: boolean
  readonly ground: Ground | null
  readonly awarenessCause: AwarenessCause
  readonly weightGiven: WeightGiven
  /** 通知元の判断: what the sender found, in the decider's words; apart from the ground. */
  readonly senderFinding: string | null
  /** Internal (M-09). */
  readonly contextConsidered: string | null
  /** Open list; `null` with a measure, else at least `unspecified`. */
  readonly declineReason: string | null
  readonly publicNote: Bilingual | null
  readonly internalNote: string | null
}

export interface DecisionRecord {
  readonly id: Id<'dec'>
  readonly caseId: Id<'cas'>
  readonly noticeIds: readonly Id<'ntc'>[]
  readonly mode: DecisionMode
  readonly by: readonly DecidedBy[]
  readonly decidedAt: number
  readonly input: DecisionInput
  readonly leafHash: string
  readonly entryIndex: number
  /** The decision that this one replaces after a failed action. */
  readonly replaces: Id<'dec'> | null
  /** 0 before the first outcomes of this decision, then the number of rounds of outcomes issued. */
  readonly reported: 'nothing' | 'under_review' | 'final'
}
