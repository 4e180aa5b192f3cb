import { isOpen, NOT_HELD, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { DecidedBy } from '../decision.ts'
import type { Id } from '../ids.ts'
import { may } from '../permissions.ts'
import { isResolved } from '../target-key.ts'
import { differenceSince, type ChangeFacts } from './decide-case.ts'
import { afterChange } from './leave-case.ts'
import { changed, refused, type Refusal, type TransitionResult } from './result.ts'
import { liveClaim, mayHandle } from './who-decides.ts'

export interface MergeInput {
  readonly by: DecidedBy
  /** Versions that the person looked at: of the case that stays, and of the other. */
  readonly expectedVersion: number
  readonly otherVersion: number
}

/** `counting`: the notices of both. */
export interface AbsorbFacts extends PlaceFacts {
  readonly other: CaseRecord
  /** The notices that are taken over. */
  readonly noticeIds: readonly Id<'ntc'>[]
}

export interface MergeFacts extends AbsorbFacts {
  readonly changes: ChangeFacts
  readonly otherChanges: ChangeFacts
}

/** Of two cases about one item that stays whose target the platform knows; else the first. */
export function survivorOf(first: CaseRecord, second: CaseRecord): CaseRecord {
  return isResolved(second.targetKey) && !isResolved(first.targetKey) ? second : first
}

/**
 * 統合する: a person says that two open cases of one procedure are about one item, which the platform
 * couldn't see for itself. This one takes over the notices of the other, as if they had joined it.
 */
export function mergeCase(
  state: CaseRecord,
  command: MergeInput,
  facts: MergeFacts,
): TransitionResult {
  const { by } = command
  const refusal = refuseMerge(state, command, facts)
  return refusal === undefined ? absorb(state, by, facts) : refused(refusal)
}

function refuseMerge(
  state: CaseRecord,
  { by, expectedVersion, otherVersion }: MergeInput,
  { at, other, changes, otherChanges }: MergeFacts,
): Refusal | undefined {
  const both = [state, other]
  if (!may(by.role, 'cases.merge') || !both.every((one) => mayHandle(by.role, one)))
    return { code: 'not_allowed' }
  if (!areMergeable(state, other)) return { code: 'not_mergeable' }
  for (const one of both) {
    const claim = liveClaim(one, at)
    if (claim !== undefined && claim.operator !== by.operator)
      return { code: 'claimed_by_other', claimUntil: claim.until }
  }
  if (expectedVersion !== state.version)
    return { code: 'stale_version', difference: differenceSince(state, expectedVersion, changes) }
  return otherVersion === other.version
    ? undefined
    : { code: 'stale_version', difference: differenceSince(other, otherVersion, otherChanges) }
}

/**
 * Another lane or form is another procedure (law 6), what is on trial never meets what isn't, and two
 * items that the platform knows stay two.
 */
function areMergeable(one: CaseRecord, other: CaseRecord): boolean {
  return (
    one.id !== other.id &&
    [one, other].every((each) => isOpen(each) && each.state !== 'new') &&
    one.lane === other.lane &&
    one.form === other.form &&
    one.trial === other.trial &&
    !(isResolved(one.targetKey) && isResolved(other.targetKey))
  )
}

/**
 * Takes over the notices of another case: what is grave or no-view for one is so for both, the smaller
 * place in the order counts, and opinions that were given without knowing of it are dropped.
 *
 * @param by `null`: nobody said so, an undone case goes into its later round.
 */
function absorb(state: CaseRecord, by: DecidedBy | null, facts: AbsorbFacts): TransitionResult {
  const { at, other, noticeIds } = facts
  const dropsClaim = other.noView && !state.noView
  const both: CaseRecord = {
    ...afterChange(state),
    grave: state.grave || other.grave,
    noView: state.noView || other.noView,
    band0Marked: state.band0Marked || other.band0Marked,
    claimedBy: dropsClaim ? null : state.claimedBy,
    claimUntil: dropsClaim ? null : state.claimUntil,
    emergencyToldAt: state.emergencyToldAt ?? other.emergencyToldAt,
    interimUntil: state.interimUntil ?? other.interimUntil,
  }
  const next = { ...both, ...standingOf(both, facts) }
  return changed(next, {
    type: 'case.merged',
    at,
    caseId: state.id,
    noticeId: null,
    decisionId: null,
    detail: {
      by,
      from: other.id,
      version: next.version,
      noticeIds,
      opinionsDropped: state.opinions.length + other.opinions.length,
    },
  })
}

/** The open round of a case whose earlier decision was undone takes over the notices of that round. */
export function absorbCase(
  state: CaseRecord,
  _command: object,
  facts: AbsorbFacts,
): TransitionResult {
  return isOpen(state) ? absorb(state, null, facts) : refused('not_allowed')
}

export interface GiveAwayInput {
  readonly into: Id<'cas'>
}

export interface GiveAwayFacts {
  /** Of the case that takes over. */
  readonly noView: boolean
}

/** The other half of {@link mergeCase}: this case is over, and names the one that goes on. */
export function giveAwayCase(
  state: CaseRecord,
  { into }: GiveAwayInput,
  { noView }: GiveAwayFacts,
): TransitionResult {
  if (!isOpen(state)) return refused('not_allowed')
  return changed({
    ...state,
    ...NOT_HELD,
    state: 'merged',
    mergedInto: into,
    version: state.version + 1,
    noView: state.noView || noView,
    opinions: [],
    allPausedAt: null,
    claimedBy: null,
    claimUntil: null,
  })
}
