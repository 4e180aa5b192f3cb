import type { Transaction } from '../ports/record-store.ts'
import type { Change } from './command.ts'
import type { AppContext } from './context.ts'
import { workLock } from './locks.ts'
import { isStillOurs, type ClaimedWork } from './work-rows.ts'

/**
 * Writes what came of a claimed row, unless somebody took it over after its lease: then nothing.
 *
 * @param locks Rows that `write` touches beside the row of work itself.
 */
export async function finishWork(
  ctx: AppContext,
  work: ClaimedWork,
  locks: readonly string[],
  write: (tx: Transaction) => Promise<Change<undefined>>,
): Promise<void> {
  await ctx.committer.submit({
    name: `${work.kind}.finish`,
    bytes: 1_024,
    locks: [workLock(work), ...locks],
    run: async (tx) =>
      (await isStillOurs(tx, work)) ? write(tx) : { result: undefined, events: [] },
  })
}

/** What was made ready outside of the transaction holds no more: it is made anew, at once. */
export async function redoWork(
  { clock }: Pick<AppContext, 'clock'>,
  tx: Transaction,
  work: ClaimedWork,
): Promise<Change<undefined>> {
  await tx.update('work', { id: work.id }, { leaseUntil: null, nextAt: clock.now() })
  return { result: undefined, events: [], rings: [work.kind] }
}

/** The row has nothing to do any more. */
export async function dropWork(tx: Transaction, work: ClaimedWork): Promise<Change<undefined>> {
  await tx.delete('work', { id: work.id })
  return { result: undefined, events: [] }
}
