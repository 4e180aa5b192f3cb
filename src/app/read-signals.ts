import { firstIdAt } from '../core/ids.ts'
import { totalsOf, type SignalRecord, type SignalTotals } from '../core/signal.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import type { TryPeriod } from './try-policy.ts'

const PAGE = 1_000

/** A warning as the desk sees it: nothing of the item, nor why it is over. */
export type SignalView = Pick<
  SignalRecord,
  'id' | 'kind' | 'account' | 'observedAt' | 'entryIndex' | 'caseId'
> & { readonly isOver: boolean }

/** One page, newest first. */
export async function readSignals(
  { read }: AppContext,
  actor: Actor,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<{ readonly items: readonly SignalView[]; readonly nextCursor: string | null }> {
  requirePermission(actor, 'signals.read')
  const after = cursor === undefined ? {} : { after: openCursor(cursor) }
  const page = { orderBy: 'id', descending: true, limit: limit + 1, ...after } as const
  const rows = await read.find('signal', {}, page)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(viewSignal),
    nextCursor: rows.length > limit && last ? sealCursor(last.id) : null,
  }
}

function viewSignal(signal: SignalRecord): SignalView {
  const { id, kind, account, observedAt, entryIndex, caseId, endedAt } = signal
  return { id, kind, account, observedAt, entryIndex, caseId, isOver: endedAt !== null }
}

/** Counts of what was seen in a period; see {@link totalsOf}. */
export async function readSignalTotals(
  { read, clock }: AppContext,
  actor: Actor,
  { from, until }: TryPeriod,
): Promise<SignalTotals> {
  requirePermission(actor, 'statistics.read')
  const [start, end] = [from ?? 0, until ?? clock.now() + 1]
  const found: SignalRecord[] = []
  let after = firstIdAt('sig', start)
  for (;;) {
    const page = await read.find('signal', {}, { orderBy: 'id', after, limit: PAGE })
    found.push(...page.filter(({ observedAt }) => observedAt >= start && observedAt < end))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE || last.observedAt >= end) return totalsOf(found)
    after = last.id
  }
}
