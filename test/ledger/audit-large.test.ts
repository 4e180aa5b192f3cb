import { describe, expect, it } from 'vitest'
import { appendLeaves, EMPTY_EDGE } from '../../src/ledger/append.ts'
import { auditLog } from '../../src/ledger/audit.ts'
import type { AuditSource } from '../../src/ledger/audit-source.ts'
import { buildEntry } from '../../src/ledger/entry.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import { ORIGIN, testRandom } from './support.ts'

const SIZE = 65_537

/** A log of one entry, again and again. */
function repeatedLog(): { source: AuditSource; tileOf: (level: number, n: number) => Uint8Array } {
  const values = { case: null, sender: null, target: null, payload: null }
  const parts = { log: ORIGIN, type: 'case.opened', at: 0, pub: {}, refs: [], values } as const
  const { bytes, leafHash: name } = buildEntry(parts, testRandom())
  const leaves = Array<Uint8Array>(SIZE).fill(leafHash(bytes))
  const { tiles, root } = appendLeaves(EMPTY_EDGE, leaves)
  const byPlace = new Map(tiles.map((row) => [`${row.level}/${row.tile}`, row]))
  const source: AuditSource = {
    state: () => Promise.resolve({ size: SIZE, root }),
    entries: (from, to) =>
      Promise.resolve(
        Array.from({ length: to - from }, (_, i) => ({ index: from + i, leafHash: name, bytes })),
      ),
    tile: (level, n) => Promise.resolve(byPlace.get(`${level}/${n}`)),
    checkpoints: () => Promise.resolve([]),
    secrets: () => Promise.resolve([]),
    counts: () => Promise.resolve({ entries: SIZE, tiles: tiles.length, secrets: 0 }),
  }
  return { source, tileOf: (level, n) => byPlace.get(`${level}/${n}`)!.hashes }
}

describe('auditLog beyond 65,536 entries', () => {
  it('checks full tiles of the higher levels', { timeout: 60_000 }, async () => {
    const { source, tileOf } = repeatedLog()
    const log = { origin: ORIGIN, keys: [] }
    expect(await auditLog(source, log)).toEqual({ ok: true, size: SIZE, checkpoints: 0 })
    const full = tileOf(1, 0)
    full[255 * 32] = full[255 * 32]! ^ 1
    const at = { level: 1, tile: 0, index: 255 * 256 }
    expect(await auditLog(source, log)).toEqual({ ok: false, what: 'tile_mismatch', ...at })
    full[255 * 32] = full[255 * 32]! ^ 1
    const top = tileOf(2, 0)
    top[0] = top[0]! ^ 1
    const above = { level: 2, tile: 0, index: 0 }
    expect(await auditLog(source, log)).toEqual({ ok: false, what: 'tile_mismatch', ...above })
  })
})
