import { isOpen, isOver, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import type { SelfHarmPoster } from '../poster-statement.ts'
import { afterChange } from './leave-case.ts'
import { changed, refused, type TransitionResult } from './result.ts'
import { mayHandle } from './who-decides.ts'

export interface AssessPosterInput {
  readonly by: DecidedBy
  readonly poster: SelfHarmPoster
}

export interface AssessPosterFacts {
  readonly at: number
}

/**
 * 発信者についての見立て: a person says whether the poster seeks company or help, or lures others.
 * It waits for no claim and decides nothing about the item; but what was thought of the case without
 * knowing it is dropped. Who lures is treated as in any grave category, and that isn't taken back.
 */
export function assessPoster(
  state: CaseRecord,
  { by, poster }: AssessPosterInput,
  { at }: AssessPosterFacts,
): TransitionResult {
  if (!may(by.role, 'posters.assess') || !mayHandle(by.role, state)) return refused('not_allowed')
  if (isOver(state) || state.selfHarm === poster) return refused('already')
  const base = isOpen(state)
    ? afterChange(state)
    : { ...state, version: state.version + 1, opinions: [], reversalAsked: null }
  const next = { ...base, selfHarm: poster, grave: state.grave || poster === 'luring' }
  return changed(next, {
    type: 'poster.assessed',
    at,
    caseId: state.id,
    noticeId: null,
    decisionId: state.decisionId,
    detail: { by, poster, version: next.version, opinionsDropped: state.opinions.length },
  })
}
