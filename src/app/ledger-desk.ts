import type { Reader, Transaction } from '../ports/record-store.ts'
import type { CheckpointRecord } from '../ports/record-tables.ts'
import type { Clock } from '../ports/runtime.ts'
import type { Signer } from '../ports/signer.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { formatVkey, verifierKeyOf } from '../ledger/note.ts'
import { formatProof } from '../ledger/proof.ts'
import { openProver, type Prover } from '../ledger/prove.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { tileSource } from './tile-source.ts'

const KEEP_EVERY_MS = 600_000
/** 8 KiB each. */
const HELD_TILES = 256

/**
 * Gives out heads and proofs of the log. A head is signed only for a size and root that were committed;
 * a head that an answer holds is kept, and one every ten minutes.
 */
export class LedgerDesk {
  readonly origin: string
  readonly #read: Reader
  readonly #prover: Prover
  readonly #signer: Signer
  readonly #clock: Clock
  #last: { readonly size: number; readonly note: Promise<string> } | undefined
  readonly #toKeep = new Map<number, CheckpointRecord>()
  #keptAt = 0

  constructor(deps: { read: Reader; signer: Signer; clock: Clock; origin: string }) {
    this.origin = deps.origin
    this.#read = deps.read
    this.#prover = openProver(tileSource(deps.read), HELD_TILES)
    this.#signer = deps.signer
    this.#clock = deps.clock
  }

  /** The key that signs the log, in the vkey form of C2SP signed-note. */
  get verifierKey(): string {
    return formatVkey(verifierKeyOf(this.#signer, this.origin))
  }

  /** Size and root of what is committed now. */
  async head(): Promise<{ size: number; root: Uint8Array }> {
    const state = await this.#read.get('ledgerState', { name: 'ledger' })
    if (state === undefined) throw new MadoguchiError('store_unavailable')
    return { size: state.size, root: state.root }
  }

  /**
   * The signed checkpoint of a committed size. Same size, same bytes: nothing in it is random or timed.
   *
   * @throws MadoguchiError `signer_unavailable`.
   */
  async checkpoint(size: number, root?: Uint8Array): Promise<string> {
    if (this.#last?.size === size) return this.#last.note
    const note = this.#sign(size, root)
    this.#last = { size, note }
    note.catch(() => {
      if (this.#last?.note === note) this.#last = undefined
    })
    return note
  }

  /** tlog-proof text: entry `index` stands in the log whose head it holds. */
  async proof(index: number, at?: { size: number; root: Uint8Array }): Promise<string> {
    const { size, root } = at ?? (await this.head())
    const [hashes, checkpoint] = await Promise.all([
      this.#prover.inclusion(index, size),
      this.checkpoint(size, root),
    ])
    return formatProof({ index, hashes, checkpoint })
  }

  /** Writes the heads that have to be kept; goes along with the next batch. */
  async keep(tx: Transaction): Promise<() => void> {
    const rows = [...this.#toKeep.values()]
    for (const row of rows) await tx.put('checkpoint', row)
    return () => {
      for (const row of rows) this.#toKeep.delete(row.size)
      if (rows.length > 0) this.#keptAt = this.#clock.now()
    }
  }

  /** Whether heads wait to be kept, or the periodic one is due. */
  get hasToKeep(): boolean {
    return this.#toKeep.size > 0
  }

  /** Makes the periodic head, if none was kept for ten minutes. */
  async tick(): Promise<void> {
    if (this.#clock.now() - this.#keptAt < KEEP_EVERY_MS) return
    const { size, root } = await this.head()
    await this.checkpoint(size, root)
  }

  async #sign(size: number, known?: Uint8Array): Promise<string> {
    const root = known ?? (await this.#prover.rootAt(size))
    try {
      const note = await signCheckpoint(this.#signer, this.origin, size, root)
      this.#toKeep.set(size, { size, root, note, at: this.#clock.now() })
      return note
    } catch (fault) {
      throw new MadoguchiError('signer_unavailable', { cause: fault, retryAfterMs: 1_000 })
    }
  }
}
