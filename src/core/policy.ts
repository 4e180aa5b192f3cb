import type { ActionKind } from './action-kind.ts'
import type { DecidedBy, Ground } from './decision.ts'
import type { Id } from './ids.ts'
import type { LabelBasis, MeasureTerms } from './measure-terms.ts'
import type { Bilingual, Form } from './vocabulary.ts'

/**
 * 事前方針: a rule that the platform adopted earlier; the only way to decide without a person.
 *
 * | state     | meaning                                       | moved on by                               |
 * | --------- | --------------------------------------------- | ----------------------------------------- |
 * | `draft`   | written or imported; never used               | a person adopts it                        |
 * | `adopted` | proposed to a second person; never used       | a second person activates it              |
 * | `active`  | used on what arrives afterwards               | retiring it; activating a later version   |
 * | `retired` | used no more; what was decided by it stands   | nothing                                   |
 */
export const POLICY_STATES = ['draft', 'adopted', 'active', 'retired'] as const
export type PolicyState = (typeof POLICY_STATES)[number]

/** Signals that the platform itself observes. */
export const POLICY_SIGNALS = ['police_warning'] as const
export type PolicySignal = (typeof POLICY_SIGNALS)[number]

/**
 * 条件: all that are named must hold; `null` asks nothing. Facts only: neither who sent a notice, nor its
 * tier, nor a person (law 3).
 */
export interface PolicyConditions {
  readonly forms: readonly Form[]
  readonly categories: readonly string[] | null
  readonly senderTypes: readonly string[] | null
  readonly surfaces: readonly ('public' | 'limited')[] | null
  /** Words of the platform's own `observe`. */
  readonly observed: readonly string[] | null
  readonly manners: readonly string[] | null
  readonly signal: PolicySignal | null
}

export interface PolicyMeasure extends Pick<MeasureTerms, 'template'> {
  readonly kind: ActionKind
  /** How long it lasts; `null`: until a person ends it. */
  readonly hours: number | null
  /** A sender's claim needs a person. */
  readonly labelBasis?: Exclude<LabelBasis, 'sender_claim'>
}

/** 効果. `propose` moves nothing, `measures` decides, `interim` acts for a day and decides nothing. */
export interface PolicyEffect {
  readonly kind: 'propose' | 'measures' | 'interim'
  readonly measures: readonly PolicyMeasure[]
}

/** What the platform writes down; everything else of a policy is what became of it. */
export interface PolicyRule {
  readonly id: string
  readonly title: Bilingual
  readonly when: PolicyConditions
  readonly effect: PolicyEffect
  readonly ground: Ground | null
  /** Of a hundred uses, how many a person looks at afterwards. */
  readonly reviewPercent: number
  /** The general request that prompted it, if one did (M-29). */
  readonly promptedBy: string | null
}

/** One version. It is never edited. */
export interface PolicyRecord extends PolicyRule {
  readonly version: number
  readonly state: PolicyState
  readonly imported: boolean
  readonly createdAt: number
  readonly adoptedBy: DecidedBy | null
  readonly adoptedAt: number | null
  readonly activatedBy: DecidedBy | null
  readonly activatedAt: number | null
  /** Place of its activation in the log: it is used on nothing that arrived before (law 4). */
  readonly activeIndex: number | null
  /** Draws which uses are looked at afterwards; made when it is activated, and kept in the log. */
  readonly reviewSeed: string | null
  readonly retiredAt: number | null
}

/** A version by its name. */
export type PolicyName = Pick<PolicyRecord, 'id' | 'version'>

/**
 * 事後の確認: what a person found who looked at a use afterwards. What was wrong is reversed in the usual
 * way.
 */
export const REVIEW_FINDINGS = ['confirmed', 'not_confirmed'] as const
export type ReviewFinding = (typeof REVIEW_FINDINGS)[number]

/** 適用: a version was used on a case. */
export interface PolicyUse {
  readonly id: Id<'use'>
  readonly policyId: string
  readonly version: number
  readonly caseId: Id<'cas'>
  readonly effect: PolicyEffect['kind']
  /** `null`: it was only proposed. */
  readonly decisionId: Id<'dec'> | null
  readonly usedAt: number
  /** `none`: not drawn; `due`: drawn, nobody looked yet. */
  readonly review: 'none' | 'due' | ReviewFinding
  readonly reviewedBy: DecidedBy | null
  readonly reviewedAt: number | null
}

/** The longest that an interim measure lasts (law 19). */
export const MAX_INTERIM_HOURS = 24
/** The longest that a police-warning label lasts (law 9). */
export const MAX_POLICE_LABEL_HOURS = 30 * 24
