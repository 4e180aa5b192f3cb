import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { formatEntryBundle } from '../ledger/entry-bundle.ts'
import { HASH_SIZE } from '../ledger/merkle.ts'
import { parseTilePath, TILE_WIDTH } from '../ledger/tiles.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { recordReading } from './record-reading.ts'

/** One tile as it is served. */
export interface Tile {
  readonly bytes: Uint8Array
  /** Hashes, for everybody; or entries, for auditors. */
  readonly kind: 'hashes' | 'entries'
  /** It will never be wider. */
  readonly isFull: boolean
}

/**
 * A tile of the log by its C2SP path, `tile/<level>/<n>[.p/<width>]`. What a tile holds never changes,
 * so a narrower one than the stored is as good.
 *
 * @param whoAsks Called for entry bundles only, which need an auditor: together they tell who sends how
 *   much.
 * @throws MadoguchiError `not_found` for another path or where the log hasn't grown so far;
 *   `not_allowed`, or what `whoAsks` throws.
 */
export async function readTile(
  ctx: AppContext,
  path: string,
  whoAsks: () => Promise<Actor>,
): Promise<Tile> {
  const at = parseTilePath(path)
  if (at === undefined) throw new MadoguchiError('not_found')
  const { level, tile, width } = at
  const isFull = width === TILE_WIDTH
  if (level !== 'entries')
    return { kind: 'hashes', isFull, bytes: await readHashes(ctx, level, tile, width) }
  const auditor = await whoAsks()
  requirePermission(auditor, 'ledger.read_entries')
  const bytes = await readEntries(ctx, tile, width)
  await recordReading(ctx, auditor, { what: 'entries', subject: `entries/${tile}` })
  return { kind: 'entries', isFull, bytes }
}

async function readHashes(
  { read }: AppContext,
  level: number,
  tile: number,
  width: number,
): Promise<Uint8Array> {
  const row = await read.get('ledgerTile', { level, tile })
  if (row === undefined || row.width < width) throw new MadoguchiError('not_found')
  return row.hashes.subarray(0, width * HASH_SIZE)
}

async function readEntries({ read }: AppContext, tile: number, width: number): Promise<Uint8Array> {
  const from = tile * TILE_WIDTH
  const entries = await read.ledgerEntries(from, from + width)
  if (entries.length < width) throw new MadoguchiError('not_found')
  return formatEntryBundle(entries.map(({ bytes }) => bytes))
}
