import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import type { CoreEvent } from './core-event.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface MarkBand0Input {
  readonly by: DecidedBy
}

export interface MarkBand0Facts {
  readonly at: number
  /** The earliest slot of the notices attached. */
  readonly slotAt: number
  readonly band0GoalMs: number
}

/**
 * 人命に関わる事案として扱う: a person's mark moves an open case to the front. It needs no claim, leaves
 * the version alone and decides nothing about the content (law 18).
 */
export function markBand0(
  state: CaseRecord,
  { by }: MarkBand0Input,
  facts: MarkBand0Facts,
): TransitionResult {
  if (!may(by.role, 'cases.mark_band0')) return refused('not_allowed')
  if (state.band === 0 || !isOpen(state)) return refused('already')
  const [next, event] = asBand0(state, by, facts)
  return changed(next, event)
}

/** The case in front, and the event that says who put it there. */
export function asBand0(
  state: CaseRecord,
  by: DecidedBy,
  { at, slotAt, band0GoalMs }: MarkBand0Facts,
): [next: CaseRecord, event: CoreEvent] {
  const goalAt = Math.min(state.goalAt, slotAt + band0GoalMs)
  const event = {
    type: 'case.band0_marked',
    at,
    caseId: state.id,
    noticeId: null,
    decisionId: null,
    detail: { by, goalAt },
  } as const
  const marked = { band: 0, goalAt, band0Marked: true, allPausedAt: null } as const
  return [{ ...state, ...NOT_HELD, ...marked }, event]
}
