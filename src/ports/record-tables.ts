import type { ActionRecord } from '../core/action.ts'
import type { AppealRecord } from '../core/appeal.ts'
import type { BreakerRecord } from '../core/breaker.ts'
import type { CaseRecord } from '../core/case.ts'
import type { DecisionRecord } from '../core/decision.ts'
import type { EventRecord } from '../core/event.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { MessageRecord, QuestionRecord } from '../core/message.ts'
import type { OperatorRecord } from '../core/operator.ts'
import type { LeaveUpRecord } from '../core/leave-up.ts'
import type { GeneralAnswerRecord } from '../core/general-request.ts'
import type { PolicyRecord, PolicyUse } from '../core/policy.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import type { PosterNoticeRecord } from '../core/poster-notice.ts'
import type { PostponementRecord } from '../core/postponement.ts'
import type { ReadingRecord } from '../core/reading.ts'
import type { SampleRecord } from '../core/sample.ts'
import type { Diagnosis, RefusalCount } from '../core/refusal-count.ts'
import type { Sender, SenderKey } from '../core/sender.ts'
import type { SignalRecord } from '../core/signal.ts'
import type { Standard } from '../core/standard.ts'
import type { SubscriptionRecord, WorkRecord } from '../core/work.ts'

/** GCRA state of one sender in one band: `tat` is the theoretical arrival time in epoch ms. */
export interface SenderClockRecord {
  readonly senderId: string
  readonly band: number
  readonly tat: number
}

/** A token id that was used for an accepted message; kept until the token can't pass again. */
export interface TokenIdRecord {
  readonly senderId: string
  readonly jti: string
  readonly keepUntil: number
}

/** The answer of a command that was given a `commandId`, so that a retry gets the same one. */
export interface CommandRecord {
  readonly commandId: string
  readonly contentSha256: string
  /** JSON text. */
  readonly answer: string
  readonly at: number
}

/** Salt and stored bytes behind one commitment of one entry; erasing deletes the row. */
export interface SecretRecord {
  readonly leafHash: string
  readonly name: string
  /** 32 random bytes. */
  readonly salt: Uint8Array
  /** The committed bytes; `null` where nothing was committed. */
  readonly value: Uint8Array | null
}

export interface LedgerEntryRecord {
  readonly index: number
  /** base64url of the RFC 6962 leaf hash. */
  readonly leafHash: string
  readonly bytes: Uint8Array
}

/** One hash tile (C2SP tlog-tiles): `width` hashes of 32 bytes. The right-most one of a level grows. */
export interface LedgerTileRecord {
  readonly level: number
  readonly tile: number
  readonly width: number
  readonly hashes: Uint8Array
}

export interface LedgerStateRecord {
  /** Always `ledger`: there is one row. */
  readonly name: 'ledger'
  readonly size: number
  readonly root: Uint8Array
}

/** A signed checkpoint that an answer holds, or the periodic one. */
export interface CheckpointRecord {
  readonly size: number
  readonly root: Uint8Array
  /** The signed note, verbatim. */
  readonly note: string
  readonly at: number
}

/** 態様: a restriction that took effect, by what its item is counted by. */
export interface RestrictionRecord {
  readonly actionId: Id<'act'>
  readonly caseId: Id<'cas'>
  readonly targetKey: string
  /** Pseudonymous, as the platform gave it. */
  readonly account: string | null
  /** Of the content, keyed by the platform. */
  readonly digest: string | null
  readonly executedAt: number
}

/** A small fact of the installation, e.g. the log's origin or the schema's version. */
export interface SettingRecord {
  readonly name: string
  readonly value: string
}

/**
 * The setting of a store whose record was, or is being, moved to another one. Nothing may be added to it: there would
 * be two logs of one name that disagree.
 */
export const STORE_MOVED = 'store.moved'

/** Every table, by the shape of its rows. No text holds NUL: writing one throws. Primary keys: see {@link PRIMARY_KEYS}. */
export interface Tables {
  sender: Sender
  senderKey: SenderKey
  senderClock: SenderClockRecord
  tokenId: TokenIdRecord
  notice: NoticeRecord
  message: MessageRecord
  question: QuestionRecord
  case: CaseRecord
  decision: DecisionRecord
  action: ActionRecord
  restriction: RestrictionRecord
  outcome: OutcomeRecord
  delivery: DeliveryRecord
  posterNotice: PosterNoticeRecord
  postponement: PostponementRecord
  appeal: AppealRecord
  breaker: BreakerRecord
  event: EventRecord
  work: WorkRecord
  subscription: SubscriptionRecord
  standard: Standard
  generalAnswer: GeneralAnswerRecord
  leaveUp: LeaveUpRecord
  policy: PolicyRecord
  policyUse: PolicyUse
  signal: SignalRecord
  operator: OperatorRecord
  command: CommandRecord
  refusalCount: RefusalCount
  diagnosis: Diagnosis
  reading: ReadingRecord
  sample: SampleRecord
  secret: SecretRecord
  ledgerEntry: LedgerEntryRecord
  ledgerTile: LedgerTileRecord
  ledgerState: LedgerStateRecord
  checkpoint: CheckpointRecord
  setting: SettingRecord
}
export type TableName = keyof Tables

/**
 * Unique beside these: notice (senderId, senderNoticeId), message (senderId, senderMessageId), event (seq), ledgerEntry (leafHash), case
 * (targetKey, lane, form) while open and with its round always, action (idempotencyKey), operator
 * (tokenSha256).
 */
export const PRIMARY_KEYS = {
  sender: ['id'],
  senderKey: ['senderId', 'kid'],
  senderClock: ['senderId', 'band'],
  tokenId: ['senderId', 'jti'],
  notice: ['id'],
  message: ['id'],
  question: ['id'],
  case: ['id'],
  decision: ['id'],
  action: ['id'],
  restriction: ['actionId'],
  outcome: ['id'],
  delivery: ['id'],
  posterNotice: ['id'],
  postponement: ['id'],
  appeal: ['id'],
  breaker: ['senderId'],
  event: ['id'],
  work: ['id'],
  subscription: ['event', 'name'],
  standard: ['id', 'version'],
  generalAnswer: ['id'],
  leaveUp: ['id'],
  policy: ['id', 'version'],
  policyUse: ['id'],
  signal: ['id'],
  operator: ['id'],
  command: ['commandId'],
  refusalCount: ['hour', 'code'],
  diagnosis: ['senderId', 'slot'],
  reading: ['id'],
  sample: ['id'],
  secret: ['leafHash', 'name'],
  ledgerEntry: ['index'],
  ledgerTile: ['level', 'tile'],
  ledgerState: ['name'],
  checkpoint: ['size'],
  setting: ['name'],
} as const satisfies { [T in TableName]: readonly (keyof Tables[T])[] }

export type KeyOf<T extends TableName> = Pick<
  Tables[T],
  Extract<(typeof PRIMARY_KEYS)[T][number], keyof Tables[T]>
>

/** Columns that {@link Reader.find} can compare: text, numbers and null, never JSON or bytes. */
export type Where<T extends TableName> = Partial<Tables[T]>
