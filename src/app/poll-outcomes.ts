import type { InboundNotice } from '../core/notice.ts'
import type { OutcomeRecord } from '../core/outcome.ts'
import { SECOND } from '../core/time.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import type { AppContext } from './context.ts'
import { ledgerProofOf } from './ledger-proof-of.ts'
import { readPoll } from './read-poll.ts'
import { verifySender } from './receive-notice.ts'
import { senderAtCommit } from './sender-at-commit.ts'
import { settlePolled } from './settle-polled.ts'

/** Longest wait for something to answer with. */
export const MAX_POLL_MS: number = 25 * SECOND
/** How often the record is looked at meanwhile, for what other processes issued. */
const LOOK_AGAIN_MS = 2 * SECOND

/** The answer to a poll (RFC 8936 §2.3), by the ids of the outcomes. */
export interface PolledOutcomes {
  /** The stored JWS of each, byte for byte. */
  readonly sets: Readonly<Record<string, string>>
  /** The ledger entry (base64) and tlog-proof of each. */
  readonly ledger: Readonly<Record<string, { readonly entry: string; readonly proof: string }>>
  /** Only where it holds. */
  readonly moreAvailable?: true
}

/**
 * 照会: what a sender fetches by itself. First settles what it acknowledges or refuses, then answers with
 * its outcomes that nobody settled yet, oldest first; where there are none and it may wait, as soon as
 * there is one. Can be asked again at any time: until it is settled, an outcome is in every answer.
 *
 * @param signal Aborted when whoever asked has hung up.
 * @throws MadoguchiError with a code of the sender catalogue.
 */
export async function pollOutcomes(
  ctx: AppContext,
  inbound: InboundNotice,
  signal: AbortSignal,
): Promise<PolledOutcomes> {
  const request = await verifySender(ctx, inbound)
  const poll = readPoll(parseStrictJson(inbound.body))
  await settlePolled(ctx, request, poll)
  const { maxEvents } = poll
  const there = await awaitedOutcomes(ctx, request, maxEvents)
  const mayWait = there.length === 0 && !poll.returnImmediately
  const outcomes = mayWait ? await waitForOutcomes(ctx, request, maxEvents, signal) : there
  return answerOf(ctx, outcomes, maxEvents)
}

/** One more than asked for, where there are more. */
function awaitedOutcomes(
  { read }: AppContext,
  { senderId }: VerifiedRequest,
  maxEvents: number,
): Promise<OutcomeRecord[]> {
  const oldest = { orderBy: 'entryIndex', limit: maxEvents + 1 } as const
  return read.find('outcome', { senderId, awaited: true }, oldest)
}

async function waitForOutcomes(
  ctx: AppContext,
  request: VerifiedRequest,
  maxEvents: number,
  signal: AbortSignal,
): Promise<OutcomeRecord[]> {
  const endsAt = ctx.clock.now() + MAX_POLL_MS
  const place = ctx.polls.enter(request.senderId, signal)
  try {
    for (;;) {
      const outcomes = await awaitedOutcomes(ctx, request, maxEvents)
      const leftMs = endsAt - ctx.clock.now()
      if (outcomes.length > 0) {
        // Much may have happened to the key or the sender while it waited.
        await senderAtCommit(ctx.read, request, ctx.clock.now())
        return outcomes
      }
      if (leftMs <= 0 || place.isOver) return []
      await place.news(Math.min(leftMs, LOOK_AGAIN_MS))
    }
  } finally {
    place.leave()
  }
}

async function answerOf(
  ctx: AppContext,
  outcomes: readonly OutcomeRecord[],
  maxEvents: number,
): Promise<PolledOutcomes> {
  const told = outcomes.slice(0, maxEvents)
  const proofs = await Promise.all(told.map(({ entryIndex }) => ledgerProofOf(ctx, entryIndex)))
  return {
    sets: Object.fromEntries(told.map(({ id, jws }) => [id, jws])),
    ledger: Object.fromEntries(
      told.map(({ id }, at) => [id, proofs[at] as (typeof proofs)[number]]),
    ),
    ...(outcomes.length > maxEvents ? { moreAvailable: true } : {}),
  }
}
