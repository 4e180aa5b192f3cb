import { daysOfHalfYear, halfYearOf, type HalfYear } from '../core/agency.ts'
import { DAY, dayInJapan, startOfDayInJapan } from '../core/time.ts'
import type { AppContext } from './context.ts'
import { agencyRequests } from './read-agency-requests.ts'

/** Which bodies of the state asked, in one half-year, with the wire's names. */
export interface AgenciesDescription {
  readonly half_year: HalfYear
  readonly counts: readonly {
    readonly agency: string
    readonly asked: number
    readonly acted: number
    readonly no_measure: number
    readonly already_gone: number
    readonly under_review: number
    readonly outside_competence: number
    readonly withdrawn: number
  }[]
}

/**
 * 行政機関の要請 of the last half-year that is over: counts that run would tell a poster that an agency asks
 * about somebody just now.
 */
export async function describeAgencies(
  ctx: Pick<AppContext, 'read' | 'clock'>,
): Promise<AgenciesDescription> {
  const { halfYear, counts } = await agencyRequests(ctx, lastHalfYear(dayInJapan(ctx.clock.now())))
  return {
    half_year: halfYear,
    counts: counts.map((one) => ({
      agency: one.agency,
      asked: one.asked,
      acted: one.acted,
      no_measure: one.noMeasure,
      already_gone: one.alreadyGone,
      under_review: one.underReview,
      outside_competence: one.outsideCompetence,
      withdrawn: one.withdrawn,
    })),
  }
}

function lastHalfYear(day: string): HalfYear {
  const start = startOfDayInJapan(daysOfHalfYear(halfYearOf(day))?.from ?? day) ?? 0
  return halfYearOf(dayInJapan(start - DAY))
}
