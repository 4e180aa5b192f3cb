import { Tally } from '../core/statistics/tally.ts'
import { tell } from '../core/statistics/told.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { readStories } from './read-stories.ts'

/** Of which notices, and how far into the log. */
export interface CountQuery {
  /** Epoch ms of receipt: from, inclusive … */
  readonly from: number
  /** … until, exclusive. */
  readonly until: number
  /** Number of entries of the log that count; absent: all. */
  readonly size?: number
}

/** Counts with the place in the log up to which they hold. */
export interface Counted {
  readonly tally: Tally
  readonly size: number
  /** Time of the last entry; `null`: there is none. */
  readonly lastAt: number | null
}

/**
 * 集計: counts the notices of a period and what had become of them when the log had so many entries. The
 * same question has the same answer for ever. Exact numbers, for nobody's eyes: see `figuresOf`.
 *
 * @throws MadoguchiError `invalid_input` for a size that the log doesn't have.
 */
export async function countStatistics(ctx: AppContext, query: CountQuery): Promise<Counted> {
  const state = await ctx.read.get('ledgerState', { name: 'ledger' })
  const size = query.size ?? state?.size ?? 0
  if (size > (state?.size ?? 0))
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/size', keyword: 'maximum' }],
    })
  const tally = new Tally(ctx.config.procedures)
  const last = await lastEvent(ctx, size)
  if (last === undefined) return { tally, size, lastAt: null }
  const { from, until } = query
  for await (const story of readStories(ctx, { from, until, upTo: last.seq }))
    tally.add(tell(story))
  return { tally, size, lastAt: last.at }
}

/** The event of the last entry that counts. */
async function lastEvent(
  { read }: AppContext,
  size: number,
): Promise<{ readonly seq: number; readonly at: number } | undefined> {
  const [entry] = await read.ledgerEntries(size - 1, size)
  if (entry === undefined) return undefined
  const [event] = await read.find('event', { leafHash: entry.leafHash }, { limit: 1 })
  return event
}
