import type { ActionRecord } from '../action.ts'
import { isOpen, type CaseRecord } from '../case.ts'
import type { DecisionInput } from '../decision.ts'
import { expiryStep, type ExpiryStep } from '../expiry.ts'
import type { Id } from '../ids.ts'
import { counterDraft } from '../reversal.ts'
import type { Lane } from '../vocabulary.ts'
import type { ActionDraft, Refusal } from './result.ts'

/** What stands of the interim measures of a case. */
export interface InterimFacts {
  /** Every action of the case. */
  readonly actions: readonly ActionRecord[]
  /** Those whose effect the decision of another case on the same target also rests on. */
  readonly heldElsewhere: ReadonlySet<Id<'act'>>
}

/** How one interim measure ends when the case is decided. */
export interface InterimEnd {
  readonly action: Id<'act'>
  readonly step: ExpiryStep
}

/** For an agency nothing is done by one person (law 8), and an order is complied with, or isn't. */
const NEVER_INTERIM: ReadonlySet<Lane> = new Set<Lane>(['agency', 'legal_desk'])

/** Why no interim measure can be taken now, if so: only on a case that waits for its decision, and once. */
export function refuseInterim(state: CaseRecord): Refusal | undefined {
  if (NEVER_INTERIM.has(state.lane) || !isOpen(state)) return { code: 'interim_not_here' }
  return state.interimUntil === null ? undefined : { code: 'interim_taken' }
}

/**
 * 暫定措置 is taken and the case goes on: it decides nothing, says nothing of how the item was judged, and
 * the people who decide are asked as before. No second person is waited for.
 */
export function takeInterim(
  state: CaseRecord,
  decisionId: Id<'dec'>,
  actions: readonly ActionDraft[],
): CaseRecord {
  return {
    ...state,
    version: state.version + 1,
    claimedBy: null,
    claimUntil: null,
    decisionId,
    interimUntil: Math.max(...actions.map(({ endsAt }) => Number(endsAt))),
  }
}

/** A decision ends the interim measures before it: what it doesn't choose itself is undone. */
export function endInterim(
  { actions, heldElsewhere }: InterimFacts,
  { id: decisionId, input }: { readonly id: Id<'dec'>; readonly input: DecisionInput },
  notBefore: number,
): { readonly ends: readonly InterimEnd[]; readonly counters: readonly ActionDraft[] } {
  const chosen = new Set(input.actions.map(({ kind }) => kind))
  const interim = actions.filter(({ terms }) => terms?.interim === true)
  const steps = interim.map((action) => {
    const isHeld = chosen.has(action.kind) || heldElsewhere.has(action.id)
    return { action, step: expiryStep(action, actions, isHeld) }
  })
  const counters = steps
    .filter(({ step }) => step === 'counter')
    .map(({ action }) => counterDraft(action, decisionId, notBefore))
    .filter((draft) => draft !== null)
  const ends = steps
    .filter(({ step }) => step !== 'leave')
    .map(({ action, step }) => ({ action: action.id, step }))
  return { ends, counters }
}
