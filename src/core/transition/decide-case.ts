import { isOpen, type CaseRecord, type Opinion } from '../case.ts'
import type { DecidedBy, DecisionInput } from '../decision.ts'
import type { Id } from '../ids.ts'
import type { MannerCounts } from '../manner.ts'
import type { MeasureText } from '../measure-text.ts'
import { isInterimOnly } from '../measure-terms.ts'
import type { Standard } from '../standard.ts'
import type { Trial } from '../trial.ts'
import { refuseInput, type AddresseeRole } from './check-input.ts'
import type { CoreEvent } from './core-event.ts'
import { changeDue, decisionMade, draftDecision } from './draft-decision.ts'
import { endInterim, refuseInterim, takeInterim, type InterimFacts } from './interim.ts'
import { planActions } from './plan-actions.ts'
import { changed, refused } from './result.ts'
import type { CaseDifference, Refusal, TransitionResult } from './result.ts'
import { agreementOf, type FourEyesFacts } from './two-people.ts'
import { liveClaim, refusePerson } from './who-decides.ts'

export interface DecideInput {
  readonly by: DecidedBy
  /** The version that the person looked at. */
  readonly expectedVersion: number
  readonly input: DecisionInput
}

/** One notice of the case. */
export interface AttachedNotice {
  readonly id: Id<'ntc'>
  /** Version of the case with which it came: 1 for the one that opened it. */
  readonly atVersion: number
  readonly addresseeRole: AddresseeRole
}

/** What else a decision must have seen, with the version that it came with. */
export type LaterChange = { readonly atVersion: number } & (
  | { readonly kind: 'withdrawn' | 'superseded'; readonly id: Id<'ntc'> }
  | { readonly kind: 'supplement'; readonly id: Id<'msg'> }
)

/** What a person who acts on a version must have seen. */
export interface ChangeFacts {
  /** Every notice that counts now. */
  readonly attached: readonly Pick<AttachedNotice, 'id' | 'atVersion'>[]
  /** Notices that left, and supplements that came. */
  readonly changes: readonly LaterChange[]
}

export interface DecideFacts extends ChangeFacts, InterimFacts, FourEyesFacts {
  readonly at: number
  readonly undoWindowMs: number
  /** For the decision, if one is made. */
  readonly decisionId: Id<'dec'>
  readonly standards: readonly Standard[]
  /** Whether the platform is designated (情プラ法20条). */
  readonly designated: boolean
  /** That a label or advisory may show. */
  readonly texts: readonly MeasureText[]
  /** Of the item; absent: the ground doesn't ask for it. */
  readonly manner?: MannerCounts
  /** Whether anything will come of it. */
  readonly trial: Trial | null
  readonly attached: readonly AttachedNotice[]
}

/**
 * 判断: acting, declining and "already gone" by the same steps. A case that takes two people keeps the
 * first opinion and waits; otherwise, and when they agree, the decision is recorded on exactly the
 * notices that were attached at `expectedVersion`, and its actions are planned.
 *
 * An interim measure waits for no second person and decides nothing: the case stays as it is, for
 * whoever decides.
 *
 * A case is decided anew only after an action failed for good, after its decision was reversed, or where
 * the desk only observed; the new decision replaces.
 */
export function decideCase(
  state: CaseRecord,
  command: DecideInput,
  facts: DecideFacts,
): TransitionResult {
  const { by } = command
  const refusal = refuseMoment(state, command, facts) ?? refuseContent(state, command, facts)
  if (refusal !== undefined) return refused(refusal)
  if (isInterimOnly(command.input.actions)) return interim(state, command, facts)
  const opinion: Opinion = { by, at: facts.at, input: withDefaultReason(command.input) }
  const agreement = agreementOf(state, opinion, facts)
  if (agreement.kind === 'alone') return refused('second_person_needed')
  if (agreement.kind === 'waiting') {
    const next = { ...afterOpinion(state, opinion), opinions: [...state.opinions, opinion] }
    // A case that was decided stays as it is until the new decision stands: it takes no notices meanwhile.
    return changed(
      { ...next, state: isOpen(state) ? agreement.state : state.state },
      opinionGiven(next, opinion),
    )
  }
  return decided(state, opinion, agreement.by, facts)
}

function refuseMoment(
  state: CaseRecord,
  { by, expectedVersion }: DecideInput,
  facts: DecideFacts,
): Refusal | undefined {
  const person = refusePerson(state, by, 'cases.decide')
  if (person !== undefined) return person
  if (state.state === 'new') return { code: 'not_allowed' }
  const isCurrent = expectedVersion === state.version
  const stale = {
    code: 'stale_version',
    difference: differenceSince(state, expectedVersion, facts),
  } as const
  // Closed under the decider's hands by a withdrawal: told as what it is, a change.
  if (state.state === 'withdrawn') return isCurrent ? { code: 'already' } : stale
  if (!mayDecideNow(state)) return { code: 'already' }
  const claim = liveClaim(state, facts.at)
  if (claim === undefined) return { code: 'not_claimed' }
  if (claim.operator !== by.operator) return { code: 'claimed_by_other', claimUntil: claim.until }
  return isCurrent ? undefined : stale
}

function mayDecideNow(state: CaseRecord): boolean {
  const { state: at, flags } = state
  if (isOpen(state) || at === 'reversed') return true
  if (flags.includes('only_observed')) return true
  return (at === 'decided' || at === 'reversing') && flags.includes('action_failed')
}

function refuseContent(
  state: CaseRecord,
  { input }: DecideInput,
  facts: DecideFacts,
): Refusal | undefined {
  const addresseeRoles = facts.attached.map(({ addresseeRole }) => addresseeRole)
  return (
    refuseInput(state, input, { ...facts, addresseeRoles }) ??
    (isInterimOnly(input.actions) ? refuseInterim(state) : undefined)
  )
}

/** What a person must look at who decided on an older version. */
export function differenceSince(
  state: CaseRecord,
  version: number,
  { attached, changes }: ChangeFacts,
): CaseDifference {
  const isSince = ({ atVersion }: { readonly atVersion: number }): boolean => atVersion > version
  const left = (kind: 'withdrawn' | 'superseded'): Id<'ntc'>[] =>
    changes.filter(isSince).flatMap((change) => (change.kind === kind ? [change.id] : []))
  return {
    version: state.version,
    state: state.state,
    noticesSince: attached.filter(isSince).map(({ id }) => id),
    withdrawnSince: left('withdrawn'),
    supersededSince: left('superseded'),
    supplementsSince: changes
      .filter(isSince)
      .flatMap((change) => (change.kind === 'supplement' ? [change.id] : [])),
  }
}

/** A decline without a reason is one with the reason `unspecified` (law 5). */
function withDefaultReason(input: DecisionInput): DecisionInput {
  const declines = input.actions.length === 0 && !input.alreadyGone && input.legal === undefined
  return declines ? { ...input, declineReason: input.declineReason ?? 'unspecified' } : input
}

/** Whoever gave an opinion lets go of the case. Finding an item gone assesses nothing. */
function afterOpinion(state: CaseRecord, { at, input }: Opinion): CaseRecord {
  return {
    ...state,
    version: state.version + 1,
    claimedBy: null,
    claimUntil: null,
    assessedAt: state.assessedAt ?? (input.alreadyGone ? null : at),
  }
}

function opinionGiven({ id, version }: CaseRecord, { by, at, input }: Opinion): CoreEvent {
  return {
    type: 'opinion.given',
    at,
    caseId: id,
    noticeId: null,
    decisionId: null,
    detail: { version, by, input },
  }
}

function decided(
  state: CaseRecord,
  opinion: Opinion,
  by: readonly DecidedBy[],
  facts: DecideFacts,
): TransitionResult {
  const next: CaseRecord = {
    ...afterOpinion(state, opinion),
    state: 'decided',
    opinions: [],
    // Only practised on, a real case is one that somebody still has to decide.
    flags: facts.trial !== state.trial ? ['only_observed'] : [],
    reversalAsked: null,
    allPausedAt: null,
    decisionId: facts.decisionId,
  }
  const mode = by.length > 1 ? 'human_two_person' : 'human'
  const decision = draftDecision(state, { by, mode, input: opinion.input }, facts)
  const planned = planActions(state, decision, facts.undoWindowMs)
  const notBefore = facts.at + facts.undoWindowMs
  const { ends, counters } = endInterim(facts, decision, notBefore)
  const made = [decisionMade(state, decision, ends, facts), ...changeDue(state, decision, facts)]
  const events = mode === 'human_two_person' ? [opinionGiven(next, opinion), ...made] : made
  return { ok: true, next, events, decision, actions: [...planned, ...counters] }
}

function interim(
  state: CaseRecord,
  { by, input }: DecideInput,
  facts: DecideFacts,
): TransitionResult {
  const decision = draftDecision(state, { by: [by], mode: 'human', input }, facts)
  const actions = planActions(state, decision, facts.undoWindowMs)
  const next = takeInterim(state, decision.id, actions)
  const events = [decisionMade(state, decision, [], facts), ...changeDue(state, decision, facts)]
  return { ok: true, next, events, decision, actions }
}
