import { WORK_KINDS, type WorkKind } from '../core/work.ts'
import { MINUTE, SECOND } from '../core/time.ts'
import type { Timer } from '../ports/runtime.ts'
import type { Command } from './command.ts'
import type { AppContext } from './context.ts'
import { runAction } from './run-action.ts'
import { runDelivery } from './run-delivery.ts'
import { runExpiry } from './run-expiry.ts'
import { runHandler } from './run-handler.ts'
import { runIntake } from './run-intake.ts'
import { runReport } from './run-report.ts'
import { runTell } from './run-tell.ts'
import type { ClaimedWork } from './work-rows.ts'

interface KindOfWork {
  readonly run: (ctx: AppContext, work: ClaimedWork) => Promise<void>
  /** Longer than any run may take; after it somebody else may take the row. */
  readonly leaseMs: number
  readonly concurrency: number
}

const KINDS: Readonly<Record<WorkKind, KindOfWork>> = {
  intake: { run: runIntake, leaseMs: 60 * SECOND, concurrency: 8 },
  act: { run: runAction, leaseMs: 60 * SECOND, concurrency: 8 },
  expire: { run: runExpiry, leaseMs: 60 * SECOND, concurrency: 2 },
  report: { run: runReport, leaseMs: 60 * SECOND, concurrency: 2 },
  tell: { run: runTell, leaseMs: 60 * SECOND, concurrency: 4 },
  deliver: { run: runDelivery, leaseMs: 60 * SECOND, concurrency: 64 },
  handle: { run: runHandler, leaseMs: 60 * SECOND, concurrency: 8 },
}

const MAX_TICKETS = 1_000
const RECONCILE_MS = 5 * SECOND
const TIDY_MS = MINUTE
const DRAIN_MS = 15 * SECOND

/**
 * The workers of one process. A ticket makes one of them claim the best due row of its kind and run it;
 * what is due, how often it was tried and who is on it stand in the record. Tickets are topped up after
 * commits, when the next row falls due, and every five seconds.
 */
export class Workers {
  readonly #ctx: AppContext
  #timer: Timer | undefined
  #wakesAt = 0
  #running = false
  #tidiedAt = 0
  #reconciling: Promise<void> | undefined

  constructor(ctx: AppContext) {
    this.#ctx = ctx
  }

  async start(): Promise<void> {
    this.#running = true
    const { bell, handlers } = this.#ctx
    const most = Object.fromEntries(
      WORK_KINDS.map((kind) => [kind, KINDS[kind].concurrency]),
    ) as Record<WorkKind, number>
    const hasHandlers = handlers.groups.length > 0
    await bell.start((kind) => this.#answer(kind), hasHandlers ? most : { ...most, handle: 0 })
    await this.reconcile()
  }

  /**
   * Takes no more work, waits for what runs (15 s at most: foreign code may hang), and keeps the heads
   * that answers hold. Leases of what is cut off run out by themselves.
   */
  async stop(): Promise<void> {
    this.#running = false
    this.#timer?.cancel()
    await this.#reconciling
    const { bell, ledger, committer, clock, log } = this.#ctx
    await Promise.race([
      bell.stop(),
      new Promise<void>((resume) => {
        clock.after(DRAIN_MS, resume)
      }),
    ])
    if (!ledger.hasToKeep) return
    await committer.submit(tidy(clock.now())).catch(() => {
      log.warn('checkpoints.not_kept')
    })
  }

  /** Tops the tickets up to what is due: the record is asked, never the queue. */
  async reconcile(): Promise<void> {
    // A look that began earlier may have missed what is due by now.
    await this.#reconciling
    this.#reconciling ??= this.#topUp().finally(() => {
      this.#reconciling = undefined
    })
    await this.#reconciling
  }

  async #topUp(): Promise<void> {
    const { read, bell, clock, log, committer } = this.#ctx
    let waitMs = RECONCILE_MS
    try {
      const now = clock.now()
      for (const kind of WORK_KINDS) {
        const due = await read.dueWork(kind, now, MAX_TICKETS, this.#groups(kind))
        const missing = due - (due === 0 ? 0 : await bell.waiting(kind))
        if (missing > 0) await bell.ring(kind, missing)
      }
      const nextAt = await read.nextDueAt(now)
      if (nextAt !== undefined) waitMs = Math.min(waitMs, nextAt - now)
      await this.#ctx.ledger.tick()
      if (this.#ctx.ledger.hasToKeep || now - this.#tidiedAt > TIDY_MS) {
        this.#tidiedAt = now
        await committer.submit(tidy(now))
      }
    } catch {
      log.warn('reconcile.failed')
    }
    this.#wakeIn(waitMs)
  }

  #wakeIn(waitMs: number): void {
    this.#timer?.cancel()
    if (!this.#running) return
    const { clock } = this.#ctx
    this.#wakesAt = clock.now() + waitMs
    this.#timer = clock.after(waitMs, () => void this.reconcile())
  }

  /** A ticket that found nothing may have come for a row that falls due before we would look again. */
  async #wakeForNext(): Promise<void> {
    const now = this.#ctx.clock.now()
    const nextAt = await this.#ctx.read.nextDueAt(now)
    if (nextAt !== undefined && nextAt < this.#wakesAt) this.#wakeIn(nextAt - now)
  }

  async #answer(kind: WorkKind): Promise<void> {
    const work = await this.#claim(kind)
    if (work === undefined) {
      await this.#wakeForNext()
      return
    }
    try {
      await KINDS[kind].run(this.#ctx, work)
    } catch {
      // The row is still ours on paper; when its lease ends it is due again.
      this.#ctx.log.error('work.failed', { kind, work: work.id, attempt: work.attempt })
    }
  }

  /** Work for a name that this process doesn't know is another one's. */
  #groups(kind: WorkKind): readonly string[] | undefined {
    return kind === 'handle' ? this.#ctx.handlers.groups : undefined
  }

  async #claim(kind: WorkKind): Promise<ClaimedWork | undefined> {
    const { clock, committer } = this.#ctx
    const groups = this.#groups(kind)
    const { result } = await committer.submit({
      name: `${kind}.claim`,
      bytes: 64,
      locks: [],
      run: async (tx) => {
        const now = clock.now()
        const leaseUntil = now + KINDS[kind].leaseMs
        const row = await tx.claimWork({
          kind,
          now,
          leaseUntil,
          ...(groups === undefined ? {} : { groups }),
        })
        return { result: row === undefined ? undefined : { ...row, leaseUntil }, events: [] }
      },
    })
    return result
  }
}

/** Forgets token ids that can't pass again; heads to be kept go along with every batch anyway. */
function tidy(now: number): Command<undefined> {
  return {
    name: 'tidy',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      await tx.forgetTokenIds(now)
      return { result: undefined, events: [] }
    },
  }
}
