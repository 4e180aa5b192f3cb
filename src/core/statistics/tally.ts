import type { Lane } from '../vocabulary.ts'
import { OBJECTION_COLUMNS, type ToldAside } from './aside.ts'
import { isPublicBody, type PublicBodyRule } from './public-bodies.ts'
import {
  MEASURE_DIMENSIONS,
  NOTICE_DIMENSIONS,
  RESULTS,
  SPANS,
  type MeasureDimension,
  type NoticeDimension,
  type Span,
  type ToldMeasure,
  type ToldNotice,
} from './told.ts'

/** Columns of the table of measures. */
export const MEASURE_COLUMNS = ['standing', 'ended', 'reversed'] as const

/** Columns of the requests by public bodies (施行規則18条5項四・五). */
export const REQUEST_COLUMNS = [
  'transmission_prevention',
  'other_measure',
  'not_acted',
  'open',
  'withdrawn',
] as const

/** Counts by value, in the columns of their table. */
export type Counts = Map<string, number[]>

/** Everything that is counted of one lane. */
export interface LaneTally {
  readonly results: number[]
  readonly notices: Readonly<Record<NoticeDimension, Counts>>
  readonly declines: Counts
  readonly measures: number[]
  readonly measuresBy: Readonly<Record<MeasureDimension, Counts>>
  readonly times: Readonly<Record<Span, number[]>>
  /** By whom they were; columns as in `OBJECTION_COLUMNS`. */
  readonly objections: Counts
  readonly influence: Counts
  postponed: number
  changed: number
}

/** So many values of one dimension are told apart; senders write provisions as they like. */
const MAX_VALUES = 1_000
const OTHER = 'other'

/**
 * 集計: takes notices one by one and keeps nothing of any but its share of the counts, and three times.
 * What it holds grows with the values of the dimensions, not with the notices.
 */
export class Tally {
  readonly lanes = new Map<Lane, LaneTally>()
  /** Requests of public bodies, and of bodies that a public body commissioned, by what they were about. */
  readonly requests: Readonly<Record<'public_body' | 'commissioned', Counts>> = {
    public_body: new Map(),
    commissioned: new Map(),
  }
  readonly #rule: PublicBodyRule

  constructor(rule: PublicBodyRule) {
    this.#rule = rule
  }

  add(told: ToldNotice): void {
    const lane = this.#lane(told.lane)
    const column = RESULTS.indexOf(told.result)
    count(lane.results, column)
    for (const dimension of NOTICE_DIMENSIONS)
      for (const value of told.of[dimension])
        countIn(lane.notices[dimension], value, RESULTS, column)
    if (told.declineReason !== null) countIn(lane.declines, told.declineReason, [''], 0)
    for (const span of SPANS) {
      const time = told.times[span]
      if (time !== null) lane.times[span].push(time)
    }
    lane.changed += told.changed
    addAside(lane, told.aside)
    for (const measure of told.measures) this.#addMeasure(measure)
    this.#addRequest(told)
  }

  #addMeasure(measure: ToldMeasure): void {
    const lane = this.#lane(measure.lane)
    const column = MEASURE_COLUMNS.indexOf(measure.state)
    count(lane.measures, column)
    for (const dimension of MEASURE_DIMENSIONS)
      for (const value of measure.of[dimension])
        countIn(lane.measuresBy[dimension], value, MEASURE_COLUMNS, column)
  }

  #addRequest(told: ToldNotice): void {
    const who = isPublicBody(told, this.#rule)
    if (who === null) return
    const column = REQUEST_COLUMNS.indexOf(answerOf(told))
    for (const category of told.of.category)
      countIn(this.requests[who], category, REQUEST_COLUMNS, column)
  }

  #lane(lane: Lane): LaneTally {
    const known = this.lanes.get(lane) ?? newLane()
    this.lanes.set(lane, known)
    return known
  }
}

function answerOf({ result, acted }: ToldNotice): (typeof REQUEST_COLUMNS)[number] {
  if (acted !== null) return acted
  return result === 'open' || result === 'withdrawn' ? result : 'not_acted'
}

function newLane(): LaneTally {
  return {
    results: RESULTS.map(() => 0),
    notices: byName(NOTICE_DIMENSIONS, () => new Map<string, number[]>()),
    declines: new Map(),
    measures: MEASURE_COLUMNS.map(() => 0),
    measuresBy: byName(MEASURE_DIMENSIONS, () => new Map<string, number[]>()),
    times: byName(SPANS, () => []),
    objections: new Map(),
    influence: new Map(),
    postponed: 0,
    changed: 0,
  }
}

function addAside(lane: LaneTally, { objections, influence, postponed }: ToldAside): void {
  for (const [who, column] of objections) countIn(lane.objections, who, OBJECTION_COLUMNS, column)
  for (const kind of influence) countIn(lane.influence, kind, [''], 0)
  lane.postponed += postponed
}

function byName<N extends string, V>(names: readonly N[], make: () => V): Record<N, V> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<N, V>
}

function count(counts: number[], column: number): void {
  counts[column] = (counts[column] ?? 0) + 1
}

function countIn(counts: Counts, value: string, columns: readonly string[], column: number): void {
  const name = counts.has(value) || counts.size < MAX_VALUES ? value : OTHER
  const row = counts.get(name) ?? columns.map(() => 0)
  count(row, column)
  counts.set(name, row)
}
