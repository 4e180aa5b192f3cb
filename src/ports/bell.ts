import type { WorkKind } from '../core/work.ts'

/** Gets a ticket: "there is due work of this kind". Claims the best row itself; may find none. */
export type TicketHandler = (kind: WorkKind) => Promise<void>

/**
 * The bell: tells workers that work is due, and carries nothing else (law 2). Tickets may be lost,
 * doubled or reordered without harm; whoever rings tops them up from the record (`reconcile`).
 */
export interface Bell {
  /** Adds up to `count` tickets of a kind. Never throws for a lost queue; says so in its health. */
  ring(kind: WorkKind, count: number): Promise<void>
  /** Begins to hand out tickets, at most `concurrency[kind]` at once of each kind. */
  start(handler: TicketHandler, concurrency: Readonly<Record<WorkKind, number>>): Promise<void>
  /** Tickets waiting, for the top-up. */
  waiting(kind: WorkKind): Promise<number>
  /** Hands out no more, waits for the handlers that run. */
  stop(): Promise<void>
}
