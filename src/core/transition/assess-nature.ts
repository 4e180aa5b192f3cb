import { isOpen, type CaseRecord } from '../case.ts'
import { standingOf, type PlaceFacts } from '../case-place.ts'
import type { DecidedBy } from '../decision.ts'
import type { Id } from '../ids.ts'
import type { NoticeRecord } from '../notice.ts'
import { may } from '../permissions.ts'
import type { Lane, LegalNature } from '../vocabulary.ts'
import { isDocument } from './check-input.ts'
import type { CoreEvent } from './core-event.ts'
import { differenceSince, type ChangeFacts } from './decide-case.ts'
import { afterChange } from './leave-case.ts'
import { changed, refused, type Refusal, type TransitionResult } from './result.ts'
import { liveClaim, maySee } from './who-decides.ts'

/** What a person can take a notice for. A signal is none, and what asks under a law has another window. */
export const ASSESSABLE_NATURES = [
  'voluntary_request',
  'administrative_guidance',
  'statutory_duty',
  'administrative_order',
  'court_order',
  'compulsory_measure',
] as const satisfies readonly LegalNature[]
export type AssessableNature = (typeof ASSESSABLE_NATURES)[number]

export interface AssessInput {
  readonly by: DecidedBy
  readonly expectedVersion: number
  readonly noticeId: Id<'ntc'>
  readonly nature: AssessableNature
  readonly reason: string
  /** Which document it rests on. */
  readonly document: string
}

/** `counting`: the notices that count for the case now. */
export interface AssessFacts extends PlaceFacts {
  readonly changes: ChangeFacts
  readonly notice: Pick<NoticeRecord, 'id' | 'nature' | 'lane'>
  /** The lane that follows from the new nature. */
  readonly lane: Lane
  /** Whether the platform declared the duty for the category: only then there is one. */
  readonly isDuty: boolean
  /** The open case with the key that the notice has from now on. */
  readonly other: Id<'cas'> | null
  /** Of the latest case with that key. */
  readonly previous: Pick<CaseRecord, 'id' | 'round'> | null
}

/**
 * 法的性質を評価する (law 7): a person raises or lowers what one notice is taken for, with a reason and a
 * document. Where another lane follows, the case gets another key with it; a notice that isn't alone, or
 * for which a case is open there, leaves this one for that. Opinions that were given on the old nature are
 * dropped.
 */
export function assessNature(
  state: CaseRecord,
  command: AssessInput,
  facts: AssessFacts,
): TransitionResult {
  const refusal = refuseMoment(state, command, facts) ?? refuseContent(command, facts)
  return refusal === undefined ? assessed(state, command, facts) : refused(refusal)
}

function refuseMoment(
  state: CaseRecord,
  { by, expectedVersion }: AssessInput,
  { at, changes, lane }: AssessFacts,
): Refusal | undefined {
  if (!mayAssess(by, state, lane)) return { code: 'not_allowed' }
  if (!isOpen(state)) return { code: 'already' }
  if (state.state === 'new') return { code: 'not_allowed' }
  const claim = liveClaim(state, at)
  if (claim !== undefined && claim.operator !== by.operator)
    return { code: 'claimed_by_other', claimUntil: claim.until }
  return expectedVersion === state.version
    ? undefined
    : { code: 'stale_version', difference: differenceSince(state, expectedVersion, changes) }
}

function refuseContent(
  { noticeId, nature, reason, document }: AssessInput,
  { notice, isDuty, counting }: AssessFacts,
): Refusal | undefined {
  const errors = [
    ...(isDocument(document) ? [] : [{ pointer: '/document', keyword: 'pattern' }]),
    ...(/\S/.test(reason) ? [] : [{ pointer: '/reason', keyword: 'minLength' }]),
    ...(nature === 'statutory_duty' && !isDuty ? [{ pointer: '/nature', keyword: 'const' }] : []),
  ]
  if (errors.length > 0) return { code: 'invalid_input', errors }
  const counts = counting.some(({ id }) => id === noticeId)
  return !counts || notice.nature === nature ? { code: 'already' } : undefined
}

/** To and from the legal desk only the legal desk itself. */
function mayAssess({ role }: DecidedBy, state: CaseRecord, lane: Lane): boolean {
  const isLegal = lane === 'legal_desk' || state.lane === 'legal_desk'
  if (!may(role, 'natures.assess') || !maySee(role, state)) return false
  return !isLegal || may(role, 'legal.handle')
}

function assessed(
  state: CaseRecord,
  { by, nature, reason, document }: AssessInput,
  facts: AssessFacts,
): TransitionResult {
  const { at, notice, lane } = facts
  const next = nextOf(state, nature, facts)
  const event: CoreEvent = {
    type: 'nature.assessed',
    at,
    caseId: state.id,
    noticeId: notice.id,
    decisionId: null,
    detail: {
      by,
      version: next.version,
      from: { nature: notice.nature, lane: notice.lane },
      to: { nature, lane },
      reason,
      document,
      opinionsDropped: state.opinions.length,
    },
  }
  return changed(next, event)
}

function nextOf(
  state: CaseRecord,
  nature: AssessableNature,
  { at, counting, band0GoalMs, notice, lane, other, previous }: AssessFacts,
): CaseRecord {
  const left = counting.filter(({ id }) => id !== notice.id)
  const after = afterChange(state)
  if (lane === state.lane) return { ...after, nature: left.length === 0 ? nature : state.nature }
  if (left.length > 0)
    return { ...after, ...standingOf(after, { at, counting: left, band0GoalMs }) }
  const free = { ...after, claimedBy: null, claimUntil: null }
  if (other !== null) return { ...free, state: 'merged', mergedInto: other, allPausedAt: null }
  return {
    ...free,
    nature,
    lane,
    round: (previous?.round ?? 0) + 1,
    previousCaseId: previous?.id ?? null,
  }
}
