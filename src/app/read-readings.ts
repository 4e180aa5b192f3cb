import { formatId, isId, type Id } from '../core/ids.ts'
import type { ReadingKind, ReadingRecord } from '../core/reading.ts'
import type { Where } from '../ports/record-tables.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'

/** Which readings, and from where on. Times are epoch ms; `until` is exclusive. */
export interface ReadingsQuery {
  readonly operator?: string
  readonly what?: ReadingKind
  /** An identifier of ours, e.g. of a case. */
  readonly subject?: string
  readonly since?: number
  readonly until?: number
  readonly cursor?: string
  /** 1–200. */
  readonly limit: number
}

/** One page, newest first; `nextCursor` is `null` on the last. */
export interface ReadingsPage {
  readonly items: readonly ReadingRecord[]
  readonly nextCursor: string | null
}

/**
 * 閲覧の記録: who read what and when, for auditors.
 *
 * @throws MadoguchiError `not_allowed`, `invalid_input` for a cursor that isn't ours.
 */
export async function readReadings(
  ctx: AppContext,
  actor: Actor,
  query: ReadingsQuery,
): Promise<ReadingsPage> {
  requirePermission(actor, 'readings.read')
  const { limit, since = 0 } = query
  const after = placeOf(query)
  const rows = await ctx.read.find('reading', whereOf(query), {
    orderBy: 'id',
    descending: true,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  })
  const wanted = rows.filter(({ at }) => at >= since)
  const items = wanted.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: wanted.length > limit && last ? sealCursor(last.id) : null }
}

function whereOf({ operator, what, subject }: ReadingsQuery): Where<'reading'> {
  return {
    ...(operator === undefined ? {} : { operator }),
    ...(what === undefined ? {} : { what }),
    ...(subject === undefined ? {} : { subject }),
  }
}

/** Identifiers sort by age, so a time is a place among them: before all that were made in its millisecond. */
function placeOf({ cursor, until }: ReadingsQuery): Id<'rdg'> | undefined {
  const before = until === undefined ? undefined : formatId('rdg', until, new Uint8Array(10))
  const place = cursor === undefined ? undefined : openCursor(cursor)
  if (place === undefined || !isId('rdg', place)) return before
  return before !== undefined && before < place ? before : place
}
