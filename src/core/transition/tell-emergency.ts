import { isOpen, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import type { CoreEvent, EmergencyService } from './core-event.ts'
import { asBand0, type MarkBand0Facts } from './mark-band0.ts'
import { changed, refused, type TransitionResult } from './result.ts'

export interface TellEmergencyInput {
  readonly by: DecidedBy
  readonly service: EmergencyService
  readonly note: string | null
}

/**
 * 緊急の連絡を記録する: 110 or 119 was called. Nothing delays it (law 18): no claim, no second person, no
 * state of the case, no version. Calling for help is itself a person's mark, so an open case comes to
 * the front by it. Each call is an event; the case keeps the time of the first.
 */
export function tellEmergency(
  state: CaseRecord,
  { by, service, note }: TellEmergencyInput,
  facts: MarkBand0Facts,
): TransitionResult {
  if (!may(by.role, 'emergency.tell')) return refused('not_allowed')
  const { at } = facts
  const told: CoreEvent = {
    type: 'emergency.told',
    at,
    caseId: state.id,
    noticeId: null,
    decisionId: null,
    detail: { by, service, note },
  }
  const emergencyToldAt = state.emergencyToldAt ?? at
  if (state.band === 0 || !isOpen(state))
    return changed(
      { ...state, emergencyToldAt, band0Marked: state.band0Marked || isOpen(state) },
      told,
    )
  const [next, marked] = asBand0(state, by, facts)
  return changed({ ...next, emergencyToldAt }, marked, told)
}
