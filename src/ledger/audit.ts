import { fromBase64Url } from '../core/base64.ts'
import type {
  CheckpointRecord,
  LedgerEntryRecord,
  LedgerTileRecord,
} from '../ports/record-tables.ts'
import { EMPTY_EDGE, grow, type Growth } from './append.ts'
import { fail, Misfit, type AuditFault, type AuditSource } from './audit-source.ts'
import { openCheckpoint } from './checkpoint.ts'
import { checkDisclosure, parseEntry, type LedgerEntry } from './entry.ts'
import { emptyRoot, HASH_SIZE, leafHash, sameBytes } from './merkle.ts'
import type { VerifierKey } from './note.ts'
import { hashAt, hashesAt, TILE_WIDTH, tileWidth } from './tiles.ts'

/** What the log is known by from outside the store. */
export interface AuditedLog {
  readonly origin: string
  /** Every key that the log has signed with. */
  readonly keys: readonly VerifierKey[]
}

/** Everything fits, up to the size that the log had when the audit began; or the first thing that doesn't. */
export type AuditResult =
  | { readonly ok: true; readonly size: number; readonly checkpoints: number }
  | ({ readonly ok: false } & AuditFault)

/** Entries read at once: whole tiles, and below the page limit of the store. */
const CHUNK = 3 * TILE_WIDTH
const CHECKPOINT_PAGE = 100

/**
 * Re-reads the whole log: every entry against its row, its tile and its form, every tile, every stored
 * checkpoint and commitment, the root. Memory grows with log n. The log may grow meanwhile; what is
 * added isn't looked at. What no entry, tile or checkpoint covers (`at` of a checkpoint row) isn't
 * either, nor can it be told whether a commitment's secret was erased by right.
 */
export async function auditLog(source: AuditSource, log: AuditedLog): Promise<AuditResult> {
  try {
    return await new Audit(source, log).run()
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, ...error.fault }
    throw error
  }
}

class Audit {
  readonly #source: AuditSource
  readonly #log: AuditedLog
  readonly #growth: Growth = grow(EMPTY_EDGE)
  /** Ascending; those of sizes that the walk hasn't reached. */
  #checkpoints: readonly CheckpointRecord[] = []
  #checkpointsRead = false
  #checkpointCount = 0
  #secrets = 0

  constructor(source: AuditSource, log: AuditedLog) {
    this.#source = source
    this.#log = log
  }

  async run(): Promise<AuditResult> {
    const { size, root } = await this.#state()
    await this.#checkCheckpoint()
    for (let from = 0; from < size; from += CHUNK) {
      const entries = await this.#source.entries(from, Math.min(from + CHUNK, size))
      const to = Math.min(from + CHUNK, size)
      for (let start = from; start < to; start += TILE_WIDTH) {
        await this.#checkTile(start, Math.min(start + TILE_WIDTH, to), entries.slice(start - from))
      }
    }
    for (const tile of this.#growth.partialTiles()) {
      if (tile.level > 0) await this.#compareTile(tile)
    }
    if (!sameBytes(this.#growth.root(), root)) fail({ what: 'root_mismatch' })
    await this.#checkNothingBeyond(size)
    return { ok: true, size, checkpoints: this.#checkpointCount }
  }

  async #state(): Promise<{ readonly size: number; readonly root: Uint8Array }> {
    const state = (await this.#source.state()) ?? { size: 0, root: emptyRoot() }
    if (!Number.isSafeInteger(state.size) || state.size < 0) fail({ what: 'state_malformed' })
    return state
  }

  async #checkTile(from: number, to: number, entries: readonly LedgerEntryRecord[]): Promise<void> {
    const tile = from / TILE_WIDTH
    const hashes = await this.#tileHashes(0, tile)
    for (let index = from; index < to; index++) {
      const record = entries[index - from]
      if (record?.index !== index) return fail({ what: 'entry_missing', index })
      const leaf = leafHash(record.bytes)
      const rowHash = fromBase64Url(record.leafHash)
      if (rowHash === undefined || !sameBytes(rowHash, leaf)) {
        fail({ what: 'entry_hash_mismatch', index })
      }
      if (!sameBytes(hashAt(hashes, index - from), leaf)) fail({ what: 'tile_mismatch', index })
      await this.#checkEntry(record)
      this.#growth.push(leaf)
      await this.#checkCheckpoint()
    }
    for (const full of this.#growth.takeFullTiles()) {
      if (full.level > 0) await this.#compareTile(full)
    }
  }

  async #checkEntry({ index, bytes, leafHash }: LedgerEntryRecord): Promise<void> {
    const entry = parseEntry(bytes)
    if (entry === undefined) return fail({ what: 'entry_malformed', index })
    if (entry.log !== this.#log.origin) fail({ what: 'entry_of_other_log', index })
    await this.#checkSecrets(index, leafHash, entry)
  }

  async #checkSecrets(index: number, leafHash: string, entry: LedgerEntry): Promise<void> {
    for (const { name, salt, value } of await this.#source.secrets(leafHash)) {
      if (!checkDisclosure(entry, name, salt, value)) fail({ what: 'secret_mismatch', index })
      this.#secrets += 1
    }
  }

  async #tileHashes(level: number, tile: number): Promise<Uint8Array> {
    const record = await this.#source.tile(level, tile)
    const index = tile * TILE_WIDTH ** (level + 1)
    if (record === undefined) return fail({ what: 'tile_missing', index, level, tile })
    const { hashes, width } = record
    if (width > TILE_WIDTH || hashes.length !== width * HASH_SIZE) {
      fail({ what: 'tile_malformed', index, level, tile })
    }
    return hashes
  }

  async #compareTile({ level, tile, width, hashes }: LedgerTileRecord): Promise<void> {
    const stored = await this.#tileHashes(level, tile)
    for (let at = 0; at < width; at++) {
      if (sameBytes(hashAt(stored, at), hashAt(hashes, at))) continue
      const index = (tile * TILE_WIDTH + at) * TILE_WIDTH ** level
      fail({ what: 'tile_mismatch', index, level, tile })
    }
  }

  async #nextCheckpoint(): Promise<CheckpointRecord | undefined> {
    if (this.#checkpoints.length === 0 && !this.#checkpointsRead) {
      const after = this.#growth.size() - 1
      this.#checkpoints = await this.#source.checkpoints(after, CHECKPOINT_PAGE)
      this.#checkpointsRead = this.#checkpoints.length === 0
    }
    return this.#checkpoints[0]
  }

  /** Checks the stored checkpoint of the size that the tree has now, if there is one. */
  async #checkCheckpoint(): Promise<void> {
    const size = this.#growth.size()
    const row = await this.#nextCheckpoint()
    if (row === undefined || row.size > size) return
    const opened = openCheckpoint(row.note, this.#log.keys, this.#log.origin)
    if (opened === undefined) return fail({ what: 'checkpoint_rejected', size: row.size })
    const root = this.#growth.root()
    const sized = opened.size === size && row.size === size
    if (!sized || !sameBytes(opened.root, root) || !sameBytes(row.root, root)) {
      fail({ what: 'checkpoint_mismatch', size: row.size })
    }
    this.#checkpoints = this.#checkpoints.slice(1)
    this.#checkpointCount += 1
  }

  /**
   * Rows past the end that the state row names: a sign that the state went back. Looked at only where
   * the log stood still during the audit.
   */
  async #checkNothingBeyond(size: number): Promise<void> {
    const [checkpoint] = await this.#source.checkpoints(size, 1)
    const rows = await this.#source.counts()
    const tilesFit = rows.tiles === tileCount(size) && (await this.#lastTilesFit(size))
    const now = await this.#state()
    // A checkpoint is signed after its commit, so a log that only grew has reached its size by now.
    if (checkpoint !== undefined && checkpoint.size > now.size) {
      fail({ what: 'checkpoint_beyond_size', size: checkpoint.size })
    }
    if (now.size !== size) return
    if (rows.entries !== size) fail({ what: 'entry_beyond_size', index: size })
    if (!tilesFit) fail({ what: 'tile_beyond_size' })
    if (rows.secrets > this.#secrets) fail({ what: 'secret_without_entry' })
  }

  async #lastTilesFit(size: number): Promise<boolean> {
    for (let level = 0; hashesAt(level, size) > 0; level++) {
      const last = Math.ceil(hashesAt(level, size) / TILE_WIDTH) - 1
      const row = await this.#source.tile(level, last)
      if (row?.width !== tileWidth(level, last, size)) return false
    }
    return true
  }
}

function tileCount(size: number): number {
  let tiles = 0
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    tiles += Math.ceil(hashesAt(level, size) / TILE_WIDTH)
  }
  return tiles
}
