import type { CaseRecord } from './case.ts'
import type { NoticeRecord } from './notice.ts'
import { compareOrder, type Place } from './order.ts'

/** What a case takes from a notice that counts for it: attached, and not gone while the case was open. */
export type CountingNotice = Pick<
  NoticeRecord,
  'id' | 'category' | 'order' | 'position' | 'pausedAt'
>

export interface PlaceFacts {
  readonly at: number
  /** Oldest first. */
  readonly counting: readonly CountingNotice[]
  readonly band0GoalMs: number
}

type StandingMembers = 'band' | 'goalAt' | 'position' | 'allPausedAt' | 'category'

/**
 * Where a case stands by the notices that count for it now: the smallest place of those that wait for
 * nobody. Life first: a notice of band 0 and a person's mark wait for no answer (law 18). Where all wait,
 * the place stays ready for the answer and the case is offered to nobody.
 */
export function standingOf(
  state: CaseRecord,
  { at, counting, band0GoalMs }: PlaceFacts,
): Pick<CaseRecord, StandingMembers> {
  const awake = counting.filter(({ order, pausedAt }) => pausedAt === null || order.band === 0)
  const places = (awake.length > 0 ? awake : counting).map(placeOf).sort(compareOrder)
  const first = places[0] ?? state
  const waits = awake.length === 0 && !state.band0Marked
  return {
    band: state.band0Marked ? 0 : first.band === 0 ? 0 : 1,
    goalAt: state.band0Marked
      ? Math.min(first.goalAt, earliestSlot(state, counting) + band0GoalMs)
      : first.goalAt,
    position: first.position,
    allPausedAt: waits ? (state.allPausedAt ?? at) : null,
    category: categoryOf(state, counting),
  }
}

function placeOf({ order, position }: CountingNotice): Place {
  return { band: order.band, goalAt: order.goalAt, position }
}

/** From where a person's mark counts its goal: the earliest slot, never later than the opening. */
export function earliestSlot(
  { openedAt }: Pick<CaseRecord, 'openedAt'>,
  notices: readonly Pick<CountingNotice, 'order'>[],
): number {
  return notices.reduce((least, { order }) => Math.min(least, order.slotAt), openedAt)
}

/** The category that a case is listed under is one that a notice of it still says. */
function categoryOf(state: CaseRecord, counting: readonly CountingNotice[]): string {
  const isSaid = counting.some(({ category }) => category === state.category)
  return isSaid ? state.category : (counting[0]?.category ?? state.category)
}
