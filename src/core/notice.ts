import type { SenderCriteria } from './accreditation.ts'
import type { AgencyFacts } from './agency.ts'
import type { Id } from './ids.ts'
import type { LetterFacts } from './letter.ts'
import type { SuppliedManner } from './manner.ts'
import type { Trial } from './trial.ts'
import type { Form, Lane, LegalNature, Surface, Tier } from './vocabulary.ts'

/**
 * A notice is known in stages, and each stage is a type of its own:
 *
 * | type                | what is known                                        | who makes it      |
 * | ------------------- | ---------------------------------------------------- | ----------------- |
 * | `InboundNotice`     | bytes and headers that arrived                        | `http/raw-body`   |
 * | `VerifiedRequest`   | who signed them, for us, now, for this URL            | `verifyRequest`   |
 * | `SignedNotice`      | accepted: stored, ordered, in the ledger              | the committer     |
 * | `TranscribedNotice` | the same of a letter that a person of the desk typed  | the committer     |
 */
export interface InboundNotice {
  readonly method: string
  /** Absolute URL that was called, from configuration and path; without query. */
  readonly url: string
  readonly body: Uint8Array
  /** The compact JWS from `Authorization: Bearer` or `Madoguchi-Signature`. */
  readonly token: string
  /** `cty` to be found in the token; absent on GET. */
  readonly contentType: string | undefined
}

/** 対応順: why a notice stands where it stands. Stored at receipt, never recomputed. */
export interface OrderExplanation {
  readonly band: 0 | 1
  readonly tier: Tier
  readonly slotAt: number
  readonly ownGoalMs: number
  readonly goalAt: number
  /** `category` by the platform's table, or `person`. */
  readonly bandReason: 'table' | 'person' | 'none' | 'outside_scope' | 'over_band0_rate'
  /** The category isn't in the scope that was agreed with the sender: no better goal than an ordinary one. */
  readonly outsideScope?: true
  /** What its sender took to answer questions, in ms; part of `goalAt`. Absent: nothing was asked. */
  readonly pausedMs?: number
}

export type DoubleCheck = 'two_people' | 'same_name' | 'missing' | 'not_applicable'

/** What the platform saw of the item. `by` stays inside (law 21). */
export interface Observation {
  readonly state: 'present' | 'gone' | 'unknown'
  readonly since?: number
  readonly by?: string
  /** Of the content, keyed by the platform: a plain one would tell who has the same file (law 11). */
  readonly digest?: string
  /** How it was posted, by the platform's own records; detected by nobody here. */
  readonly manner?: readonly SuppliedManner[]
  /** Words of the platform's own for what it found on the item itself; standing policies may name them. */
  readonly facts?: readonly string[]
}

/**
 * 差替え・取下げ: whether a notice still speaks for its sender. One that doesn't counts for no open case; a
 * case that was decided before stays as it was decided.
 */
export const NOTICE_STATES = ['live', 'superseded', 'withdrawn'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** What every accepted notice has, however sure it is who sent it. */
interface AcceptedNotice {
  readonly id: Id<'ntc'>
  readonly senderId: string
  readonly senderNoticeId: string
  readonly form: Form
  readonly category: string
  readonly lane: Lane
  readonly nature: LegalNature
  /** When a person took it for another nature than it came with; a revision of it keeps that. */
  readonly natureAssessedAt: number | null
  /** What a body of the state said on a form of its own; `null` on the others. */
  readonly agency: AgencyFacts | null
  /** Said in the signed body, or how the desk ran at receipt. */
  readonly trial: Trial | null
  readonly referenceNo: string | null
  readonly issuedOn: string
  readonly receivedAt: number
  /** Exactly the bytes that were signed or typed in; the notice is parsed from them when it is read. */
  readonly body: Uint8Array
  readonly bodySha256: string
  readonly doubleCheck: DoubleCheck
  /** The sender's own criteria that were in force at receipt (M-07). */
  readonly senderCriteria: SenderCriteria | null
  readonly order: OrderExplanation
  readonly receiptId: Id<'rcp'>
  readonly leafHash: string
  readonly entryIndex: number
  /** Filled by intake. */
  readonly caseId: Id<'cas'> | null
  /** Version of the case with which this notice came to it. */
  readonly caseVersion: number | null
  /** The platform's own reference of the item, opaque to us; `null`: not resolved. */
  readonly targetRef: unknown
  readonly targetAccount: string | null
  readonly surface: Surface | null
  readonly observation: Observation | null
  readonly observedAt: number | null
  readonly firstViewedAt: number | null
  readonly state: NoticeState
  /** 1, then one more for each notice that superseded the one before. */
  readonly revision: number
  /** Ledger index of the first revision: its place among equals, which the later ones keep. */
  readonly position: number
  readonly supersedes: Id<'ntc'> | null
  readonly supersededBy: Id<'ntc'> | null
  /** 補足待ち since then; the case doesn't wait with it. */
  readonly pausedAt: number | null
  /** Version with which it left its open case; `null`: it counts for the case that it is attached to. */
  readonly leftVersion: number | null
}

/** A notice whose sender is known by its signature. */
export interface SignedNotice extends AcceptedNotice {
  readonly assurance: 'signed'
  /** The accepted signature material, verbatim. */
  readonly token: string
  readonly kid: string
  readonly profile: 'mdg-jwt-1'
  /** Compact JWS. */
  readonly receipt: string
  readonly letter: null
}

/** 書面（手入力）: nothing proves who sent it but the word of whoever typed it in. */
export interface TranscribedNotice extends AcceptedNotice {
  readonly assurance: 'transcribed'
  readonly token: null
  readonly kid: null
  readonly profile: null
  readonly receipt: null
  readonly letter: LetterFacts
}

/** An accepted notice. Assurance changes what is shown and how it is answered, and nothing else. */
export type NoticeRecord = SignedNotice | TranscribedNotice

/** What an accepted notice begins with: intake found nothing yet, and nothing came after it. */
export const NEWLY_ACCEPTED = {
  caseId: null,
  caseVersion: null,
  targetRef: null,
  targetAccount: null,
  surface: null,
  observation: null,
  observedAt: null,
  firstViewedAt: null,
  state: 'live',
  revision: 1,
  supersedes: null,
  supersededBy: null,
  pausedAt: null,
  leftVersion: null,
  natureAssessedAt: null,
} as const
