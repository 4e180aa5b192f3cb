import type { Id } from './ids.ts'

/**
 * Work that is due, one row a piece. A ticket of the Bell only says that some exists; the worker that
 * gets it claims the best row in SQL, so order, attempts and leases live in the record alone.
 */
export const WORK_KINDS = [
  'intake',
  'act',
  'expire',
  'report',
  'tell',
  'deliver',
  'handle',
] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** Kinds whose rows of one group run in order of position, however long an earlier one waits. */
export const ORDERED_KINDS: ReadonlySet<WorkKind> = new Set<WorkKind>(['act'])

export interface WorkRecord {
  readonly id: Id<'wrk'>
  readonly kind: WorkKind
  /** Identifier of the notice, action, decision, delivery or event that the work is about. */
  readonly subjectId: string
  /** At most one row of a kind and group is leased at a time; `null`: no such limit. */
  readonly groupKey: string | null
  readonly band: number
  readonly goalAt: number
  readonly position: number
  readonly state: 'due' | 'dead'
  readonly nextAt: number
  readonly attempt: number
  /** While in the future, somebody is on it. */
  readonly leaseUntil: number | null
  /** Code of the last failure; never a message. */
  readonly lastCode: string | null
}

/** A named handler's subscription; it starts with events after `fromSeq`. */
export interface SubscriptionRecord {
  readonly event: string
  readonly name: string
  readonly fromSeq: number
}
