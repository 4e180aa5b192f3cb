import { HASH_SIZE, nodeHash } from './merkle.ts'

/**
 * How the tree is cut into tiles (C2SP tlog-tiles): tile `n` of level `l` holds the roots of the
 * perfect subtrees of 256^l leaves, 256 of them, from number 256·n on. The last tile of a level may
 * be partial; what a tile holds never changes, it only grows to 256.
 */

/** Hashes in a full tile. */
export const TILE_WIDTH = 256
/** Bytes of a full tile. */
export const TILE_BYTES = TILE_WIDTH * HASH_SIZE
/** Binary heights that one tile spans. */
export const TILE_HEIGHT = 8

/** Reads stored hash tiles: the hashes, 32 bytes each, or `undefined` where there is no such tile. */
export interface TileSource {
  tile(level: number, n: number): Promise<Uint8Array | undefined>
}

/** A stored tile is absent, narrower than the size of the tree asks, or no row of hashes. */
export class LedgerDamaged extends Error {
  override readonly name = 'LedgerDamaged'
  readonly level: number
  readonly tile: number
  constructor(level: number, tile: number) {
    super(`ledger tile ${level}/${tile} is missing, too narrow or malformed`)
    this.level = level
    this.tile = tile
  }
}

/** Names a tile on the wire; level `entries` is that of the entry bundles. */
export interface TileCoordinate {
  readonly level: number | 'entries'
  readonly tile: number
  /** 1–256; 256 is a full tile. */
  readonly width: number
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/
const MAX_LEVEL = 63

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits: 1234067 is `x001/x234/067`. */
export function formatTilePath({ level, tile, width }: TileCoordinate): string {
  const digits = String(tile)
  const groups = digits
    .padStart(Math.ceil(digits.length / 3) * 3, '0')
    .replaceAll(/\d{3}(?=\d)/g, 'x$&/')
  return `tile/${level}/${groups}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The inverse of {@link formatTilePath}; `undefined` for every other text. */
export function parseTilePath(path: string): TileCoordinate | undefined {
  const match = PATH.exec(path)
  if (match === null) return undefined
  const level = match[1] === 'entries' ? 'entries' : Number(match[1])
  const tile = Number(match[2]?.replaceAll(/[x/]/g, ''))
  const width = Number(match[3] ?? TILE_WIDTH)
  if (level !== 'entries' && level > MAX_LEVEL) return undefined
  if (!Number.isSafeInteger(tile) || width < 1 || width > TILE_WIDTH) return undefined
  const coordinate = { level, tile, width } as const
  return formatTilePath(coordinate) === path ? coordinate : undefined
}

/** How many hashes stand at a level of a tree: one for each whole subtree of 256^level leaves. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** The width of one tile in a tree of this size: 0 where the tree doesn't reach it, 256 where full. */
export function tileWidth(level: number, tile: number, size: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, hashesAt(level, size) - tile * TILE_WIDTH))
}

/** Where the root of a perfect subtree comes from: `count` hashes of one tile, from `start` on. */
export interface NodePlace {
  readonly level: number
  readonly tile: number
  readonly start: number
  readonly count: number
}

/** Place of the `index`-th perfect subtree of 2^height leaves. */
export function nodePlace(height: number, index: number): NodePlace {
  const level = Math.floor(height / TILE_HEIGHT)
  const count = 2 ** (height % TILE_HEIGHT)
  const first = index * count
  return { level, tile: Math.floor(first / TILE_WIDTH), start: first % TILE_WIDTH, count }
}

/** The hash at one place of a tile. */
export function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)
}

/** The root over `count` (a power of two) hashes of a tile. */
export function subtreeRoot(hashes: Uint8Array, start: number, count: number): Uint8Array {
  if (count === 1) return hashAt(hashes, start)
  const half = count / 2
  return nodeHash(subtreeRoot(hashes, start, half), subtreeRoot(hashes, start + half, half))
}

/** Reads at least `width` hashes of a tile; throws {@link LedgerDamaged} where they aren't there. */
export async function readTile(
  source: TileSource,
  level: number,
  tile: number,
  width: number,
): Promise<Uint8Array> {
  const hashes = await source.tile(level, tile)
  if (
    hashes === undefined ||
    hashes.length % HASH_SIZE !== 0 ||
    hashes.length > TILE_BYTES ||
    hashes.length < width * HASH_SIZE
  ) {
    throw new LedgerDamaged(level, tile)
  }
  return hashes
}
