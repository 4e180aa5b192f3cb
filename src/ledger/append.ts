import type { LedgerTileRecord } from '../ports/record-tables.ts'
import { emptyRoot, HASH_SIZE, isHash, nodeHash } from './merkle.ts'
import {
  hashesAt,
  readTile,
  subtreeRoot,
  TILE_BYTES,
  TILE_HEIGHT,
  TILE_WIDTH,
  type TileSource,
} from './tiles.ts'

/**
 * The right edge of the tree: all that is needed to append. A value: appending gives a new one, so a
 * transaction that fails just drops it.
 */
export interface Edge {
  readonly size: number
  /** Per level the hashes of its partial last tile; no bytes where the last tile is full. */
  readonly tiles: readonly Uint8Array[]
  /** Roots of the perfect subtrees that the tree is made of, the largest first. */
  readonly peaks: readonly Uint8Array[]
}

/** The edge of a tree without leaves. */
export const EMPTY_EDGE: Edge = { size: 0, tiles: [], peaks: [] }

/** Reads the edge of the tree of this size. Throws `LedgerDamaged` where tiles don't reach it. */
export async function loadEdge(source: TileSource, size: number): Promise<Edge> {
  const tiles: Uint8Array[] = []
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const count = hashesAt(level, size)
    const width = count % TILE_WIDTH
    const number = Math.floor(count / TILE_WIDTH)
    const hashes = width === 0 ? new Uint8Array() : await readTile(source, level, number, width)
    tiles.push(hashes.slice(0, width * HASH_SIZE))
  }
  return { size, tiles, peaks: tiles.toReversed().flatMap(peaksOfTile) }
}

function peaksOfTile(hashes: Uint8Array): Uint8Array[] {
  const width = hashes.length / HASH_SIZE
  const peaks: Uint8Array[] = []
  let start = 0
  for (let count = TILE_WIDTH / 2; count >= 1; count /= 2) {
    if (width - start < count) continue
    peaks.push(subtreeRoot(hashes, start, count))
    start += count
  }
  return peaks
}

/** The root of the tree that ends at this edge. */
export function rootOf({ peaks }: Pick<Edge, 'peaks'>): Uint8Array {
  const last = peaks.at(-1)
  if (last === undefined) return emptyRoot()
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/** A tree that grows leaf by leaf, beside the edge that it started from. */
export interface Growth {
  size(): number
  /** Throws RangeError unless given a hash. */
  push(leafHash: Uint8Array): void
  root(): Uint8Array
  /** The tiles that became full since this was last asked. */
  takeFullTiles(): LedgerTileRecord[]
  /** The partial tiles that changed since the start. */
  partialTiles(): LedgerTileRecord[]
  edge(): Edge
}

interface OpenTile {
  readonly tile: number
  readonly hashes: Uint8Array
  width: number
}

function trailingOnes(n: number): number {
  let ones = 0
  for (let rest = n; rest % 2 === 1; rest = (rest - 1) / 2) ones += 1
  return ones
}

/** Starts to grow a tree. One node is hashed per leaf on average, and 32 bytes are kept per level. */
export function grow(edge: Edge): Growth {
  let size = edge.size
  const peaks = [...edge.peaks]
  /** By level, without gaps: a level grows only when the one below it does. */
  const open: OpenTile[] = []
  let full: LedgerTileRecord[] = []

  const openTile = (level: number): OpenTile => {
    const count = hashesAt(level, size)
    const hashes = new Uint8Array(TILE_BYTES)
    const width = count % TILE_WIDTH
    hashes.set(edge.tiles[level] ?? [])
    return { tile: Math.floor(count / TILE_WIDTH), hashes, width }
  }
  const put = (level: number, hash: Uint8Array): void => {
    const tile = (open[level] ??= openTile(level))
    tile.hashes.set(hash, tile.width * HASH_SIZE)
    tile.width += 1
    if (tile.width < TILE_WIDTH) return
    full.push({ level, ...tile })
    open[level] = { tile: tile.tile + 1, hashes: new Uint8Array(TILE_BYTES), width: 0 }
  }
  const partial = (tile: OpenTile): Uint8Array => tile.hashes.slice(0, tile.width * HASH_SIZE)

  return {
    size: () => size,
    push: (leafHash) => {
      if (!isHash(leafHash)) throw new RangeError('a leaf hash has 32 bytes')
      let node: Uint8Array = new Uint8Array(leafHash)
      put(0, node)
      // As in adding 1 to a binary number: every peak that the carry meets is merged.
      const merged = peaks.splice(peaks.length - trailingOnes(size)).reverse()
      for (const [below, left] of merged.entries()) {
        node = nodeHash(left, node)
        if ((below + 1) % TILE_HEIGHT === 0) put((below + 1) / TILE_HEIGHT, node)
      }
      peaks.push(node)
      size += 1
    },
    root: () => rootOf({ peaks }),
    takeFullTiles: () => {
      const taken = full
      full = []
      return taken
    },
    partialTiles: () =>
      open
        .map((tile, level) => ({ level, ...tile, hashes: partial(tile) }))
        .filter(({ width }) => width > 0),
    edge: () => ({
      size,
      peaks: [...peaks],
      tiles: [...open.map(partial), ...edge.tiles.slice(open.length)],
    }),
  }
}

/** What a batch of leaves adds. */
export interface Appended {
  readonly edge: Edge
  /** Every tile to write, each once; one that stands already under its number is overwritten. */
  readonly tiles: readonly LedgerTileRecord[]
  readonly root: Uint8Array
}

/** Appends leaf hashes. Work grows with the batch, not with the tree; `edge` stays as it is. */
export function appendLeaves(edge: Edge, leafHashes: Iterable<Uint8Array>): Appended {
  const growth = grow(edge)
  for (const leafHash of leafHashes) growth.push(leafHash)
  return {
    edge: growth.edge(),
    tiles: [...growth.takeFullTiles(), ...growth.partialTiles()],
    root: growth.root(),
  }
}
