import type { WorkKind } from '../core/work.ts'

/** Gets a ticket: "there is due work of this kind". Claims the best row itself; may find none. */
export type TicketHandler = (kind: WorkKind) => Promise<void>

/** `away`: the queue can't be used, and the bell rings inside this process only. */
export type BellHealth = 'up' | 'away'

/**
 * The bell: tells workers that work is due, and carries nothing else (law 2). Tickets may be lost,
 * doubled or reordered without harm; whoever rings tops them up from the record (`reconcile`).
 *
 * Where several processes share a bell, a ticket goes to one of them; but tickets of `handle` go to each
 * that hands them out, since only a process that knows a handler's name can do its work. While the shared
 * queue can't be used, tickets go to the process that rings, so that work goes on.
 */
export interface Bell {
  /**
   * Adds up to `count` tickets of a kind. Neither throws nor waits long for a queue that is away: see
   * {@link health}.
   */
  ring(kind: WorkKind, count: number): Promise<void>
  /**
   * Begins to hand out tickets, at most `concurrency[kind]` at once of each kind. 0: leaves the kind to
   * other processes.
   */
  start(handler: TicketHandler, concurrency: Readonly<Record<WorkKind, number>>): Promise<void>
  /** Tickets waiting, for the top-up: of the shared queue and in this process. */
  waiting(kind: WorkKind): Promise<number>
  /**
   * What is known of the queue now. One that falls silent without hanging up is known to be away after
   * 6.5 s at most; a process without it works on, up to five seconds later.
   */
  health(): BellHealth
  /** Hands out no more, lets go of the queue, waits for the handlers that run. */
  stop(): Promise<void>
}
