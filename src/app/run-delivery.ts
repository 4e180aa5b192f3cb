import { formatTime } from '../core/time.ts'
import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { nextAttempt, type AttemptVerdict } from '../core/retry-schedule.ts'
import type { TransportResult } from '../ports/outcome-transport.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { dropWork, finishWork } from './finish-work.ts'
import { isAcknowledged, preparePush, resultCode, sendPush, type Pushed } from './push-outcome.ts'
import { ledgeredEvent } from './record-event.ts'
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

const NO_ENDPOINT = { state: 'given_up', lastResult: 'no_endpoint' } as const

type Write = (tx: Transaction) => Promise<Change<undefined>>

/** Hands one outcome to its sender's registered endpoint, once. */
export async function runDelivery(ctx: AppContext, work: ClaimedWork): Promise<void> {
  const delivery = await ctx.read.get('delivery', { id: work.subjectId as DeliveryRecord['id'] })
  const write: Write =
    delivery?.state === 'waiting' ? await attempt(ctx, work, delivery) : (tx) => dropWork(tx, work)
  await finishWork(ctx, work, [`delivery:${work.subjectId}`], write)
}

/** Sends, if there is something to send and somewhere to send it; answers with what to write then. */
async function attempt(
  ctx: AppContext,
  work: ClaimedWork,
  delivery: DeliveryRecord,
): Promise<Write> {
  const sending = await findSending(ctx, delivery)
  const { callbackUrl, outcome } = sending
  if (await isOutdated(ctx, outcome)) return (tx) => skip(ctx, tx, work, delivery)
  if (callbackUrl === null) return (tx) => settle(ctx, tx, work, sending, NO_ENDPOINT)
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
  if (verdict.kind === 'retry')
    return (tx) => tryLater(ctx, tx, work, sending, made, verdict.waitMs)
  const settled = { ...made, state: stateAfter(verdict, result, outcome) }
  return (tx) => settle(ctx, tx, work, sending, settled)
}

async function findSending({ read }: AppContext, delivery: DeliveryRecord): Promise<Sending> {
  const outcome = await read.get('outcome', { id: delivery.outcomeId })
  const sender = await read.get('sender', { id: delivery.senderId })
  if (outcome === undefined) throw new Error('a delivery without its outcome')
  return { delivery, outcome, callbackUrl: sender?.callbackUrl ?? null }
}

/** A newer outcome of the same notice names this one and stands alone. */
async function isOutdated({ read }: AppContext, outcome: OutcomeRecord): Promise<boolean> {
  const [newest] = await read.find(
    'outcome',
    { noticeId: outcome.noticeId },
    { orderBy: 'revision', descending: true, limit: 1 },
  )
  return newest !== undefined && newest.id !== outcome.id
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

/** Something of ours failed before anything was sent; that is no attempt, and no fault of the sender. */
async function waitForUs(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
): Promise<Change<undefined>> {
  ctx.log.warn('delivery.not_prepared', { delivery: work.subjectId })
  const nextAt = ctx.clock.now() + OWN_FAULT_WAIT_MS
  await tx.update('delivery', { id: work.subjectId as DeliveryRecord['id'] }, { nextAt })
  await retryWork(tx, work, nextAt, 'not_prepared')
  return { result: undefined, events: [], rings: ['deliver'] }
}

async function tryLater(
  ctx: AppContext,
  tx: Transaction,
  work: ClaimedWork,
  { delivery }: Sending,
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
  done: Partial<Made> & { readonly state: Settled; readonly lastResult: string },
): Promise<Change<undefined>> {
  const now = ctx.clock.now()
  await tx.update('delivery', { id: delivery.id }, { ...done, nextAt: null, doneAt: now })
  await tx.delete('work', { id: work.id })
  const event = ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: `outcome.${done.state}`,
      at: now,
      noticeId: outcome.noticeId,
      pub: {},
      refs: [outcome.leafHash],
      sender: outcome.senderId,
      payload: {
        v: 1,
        outcome: outcome.id,
        delivery: delivery.id,
        attempts: done.attempts ?? delivery.attempts,
        result: done.lastResult,
        at: formatTime(now),
      },
    },
  )
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
