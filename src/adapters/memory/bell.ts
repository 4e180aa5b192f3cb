import PQueue from 'p-queue'
import { WORK_KINDS, type WorkKind } from '../../core/work.ts'
import { MadoguchiError } from '../../errors/madoguchi-error.ts'
import type { Bell, TicketHandler } from '../../ports/bell.ts'
import { PermanentFailure } from '../../ports/platform.ts'
import type { Logger } from '../../ports/runtime.ts'

/** More tickets than this never wait: who rings tops them up from the record. */
export const MAX_WAITING_TICKETS = 1_000

/**
 * The bell inside one process: one queue a kind. Tickets die with the process, which is harmless,
 * since the record brings them back. A bell that was stopped stays silent for good.
 */
export function createMemoryBell(log: Logger): Bell {
  const queues = Object.fromEntries(
    WORK_KINDS.map((kind) => [kind, new PQueue({ autoStart: false, concurrency: 1 })]),
  ) as Record<WorkKind, PQueue>
  let handler: TicketHandler | undefined
  let stopped = false

  async function handOut(kind: WorkKind): Promise<void> {
    try {
      await handler?.(kind)
    } catch (error) {
      log.error('ticket_failed', { kind, code: codeOf(error) })
    }
  }

  return {
    ring(kind, count) {
      if (stopped) return Promise.resolve()
      const room = MAX_WAITING_TICKETS - queues[kind].size
      for (let added = 0; added < Math.min(count, room); added += 1) {
        void queues[kind].add(() => handOut(kind))
      }
      return Promise.resolve()
    },
    start(given, concurrency) {
      if (stopped) return Promise.resolve()
      handler = given
      for (const kind of WORK_KINDS) {
        if (concurrency[kind] < 1) continue
        queues[kind].concurrency = concurrency[kind]
        queues[kind].start()
      }
      return Promise.resolve()
    },
    waiting: (kind) => Promise.resolve(queues[kind].size),
    health: () => 'up',
    async stop() {
      stopped = true
      for (const queue of Object.values(queues)) {
        queue.pause()
        queue.clear()
      }
      await Promise.all(Object.values(queues).map((queue) => queue.onPendingZero()))
    },
  }
}

function codeOf(error: unknown): string {
  return error instanceof MadoguchiError || error instanceof PermanentFailure
    ? error.code
    : 'internal_error'
}
