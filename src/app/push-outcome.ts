import { toBase64 } from '../core/base64.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { SECOND } from '../core/time.ts'
import type { OutcomeTransport, TransportResult } from '../ports/outcome-transport.ts'
import { makePushToken } from '../signing/push.ts'
import type { AppContext } from './context.ts'
import { withTimeout } from './with-timeout.ts'

const TIMEOUT_MS = 20 * SECOND

/** The outcome to hand over, and the delivery that it belongs to. */
export interface Pushed {
  readonly delivery: DeliveryRecord
  readonly outcome: OutcomeRecord
}

export type PushRequest = Omit<Parameters<OutcomeTransport['post']>[0], 'signal'>

/**
 * The stored bytes of the outcome, under a signature of this attempt. Throws for faults of our own:
 * nothing was sent then.
 */
export async function preparePush(
  ctx: AppContext,
  { outcome, delivery }: Pushed,
  url: string,
): Promise<PushRequest> {
  const entry = await ctx.read.get('ledgerEntry', { index: outcome.entryIndex })
  if (entry === undefined) throw new Error('an outcome without its entry')
  const body = new TextEncoder().encode(
    JSON.stringify({
      outcome: outcome.jws,
      entry: toBase64(entry.bytes),
      proof: await ctx.ledger.proof(outcome.entryIndex),
    }),
  )
  const token = await makePushToken(ctx.signer, {
    issuer: ctx.config.issuer,
    audience: outcome.senderId,
    url,
    body,
    now: ctx.clock.now(),
    jti: ctx.random.id('dlv'),
  })
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'madoguchi-delivery': delivery.id,
  }
  return { url, headers, body }
}

/** One attempt. Never throws. */
export function sendPush(ctx: AppContext, request: PushRequest): Promise<TransportResult> {
  return withTimeout(ctx.clock, TIMEOUT_MS, (signal) =>
    ctx.transport.post({ ...request, signal }),
  ).catch(() => ({ kind: 'failed', code: 'timed_out' }) as const)
}

/** The other side may say that it has it, by the outcome's own id; anything else is mere delivery. */
export function isAcknowledged(result: TransportResult, outcome: OutcomeRecord): boolean {
  if (result.kind !== 'answered' || result.body.length > 1_024) return false
  try {
    const answer: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(result.body),
    )
    return (
      typeof answer === 'object' &&
      answer !== null &&
      'acknowledged' in answer &&
      answer.acknowledged === outcome.id
    )
  } catch {
    return false
  }
}

/** What is kept of an answer: its status or the fault, nothing of its text. */
export function resultCode(result: TransportResult): string {
  return result.kind === 'answered' ? `http_${result.status}` : result.code
}
