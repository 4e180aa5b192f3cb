import type { WorkRecord } from '../core/work.ts'

/**
 * What commands lock, so that two processes on one store can't cross each other. A name is locked
 * whether or not a row of it is there yet. Everything that reads and then changes cases, decisions,
 * actions or notices of one target locks that target: siblings share it.
 */
export function targetLock(targetKey: string): string {
  return `target:${targetKey}`
}

/** A sender with its keys and clocks, and every notice that it has in flight. */
export function senderLock(senderId: string): string {
  return `sender:${senderId}`
}

/** One command of somebody's, so that its retry waits for its answer. */
export function commandLock(commandId: string): string {
  return `command:${commandId}`
}

/** The outcomes of one notice with their deliveries. */
export function outcomesLock(noticeId: string): string {
  return `outcomes:${noticeId}`
}

/** What is noted of the health of a sender's endpoint. */
export function breakerLock(senderId: string): string {
  return `breaker:${senderId}`
}

/** One row of work: held by whoever finishes it, passed over by whoever claims. */
export function workLock({ id }: Pick<WorkRecord, 'id'>): string {
  return `work:${id}`
}

/** Every version of a standing policy. */
export function policyLock(id: string): string {
  return `policy:${id}`
}

/** Every name that a batch locks, once, in one order for all processes: no two can wait crosswise. */
export function locksOf(batch: readonly { readonly locks: readonly string[] }[]): string[] {
  return [...new Set(batch.flatMap(({ locks }) => locks))].sort()
}
