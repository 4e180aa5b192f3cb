import { afterAttempt, pausedUntil, type BreakerRecord } from '../core/breaker.ts'
import type { AttemptResult } from '../core/retry-schedule.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { AppContext } from './context.ts'

/** Until when nothing is sent to a sender's endpoint; `null`: an attempt may be made. */
export async function endpointPause(
  { read, clock }: AppContext,
  senderId: string,
): Promise<number | null> {
  return pausedUntil(await read.get('breaker', { senderId }), clock.now())
}

/** Notes what an attempt says of the endpoint, for every process. */
export async function noteAttempt(
  { clock, log }: AppContext,
  tx: Transaction,
  senderId: string,
  result: AttemptResult,
): Promise<void> {
  const before = await tx.get('breaker', { senderId })
  const after = afterAttempt(senderId, before, result, clock.now())
  if (after === undefined) return
  await tx.put('breaker', after)
  if (isNew(before, after))
    log.warn(after.state === 'open' ? 'endpoint.paused' : 'endpoint.resumed', {
      failures: after.failures,
      pauses: after.pauses,
    })
}

function isNew(before: BreakerRecord | undefined, after: BreakerRecord): boolean {
  return (before?.state ?? 'closed') !== after.state || after.pauses !== (before?.pauses ?? 0)
}
