import type { EventType } from '../core/event.ts'
import type { Id } from '../core/ids.ts'
import type { WorkKind } from '../core/work.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { SecretRecord } from '../ports/record-tables.ts'

/** Ledger entry made ready: its bytes are final, only its index is still open. */
export interface PreparedEntry {
  readonly bytes: Uint8Array
  /** base64url of the RFC 6962 leaf hash of `bytes`. */
  readonly leafHash: string
  readonly secrets: readonly SecretRecord[]
}

/** One thing that a command makes happen. */
export interface EventDraft {
  readonly type: EventType
  readonly at: number
  readonly noticeId?: Id<'ntc'>
  readonly caseId?: Id<'cas'>
  readonly decisionId?: Id<'dec'>
  /** Canonical JSON bytes: the full, erasable part. */
  readonly payload: Uint8Array
  /** For ledgered types, and only for them. */
  readonly entry?: PreparedEntry
  /** Writes what has to hold the entry's index. If it throws, the whole batch is tried again singly. */
  readonly indexed?: (tx: Transaction, index: number) => Promise<void>
}

/** What a command did: its answer, what happened, and the kinds of work that are due because of it. */
export interface Change<R> {
  readonly result: R
  readonly events: readonly EventDraft[]
  readonly rings?: readonly WorkKind[]
}

/**
 * One state change. `run` sees and writes the record in a savepoint of its own, awaits nothing else,
 * uses no private key, and may run more than once: only the last run counts. Throwing undoes it alone.
 */
export interface Command<R> {
  /** For logs. */
  readonly name: string
  /** What it holds in memory while it waits. */
  readonly bytes: number
  /** Rows that it reads and writes, as `table:key`, to be locked in one global order. */
  readonly locks: readonly string[]
  readonly run: (tx: Transaction) => Promise<Change<R>>
}

/** A change that was committed and synced. */
export interface Committed<R> {
  readonly result: R
  /** Leaf hash and index of each of its entries, in the order of its events. */
  readonly entries: readonly { readonly leafHash: string; readonly index: number }[]
  /** Size and root of the log after its batch. */
  readonly size: number
  readonly root: Uint8Array
}
