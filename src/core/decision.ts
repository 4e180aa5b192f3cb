import type { ActionKind } from './action-kind.ts'
import type { Id } from './ids.ts'
import type { MeasureTerms } from './measure-terms.ts'
import type { PolicyName } from './policy.ts'
import type { Trial } from './trial.ts'
import type {
  AwarenessCause,
  Bilingual,
  DecisionMode,
  LegalResultKind,
  Role,
  WeightGiven,
} from './vocabulary.ts'

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

export interface PlannedAction extends MeasureTerms {
  readonly kind: ActionKind
  /** Epoch ms; until then it can be taken back (undo window). */
  readonly notBefore?: number
  /** Epoch ms at which the measure ends by itself. */
  readonly endsAt?: number
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
  /** On the legal desk, and only there, what came of the order or the duty. */
  readonly legal?: LegalResult
}

/** 法務対応の結果: complied, contested or impossible; an order and a duty know no decline. */
export interface LegalResult {
  readonly result: LegalResultKind
  /** Which order, or which provision, as the platform files it. */
  readonly document: string
}

/** Why a person takes a decision back. Inside only: an outcome says that it was, never why (law 21). */
export const REVERSAL_REASONS = ['own_recheck', 'new_facts', 'mistake'] as const
/** `appeal`: somebody objected, and another person changed the decision. */
export type ReversalReason = (typeof REVERSAL_REASONS)[number] | 'appeal'

/** 判断; a reversal (判断の変更) is one too, and names the decision that it takes back. */
export interface DecisionRecord {
  readonly id: Id<'dec'>
  readonly caseId: Id<'cas'>
  readonly noticeIds: readonly Id<'ntc'>[]
  readonly mode: DecisionMode
  /** The standing policy that decided; nobody stands in `by` then. */
  readonly policy: PolicyName | null
  /** Of its case, or how the desk ran when it was made. */
  readonly trial: Trial | null
  readonly by: readonly DecidedBy[]
  readonly decidedAt: number
  readonly input: DecisionInput
  readonly leafHash: string
  readonly entryIndex: number
  /** The decision that this one replaces, after a failed action or a reversal. */
  readonly replaces: Id<'dec'> | null
  /** The decision that this one takes back; its actions are the counter-actions. */
  readonly reverses: Id<'dec'> | null
  readonly reversalReason: ReversalReason | null
  /** What senders were told last: nothing, that it is under review, or how it ended. */
  readonly reported: 'nothing' | 'under_review' | 'final'
}
