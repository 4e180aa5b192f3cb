import { LANES, type Lane } from '../vocabulary.ts'
import { OBJECTION_COLUMNS } from './aside.ts'
import { joinColumns, mergeColumns, mergeRows, SMALLEST, type SafeRows } from './small-cells.ts'
import { spreadOf, type Spread } from './spread.ts'
import {
  MEASURE_COLUMNS,
  REQUEST_COLUMNS,
  type Counts,
  type LaneTally,
  type Tally,
} from './tally.ts'
import { MEASURE_DIMENSIONS, NOTICE_DIMENSIONS, RESULTS, SPANS, type Span } from './told.ts'

/** A table with its margin, in which no cell is small. Words are values, never names. */
export interface Table extends SafeRows {
  /** What its rows are values of. */
  readonly by: string
  /** What its columns count; several words: they had to be put together. */
  readonly columns: readonly (readonly string[])[]
}

/** One unit that is counted, with its sums and its tables. */
export interface Unit {
  readonly total: number
  readonly columns: Table['columns']
  readonly counts: readonly number[]
  readonly tables: readonly Table[]
}

/** What was counted under one procedure. Lanes are never added up: orders and duties stand apart. */
export interface LaneFigures {
  readonly lane: Lane
  /** `null`: fewer than five, of which nothing is said. */
  readonly notices: Unit | null
  /** Of the answers without a measure; `null`: too few to tell. */
  readonly declines: Table | null
  readonly measures: Unit | null
  /** Decisions that were taken back; `null`: one to four. */
  readonly changed: number | null
  /** 異議の申出, by whom and with what result. */
  readonly objections: Unit | null
  /** 働きかけの記録, by kind (law 20). */
  readonly influence: Unit | null
  /** How often telling the poster was put off; `null`: one to four times. */
  readonly postponed: number | null
  readonly times: readonly (Spread & { readonly of: Span })[]
}

/** Requests of public bodies, by what they were about (施行規則18条5項四・五). */
export interface RequestFigures {
  readonly by: 'public_body' | 'commissioned'
  readonly requests: Unit | null
}

/** What may be shown of a tally. */
export interface Figures {
  readonly lanes: readonly LaneFigures[]
  readonly requests: readonly RequestFigures[]
}

/** Figures of the notices of some days, as they were when the log had so many entries. */
export interface PeriodFigures extends Figures {
  /** `YYYY-MM-DD` in Japan, both included. */
  readonly from: string
  readonly to: string
  readonly size: number
  /** When the last entry that counts was made, RFC 3339. */
  readonly through: string | null
}

/** Makes figures of counts; what is too small is merged or left out. No rate of anything. */
export function figuresOf(tally: Tally): Figures {
  const lanes = LANES.flatMap((lane) => {
    const counted = tally.lanes.get(lane)
    return counted === undefined ? [] : [laneFigures(lane, counted)]
  })
  const requests = (['public_body', 'commissioned'] as const).flatMap((by) => {
    const rows = tally.requests[by]
    if (rows.size === 0) return []
    const sums = sumsOf(REQUEST_COLUMNS, rows)
    return [{ by, requests: unitOf(REQUEST_COLUMNS, sums, [['category', rows]]) }]
  })
  return { lanes, requests }
}

function laneFigures(lane: Lane, counted: LaneTally): LaneFigures {
  const { results, notices, measures, measuresBy, times, objections, influence } = counted
  const byNotice = NOTICE_DIMENSIONS.map((by) => [by, notices[by]] as const)
  const byMeasure = MEASURE_DIMENSIONS.map((by) => [by, measuresBy[by]] as const)
  const unit = unitOf(RESULTS, results, byNotice)
  return {
    lane,
    notices: unit,
    declines: declinesOf(unit, counted.declines),
    measures: unitOf(MEASURE_COLUMNS, measures, byMeasure),
    changed: safeCount(counted.changed),
    objections: unitOf(OBJECTION_COLUMNS, sumsOf(OBJECTION_COLUMNS, objections), [
      ['who', objections],
    ]),
    influence: unitOf(['count'], sumsOf(['count'], influence), [['influence', influence]]),
    postponed: safeCount(counted.postponed),
    times: SPANS.flatMap((of) => {
      const spread = spreadOf(times[of])
      return spread === null ? [] : [{ of, ...spread }]
    }),
  }
}

function unitOf(
  columns: readonly string[],
  sums: readonly number[],
  dimensions: readonly (readonly [by: string, rows: Counts])[],
): Unit | null {
  const groups = mergeColumns(sums)
  if (groups === undefined) return null
  const named = groups.map((group) => group.map((column) => columns[column] ?? ''))
  const counts = joinColumns(sums, groups)
  return {
    total: counts.reduce((all, count) => all + count, 0),
    columns: named,
    counts,
    tables: dimensions.map(([by, rows]) => ({ by, columns: named, ...safeRows(rows, groups) })),
  }
}

function safeRows(rows: Counts, groups: readonly (readonly number[])[]): SafeRows {
  return mergeRows(
    [...rows].map(([value, counts]) => ({ value, counts: joinColumns(counts, groups) })),
  )
}

/** Only where the answers without a measure are themselves shown as one number. */
function declinesOf(unit: Unit | null, rows: Counts): Table | null {
  const columns = [['no_measure']]
  const isShown = unit?.columns.some((group) => group.join() === 'no_measure') ?? false
  return isShown ? { by: 'decline_reason', columns, ...safeRows(rows, [[0]]) } : null
}

function sumsOf(columns: readonly string[], rows: Counts): number[] {
  return columns.map((_, column) =>
    [...rows.values()].reduce((all, counts) => all + (counts[column] ?? 0), 0),
  )
}

function safeCount(count: number): number | null {
  return count > 0 && count < SMALLEST ? null : count
}
