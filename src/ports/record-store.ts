import type { CaseRecord, CaseState } from '../core/case.ts'
import type { EventRecord, EventType } from '../core/event.ts'
import type { Lane } from '../core/vocabulary.ts'
import type { WorkKind, WorkRecord } from '../core/work.ts'
import type { KeyOf, LedgerEntryRecord, TableName, Tables, Where } from './record-tables.ts'

export interface Page<T extends TableName> {
  /** Ascending unless `descending`. Without it the order is that of the primary key. */
  readonly orderBy?: keyof Tables[T] & string
  readonly descending?: boolean
  /** Only rows whose `orderBy` column is beyond this value. */
  readonly after?: string | number
  /** 1–1,000; default 1,000. */
  readonly limit?: number
}

export interface HistoryQuery {
  readonly of: 'noticeId' | 'caseId'
  /** At most 128. */
  readonly ids: readonly string[]
  readonly types: readonly EventType[]
  /** The last `seq` that counts. */
  readonly upTo: number
}

/**
 * Reading. On {@link RecordStore.read} it sees what was committed; inside a transaction also the
 * transaction's own writes. Absent rows are `undefined`, never an error. Safe for concurrent use.
 */
export interface Reader {
  get<T extends TableName>(table: T, key: KeyOf<T>): Promise<Tables[T] | undefined>
  /** Rows equal in every given column. */
  find<T extends TableName>(table: T, where: Where<T>, page?: Page<T>): Promise<Tables[T][]>
  count<T extends TableName>(table: T, where: Where<T>): Promise<number>

  /** The people's queue: open cases in order (band, goalAt, position), smallest first. */
  queue(query: {
    readonly states: readonly CaseState[]
    /** `true`: those that wait for their senders, instead of those that wait for people. */
    readonly waiting?: boolean
    readonly lanes?: readonly Lane[]
    /** Cases of test notices and no others; absent: all but these. */
    readonly tests?: true
    readonly limit: number
    /** Only cases that are set aside at that time, or only the others; absent: both. */
    readonly hold?: { readonly is: 'on' | 'over'; readonly now: number }
    /** Only cases whose interim measure hasn't come to its end at that time. */
    readonly interimAt?: number
    /** Exclusive: the last case of the page before. */
    readonly after?: { readonly band: number; readonly goalAt: number; readonly position: number }
  }): Promise<CaseRecord[]>
  /** The one open case of a key, if any. */
  openCase(key: Pick<CaseRecord, 'targetKey' | 'lane' | 'form'>): Promise<CaseRecord | undefined>
  /** The case of a key with the highest round. */
  lastCase(key: Pick<CaseRecord, 'targetKey' | 'lane' | 'form'>): Promise<CaseRecord | undefined>
  /** Rows of a kind, of these groups where any are named, whose `nextAt` has come and that nobody holds. */
  dueWork(kind: WorkKind, now: number, limit: number, groups?: readonly string[]): Promise<number>
  /** The earliest `nextAt` of due rows of any kind that lies after `now`. */
  nextDueAt(now: number): Promise<number | undefined>
  /** Entries `from` ≤ index < `to`, in order. */
  ledgerEntries(from: number, to: number): Promise<LedgerEntryRecord[]>
  /** What happened to any of these notices, or in any of these cases, in order. */
  history(query: HistoryQuery): Promise<EventRecord[]>
  /** The greatest `event.seq`, 0 at first. */
  lastEventSeq(): Promise<number>
}

export interface ClaimQuery {
  readonly kind: WorkKind
  readonly now: number
  readonly leaseUntil: number
  /** Only these groups (named handlers of this process); absent: all. */
  readonly groups?: readonly string[]
}

/**
 * Writing, inside one transaction. A write that breaks a key throws {@link UniqueViolation} and leaves
 * the savepoint, not the transaction, to be rolled back.
 */
export interface Transaction extends Reader {
  /**
   * Locks what commands of this batch name, until the end of the transaction, in one global order, and
   * whether or not a row of that name is there. Nothing to do where there is one writer. A name
   * `work:ID` is that row of work itself, which {@link claimWork} then passes over.
   */
  lock(keys: readonly string[]): Promise<void>
  /** An event gets the next `seq` from the store; the `seq` of the row that is given is ignored. */
  insert<T extends TableName>(table: T, row: Tables[T]): Promise<void>
  /** Insert, or replace the row of the same primary key. */
  put<T extends TableName>(table: T, row: Tables[T]): Promise<void>
  /** Changes the given columns of one row. Returns whether the row was there. */
  update<T extends TableName>(table: T, key: KeyOf<T>, patch: Partial<Tables[T]>): Promise<boolean>
  delete<T extends TableName>(table: T, key: KeyOf<T>): Promise<boolean>
  /** Deletes token ids whose `keepUntil` has passed; at most 1,000 a call. */
  forgetTokenIds(now: number): Promise<void>
  /** Adds to a counter. */
  countRefusal(hour: number, code: string, by: number): Promise<void>
  /**
   * Takes the best due row of a kind: not leased, `nextAt` come, in order (band, goalAt, position),
   * no other row of its group leased, and for ordered kinds none of its group before it; sets
   * `attempt + 1` and the lease. Never returns the same row to two callers (skip locked).
   */
  claimWork(query: ClaimQuery): Promise<WorkRecord | undefined>
  /** Runs `body` in a savepoint: if it throws, its writes are gone and the transaction goes on. */
  savepoint<R>(body: () => Promise<R>): Promise<R>
}

/**
 * The record: the truth of everything (law 2).
 *
 * **Durability.** When {@link transact} returns, the writes are synced to disk. **Isolation.** Bodies
 * run one after the other per store object. **Unknown result.** If it isn't known whether COMMIT took
 * effect, {@link CommitUnknown} is thrown; the caller drops what it remembered and asks again.
 * **Others.** Where other processes write too, a transaction can be broken off by the store for their
 * sake: {@link TransactionAborted}; nothing of it stands, and it may be tried again.
 */
export interface RecordStore {
  readonly read: Reader
  transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R>
  /** Throws {@link StoreUnavailable} unless a write would be durable now. Settings are read back. */
  check(): Promise<void>
  close(): Promise<void>
}

/** A row with this key stands already. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation'
}

/** It isn't known whether the transaction took effect. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown'
}

/**
 * The store broke the transaction off, and nothing of it stands: two waited for each other, or it took
 * too long or waited too long for another one. Whatever its body caught, {@link RecordStore.transact}
 * throws this. The same may succeed when it is tried again.
 */
export class TransactionAborted extends Error {
  override readonly name = 'TransactionAborted'
  /** `deadlock`, `serialization`, `lock_timeout`, `statement_timeout`, `idle_timeout`. */
  readonly reason: string
  constructor(reason: string, options: ErrorOptions = {}) {
    super(`transaction aborted: ${reason}`, options)
    this.reason = reason
  }
}

/** The store can't be reached, is full, or is set so that a commit would not be durable. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  readonly reason: string
  /** The process that holds the store, where `reason` is `locked_by_other_process`. */
  readonly pid: number | undefined
  constructor(reason: string, options: ErrorOptions & { readonly pid?: number } = {}) {
    const remedy = reason === 'schema_behind' ? '; run: madoguchi db migrate' : ''
    super(`store unavailable: ${reason}${remedy}`, options)
    this.reason = reason
    this.pid = options.pid
  }
}
