import { WORK_KINDS, type WorkKind } from '../../core/work.ts'
import type { Bell } from '../../ports/bell.ts'
import { RedisLine, type RedisLineOptions } from './redis-line.ts'
import { Summons } from './summons.ts'
import { TicketQueue } from './ticket-queue.ts'

export interface BullmqBellOptions extends RedisLineOptions {
  /** The bell inside this process: runs what was taken, and rings alone while Redis is away. */
  readonly here: Bell
}

/**
 * The bell that processes share through Redis: one BullMQ queue a kind. Redis holds kinds and counts,
 * nothing of the record; without it this process works on what it finds in the record itself.
 *
 * Resolves once it is known whether Redis can be used; either way the bell works.
 */
export async function createBullmqBell({ here, ...options }: BullmqBellOptions): Promise<Bell> {
  const line = new RedisLine(options)
  const queues = new Map<WorkKind, TicketQueue>()
  for (const kind of WORK_KINDS) {
    if (kind === 'handle') continue
    queues.set(kind, new TicketQueue({ kind, line, here, clock: options.clock }))
  }
  const summons = new Summons('handle', line, here)
  const queueOf = (kind: WorkKind): TicketQueue | Summons => queues.get(kind) ?? summons
  let stopping: Promise<void> | undefined
  await line.opened()

  async function stop(): Promise<void> {
    const ends = [...queues.values()].map((queue) => queue.stop())
    line.close()
    await Promise.allSettled(ends)
    await here.stop()
  }

  return {
    async ring(kind, count) {
      if (stopping === undefined && count >= 1) await queueOf(kind).ring(count)
    },
    async start(handler, concurrency) {
      if (stopping !== undefined) return
      await here.start((kind) => {
        const queue = queues.get(kind)
        return queue === undefined ? handler(kind) : queue.during(() => handler(kind))
      }, concurrency)
      for (const [kind, queue] of queues) if (concurrency[kind] > 0) queue.take(concurrency[kind])
      if (concurrency.handle > 0) summons.listen()
    },
    async waiting(kind) {
      const inHere = await here.waiting(kind)
      return inHere + ((await queues.get(kind)?.waiting()) ?? 0)
    },
    health: () => line.health,
    stop: () => (stopping ??= stop()),
  }
}
