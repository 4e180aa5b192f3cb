import type { NoticeRecord } from '../core/notice.ts'
import { transition } from '../core/transition.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Change } from './command.ts'
import { applyPolicies, type AppliedPolicies } from './apply-policies.ts'
import { caseEvent } from './case-events.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { hideSiblings } from './hide-siblings.ts'
import { senderLock, targetLock, workLock } from './locks.ts'
import type { TargetFacts } from './run-intake.ts'
import { isStillOurs, type ClaimedWork } from './work-rows.ts'

/**
 * Writes what intake found, and opens the case of the notice or joins the one that is open. A notice that
 * was withdrawn or superseded meanwhile comes to no case.
 */
export async function attachNotice(
  ctx: AppContext,
  work: ClaimedWork,
  { id, senderId }: NoticeRecord,
  target: TargetFacts,
): Promise<void> {
  const { targetKey, ...facts } = target
  await ctx.committer.submit({
    name: 'intake.finish',
    bytes: 1_024,
    locks: [workLock(work), senderLock(senderId), targetLock(targetKey)],
    run: async (tx): Promise<Change<undefined>> => {
      if (!(await isStillOurs(tx, work))) return { result: undefined, events: [] }
      await tx.delete('work', { id: work.id })
      const notice = await tx.get('notice', { id })
      if (notice?.state !== 'live') return { result: undefined, events: [] }
      const found = { ...notice, ...facts }
      const attached = await openOrJoin(ctx, tx, found, targetKey)
      const { record, events, rings, caseVersion } = attached
      await tx.put('case', record)
      await tx.update('notice', { id }, { ...facts, caseId: record.id, caseVersion })
      return { result: undefined, events, rings }
    },
  })
}

/** Opens the case of a notice, or joins the one that is open with its key; a new one is offered to people. */
export async function openOrJoin(
  ctx: AppContext,
  tx: Transaction,
  notice: NoticeRecord,
  targetKey: string,
): Promise<AppliedPolicies & { readonly caseVersion: number }> {
  const { config, clock } = ctx
  const at = clock.now()
  const key = { targetKey, lane: notice.lane, form: notice.form }
  const grave = config.graveCategories.has(notice.category)
  const siblings = await tx.find('case', { targetKey })
  const noView =
    config.noViewCategories.has(notice.category) || siblings.some((sibling) => sibling.noView)
  const open = await tx.openCase(key)
  const attached =
    open === undefined
      ? transition(
          null,
          { type: 'open', notice },
          {
            at,
            caseId: ctx.random.id('cas'),
            targetKey,
            previous: (await tx.lastCase(key)) ?? null,
            grave,
            noView,
          },
        )
      : transition(open, { type: 'join', notice }, { at, grave, noView })
  const first = expectDone(attached)
  const extra = { notice: notice.id, refs: [notice.leafHash] }
  const hidden = noView ? await hideSiblings(ctx, tx, first.next) : []
  const events = [
    ...first.events.map((event) => caseEvent(ctx, first.next, event, extra)),
    ...hidden,
  ]
  const caseVersion = first.next.version
  if (first.next.state !== 'new') return { record: first.next, events, rings: [], caseVersion }
  const applied = await applyPolicies(ctx, tx, first.next, notice)
  const { record, rings } = applied
  if (record.state !== 'new')
    return { record, events: [...events, ...applied.events], rings, caseVersion }
  const { machineStepsMs } = config
  const ready = expectDone(
    transition(record, { type: 'make_ready', machineStepsDone: true }, { at, machineStepsMs }),
  )
  return {
    record: ready.next,
    events: [
      ...events,
      ...applied.events,
      ...ready.events.map((event) => caseEvent(ctx, ready.next, event)),
    ],
    rings,
    caseVersion,
  }
}
