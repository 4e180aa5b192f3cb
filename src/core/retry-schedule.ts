import { DAY, HOUR, MINUTE, SECOND } from './time.ts'

/** Waits before the first, second, third … attempt, in ms. Its length is the number of attempts. */
export type RetrySchedule = readonly number[]

/** Attempts to deliver an outcome: about three days (Standard Webhooks 1.0, "Retries"). */
export const DELIVERY_SCHEDULE: RetrySchedule = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** Calls of a named handler of the platform; then it is a dead letter. */
export const HANDLER_SCHEDULE: RetrySchedule = [
  0,
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
]

/** Calls of an executor; then the action has failed and a person is asked. */
export const EXECUTOR_SCHEDULE: RetrySchedule = [
  0,
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
]

/** Tries to resolve or observe a target; afterwards the case goes on without. */
export const RESOLVER_SCHEDULE: RetrySchedule = [0, SECOND, 3 * SECOND]

/** Longest pause that the other side can ask for by `Retry-After`. */
export const MAX_RETRY_AFTER_MS: number = DAY

/**
 * The wait before the next attempt in ms, ± 20 %, or `undefined` where all attempts were made.
 *
 * @param made How many attempts were made.
 * @param random 0 ≤ random < 1; spreads what failed together.
 * @param retryAfterMs What the other side asked for; honoured up to 24 h, never shortens the wait.
 */
export function nextWaitMs(
  schedule: RetrySchedule,
  made: number,
  random: number,
  retryAfterMs = 0,
): number | undefined {
  const wait = schedule[made]
  if (wait === undefined) return undefined
  const spread = Math.round(wait * (0.8 + 0.4 * random))
  return Math.max(spread, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS))
}

/** What one attempt to deliver came to, as far as it decides what follows. */
export type AttemptResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'failed'; readonly code: string }

/** `stop`: waiting won't mend it. `disable`: the same, and the endpoint says that it is gone. */
export type DeliveryVerdict = 'delivered' | 'retry' | 'stop' | 'disable'

/** Faults of the registered endpoint itself, which no waiting mends. */
const LASTING_FAULTS: ReadonlySet<string> = new Set(['blocked_url', 'blocked_address'])

/** 4xx that pass: 404 too, for a route that is missing during a deployment. */
const PASSING: ReadonlySet<number> = new Set([404, 408, 425, 429])

/**
 * | answer                            | verdict                                        |
 * | --------------------------------- | ---------------------------------------------- |
 * | 2xx; 409 (has it already)         | `delivered`                                    |
 * | 404, 408, 425, 429, 5xx, 1xx, 3xx | `retry`; a redirect is a failure, not followed |
 * | 410                               | `disable`                                      |
 * | other 4xx (400, 401, 403 …)       | `stop`                                         |
 * | blocked address or URL            | `stop`                                         |
 * | other faults of the connection    | `retry`                                        |
 */
export function verdictOf(result: AttemptResult): DeliveryVerdict {
  if (result.kind === 'failed') return LASTING_FAULTS.has(result.code) ? 'stop' : 'retry'
  const { status } = result
  if ((status >= 200 && status < 300) || status === 409) return 'delivered'
  if (status === 410) return 'disable'
  const refused = status >= 400 && status < 500 && !PASSING.has(status)
  return refused ? 'stop' : 'retry'
}

/**
 * What follows from one attempt. What is given up isn't sent again by itself; a person is told, and it
 * can still be polled.
 */
export type AttemptVerdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly waitMs: number }
  | {
      readonly kind: 'give_up'
      readonly why: 'refused' | 'endpoint_gone' | 'attempts_used'
    }

/** One attempt to deliver an outcome, judged. */
export function nextAttempt(one: {
  /** Attempts made, this one included. */
  readonly attempt: number
  readonly result: AttemptResult
  /** 0 ≤ jitter ≤ 1, random. */
  readonly jitter: number
}): AttemptVerdict {
  const { attempt, result, jitter } = one
  const verdict = verdictOf(result)
  if (verdict === 'delivered') return { kind: 'delivered' }
  if (verdict === 'stop') return { kind: 'give_up', why: 'refused' }
  if (verdict === 'disable') return { kind: 'give_up', why: 'endpoint_gone' }
  const retryAfterMs = result.kind === 'answered' ? result.retryAfterMs : undefined
  const waitMs = nextWaitMs(DELIVERY_SCHEDULE, attempt, jitter, retryAfterMs)
  return waitMs === undefined
    ? { kind: 'give_up', why: 'attempts_used' }
    : { kind: 'retry', waitMs }
}
