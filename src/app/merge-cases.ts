import type { CaseRecord } from '../core/case.ts'
import type { DecidedBy } from '../core/decision.ts'
import type { Id } from '../core/ids.ts'
import { survivorOf, type MergeFacts } from '../core/transition/merge-case.ts'
import type { Transitioned } from '../core/transition/result.ts'
import { transition } from '../core/transition.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { moveNotices } from './absorb-case.ts'
import { commandCase, type CaseAnswer } from './case-command.ts'
import { changesOfCase } from './case-changes.ts'
import { caseEvent } from './case-events.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { expectDone } from './expect-done.ts'
import { hideSiblings } from './hide-siblings.ts'
import { targetLock } from './locks.ts'
import { countingNotices, liveNotices } from './notices-of-case.ts'

export interface MergeRequest {
  readonly commandId: string
  readonly expectedVersion: number
  readonly other: Id<'cas'>
  readonly otherVersion: number
}

/**
 * 統合する: two open cases become one. The answer is the case that goes on: the one whose target the
 * platform knows, else the one that was named first.
 *
 * @throws MadoguchiError `not_found`, `command_id_reused`.
 */
export async function mergeCases(
  ctx: AppContext,
  by: DecidedBy,
  caseId: Id<'cas'>,
  { commandId, ...request }: MergeRequest,
): Promise<CaseAnswer> {
  const { other: otherId } = request
  const found = await ctx.read.get('case', { id: otherId })
  if (found === undefined) throw new MadoguchiError('not_found')
  return commandCase(ctx, {
    name: 'case.merge',
    caseId,
    locks: [targetLock(found.targetKey)],
    once: { commandId, content: { command: 'merge', caseId, by, ...request } },
    change: async (first, tx) => {
      const second = await tx.get('case', { id: otherId })
      if (second === undefined) throw new MadoguchiError('not_found')
      const stays = survivorOf(first, second)
      const goes = stays === first ? second : first
      const versions = [request.expectedVersion, request.otherVersion] as const
      const [expectedVersion, otherVersion] =
        stays === first ? versions : ([versions[1], versions[0]] as const)
      return transition(
        stays,
        { type: 'merge', by, expectedVersion, otherVersion },
        await mergeFacts(ctx, tx, stays, goes),
      )
    },
    write: (tx, done) => record(ctx, tx, done, [caseId, otherId]),
  })
}

async function mergeFacts(
  { clock, config }: AppContext,
  tx: Transaction,
  stays: CaseRecord,
  goes: CaseRecord,
): Promise<MergeFacts> {
  const [own, moving] = [await countingNotices(tx, stays), await liveNotices(tx, goes.id)]
  return {
    at: clock.now(),
    other: goes,
    noticeIds: moving.map(({ id }) => id),
    counting: [...own, ...moving],
    band0GoalMs: config.band0GoalMs,
    changes: await changesOfCase(tx, stays),
    otherChanges: await changesOfCase(tx, goes),
  }
}

async function record(
  ctx: AppContext,
  tx: Transaction,
  { next, events }: Transitioned,
  ids: readonly Id<'cas'>[],
): Promise<Change<undefined>> {
  const goes = await tx.get('case', { id: ids.find((id) => id !== next.id) ?? next.id })
  if (goes === undefined) throw new MadoguchiError('not_found')
  // The entry names those of the notices that moved (law 13).
  const refs = { refs: (await liveNotices(tx, goes.id)).map(({ leafHash }) => leafHash) }
  const moved = await moveNotices(ctx, tx, goes.id, next)
  const gone = expectDone(transition(goes, { type: 'give_away', into: next.id }, next)).next
  await tx.put('case', gone)
  return {
    result: undefined,
    events: [
      ...moved,
      ...events.map((event) => caseEvent(ctx, next, event, refs)),
      // What is no-view now is so in every case of its target (law 11).
      ...(next.noView ? await hideSiblings(ctx, tx, next) : []),
    ],
  }
}
