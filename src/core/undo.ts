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
