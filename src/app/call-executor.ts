import { SECOND } from '../core/time.ts'
import { PermanentFailure, type ExecutorResult } from '../ports/platform.ts'
import type { AppContext } from './context.ts'
import { isFailureCode, type Settlement } from './settle-action.ts'
import { TimedOut, withTimeout } from './with-timeout.ts'

/** Shorter than the lease, so that the signal fires before anybody else may take over. */
const TIMEOUT_MS = 45 * SECOND

/**
 * Calls an executor of the platform, which is foreign code and may do anything; never throws.
 *
 * @param late Gets what it says after its time was up, if anything.
 */
export async function callExecutor(
  { clock }: AppContext,
  run: (signal: AbortSignal) => Promise<ExecutorResult>,
  late?: (settlement: Settlement) => void,
): Promise<Settlement> {
  try {
    const result = await withTimeout(clock, TIMEOUT_MS, run, (result) =>
      late?.(settlementOf(result, clock.now())),
    )
    return settlementOf(result, clock.now())
  } catch (fault) {
    if (fault instanceof PermanentFailure) return { kind: 'failed', code: safeCode(fault.code) }
    return { kind: 'retry', code: fault instanceof TimedOut ? 'timed_out' : 'threw' }
  }
}

/** A code is a word of a list; anything else may hold anything. */
function safeCode(code: unknown): string {
  return isFailureCode(code) ? code : 'permanent'
}

/** An executor that answers with something else than it may is a fault of its own, not a success. */
function settlementOf(result: ExecutorResult, now: number): Settlement {
  const answer: unknown = result
  if (typeof answer !== 'object' || answer === null || !('kind' in answer))
    return { kind: 'retry', code: 'bad_answer' }
  if (result.kind === 'pending') return { kind: 'pending' }
  const isTime =
    (result.kind as string) === 'executed' && Number.isSafeInteger(result.at) && result.at > 0
  return isTime
    ? { kind: 'executed', at: Math.min(result.at, now), by: 'executor' }
    : { kind: 'retry', code: 'bad_answer' }
}
