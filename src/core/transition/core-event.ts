import type { CaseFlag, CaseRecord, Reclassified } from '../case.ts'
import type { ActionKind } from '../action-kind.ts'
import type { DecidedBy, DecisionInput, ReversalReason } from '../decision.ts'
import type { Id } from '../ids.ts'
import type { MannerCounts } from '../manner.ts'
import type { OutwardText } from '../message.ts'
import type { SelfHarmPoster } from '../poster-statement.ts'
import type { PostponementReason } from '../postponement.ts'
import type { PolicyName } from '../policy.ts'
import type { Trial } from '../trial.ts'
import type { InterimEnd } from './interim.ts'
import type { DecisionMode, Form, InfluenceKind } from '../vocabulary.ts'

/** Whom one calls where life or body is in danger: police 110, fire and ambulance 119. */
export const EMERGENCY_SERVICES = ['110', '119'] as const
export type EmergencyService = (typeof EMERGENCY_SERVICES)[number]

/** What each event of a case says, in full: the erasable part. */
export interface CoreEventDetails {
  readonly 'case.opened': Pick<
    CaseRecord,
    | 'lane'
    | 'form'
    | 'category'
    | 'nature'
    | 'grave'
    | 'round'
    | 'previousCaseId'
    | 'band'
    | 'goalAt'
    | 'version'
  >
  readonly 'case.joined': {
    readonly version: number
    /** Opinions given before this notice came; they no longer count. */
    readonly opinionsDropped: number
  }
  /** A notice was withdrawn or superseded while the case was open. */
  readonly 'case.left': {
    readonly version: number
    readonly cause: 'withdrawn' | 'superseded'
    readonly opinionsDropped: number
  }
  readonly 'case.supplemented': {
    readonly version: number
    readonly message: Id<'msg'>
    readonly opinionsDropped: number
  }
  readonly 'case.reclassified': {
    readonly by: DecidedBy
    readonly version: number
    readonly from: { readonly class: Form; readonly category: string }
    readonly to: Reclassified
    readonly reason: string
    readonly opinionsDropped: number
  }
  readonly 'case.withdrawn': { readonly version: number }
  readonly 'information.requested': {
    readonly by: DecidedBy
    readonly question: Id<'qst'>
    readonly text: OutwardText
  }
  readonly 'case.ready': {
    readonly cause: 'machine_steps_done' | 'waited_long_enough' | 'decision_taken_back'
  }
  readonly 'case.merged': {
    readonly by: DecidedBy | null
    readonly from: Id<'cas'>
    readonly version: number
    readonly noticeIds: readonly Id<'ntc'>[]
    readonly opinionsDropped: number
  }
  readonly 'reversal.asked': {
    readonly version: number
    readonly by: DecidedBy
    readonly reason: ReversalReason
    readonly internalNote: string | null
  }
  readonly 'decision.reversed': {
    /** Of the case that was looked at. */
    readonly version: number
    readonly mode: DecisionMode
    readonly trial: Trial | null
    readonly by: readonly DecidedBy[]
    readonly noticeIds: readonly Id<'ntc'>[]
    readonly reverses: Id<'dec'>
    readonly reason: ReversalReason
    readonly internalNote: string | null
    readonly cancelled: readonly Id<'act'>[]
    readonly waitsFor: readonly Id<'act'>[]
    readonly counters: readonly {
      readonly kind: ActionKind
      readonly reverses: Id<'act'> | null
    }[]
  }
  readonly 'case.reversed': { readonly version: number }
  readonly 'case.claimed': {
    readonly by: DecidedBy
    readonly until: number
    readonly extended: boolean
  }
  readonly 'case.released': { readonly by: DecidedBy; readonly claimedBy: string | null }
  readonly 'case.handed_over': {
    readonly by: DecidedBy
    readonly to: DecidedBy
    readonly until: number
    readonly note: string | null
  }
  readonly 'case.held': {
    readonly by: DecidedBy
    readonly until: number
    readonly reason: string
  }
  readonly 'case.resumed': { readonly by: DecidedBy }
  readonly 'opinion.given': {
    readonly version: number
    readonly by: DecidedBy
    readonly input: DecisionInput
  }
  readonly 'decision.made': {
    /** Of the case that the decision covers. */
    readonly version: number
    readonly mode: DecisionMode
    readonly policy: PolicyName | null
    readonly trial: Trial | null
    readonly by: readonly DecidedBy[]
    readonly noticeIds: readonly Id<'ntc'>[]
    readonly input: DecisionInput
    readonly replaces: Id<'dec'> | null
    /** What was counted, where the ground is one of manner. */
    readonly manner?: MannerCounts
    /** Interim measures that it brings to an end. */
    readonly ends: readonly InterimEnd[]
  }
  readonly 'nature.assessed': {
    readonly by: DecidedBy
    readonly version: number
    readonly from: Pick<CaseRecord, 'nature' | 'lane'>
    readonly to: Pick<CaseRecord, 'nature' | 'lane'>
    readonly reason: string
    readonly document: string
    readonly opinionsDropped: number
  }
  /** 26条3項: what couldn't be foreseen is to be foreseen from now on. */
  readonly 'standard.change_due': { readonly standard: string; readonly version: string }
  /** A standing policy shows a person what it would choose; nothing is preselected by it. */
  readonly 'policy.proposed': { readonly policy: PolicyName; readonly version: number }
  readonly 'influence.noted': {
    readonly by: DecidedBy
    readonly kind: InfluenceKind
    readonly note: string | null
  }
  readonly 'emergency.told': {
    readonly by: DecidedBy
    readonly service: EmergencyService
    readonly note: string | null
  }
  readonly 'poster.assessed': {
    readonly by: DecidedBy
    readonly poster: SelfHarmPoster
    readonly version: number
    readonly opinionsDropped: number
  }
  readonly 'postponement.asked': {
    readonly by: DecidedBy
    readonly reason: PostponementReason
    readonly until: number
    readonly note: string | null
  }
  readonly 'poster.postponed': {
    readonly by: readonly DecidedBy[]
    readonly reason: PostponementReason
    readonly until: number
    readonly note: string | null
  }
  readonly 'postponement.ended': {
    readonly by: DecidedBy
    readonly reason: PostponementReason
    readonly until: number
  }
  readonly 'case.band0_marked': { readonly by: DecidedBy; readonly goalAt: number }
  readonly 'case.hidden': { readonly version: number }
  readonly 'case.flagged': { readonly flag: CaseFlag; readonly version: number }
}
export type CoreEventType = keyof CoreEventDetails

/** Something that {@link import('../transition.ts').transition} made happen, before it has an id and a place in the log. */
export type CoreEvent = {
  [T in CoreEventType]: {
    readonly type: T
    readonly at: number
    readonly caseId: Id<'cas'>
    readonly noticeId: Id<'ntc'> | null
    readonly decisionId: Id<'dec'> | null
    readonly detail: CoreEventDetails[T]
  }
}[CoreEventType]
