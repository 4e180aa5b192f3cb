import type { ActionRecord } from './action.ts'

/**
 * The earliest instant at which a measure may start: as asked for, and never inside the undo window.
 *
 * @param asked Epoch ms that the decider gave, if any.
 */
export function notBeforeOf(
  asked: number | undefined,
  decidedAt: number,
  undoWindowMs: number,
): number {
  return Math.max(asked ?? decidedAt, decidedAt + undoWindowMs)
}

/** Whether a measure can still be taken back by itself: planned, and its time hasn't come. */
export function mayTakeBack(
  action: Pick<ActionRecord, 'state' | 'notBefore'>,
  now: number,
): boolean {
  return action.state === 'planned' && action.notBefore !== null && now < action.notBefore
}

/** Whether an undo window is open. No outcome is issued inside one. */
export function isUndoOpen(decidedAt: number, undoWindowMs: number, now: number): boolean {
  return now < decidedAt + undoWindowMs
}
