import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { WorkKind } from '../core/work.ts'
import {
  CommitUnknown,
  StoreUnavailable,
  TransactionAborted,
  type RecordStore,
  type Transaction,
} from '../ports/record-store.ts'
import type { Clock, Logger, Random } from '../ports/runtime.ts'
import type { Change, Command, Committed, EventDraft } from './command.ts'
import { locksOf } from './locks.ts'
import { nameFault } from './name-fault.ts'
import { LedgerTail, type LedgerAppend } from './ledger-tail.ts'

const MAX_WAITING = 1_000
const MAX_WAITING_BYTES = 64 * 1024 * 1024
const MAX_BATCH = 64
const MAX_BATCH_MS = 20
const BUSY_RETRY_MS = 1_000

interface Waiting {
  readonly command: Command<unknown>
  readonly resolve: (committed: Committed<unknown>) => void
  readonly reject: (fault: unknown) => void
}

type Ran = { readonly waiting: Waiting } & (
  | { readonly ok: true; readonly change: Change<unknown> }
  | { readonly ok: false; readonly fault: unknown }
)

interface Batch {
  /** Fewer than were taken, where the time was up. */
  readonly ran: readonly Ran[]
  readonly append: LedgerAppend
  readonly whenCommitted: readonly (() => void)[]
}

/** Writes that go along with a batch; what it returns is called once they are committed. */
export type Preamble = (tx: Transaction) => Promise<() => void>

export interface CommitterDeps {
  readonly store: RecordStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Told after each commit how many rows of which kinds of work it may have made due. */
  readonly ring: (tickets: ReadonlyMap<WorkKind, number>) => void
}

/**
 * The one door through which every state change of a process goes.
 *
 * Commands queue up; a batch takes what waits (at most 64, or 20 ms of work, never waiting to fill up)
 * and is one synced transaction: named rows are locked, each command runs in its own savepoint, then
 * the log is extended, and COMMIT. A command that throws fails alone. If the transaction itself fails,
 * nothing of it stands, and each command is tried once more alone. (Where other processes made it fail,
 * so is a command that was alone already.) If it isn't known whether COMMIT
 * took effect, nothing is released and every caller hears `commit_unknown`.
 *
 * Promises returned by {@link submit} resolve only after the commit: what they carry is durable.
 */
export class Committer {
  readonly #deps: CommitterDeps
  readonly #tail: LedgerTail
  readonly #queue: Waiting[] = []
  readonly #preambles: Preamble[] = []
  #bytes = 0
  #running: Promise<void> | undefined
  #closed = false

  constructor(deps: CommitterDeps) {
    this.#deps = deps
    this.#tail = new LedgerTail(deps.random)
  }

  /** Adds writes that go along with the next batches, e.g. checkpoints to be kept. */
  addPreamble(write: Preamble): void {
    this.#preambles.push(write)
  }

  /**
   * Queues one command.
   *
   * @throws MadoguchiError `overloaded` when the queue is full, `store_unavailable`, `commit_unknown`,
   *   or whatever the command threw.
   */
  submit<R>(command: Command<R>): Promise<Committed<R>> {
    if (this.#closed) return Promise.reject(new MadoguchiError('store_unavailable'))
    if (this.#queue.length >= MAX_WAITING || this.#bytes + command.bytes > MAX_WAITING_BYTES)
      return Promise.reject(new MadoguchiError('overloaded', { retryAfterMs: BUSY_RETRY_MS }))
    return new Promise<Committed<R>>((resolve, reject) => {
      this.#queue.push({
        command,
        resolve: (committed) => {
          resolve(committed as Committed<R>)
        },
        reject,
      })
      this.#bytes += command.bytes
      this.#running ??= this.#drain()
    })
  }

  /** Takes no more commands and waits until those that wait are committed or failed. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // Whatever is ready to be queued comes along; nobody is waited for.
      await this.#deps.clock.turn()
      await this.#batch()
    }
    this.#running = undefined
  }

  async #batch(): Promise<void> {
    const taken = this.#queue.splice(0, MAX_BATCH)
    for (const waiting of taken) this.#bytes -= waiting.command.bytes
    const fault = await this.#try(taken)
    if (fault === undefined) return
    if (isFinal(fault.cause, taken.length)) {
      this.#fail(taken, fault.cause)
      return
    }
    this.#deps.log.warn('batch.retried_singly', { commands: taken.length })
    for (const waiting of taken) {
      const again = await this.#try([waiting])
      if (again !== undefined) this.#fail([waiting], again.cause)
    }
  }

  /** Commits and answers; or says why the transaction doesn't stand, with nobody answered. */
  async #try(taken: readonly Waiting[]): Promise<{ readonly cause: unknown } | undefined> {
    let batch: Batch
    try {
      batch = await this.#commit(taken)
    } catch (cause) {
      // Nothing stands, or it isn't known: what we remember of the log may be wrong from here on.
      this.#tail.forget()
      return { cause }
    }
    // Committed and synced. A crash from here on loses answers, nothing else: asked again, they come.
    this.#tail.accept(batch.append)
    for (const done of batch.whenCommitted) done()
    this.#putBack(taken.slice(batch.ran.length))
    this.#answer(batch.ran, batch.append)
    return undefined
  }

  async #commit(taken: readonly Waiting[]): Promise<Batch> {
    const ran: Ran[] = []
    const whenCommitted: (() => void)[] = []
    const append = await this.#deps.store.transact(async (tx) => {
      await tx.lock(locksOf(taken.map(({ command }) => command)))
      for (const write of this.#preambles) whenCommitted.push(await write(tx))
      const startedAt = this.#deps.clock.now()
      for (const waiting of taken) {
        if (ran.length > 0 && this.#deps.clock.now() - startedAt >= MAX_BATCH_MS) break
        ran.push(await runOne(tx, waiting))
      }
      return this.#tail.extend(
        tx,
        ran.flatMap((one) => (one.ok ? one.change.events : [])),
      )
    })
    return { ran, append, whenCommitted }
  }

  /** Commands for which the batch had no time are the first of the next one. */
  #putBack(left: readonly Waiting[]): void {
    this.#queue.unshift(...left)
    for (const waiting of left) this.#bytes += waiting.command.bytes
  }

  #answer(ran: readonly Ran[], append: LedgerAppend): void {
    const rings = [...append.rings]
    let next = append.from
    for (const one of ran) {
      if (!one.ok) {
        one.waiting.reject(one.fault)
        continue
      }
      const entries = one.change.events.flatMap(({ entry }) =>
        entry === undefined ? [] : [{ leafHash: entry.leafHash, index: next++ }],
      )
      rings.push(...(one.change.rings ?? []))
      for (const event of one.change.events) this.#tell(event)
      one.waiting.resolve({
        result: one.change.result,
        entries,
        size: append.size,
        root: append.root,
      })
    }
    if (rings.length > 0) this.#deps.ring(countByKind(rings))
  }

  /** One line for each thing that happened, with our ids and nothing else of it. */
  #tell({ type, noticeId, caseId, decisionId }: EventDraft): void {
    this.#deps.log.info(type, {
      ...(noticeId === undefined ? {} : { notice: noticeId }),
      ...(caseId === undefined ? {} : { case: caseId }),
      ...(decisionId === undefined ? {} : { decision: decisionId }),
    })
  }

  #fail(taken: readonly Waiting[], fault: unknown): void {
    const named = nameFault(fault)
    this.#deps.log.error('batch.failed', { code: named.code, commands: taken.length })
    for (const waiting of taken) waiting.reject(named)
  }
}

function countByKind(kinds: readonly WorkKind[]): ReadonlyMap<WorkKind, number> {
  const counts = new Map<WorkKind, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

async function runOne(tx: Transaction, waiting: Waiting): Promise<Ran> {
  try {
    const change = await tx.savepoint(() => waiting.command.run(tx))
    return { ok: true, waiting, change }
  } catch (fault) {
    if (isOfTransaction(fault)) throw fault
    return { ok: false, waiting, fault }
  }
}

/** Not the doing of one command: the transaction is gone, whichever of them met it. */
function isOfTransaction(fault: unknown): boolean {
  return (
    fault instanceof StoreUnavailable ||
    fault instanceof CommitUnknown ||
    fault instanceof TransactionAborted
  )
}

/** Trying singly can't help: not at all, or not a command that was alone and broke by itself. */
function isFinal(fault: unknown, commands: number): boolean {
  if (fault instanceof TransactionAborted) return false
  return commands === 1 || isOfTransaction(fault)
}
