import { HASH_SIZE, nodeHash, splitPoint } from './merkle.ts'
import { hashAt, nodePlace, readTile, TILE_WIDTH, type TileSource } from './tiles.ts'

/**
 * Makes proofs for every size up to the current one from the stored tiles. A node over whole tiles'
 * worth of leaves never changes, so whatever one prover has read or hashed holds for all later sizes.
 */
export interface Prover {
  /** Sibling hashes from the leaf up (RFC 6962 §2.1.1). Throws RangeError unless index < size. */
  inclusion(index: number, size: number): Promise<Uint8Array[]>
  /** RFC 6962 §2.1.2. Throws RangeError unless 1 ≤ from ≤ to. */
  consistency(from: number, to: number): Promise<Uint8Array[]>
  /** The root of the tree of this size; throws RangeError for 0, whose root is that of no leaves. */
  rootAt(size: number): Promise<Uint8Array>
}

/** Leaves from ≤ i < to. */
type Range = readonly [from: number, to: number]

interface HeldTile {
  hashes: Uint8Array
  /** Inner nodes, numbered like a heap: the root of the tile would be 1. */
  readonly nodes: Map<number, Uint8Array>
}

function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + splitPoint(to - from)
    ranges.unshift(index < middle ? [middle, to] : [from, middle])
    if (index < middle) to = middle
    else from = middle
  }
  return ranges
}

function consistencyRanges(old: number, size: number): Range[] {
  const ranges: Range[] = []
  let from = 0
  let to = size
  while (old !== to) {
    const middle = from + splitPoint(to - from)
    ranges.unshift(old <= middle ? [middle, to] : [from, middle])
    if (old <= middle) to = middle
    else from = middle
  }
  // The verifier knows the old root: where the walk never went right, this range is it.
  return from === 0 ? ranges : [[from, to], ...ranges]
}

function requireOrder(...ascending: readonly number[]): void {
  const ordered = ascending.every(
    (n, at) => Number.isSafeInteger(n) && n >= (ascending[at - 1] ?? 0),
  )
  if (!ordered) throw new RangeError('no such place in the tree')
}

function nodeOf(tile: HeldTile, start: number, count: number): Uint8Array {
  if (count === 1) return hashAt(tile.hashes, start)
  const number = (TILE_WIDTH + start) / count
  const known = tile.nodes.get(number)
  if (known !== undefined) return known
  const half = count / 2
  const node = nodeHash(nodeOf(tile, start, half), nodeOf(tile, start + half, half))
  tile.nodes.set(number, node)
  return node
}

/**
 * A prover that remembers up to `maxTiles` tiles (at most 24 KiB each). For one proof make a new one;
 * for the proofs of a batch, or of a process, share one. It must be given committed tiles only, and be
 * dropped when it isn't known whether a commit took effect.
 */
export function openProver(source: TileSource, maxTiles = 64): Prover {
  const held = new Map<string, HeldTile>()

  const hold = async (level: number, number: number, width: number): Promise<HeldTile> => {
    const key = `${level}/${number}`
    let tile = held.get(key)
    if (tile === undefined || tile.hashes.length < width * HASH_SIZE) {
      const hashes = await readTile(source, level, number, width)
      tile = { hashes, nodes: tile?.nodes ?? new Map<number, Uint8Array>() }
    }
    held.delete(key)
    held.set(key, tile)
    for (const oldest of held.keys()) {
      if (held.size <= maxTiles) break
      held.delete(oldest)
    }
    return tile
  }
  const rangeRoot = async ([from, to]: Range): Promise<Uint8Array> => {
    // Of such a range the largest perfect subtree stands first, and so on down.
    const length = to - from
    const first = splitPoint(length + 1)
    const { level, tile, start, count } = nodePlace(Math.log2(first), from / first)
    const left = nodeOf(await hold(level, tile, start + count), start, count)
    return first === length ? left : nodeHash(left, await rangeRoot([from + first, to]))
  }
  const rootsOf = async (ranges: readonly Range[]): Promise<Uint8Array[]> => {
    const roots: Uint8Array[] = []
    for (const range of ranges) roots.push(await rangeRoot(range))
    return roots
  }

  return {
    inclusion: async (index, size) => {
      requireOrder(index, size - 1)
      return rootsOf(inclusionRanges(index, size))
    },
    consistency: async (from, to) => {
      requireOrder(1, from, to)
      return rootsOf(consistencyRanges(from, to))
    },
    rootAt: async (size) => {
      requireOrder(1, size)
      return rangeRoot([0, size])
    },
  }
}

/** One inclusion proof. See {@link Prover.inclusion}. */
export function inclusionProof(
  source: TileSource,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  return openProver(source).inclusion(index, size)
}

/** One consistency proof. See {@link Prover.consistency}. */
export function consistencyProof(
  source: TileSource,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  return openProver(source).consistency(from, to)
}

/** The root of the tree of one size. See {@link Prover.rootAt}. */
export function rootAt(source: TileSource, size: number): Promise<Uint8Array> {
  return openProver(source).rootAt(size)
}
