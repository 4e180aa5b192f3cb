import { reviewItems, type ReviewItem } from '../core/accreditation.ts'
import { breakerState, pausedUntil, type BreakerState } from '../core/breaker.ts'
import type { Quality } from '../core/quality.ts'
import { keyStateAt, type Sender, type SenderKey } from '../core/sender.ts'
import { dayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Diagnosis } from '../core/refusal-count.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { readQuality } from './read-quality.ts'

/** A registration with what a person should look at in it. */
export type ReviewedSender = Sender & { readonly review: readonly ReviewItem[] }

/** A registration with its public keys. */
export interface SenderWithKeys {
  readonly sender: ReviewedSender
  /** What it could have done better by itself; moves nothing. */
  readonly quality: Quality
  /** Each in the state that it is in now. */
  readonly keys: readonly SenderKey[]
  /** `null`: it has none, and fetches its outcomes. */
  readonly endpoint: EndpointHealth | null
}

/** 送付先の状態: whether anything is sent to it now. */
export interface EndpointHealth {
  readonly state: BreakerState
  /** Failed attempts in a row. */
  readonly failures: number
  /** While `open`. */
  readonly pausedUntil: number | null
}

/** Every registered sender, in order of its id. */
export async function readSenders(ctx: AppContext, actor: Actor): Promise<ReviewedSender[]> {
  requirePermission(actor, 'senders.read')
  const senders = await ctx.read.find('sender', {})
  return senders.map((sender) => reviewed(ctx, sender))
}

function reviewed({ clock }: AppContext, sender: Sender): ReviewedSender {
  return { ...sender, review: reviewItems(sender, dayInJapan(clock.now())) }
}

/** @throws MadoguchiError `not_allowed`, `not_found`. */
export async function readSender(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
): Promise<SenderWithKeys> {
  requirePermission(actor, 'senders.read')
  const sender = await ctx.read.get('sender', { id: senderId })
  if (sender === undefined) throw new MadoguchiError('not_found')
  const now = ctx.clock.now()
  const rows = await ctx.read.find('senderKey', { senderId })
  const keys = rows.map((key) => ({ ...key, state: keyStateAt(key, now) }))
  return {
    sender: reviewed(ctx, sender),
    quality: await readQuality(ctx.read, senderId, now),
    keys,
    endpoint: await endpointHealth(ctx, sender),
  }
}

async function endpointHealth(
  { read, clock }: AppContext,
  { id, callbackUrl }: Sender,
): Promise<EndpointHealth | null> {
  if (callbackUrl === null) return null
  const breaker = await read.get('breaker', { senderId: id })
  const now = clock.now()
  return {
    state: breakerState(breaker, now),
    failures: breaker?.failures ?? 0,
    pausedUntil: pausedUntil(breaker, now),
  }
}

/** What went wrong with its latest refused requests, newest first: for mending its client (law 16). */
export async function readDiagnoses(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
): Promise<Omit<Diagnosis, 'senderId' | 'slot'>[]> {
  requirePermission(actor, 'senders.read')
  const rows = await ctx.read.find('diagnosis', { senderId }, { orderBy: 'at', descending: true })
  return rows.map(({ at, code, kid, skewMs, bytes }) => ({ at, code, kid, skewMs, bytes }))
}
