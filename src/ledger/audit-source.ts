import type { Reader } from '../ports/record-store.ts'
import type {
  CheckpointRecord,
  LedgerEntryRecord,
  LedgerStateRecord,
  LedgerTileRecord,
  SecretRecord,
} from '../ports/record-tables.ts'

/** What an audit reads. All of it as committed; later reads may see a log that has grown. */
export interface AuditSource {
  state(): Promise<Pick<LedgerStateRecord, 'size' | 'root'> | undefined>
  /** Entries `from` ≤ index < `to`, in order; at most 768 are asked for. */
  entries(from: number, to: number): Promise<readonly LedgerEntryRecord[]>
  tile(level: number, tile: number): Promise<LedgerTileRecord | undefined>
  /** The `limit` smallest of more than `after`, ascending. */
  checkpoints(after: number, limit: number): Promise<readonly CheckpointRecord[]>
  /** The secrets of one entry that weren't erased. */
  secrets(leafHash: string): Promise<readonly SecretRecord[]>
  counts(): Promise<{
    readonly entries: number
    readonly tiles: number
    readonly secrets: number
  }>
}

/**
 * | code | what doesn't fit |
 * | --- | --- |
 * | `state_malformed` | the size of the state row is no size |
 * | `entry_missing` | no row with this index |
 * | `entry_hash_mismatch` | the bytes don't have the leaf hash of their row |
 * | `entry_malformed` | not canonical, or not the shape of an entry |
 * | `entry_of_other_log` | another origin |
 * | `tile_missing`, `tile_malformed` | absent; or its width and bytes disagree |
 * | `tile_mismatch` | not the hash of the leaves under it, or none |
 * | `secret_mismatch` | salt and value don't open a commitment of the entry |
 * | `checkpoint_rejected` | malformed, not signed by the log's keys, or of another origin |
 * | `checkpoint_mismatch` | signed for another size or root than the leaves give, or stored so |
 * | `checkpoint_beyond_size` | signed for a tree that the store no longer has |
 * | `root_mismatch` | the root of the state row isn't that of the leaves |
 * | `entry_beyond_size`, `tile_beyond_size`, `secret_without_entry` | rows that no leaf accounts for |
 */
export type AuditCode =
  | 'state_malformed'
  | 'entry_missing'
  | 'entry_hash_mismatch'
  | 'entry_malformed'
  | 'entry_of_other_log'
  | 'tile_missing'
  | 'tile_malformed'
  | 'tile_mismatch'
  | 'secret_mismatch'
  | 'checkpoint_rejected'
  | 'checkpoint_mismatch'
  | 'checkpoint_beyond_size'
  | 'root_mismatch'
  | 'entry_beyond_size'
  | 'tile_beyond_size'
  | 'secret_without_entry'

/** The first thing that doesn't fit. */
export interface AuditFault {
  readonly what: AuditCode
  /** The entry; for a hash above level 0 the first entry under it. */
  readonly index?: number
  /** Which tile. */
  readonly level?: number
  readonly tile?: number
  /** Which checkpoint. */
  readonly size?: number
}

/** Carries a fault out of an audit. */
export class Misfit extends Error {
  override readonly name = 'Misfit'
  readonly fault: AuditFault
  constructor(fault: AuditFault) {
    super(fault.what)
    this.fault = fault
  }
}

/** Ends an audit. */
export function fail(fault: AuditFault): never {
  throw new Misfit(fault)
}

/** The ledger's tables of a store, for an audit. */
export function auditSourceOf(reader: Reader): AuditSource {
  return {
    state: () => reader.get('ledgerState', { name: 'ledger' }),
    entries: (from, to) => reader.ledgerEntries(from, to),
    tile: (level, tile) => reader.get('ledgerTile', { level, tile }),
    checkpoints: (after, limit) => reader.find('checkpoint', {}, { orderBy: 'size', after, limit }),
    secrets: (leafHash) => reader.find('secret', { leafHash }),
    counts: async () => ({
      entries: await reader.count('ledgerEntry', {}),
      tiles: await reader.count('ledgerTile', {}),
      secrets: await reader.count('secret', {}),
    }),
  }
}
