import { isOpen, type CaseRecord } from '../case.ts'
import type { DecidedBy } from '../decision.ts'
import { may } from '../permissions.ts'
import { DAY } from '../time.ts'
import { differenceSince, type ChangeFacts } from './decide-case.ts'
import { changed, refused, type Refusal, type TransitionResult } from './result.ts'
import { liveClaim, mayHandle } from './who-decides.ts'

/** Nothing is set aside for longer at a time. */
export const LONGEST_HOLD_MS = 14 * DAY

export interface HoldInput {
  readonly by: DecidedBy
  readonly expectedVersion: number
  readonly until: number
  /** For the desk; never outward (law 21). */
  readonly reason: string
}

export interface HoldFacts extends ChangeFacts {
  readonly at: number
}

/**
 * 保留にする: whoever has the case sets it aside, and lets go of it. It is out of the people's queue until
 * then, until anything happens to it, or until a person resumes it. Its goal stays where it is: the
 * sender waits no less for it. A case of band 0 is never set aside (law 18).
 */
export function holdCase(
  state: CaseRecord,
  command: HoldInput,
  facts: HoldFacts,
): TransitionResult {
  const { by, until, reason } = command
  const refusal = refuseHold(state, command, facts)
  if (refusal !== undefined) return refused(refusal)
  return changed(
    { ...state, holdUntil: until, holdReason: reason, claimedBy: null, claimUntil: null },
    {
      type: 'case.held',
      at: facts.at,
      caseId: state.id,
      noticeId: null,
      decisionId: null,
      detail: { by, until, reason },
    },
  )
}

function refuseHold(
  state: CaseRecord,
  { by, expectedVersion, until }: HoldInput,
  facts: HoldFacts,
): Refusal | undefined {
  const { at } = facts
  if (!may(by.role, 'cases.hold') || !mayHandle(by.role, state)) return { code: 'not_allowed' }
  if (!isOpen(state)) return { code: 'already' }
  if (state.band === 0) return { code: 'life_does_not_wait' }
  const claim = liveClaim(state, at)
  if (claim === undefined) return { code: 'not_claimed' }
  if (claim.operator !== by.operator) return { code: 'claimed_by_other', claimUntil: claim.until }
  if (expectedVersion !== state.version)
    return { code: 'stale_version', difference: differenceSince(state, expectedVersion, facts) }
  if (Number.isSafeInteger(until) && until > at && until <= at + LONGEST_HOLD_MS) return undefined
  const keyword = until > at ? 'maximum' : 'minimum'
  return { code: 'invalid_input', errors: [{ pointer: '/until', keyword }] }
}
