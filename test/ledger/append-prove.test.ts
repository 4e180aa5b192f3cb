import { beforeAll, describe, expect, it } from 'vitest'
import {
  appendLeaves,
  EMPTY_EDGE,
  grow,
  loadEdge,
  rootOf,
  type Edge,
} from '../../src/ledger/append.ts'
import { emptyRoot, verifyConsistency, verifyInclusion } from '../../src/ledger/merkle.ts'
import { consistencyProof, inclusionProof, openProver, rootAt } from '../../src/ledger/prove.ts'
import { LedgerDamaged, tileWidth } from '../../src/ledger/tiles.ts'
import {
  hex,
  hexes,
  naiveConsistency,
  naivePath,
  naiveRoot,
  someLeaves,
  TileMap,
} from './support.ts'

const SMALL = 600
const BIG = 70_000
const leaves = someLeaves(BIG)

describe('appendLeaves', () => {
  it('gives the root and tiles of the naive tree, leaf by leaf', async () => {
    const tiles = new TileMap()
    let edge: Edge = EMPTY_EDGE
    expect(hex(rootOf(edge))).toBe(hex(emptyRoot()))
    for (let size = 1; size <= SMALL; size++) {
      const appended = appendLeaves(edge, leaves.slice(size - 1, size))
      tiles.put(appended.tiles)
      edge = appended.edge
      expect(hex(appended.root)).toBe(hex(naiveRoot(leaves.slice(0, size))))
      const loaded = await loadEdge(tiles, size)
      expect([hexes(edge.tiles), hexes(edge.peaks)]).toEqual([
        hexes(loaded.tiles),
        hexes(loaded.peaks),
      ])
    }
    expect(hex(tiles.rows.get('0/1')!.hashes)).toBe(hex(Buffer.concat(leaves.slice(256, 512))))
    expect(tiles.rows.get('0/2')!.width).toBe(88)
    expect(hex(tiles.rows.get('1/0')!.hashes)).toBe(
      hex(Buffer.concat([naiveRoot(leaves.slice(0, 256)), naiveRoot(leaves.slice(256, 512))])),
    )
    expect(tiles.rows.size).toBe(4)
  })

  it('leaves the old edge and its tiles as they were', () => {
    const { edge, tiles } = appendLeaves(EMPTY_EDGE, leaves.slice(0, 255))
    const before = structuredClone({ edge, tiles })
    const first = appendLeaves(edge, leaves.slice(255, 300))
    const second = appendLeaves(edge, leaves.slice(300, 900))
    expect({ edge, tiles }).toEqual(before)
    expect(hex(first.root)).toBe(hex(naiveRoot(leaves.slice(0, 300))))
    expect(hex(second.root)).toBe(
      hex(naiveRoot([...leaves.slice(0, 255), ...leaves.slice(300, 900)])),
    )
  })

  it('writes each tile once, with as many hashes as its width, and only what a batch touches', () => {
    const { edge } = appendLeaves(EMPTY_EDGE, leaves.slice(0, 65_530))
    const { tiles } = appendLeaves(edge, leaves.slice(65_530, 65_540))
    expect(tiles.map(({ level, tile, width }) => [level, tile, width])).toEqual([
      [0, 255, 256],
      [1, 0, 256],
      [0, 256, 4],
      [2, 0, 1],
    ])
    for (const tile of tiles) expect(tile.hashes).toHaveLength(tile.width * 32)
    expect(appendLeaves(edge, []).tiles).toEqual([])
    expect(appendLeaves(edge, []).edge).toEqual(edge)
  })

  it('takes hashes only', () => {
    expect(() => appendLeaves(EMPTY_EDGE, [new Uint8Array(31)])).toThrow(RangeError)
  })

  it('stops where the stored tiles do not reach the size', async () => {
    const tiles = new TileMap()
    tiles.put(appendLeaves(EMPTY_EDGE, leaves.slice(0, 300)).tiles)
    await expect(loadEdge(tiles, 301)).rejects.toThrow(LedgerDamaged)
    tiles.rows.delete('1/0')
    await expect(loadEdge(tiles, 300)).rejects.toMatchObject({ level: 1, tile: 0 })
  })
})

describe('proofs from tiles', () => {
  const tiles = new TileMap()
  const roots = new Map<number, Uint8Array>()
  const SPOTS = [255, 256, 257, 511, 512, 513, 4_097, 65_535, 65_536, 65_537, 65_793, 69_999, BIG]

  const needed = (size: number): boolean =>
    size <= SMALL || [0, 1].some((add) => SPOTS.includes(size + add))

  beforeAll(() => {
    let edge: Edge = EMPTY_EDGE
    for (let from = 0; from < BIG; from += 777) {
      const appended = appendLeaves(edge, leaves.slice(from, Math.min(from + 777, BIG)))
      edge = appended.edge
      tiles.put(appended.tiles)
    }
    const growth = grow(EMPTY_EDGE)
    for (const leaf of leaves) {
      growth.push(leaf)
      if (needed(growth.size())) roots.set(growth.size(), growth.root())
    }
  })

  it('holds exactly the tiles of the tree', () => {
    for (const row of tiles.rows.values())
      expect(row.width).toBe(tileWidth(row.level, row.tile, BIG))
    expect(tiles.rows.size).toBe(274 + 2 + 1)
    for (const size of [513, 65_537, BIG])
      expect(hex(roots.get(size)!), String(size)).toBe(hex(naiveRoot(leaves.slice(0, size))))
  })

  it('equal those of the naive tree for small sizes', async () => {
    const prover = openProver(tiles)
    for (let size = 1; size <= 70; size++) {
      const part = leaves.slice(0, size)
      expect(hex(await prover.rootAt(size))).toBe(hex(naiveRoot(part)))
      for (let at = 0; at < size; at++) {
        expect(hexes(await prover.inclusion(at, size))).toEqual(hexes(naivePath(at, part)))
        expect(hexes(await prover.consistency(at + 1, size))).toEqual(
          hexes(naiveConsistency(at + 1, part)),
        )
      }
    }
  })

  it('hold for every size up to 600, from tiles that have grown since', async () => {
    const prover = openProver(tiles)
    for (let size = 1; size <= SMALL; size++) {
      const root = roots.get(size)!
      for (const at of new Set([
        0,
        (size * 7) % size,
        size >> 1,
        Math.min(255, size - 1),
        size - 1,
      ])) {
        const proof = await prover.inclusion(at, size)
        expect(verifyInclusion(leaves[at]!, at, size, proof, root), `${at} of ${size}`).toBe(true)
        const consistency = await prover.consistency(at + 1, size)
        expect(verifyConsistency(at + 1, size, consistency, roots.get(at + 1)!, root)).toBe(true)
      }
    }
  })

  it('hold around the borders of tiles', async () => {
    for (const size of SPOTS) {
      expect(hex(await rootAt(tiles, size))).toBe(hex(roots.get(size)!))
      expect(rootOf(await loadEdge(tiles, size))).toEqual(roots.get(size))
      for (const at of [0, 1, 255, 256, 257, 65_535, 65_536, size - 2, size - 1].filter(
        (i) => i < size,
      )) {
        const proof = await inclusionProof(tiles, at, size)
        expect(
          verifyInclusion(leaves[at]!, at, size, proof, roots.get(size)!),
          `${at} of ${size}`,
        ).toBe(true)
        const consistency = await consistencyProof(tiles, at + 1, size)
        expect(
          verifyConsistency(at + 1, size, consistency, roots.get(at + 1)!, roots.get(size)!),
        ).toBe(true)
      }
    }
    expect(hexes(await inclusionProof(tiles, 65_535, 65_537))).toEqual(
      hexes(naivePath(65_535, leaves.slice(0, 65_537))),
    )
  })

  it('read each tile once, and few', async () => {
    tiles.reads = 0
    await inclusionProof(tiles, 12_345, BIG)
    expect(tiles.reads).toBeLessThanOrEqual(5)
    const prover = openProver(tiles)
    await prover.inclusion(BIG - 1, BIG)
    tiles.reads = 0
    for (let at = BIG - 64; at < BIG; at++) await prover.inclusion(at, BIG)
    expect(tiles.reads).toBe(0)
  })

  it('read a tile again when it has grown, and forget tiles beyond the limit', async () => {
    const growing = new TileMap()
    const first = appendLeaves(EMPTY_EDGE, leaves.slice(0, 10))
    growing.put(first.tiles)
    const prover = openProver(growing, 1)
    await prover.inclusion(3, 10)
    growing.put(appendLeaves(first.edge, leaves.slice(10, 300)).tiles)
    expect(hexes(await prover.inclusion(3, 11))).toEqual(hexes(naivePath(3, leaves.slice(0, 11))))
    expect(hexes(await prover.inclusion(3, 300))).toEqual(hexes(naivePath(3, leaves.slice(0, 300))))
    growing.reads = 0
    await prover.inclusion(299, 300)
    await prover.inclusion(0, 256)
    await prover.inclusion(299, 300)
    expect(growing.reads).toBeGreaterThan(3)
  })

  it('refuse places that are not in the tree', async () => {
    for (const [at, size] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0.5, 2],
      [0, Number.NaN],
    ] as const) {
      await expect(inclusionProof(tiles, at, size)).rejects.toThrow(RangeError)
    }
    for (const [from, to] of [
      [0, 1],
      [2, 1],
      [1, 1.5],
    ] as const) {
      await expect(consistencyProof(tiles, from, to)).rejects.toThrow(RangeError)
    }
    await expect(rootAt(tiles, 0)).rejects.toThrow(RangeError)
    await expect(inclusionProof(tiles, 0, BIG + 1)).rejects.toThrow(LedgerDamaged)
  })
})
