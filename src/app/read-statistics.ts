import type { RefusalCount } from '../core/refusal-count.ts'
import { DAY } from '../core/time.ts'
import { OPEN_FORMS, type OpenForm } from '../core/vocabulary.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** 集計: bare counts. No rate, nothing per sender (law 5), nothing on trial. */
export interface Statistics {
  readonly notices: readonly NoticeCount[]
  /** By hour and code, newest first, of the last seven days. */
  readonly refusals: readonly RefusalView[]
}

/** A revision is no further notice; what was withdrawn was received all the same. */
export interface NoticeCount {
  readonly form: OpenForm
  readonly count: number
  /** Of these. */
  readonly withdrawn: number
}

/** Refused requests of one hour and code. */
export interface RefusalView {
  readonly hourAt: number
  readonly code: string
  readonly count: number
}

const COUNTED = ['live', 'withdrawn'] as const

/** @throws MadoguchiError `not_allowed`. */
export async function readStatistics(ctx: AppContext, actor: Actor): Promise<Statistics> {
  requirePermission(actor, 'statistics.read')
  const { read, clock } = ctx
  const notices = await Promise.all(
    OPEN_FORMS.map(async (form) => {
      const [live, withdrawn] = await Promise.all(
        COUNTED.map((state) => read.count('notice', { form, state, trial: null })),
      )
      return { form, count: (live ?? 0) + (withdrawn ?? 0), withdrawn: withdrawn ?? 0 }
    }),
  )
  const refusals = await refusalsSince(ctx, clock.now() - 7 * DAY)
  return { notices, refusals: refusals.map(toView) }
}

/** Refusals of whole hours after `since`, newest first; at most 1,000 rows. */
export async function refusalsSince(
  { read }: Pick<AppContext, 'read'>,
  since: number,
): Promise<RefusalCount[]> {
  const rows = await read.find('refusalCount', {}, { orderBy: 'hour', descending: true })
  return rows.filter(({ hour }) => hour >= since)
}

function toView({ hour, code, count }: RefusalCount): RefusalView {
  return { hourAt: hour, code, count }
}
