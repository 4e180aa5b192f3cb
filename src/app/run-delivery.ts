import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { nextAttempt, type AttemptVerdict } from '../core/retry-schedule.ts'
import type { TransportResult } from '../ports/outcome-transport.ts'
import type { Transaction } from '../ports/record-store.ts'
import { endpointPause, noteAttempt } from './breaker-rows.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { deliveryEvent } from './delivery-event.ts'
import { dropWork, finishWork } from './finish-work.ts'
import { breakerLock, outcomesLock } from './locks.ts'
import { isStanding } from './newest-outcome.ts'
import { isAcknowledged, preparePush, resultCode, sendPush, type Pushed } from './push-outcome.ts'
import { fraction, retryWork, type ClaimedWork } from './work-rows.ts'

/** Until a fault of our own is likely to be over: the signer, the store. */
const OWN_FAULT_WAIT_MS = 30_000

interface Sending extends Pushed {
  /** `null`: the endpoint was taken from the registration meanwhile. */
  readonly callbackUrl: string | null
}

type Settled = 'delivered' | 'acknowledged' | 'given_up'
/** Attempts that reached for the endpoint; claims of the row don't count. */
type Made = Pick<DeliveryRecord, 'attempts'> & { readonly lastResult: string }

type Write = (tx: Transaction) => Promise<Change<undefined>>

/** Hands one outcome to its sender's registered endpoint, once. */
export async function runDelivery(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const delivery = await ctx.read.get('delivery', { id: work.subjectId as DeliveryRecord['id'] })
  if (!isDue(delivery)) return finishWork(ctx, work, [], (tx) => dropWork(tx, work))
  const write = await attempt(ctx, work, delivery)
  const { id, noticeId, senderId } = delivery
  await finishWork(ctx, work, [outcomesLock(noticeId), breakerLock(senderId)], async (tx) => {
    // Its sender may have fetched and settled it while it was being sent.
    const now = await tx.get('delivery', { id })
    return isDue(now) ? write(tx) : dropWork(tx, work)
  })
}

function isDue(delivery: DeliveryRecord | undefined): delivery is DeliveryRecord {
  return delivery?.state === 'waiting' && delivery.channel === 'push'
}

/** Sends, if there is something to send and somewhere to send it; answers with what to write then. */
async function attempt(
  ctx: AppContext,
  work: ClaimedWork,
  delivery: DeliveryRecord,
): Promise<Write> {
  const sending = await findSending(ctx, delivery)
  const { callbackUrl, outcome } = sending
  // A newer outcome of the same notice names this one and stands alone; a closed question asks nothing.
  if (!(await isStanding(ctx.read, outcome))) return (tx) => skip(ctx, tx, work, delivery)
  if (callbackUrl === null) return (tx) => leaveToPoll(tx, work, delivery)
  const pausedUntil = await endpointPause(ctx, delivery.senderId)
  if (pausedUntil !== null) return (tx) => wait(tx, work, pausedUntil, 'endpoint_paused')
  const request = await preparePush(ctx, sending, callbackUrl).catch(() => undefined)
  if (request === undefined) return (tx) => waitForUs(ctx, tx, work)
  const result = await sendPush(ctx, request)
  const made = { attempts: delivery.attempts + 1, lastResult: resultCode(result) }
  const verdict = nextAttempt({ attempt: made.attempts, result, jitter: fraction(ctx.random) })
  ctx.log.info('delivery.attempted', {
    delivery: delivery.id,
    attempt: made.attempts,
    verdict: verdict.kind,
    result: made.lastResult,
  })
  return async (tx) => {
    await noteAttempt(ctx, tx, delivery.senderId, result)
    if (verdict.kind === 'retry') return tryLater(ctx, tx, work, delivery, made, verdict.waitMs)
    return settle(ctx, tx, work, sending, { ...made, state: stateAfter(verdict, result, outcome) })
  }
}

async function findSending({ read }: AppContext, delivery: DeliveryRecord): Promise<Sending> {
  const outcome = await read.get('outcome', { id: delivery.outcomeId })
  const sender = await read.get('sender', { id: delivery.senderId })
  if (outcome === undefined) throw new Error('a delivery without its outcome')
  return { delivery, outcome, callbackUrl: sender?.callbackUrl ?? null }
}

async function skip(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  { id }: DeliveryRecord,
): Promise<Change<undefined>> {
  await tx.update('delivery', { id }, { state: 'skipped', doneAt: ctx.clock.now(), nextAt: null })
  return { ...(await dropWork(tx, work)), rings: ['deliver'] }
}

/** The endpoint was taken from the registration: its sender fetches what is left. */
async function leaveToPoll(
  tx: Transaction,
  work: ClaimedWork,
  { id }: DeliveryRecord,
): Promise<Change<undefined>> {
  await tx.update('delivery', { id }, { channel: 'poll', nextAt: null })
  return { ...(await dropWork(tx, work)), rings: ['deliver'] }
}

/** No attempt is made before then, and none is counted. */
async function wait(
  tx: Transaction,
  work: ClaimedWork,
  nextAt: number,
  code: string,
): Promise<Change<undefined>> {
  await tx.update('delivery', { id: work.subjectId as DeliveryRecord['id'] }, { nextAt })
  await retryWork(tx, work, nextAt, code)
  return { result: undefined, events: [], rings: ['deliver'] }
}

/** Something of ours failed before anything was sent; that is no attempt, and no fault of the sender. */
function waitForUs(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
): Promise<Change<undefined>> {
  ctx.log.warn('delivery.not_prepared', { delivery: work.subjectId })
  return wait(tx, work, ctx.clock.now() + OWN_FAULT_WAIT_MS, 'not_prepared')
}

async function tryLater(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  delivery: DeliveryRecord,
  made: Made,
  waitMs: number,
): Promise<Change<undefined>> {
  const nextAt = ctx.clock.now() + waitMs
  await tx.update('delivery', { id: delivery.id }, { ...made, nextAt })
  await retryWork(tx, work, nextAt, made.lastResult)
  return { result: undefined, events: [], rings: ['deliver'] }
}

async function settle(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  { delivery, outcome }: Sending,
  done: Made & { readonly state: Settled },
): Promise<Change<undefined>> {
  const now = ctx.clock.now()
  const { state, attempts, lastResult } = done
  const row = { state, attempts, lastResult, nextAt: null, doneAt: now }
  await tx.update('delivery', { id: delivery.id }, row)
  if (state === 'acknowledged') await tx.update('outcome', { id: outcome.id }, { awaited: false })
  await tx.delete('work', { id: work.id })
  const end = { state, attempts, result: lastResult }
  const event = await deliveryEvent(ctx, tx, outcome, delivery.id, end)
  return { result: undefined, events: [event], rings: ['deliver'] }
}

function stateAfter(
  verdict: AttemptVerdict,
  result: TransportResult,
  outcome: OutcomeRecord,
): Settled {
  if (verdict.kind === 'give_up') return 'given_up'
  return isAcknowledged(result, outcome) ? 'acknowledged' : 'delivered'
}
