import { Queue, Worker, type JobsOptions } from 'bullmq'
import type { WorkKind } from '../../core/work.ts'
import type { Bell } from '../../ports/bell.ts'
import type { Clock } from '../../ports/runtime.ts'
import type { RedisLine } from './redis-line.ts'

/** More tickets than this never wait: who rings tops them up from the record. */
export const MAX_WAITING_TICKETS = 1_000
const STALLED_MS = 30_000
const RETRY_MS = 1_000

/**
 * A ticket holds the name of its kind, under an id that means nothing. It always has a priority: one
 * without would pass all that have (BullMQ takes the plain list first). Attempts are the record's affair.
 */
const TICKET = {
  priority: 1,
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
} as const satisfies JobsOptions

export interface TicketQueueDeps {
  readonly kind: WorkKind
  readonly line: RedisLine
  readonly clock: Clock
  /** Hands out what this process has got. */
  readonly here: Bell
}

/**
 * The tickets of one kind that processes share, as a queue of BullMQ. Whoever has a worker free takes a
 * ticket and strikes it out before the work begins: what a process that dies took with it comes back
 * from the record, and a running worker needs nothing of Redis.
 */
export class TicketQueue {
  readonly #deps: TicketQueueDeps
  readonly #queue: Queue
  #worker: Worker | undefined
  #canBlock = false
  #wanted = 0
  #adding: Promise<void> | undefined
  #most = 0
  #running = 0
  #wake: (() => void) | undefined
  #checkedAt = 0
  #isStopped = false

  constructor(deps: TicketQueueDeps) {
    this.#deps = deps
    this.#queue = new Queue(deps.kind, {
      ...this.#options,
      // Nobody listens to BullMQ's own events.
      streams: { events: { maxLen: 10 } },
    })
    this.#queue.on('error', () => undefined)
  }

  get #options(): { connection: RedisLine['client']; prefix: string; skipVersionCheck: true } {
    const { client, prefix } = this.#deps.line
    // The check prints to the console.
    return { connection: client, prefix, skipVersionCheck: true }
  }

  /** Rings that come while one is under way go together with the next. */
  async ring(count: number): Promise<void> {
    this.#wanted = Math.min(this.#wanted + count, MAX_WAITING_TICKETS)
    this.#adding ??= this.#add()
    await this.#adding
  }

  async waiting(): Promise<number> {
    return (await this.#deps.line.ask(() => this.#count())) ?? 0
  }

  /** Takes tickets from now on, whenever fewer than `most` are at work here. */
  take(most: number): void {
    this.#most = most
    this.#worker = new Worker(this.#deps.kind, null, this.#options)
    this.#worker.on('error', () => undefined)
    this.#worker.waitUntilReady().then(
      () => {
        this.#canBlock = true
        this.#wake?.()
      },
      () => undefined,
    )
    void this.#takeAll(this.#worker)
  }

  /** Around each handler's run, wherever its ticket came from. */
  async during(run: () => Promise<void>): Promise<void> {
    this.#running += 1
    try {
      await run()
    } finally {
      this.#running -= 1
      this.#wake?.()
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#wake?.()
    await Promise.all([this.#worker?.close(true), this.#queue.close()])
  }

  #isOver(): boolean {
    return this.#isStopped
  }

  async #add(): Promise<void> {
    const { kind, line, here } = this.#deps
    while (this.#wanted > 0 && !this.#isStopped) {
      const wanted = this.#wanted
      this.#wanted = 0
      const isAdded = await line.ask(async () => {
        const room = MAX_WAITING_TICKETS - (await this.#count())
        const length = Math.max(0, Math.min(wanted, room))
        await this.#queue.addBulk(Array.from({ length }, () => this.#ticket()))
        return true
      })
      if (isAdded === undefined) await here.ring(kind, wanted)
    }
    this.#adding = undefined
  }

  #ticket(): { name: string; data: Record<string, never>; opts: JobsOptions } {
    return {
      name: this.#deps.kind,
      data: {},
      opts: { ...TICKET, jobId: crypto.randomUUID() },
    }
  }

  #count(): Promise<number> {
    return this.#queue.getJobCountByTypes('prioritized', 'wait')
  }

  async #takeAll(worker: Worker): Promise<void> {
    const { kind, line, here } = this.#deps
    while (!this.#isOver()) {
      await this.#whenFree()
      await line.whenUp()
      await this.#sweep(worker)
      const token = crypto.randomUUID()
      // BullMQ would wait without end for a blocking connection that was never made.
      const block = this.#canBlock
      const job = await line.ask(() => worker.getNextJob(token, { block }))
      if (this.#isOver()) return
      if (job === undefined) {
        if (!block) await this.#untilReady()
        continue
      }
      await here.ring(kind, 1)
      void line.ask(() => job.moveToCompleted(null, token, false))
    }
  }

  /** Tickets that were taken and never struck out go back. */
  async #sweep(worker: Worker): Promise<void> {
    const now = this.#deps.clock.now()
    if (now - this.#checkedAt < STALLED_MS) return
    this.#checkedAt = now
    await this.#deps.line.ask(() => worker.getBackend().moveStalledJobsToWait())
  }

  async #whenFree(): Promise<void> {
    const { kind, here } = this.#deps
    while (!this.#isStopped && (this.#running >= this.#most || (await here.waiting(kind)) > 0))
      await new Promise<void>((resume) => {
        this.#wake = resume
      })
  }

  /** Of the blocking connection; or a while, to look again without it. */
  async #untilReady(): Promise<void> {
    if (this.#canBlock) return
    await new Promise<void>((resume) => {
      this.#wake = resume
      this.#deps.clock.after(RETRY_MS, resume)
    })
  }
}
