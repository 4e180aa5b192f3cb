import { READING_WINDOW_MS, type ReadingRecord } from '../core/reading.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** What is about to be shown. */
export type Reading = Pick<ReadingRecord, 'what' | 'subject'> & { readonly version?: number }

/** Locked while a reading is written: rows of one operator are counted one after the other. */
export function readingLock({ operator }: Actor): string {
  return `reading:${operator}`
}

/**
 * 閲覧の記録: keeps who reads what. To be awaited *before* anything of it is given out: what can't be
 * recorded isn't shown.
 *
 * @throws MadoguchiError `store_unavailable`, `overloaded`, `commit_unknown`.
 */
export async function recordReading(
  ctx: AppContext,
  actor: Actor,
  reading: Reading,
): Promise<void> {
  await ctx.committer.submit({
    name: 'reading.record',
    bytes: 256,
    locks: [readingLock(actor)],
    run: async (tx) => {
      await writeReading(ctx, tx, actor, reading)
      return { result: undefined, events: [] }
    },
  })
}

/** The same as part of a command that holds {@link readingLock}. */
export async function writeReading(
  { clock, random }: Pick<AppContext, 'clock' | 'random'>,
  tx: Transaction,
  { operator, role }: Actor,
  { what, subject, version }: Reading,
): Promise<void> {
  const at = clock.now()
  const same = { operator, role, what, subject, version: version ?? null }
  const [last] = await tx.find('reading', same, { orderBy: 'id', descending: true, limit: 1 })
  if (last !== undefined && at >= last.at && at - last.at < READING_WINDOW_MS)
    await tx.update('reading', { id: last.id }, { lastAt: at, times: last.times + 1 })
  else await tx.insert('reading', { ...same, id: random.id('rdg'), at, lastAt: at, times: 1 })
}
