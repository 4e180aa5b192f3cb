import type { RefusalCount } from '../core/refusal-count.ts'
import { figuresOf, type PeriodFigures } from '../core/statistics/figures.ts'
import { DAY, dayInJapan, formatTime, startOfDayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { countStatistics } from './count-statistics.ts'

/** Of which days in Japan (`YYYY-MM-DD`), and how far into the log. */
export interface StatisticsQuery {
  /** First day on which the notices were received. Default: the first of the year of publication. */
  readonly from?: string
  /** Last day. Default: today. */
  readonly to?: string
  /** Number of entries of the log that count. Default: all. */
  readonly size?: number
}

/**
 * 集計: the notices of a period and what had become of them by an entry of the log. Counts and times, no
 * rate and nothing per sender (law 5), nothing on trial; what is small is merged.
 */
export interface Statistics extends PeriodFigures {
  /** Requests that were refused at the door in the last seven days, newest first; not from the log. */
  readonly refusals: readonly RefusalView[]
}

/** Refused requests of one hour and code. */
export interface RefusalView {
  readonly hourAt: number
  readonly code: string
  readonly count: number
}

/**
 * What an external auditor is shown leaves the legal desk out (M-25).
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input`.
 */
export async function readStatistics(
  ctx: AppContext,
  actor: Actor,
  query: StatisticsQuery = {},
): Promise<Statistics> {
  requirePermission(actor, 'statistics.read')
  const { from, to, period } = periodOf(query, ctx.clock.now())
  const { size } = query
  const counted = await countStatistics(ctx, { ...period, ...(size === undefined ? {} : { size }) })
  const { lanes, requests } = figuresOf(counted.tally)
  const refusals = await refusalsSince(ctx, ctx.clock.now() - 7 * DAY)
  return {
    from,
    to,
    size: counted.size,
    through: counted.lastAt === null ? null : formatTime(counted.lastAt),
    lanes: lanes.filter(({ lane }) => lane !== 'legal_desk' || actor.role !== 'external_auditor'),
    requests,
    refusals: refusals.map(({ hour, code, count }) => ({ hourAt: hour, code, count })),
  }
}

function periodOf(
  query: StatisticsQuery,
  now: number,
): {
  readonly from: string
  readonly to: string
  readonly period: { readonly from: number; readonly until: number }
} {
  const to = query.to ?? dayInJapan(now)
  const from = query.from ?? firstDayOfYear(to)
  const first = startOfDayInJapan(from)
  const last = startOfDayInJapan(to)
  if (first === undefined) throw refuse('/from', 'format')
  if (last === undefined) throw refuse('/to', 'format')
  if (last < first) throw refuse('/to', 'minimum')
  return { from, to, period: { from: first, until: last + DAY } }
}

/** 公表年度: from the first of April (施行規則18条). */
function firstDayOfYear(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return `${String(month < 4 ? year - 1 : year)}-04-01`
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}

/** Refusals of whole hours after `since`, newest first; at most 1,000 rows. */
export async function refusalsSince(
  { read }: Pick<AppContext, 'read'>,
  since: number,
): Promise<RefusalCount[]> {
  const rows = await read.find('refusalCount', {}, { orderBy: 'hour', descending: true })
  return rows.filter(({ hour }) => hour >= since)
}
