import { HOUR, MINUTE } from './time.ts'
import { verdictOf, type AttemptResult } from './retry-schedule.ts'

/** Failed attempts in a row, of whichever outcomes, after which an endpoint is left alone for a while. */
export const OPEN_AFTER = 5
/** First pause; doubled each time the attempt that follows it fails, up to the longest. */
export const FIRST_PAUSE_MS: number = MINUTE
export const LONGEST_PAUSE_MS: number = HOUR

/**
 * 送付の一時停止: what is known of the health of one sender's endpoint. `open`: nothing is sent until
 * `openUntil`; then one attempt tells (half-open), as one delivery is in flight per endpoint.
 */
export interface BreakerRecord {
  readonly senderId: string
  readonly state: 'closed' | 'open'
  /** Failed attempts in a row. */
  readonly failures: number
  /** Pauses in a row. */
  readonly pauses: number
  /** `null` while closed. */
  readonly openUntil: number | null
}

/** How people and machines are told of it. */
export type BreakerState = 'closed' | 'open' | 'half_open'

/** As it stands now; an endpoint that nobody noted anything of is closed, as all begin. */
export function breakerState(breaker: BreakerRecord | undefined, now: number): BreakerState {
  if (breaker?.state !== 'open') return 'closed'
  return pausedUntil(breaker, now) === null ? 'half_open' : 'open'
}

/** Until when nothing is sent; `null`: an attempt may be made now. */
export function pausedUntil(breaker: BreakerRecord | undefined, now: number): number | null {
  const until = breaker?.openUntil ?? null
  return until !== null && now < until ? until : null
}

/**
 * Whether an attempt speaks against the endpoint itself: no connection, or an answer that waiting may
 * mend. One that it refuses for good was heard, so the endpoint is well.
 */
export function isUnwell(result: AttemptResult): boolean {
  return result.kind === 'failed' || verdictOf(result) === 'retry'
}

/** What is to be noted after an attempt; `undefined` where nothing changes. */
export function afterAttempt(
  senderId: string,
  before: BreakerRecord | undefined,
  result: AttemptResult,
  now: number,
): BreakerRecord | undefined {
  if (!isUnwell(result)) {
    const isWell = before === undefined || (before.failures === 0 && before.state === 'closed')
    return isWell
      ? undefined
      : { senderId, state: 'closed', failures: 0, pauses: 0, openUntil: null }
  }
  const failures = (before?.failures ?? 0) + 1
  if (before?.state !== 'open' && failures < OPEN_AFTER)
    return { senderId, state: 'closed', failures, pauses: 0, openUntil: null }
  const pauses = (before?.pauses ?? 0) + 1
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), LONGEST_PAUSE_MS)
  return { senderId, state: 'open', failures, pauses, openUntil: now + pauseMs }
}
