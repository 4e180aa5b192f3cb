import type { SignalEnd, SignalRecord } from '../core/signal.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { endAction } from './end-action.ts'
import { targetLock } from './locks.ts'
import { ledgeredEvent } from './record-event.ts'
import { signalTargetKey } from './report-signal.ts'

/** Which warning is over. */
export interface EndedSignal {
  readonly account: string
  readonly key?: string
}

/**
 * 警告の取消し: the reply is not there any more. With the last warning of an item its label ends.
 *
 * @returns whether there was one.
 */
export async function endSignal(
  ctx: AppContext,
  ref: unknown,
  { account, key }: EndedSignal,
): Promise<boolean> {
  const targetKey = signalTargetKey(ctx, ref, key)
  const { result } = await ctx.committer.submit({
    name: 'signal.end',
    bytes: 512,
    locks: [targetLock(targetKey)],
    run: async (tx) => {
      const [signal] = await tx.find('signal', { targetKey, account, ended: null }, { limit: 1 })
      if (signal === undefined) return { result: false, events: [] }
      const ended = await end(ctx, tx, signal, 'withdrawn')
      const left = await tx.count('signal', { targetKey, ended: null })
      const lifted = left > 0 ? [] : await endPoliceLabels(ctx, tx, targetKey)
      return { result: true, events: [ended, ...lifted], rings: ['act'] }
    },
  })
  return result
}

/** The item is gone, and its warnings with it; nothing is left to lift a label from. */
export async function endSignalsOfGone(
  ctx: AppContext,
  tx: Transaction,
  targetKey: string,
): Promise<EventDraft[]> {
  const events: EventDraft[] = []
  for (const signal of await tx.find('signal', { targetKey, ended: null }))
    events.push(await end(ctx, tx, signal, 'item_gone'))
  return events
}

/**
 * Ends the labels that tell of police warnings on an item: with the last warning, or when the poster
 * objects. Nothing is judged by it, so nobody has to decide.
 */
export async function endPoliceLabels(
  ctx: AppContext,
  tx: Transaction,
  targetKey: string,
): Promise<EventDraft[]> {
  const events: EventDraft[] = []
  const labels = await tx.find('action', { targetKey, kind: 'label_police_warning' })
  for (const label of labels) events.push(...(await endAction(ctx, tx, label)))
  return events
}

async function end(
  ctx: AppContext,
  tx: Transaction,
  { id, kind, account, targetKey }: SignalRecord,
  ended: SignalEnd,
): Promise<EventDraft> {
  const at = ctx.clock.now()
  await tx.update('signal', { id }, { endedAt: at, ended })
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type: 'signal.ended',
      lane: 'signal',
      at,
      pub: { kind },
      target: targetKey,
      payload: { v: 1, signal: id, kind, account, ended },
    },
  )
}
