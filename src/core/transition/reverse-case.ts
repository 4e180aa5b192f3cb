import type { ActionRecord, ActionState } from '../action.ts'
import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import type { DecidedBy, DecisionInput, DecisionRecord, ReversalReason } from '../decision.ts'
import type { Id } from '../ids.ts'
import { may } from '../permissions.ts'
import { counterDraft, reversalEnd, reversalStep, type ReversalStep } from '../reversal.ts'
import type { CoreEvent } from './core-event.ts'
import { differenceSince, type ChangeFacts } from './decide-case.ts'
import { afterReversal, type EndReversalFacts } from './end-reversal.ts'
import { changed, refused, type DecisionDraft } from './result.ts'
import type { Refusal, TransitionResult } from './result.ts'
import { liveClaim, mayHandle, needsTwoPeople } from './who-decides.ts'

export interface ReverseInput {
  readonly by: DecidedBy
  /** Who found the same before, on an objection; absent: nobody. */
  readonly beside?: readonly DecidedBy[]
  readonly expectedVersion: number
  readonly reason: ReversalReason
  readonly internalNote: string | null
}

export interface ReverseFacts extends ChangeFacts, EndReversalFacts {
  /** For the reversal, if one is made. */
  readonly decisionId: Id<'dec'>
  /** The one that stands; `null` where none was made. */
  readonly decision: DecisionRecord | null
  /** Every action of the case, also of decisions before this one. */
  readonly actions: readonly ActionRecord[]
  /** Those whose effect the decision of another case on the same target also rests on. */
  readonly heldElsewhere: ReadonlySet<Id<'act'>>
}

/**
 * 措置を取り消して復元する: a decision of its own that takes back the one that stands, with everything
 * that the case has done. What hasn't begun is cancelled, what took effect gets a counter-action, what
 * is being carried out is waited for. It takes as many people as the decision took, and no claim.
 *
 * 取り消す: as long as nothing has begun and nobody was told, there is nothing to undo and nothing is
 * decided by it, so one person does it, and the case is open for its decision again.
 *
 * A reversal whose counter-action failed for good is asked for again in the same way.
 */
export function reverseCase(
  state: CaseRecord,
  command: ReverseInput,
  facts: ReverseFacts,
): TransitionResult {
  const refusal = refuseReversal(state, command, facts)
  const { decision } = facts
  if (refusal !== undefined || decision === null) return refused(refusal ?? 'not_allowed')
  const { by, beside = [], reason, internalNote } = command
  const takesTwo = needsTwoPeople(state) || decision.by.length > 1
  const isEnough = !takesTwo || beside.length > 0
  if (isEnough || isUntouched(decision, facts.actions))
    return reversed(state, command, [...beside, by], decision, facts)
  const asked = state.reversalAsked
  if (asked?.by.operator === by.operator) return refused('second_person_needed')
  if (asked !== null) return reversed(state, command, [asked.by, by], decision, facts)
  const version = state.version + 1
  const detail = { version, by, reason, internalNote }
  return changed(
    { ...state, version, reversalAsked: { by, at: facts.at, reason, internalNote } },
    { ...about(state, facts.at), type: 'reversal.asked', detail },
  )
}

function refuseReversal(
  state: CaseRecord,
  { by, expectedVersion }: ReverseInput,
  facts: ReverseFacts,
): Refusal | undefined {
  if (!may(by.role, 'cases.reverse') || !mayHandle(by.role, state)) return { code: 'not_allowed' }
  if (isOpen(state)) return { code: 'not_allowed' }
  const isStuck = state.state === 'reversing' && state.flags.includes('action_failed')
  if (state.state !== 'decided' && !isStuck) return { code: 'already' }
  const claim = liveClaim(state, facts.at)
  if (claim !== undefined && claim.operator !== by.operator)
    return { code: 'claimed_by_other', claimUntil: claim.until }
  return expectedVersion === state.version
    ? undefined
    : { code: 'stale_version', difference: differenceSince(state, expectedVersion, facts) }
}

/** Nothing of it has begun, and nobody outside has heard of it. */
function isUntouched({ reported }: DecisionRecord, actions: readonly ActionRecord[]): boolean {
  return reported === 'nothing' && actions.every(({ state }) => WITHOUT_EFFECT.has(state))
}

const WITHOUT_EFFECT: ReadonlySet<ActionState> = new Set<ActionState>([
  'planned',
  'cancelled',
  'simulated',
])

function reversed(
  state: CaseRecord,
  { reason, internalNote }: ReverseInput,
  by: readonly DecidedBy[],
  taken: DecisionRecord,
  facts: ReverseFacts,
): TransitionResult {
  const { at, actions } = facts
  const steps = new Map(actions.map((action) => [action.id, stepOf(action, facts)]))
  const idsAt = (step: ReversalStep): Id<'act'>[] =>
    actions.map(({ id }) => id).filter((id) => steps.get(id) === step)
  const counters = actions
    .filter(({ id }) => steps.get(id) === 'counter')
    .map((action) => counterDraft(action, facts.decisionId, at))
    .filter((draft) => draft !== null)
  const decision = reversalOf(state, by, taken, { ...facts, reason, internalNote })
  const left = actions.map((action) =>
    steps.get(action.id) === 'cancel' ? { ...action, state: 'cancelled' as const } : action,
  )
  const end = counters.length > 0 ? 'open' : reversalEnd(left)
  const made: CoreEvent = {
    ...about(state, at),
    type: 'decision.reversed',
    decisionId: decision.id,
    detail: {
      version: state.version,
      mode: decision.mode,
      trial: decision.trial,
      by,
      noticeIds: decision.noticeIds,
      reverses: taken.reverses ?? taken.id,
      reason,
      internalNote,
      cancelled: idsAt('cancel'),
      waitsFor: idsAt('wait'),
      counters: counters.map(({ kind, reverses }) => ({ kind, reverses })),
    },
  }
  const takenBack: CaseRecord = {
    ...state,
    ...NOT_HELD,
    state: 'reversing',
    claimedBy: null,
    claimUntil: null,
    opinions: [],
    flags: [],
    reversalAsked: null,
    decisionId: decision.id,
  }
  const { next, events } = afterReversal(takenBack, end, facts)
  return { ok: true, next, events: [made, ...events], decision, actions: counters }
}

/** A counter-action would undo another case's decision too, so there is none then. */
function stepOf(action: ActionRecord, { actions, heldElsewhere }: ReverseFacts): ReversalStep {
  const step = reversalStep(action, actions)
  return step === 'counter' && heldElsewhere.has(action.id) ? 'leave' : step
}

function reversalOf(
  state: CaseRecord,
  by: readonly DecidedBy[],
  taken: DecisionRecord,
  {
    at,
    decisionId,
    reason,
    internalNote,
  }: ReverseFacts & Pick<ReverseInput, 'reason' | 'internalNote'>,
): DecisionDraft {
  return {
    id: decisionId,
    caseId: state.id,
    noticeIds: taken.noticeIds,
    mode: by.length > 1 ? 'human_two_person' : 'human',
    policy: null,
    // On trial, or not, with what it takes back.
    trial: taken.trial,
    by,
    decidedAt: at,
    input: { ...NOTHING_ELSE, awarenessCause: taken.input.awarenessCause, internalNote },
    replaces: taken.reverses === null ? null : taken.id,
    reverses: taken.reverses ?? taken.id,
    reversalReason: reason,
    reported: taken.reported === 'nothing' ? 'nothing' : 'under_review',
  }
}

/** A reversal rests on no clause and on no finding of a sender. */
const NOTHING_ELSE: Omit<DecisionInput, 'awarenessCause' | 'internalNote'> = {
  actions: [],
  alreadyGone: false,
  ground: null,
  weightGiven: 'none',
  senderFinding: null,
  contextConsidered: null,
  declineReason: null,
  publicNote: null,
}

function about(
  { id, decisionId }: CaseRecord,
  at: number,
): Pick<CoreEvent, 'at' | 'caseId' | 'noticeId' | 'decisionId'> {
  return { at, caseId: id, noticeId: null, decisionId }
}
