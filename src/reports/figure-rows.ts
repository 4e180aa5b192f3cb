import type { LaneFigures, PeriodFigures, Table, Unit } from '../core/statistics/figures.ts'

/** One number of a report, with what it is a number of. */
export interface FigureRow {
  /** The lane, or whose requests. */
  readonly under: string
  /** What was counted: `notices`, `taken`, `declines`, `changed`, `objections`, `influence`, `postponed`,
   * `times`, `requests`. */
  readonly unit: string
  /** `null`: a sum. */
  readonly by: string | null
  /** `null`: a sum, or values that were merged. */
  readonly value: string | null
  /** How many values were put together; 0: none. */
  readonly merged: number
  readonly column: readonly string[]
  /** `null`: fewer than five. */
  readonly count: number | null
}

/** Every number of the figures, one a row, sums before parts. */
export function figureRows({ lanes, requests }: PeriodFigures): readonly FigureRow[] {
  return [
    ...lanes.flatMap(laneRows),
    ...requests.flatMap(({ by, requests: unit }) => unitRows(by, 'requests', unit)),
  ]
}

function laneRows(figures: LaneFigures): FigureRow[] {
  const { lane, notices, declines, measures, changed, postponed, times } = figures
  return [
    ...unitRows(lane, 'notices', notices),
    ...(declines === null ? [] : tableRows(lane, 'declines', declines)),
    ...unitRows(lane, 'taken', measures),
    sumRow(lane, 'changed', ['count'], changed),
    ...unitRows(lane, 'objections', figures.objections),
    ...unitRows(lane, 'influence', figures.influence),
    sumRow(lane, 'postponed', ['count'], postponed),
    ...times.flatMap(({ of, count, median, p90 }) =>
      Object.entries({ count, median, p90 }).map(([column, number]) => ({
        ...sumRow(lane, 'times', [column], number),
        value: of,
      })),
    ),
  ]
}

function unitRows(under: string, unit: string, counted: Unit | null): FigureRow[] {
  if (counted === null) return [sumRow(under, unit, ['count'], null)]
  const { total, columns, counts, tables } = counted
  return [
    sumRow(under, unit, ['count'], total),
    ...(columns.length === 1
      ? []
      : columns.map((column, at) => sumRow(under, unit, column, counts[at] ?? 0))),
    ...tables.flatMap((table) => tableRows(under, unit, table)),
  ]
}

function tableRows(under: string, unit: string, { by, columns, rows, merged }: Table): FigureRow[] {
  const all = [
    ...rows.map(({ value, counts }) => ({ value, merged: 0, counts })),
    ...(merged === null ? [] : [{ value: null, merged: merged.values, counts: merged.counts }]),
  ]
  return all.flatMap(({ counts, ...row }) =>
    columns.map((column, at) => ({ under, unit, by, ...row, column, count: counts[at] ?? 0 })),
  )
}

function sumRow(
  under: string,
  unit: string,
  column: readonly string[],
  count: number | null,
): FigureRow {
  return { under, unit, by: null, value: null, merged: 0, column, count }
}
