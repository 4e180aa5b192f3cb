import { nextWaitMs, type RetrySchedule } from '../core/retry-schedule.ts'
import type { WorkKind, WorkRecord } from '../core/work.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Random } from '../ports/runtime.ts'

/** A row that was claimed: `leaseUntil` is set, `attempt` counted. */
export type ClaimedWork = WorkRecord & { readonly leaseUntil: number }

/** A new due row. */
export function newWork(
  random: Random,
  row: Pick<WorkRecord, 'kind' | 'subjectId' | 'nextAt' | 'position'> &
    Partial<Pick<WorkRecord, 'groupKey' | 'band' | 'goalAt'>>,
): WorkRecord {
  return {
    id: random.id('wrk'),
    kind: row.kind,
    subjectId: row.subjectId,
    groupKey: row.groupKey ?? null,
    band: row.band ?? 1,
    goalAt: row.goalAt ?? row.nextAt,
    position: row.position,
    state: 'due',
    nextAt: row.nextAt,
    attempt: 0,
    leaseUntil: null,
    lastCode: null,
  }
}

/** Whether a claimed row is still this claim's: nobody took it over after its lease. */
export async function isStillOurs(tx: Transaction, work: WorkRecord): Promise<boolean> {
  const now = await tx.get('work', { id: work.id })
  return now?.attempt === work.attempt && now.state === 'due'
}

/** Gives a row back, to be tried again later. */
export async function retryWork(
  tx: Transaction,
  work: WorkRecord,
  nextAt: number,
  lastCode: string,
): Promise<void> {
  await tx.update('work', { id: work.id }, { nextAt, leaseUntil: null, lastCode })
}

/** Puts a row aside where people see it; nothing runs it again by itself. */
export async function buryWork(tx: Transaction, work: WorkRecord, lastCode: string): Promise<void> {
  await tx.update('work', { id: work.id }, { state: 'dead', leaseUntil: null, lastCode })
}

/** The due row of a subject, if there is one. */
export async function workOf(
  tx: Transaction,
  kind: WorkKind,
  subjectId: string,
): Promise<WorkRecord | undefined> {
  const [row] = await tx.find('work', { kind, subjectId }, { limit: 1 })
  return row
}

/** Milliseconds until the next attempt, spread; `undefined` once the last one of the schedule was made. */
export function waitAfter(
  random: Random,
  schedule: RetrySchedule,
  attempt: number,
): number | undefined {
  return nextWaitMs(schedule, attempt, fraction(random))
}

/** 0 ≤ fraction < 1. */
export function fraction(random: Random): number {
  return (random.bytes(1)[0] ?? 0) / 256
}
