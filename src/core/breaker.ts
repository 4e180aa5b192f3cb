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
  if (breaker === undefined || breaker.openUntil === null) return null
  return now < breaker.openUntil ? breaker.openUntil : null
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
  const was = before ?? { state: 'closed', failures: 0, pauses: 0 }
  const closed = { senderId, state: 'closed', pauses: 0, openUntil: null } as const
  if (!isUnwell(result)) return was.failures === 0 ? undefined : { ...closed, failures: 0 }
  const failures = was.failures + 1
  if (was.state === 'closed' && failures < OPEN_AFTER) return { ...closed, failures }
  const pauses = was.pauses + 1
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), LONGEST_PAUSE_MS)
  return { senderId, state: 'open', failures, pauses, openUntil: now + pauseMs }
}
