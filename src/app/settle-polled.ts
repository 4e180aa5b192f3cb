import type { DeliveryRecord, OutcomeRecord } from '../core/outcome.ts'
import { isId } from '../core/ids.ts'
import type { Reader, Transaction } from '../ports/record-store.ts'
import type { VerifiedRequest } from '../signing/verify-request.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { deliveryEvent, type DeliveryEnd } from './delivery-event.ts'
import { latestDelivery } from './latest-delivery.ts'
import { outcomesLock, senderLock } from './locks.ts'
import type { Poll } from './read-poll.ts'
import { senderAtCommit, spendTokenId } from './sender-at-commit.ts'

/**
 * 受領確認: what a sender says in a poll of outcomes that it fetched before. An id that isn't one of its
 * outcomes, or that was settled or superseded before, is passed over in silence: so a poll can be asked
 * again. The token id is spent with the first change, and only then: a repetition changes nothing.
 *
 * @throws MadoguchiError `token_reused`, `key_revoked`, `sender_suspended`.
 */
export async function settlePolled(
  ctx: AppContext,
  request: VerifiedRequest,
  poll: Poll,
): Promise<void> {
  const named = new Set([...poll.acks, ...poll.errors.keys()])
  const found = await Promise.all(
    [...named].map((id) => awaitedOutcome(ctx.read, request.senderId, id)),
  )
  const open = found.filter((outcome) => outcome !== undefined)
  if (open.length === 0) return
  await ctx.committer.submit({
    name: 'outcome.poll',
    bytes: request.inbound.body.length + 256 * open.length,
    locks: [senderLock(request.senderId), ...open.map(({ noticeId }) => outcomesLock(noticeId))],
    run: async (tx) => {
      await senderAtCommit(tx, request, ctx.clock.now())
      const events: EventDraft[] = []
      for (const { id } of open) {
        const outcome = await awaitedOutcome(tx, request.senderId, id)
        if (outcome === undefined) continue
        events.push(await settle(ctx, tx, outcome, poll))
      }
      if (events.length > 0) await spendTokenId(tx, request, ctx)
      return { result: undefined, events }
    },
  })
}

async function awaitedOutcome(
  read: Reader,
  senderId: string,
  id: string,
): Promise<OutcomeRecord | undefined> {
  if (!isId('out', id)) return undefined
  const outcome = await read.get('outcome', { id })
  return outcome?.senderId === senderId && outcome.awaited ? outcome : undefined
}

async function settle(
  ctx: AppContext,
  tx: Transaction,
  outcome: OutcomeRecord,
  poll: Poll,
): Promise<EventDraft> {
  const now = ctx.clock.now()
  await tx.update('outcome', { id: outcome.id }, { awaited: false })
  const delivery = await latestDelivery(tx, outcome.id)
  const end = endOf(delivery, poll.errors.get(outcome.id))
  const { state, result } = end
  const done = { state, lastResult: result, nextAt: null, doneAt: now }
  await tx.update('delivery', { id: delivery.id }, done)
  return deliveryEvent(ctx, tx, outcome, delivery.id, end)
}

function endOf(
  { attempts }: DeliveryRecord,
  error: ReturnType<Poll['errors']['get']>,
): DeliveryEnd {
  if (error === undefined) return { state: 'acknowledged', attempts, result: 'poll_ack' }
  const said = error.description === null ? {} : { said: error.description }
  return { state: 'given_up', attempts, result: `poll_err_${error.err}`, ...said }
}
