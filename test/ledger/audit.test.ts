import { beforeAll, describe, expect, it } from 'vitest'
import { appendLeaves, EMPTY_EDGE, grow } from '../../src/ledger/append.ts'
import { auditLog, type AuditResult } from '../../src/ledger/audit.ts'
import type { AuditSource } from '../../src/ledger/audit-source.ts'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { buildEntry } from '../../src/ledger/entry.ts'
import { emptyRoot, leafHash } from '../../src/ledger/merkle.ts'
import { verifierKeyOf } from '../../src/ledger/note.ts'
import type {
  CheckpointRecord,
  LedgerEntryRecord,
  LedgerTileRecord,
  SecretRecord,
} from '../../src/ports/record-tables.ts'
import { ascii, ORIGIN, testRandom, testSigner } from './support.ts'

const signer = testSigner()
const log = { origin: ORIGIN, keys: [verifierKeyOf(signer, ORIGIN)] }
type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The ledger's tables, as rows that a test may damage. */
interface Rows {
  state: { size: number; root: Uint8Array } | undefined
  entries: Writable<LedgerEntryRecord>[]
  tiles: Writable<LedgerTileRecord>[]
  checkpoints: Writable<CheckpointRecord>[]
  secrets: Writable<SecretRecord>[]
}

function sourceOf(rows: Rows): AuditSource {
  const byLeaf = Map.groupBy(rows.secrets, (secret) => secret.leafHash)
  return {
    state: () => Promise.resolve(rows.state),
    entries: (from, to) =>
      Promise.resolve(rows.entries.filter(({ index }) => index >= from && index < to)),
    tile: (level, n) =>
      Promise.resolve(rows.tiles.find((row) => row.level === level && row.tile === n)),
    checkpoints: (after, limit) =>
      Promise.resolve(
        rows.checkpoints
          .filter(({ size }) => size > after)
          .sort((a, b) => a.size - b.size)
          .slice(0, limit),
      ),
    secrets: (leaf) => Promise.resolve(byLeaf.get(leaf) ?? []),
    counts: () =>
      Promise.resolve({
        entries: rows.entries.length,
        tiles: rows.tiles.length,
        secrets: rows.secrets.length,
      }),
  }
}

const audit = (rows: Rows): Promise<AuditResult> => auditLog(sourceOf(rows), log)

async function makeLog(size: number, checkpointAt: (size: number) => boolean): Promise<Rows> {
  const random = testRandom()
  const rows: Rows = { state: undefined, entries: [], tiles: [], checkpoints: [], secrets: [] }
  const growth = grow(EMPTY_EDGE)
  const keep = async (): Promise<void> => {
    const root = growth.root()
    if (!checkpointAt(growth.size())) return
    const note = await signCheckpoint(signer, ORIGIN, growth.size(), root)
    rows.checkpoints.push({ size: growth.size(), root, note, at: 0 })
  }
  await keep()
  for (let index = 0; index < size; index++) {
    const values = { case: ascii(`cas_${index}`), sender: null, target: null, payload: ascii('{}') }
    const parts = {
      log: ORIGIN,
      type: 'case.opened',
      at: index,
      pub: {},
      refs: [],
      values,
    } as const
    const built = buildEntry(parts, random)
    rows.entries.push({ index, leafHash: built.leafHash, bytes: built.bytes })
    rows.secrets.push(...built.secrets)
    growth.push(leafHash(built.bytes))
    await keep()
  }
  rows.tiles = [...growth.takeFullTiles(), ...growth.partialTiles()]
  rows.state = { size, root: growth.root() }
  return rows
}

/** Writes over an entry and everything that the store says about it, but signs nothing. */
function rewrite(rows: Rows, index: number, bytes: Uint8Array): void {
  const name = Buffer.from(leafHash(bytes)).toString('base64url')
  rows.entries[index] = { index, bytes, leafHash: name }
  const { tiles, root, edge } = appendLeaves(
    EMPTY_EDGE,
    rows.entries.map((entry) => leafHash(entry.bytes)),
  )
  rows.tiles = [...tiles]
  rows.state = { size: edge.size, root }
}

let small: Rows
let large: Rows
const copy = (rows: Rows): Rows => structuredClone(rows)
const flip = (bytes: Uint8Array, at: number): void => {
  bytes[at] = bytes[at]! ^ 1
}

beforeAll(async () => {
  small = await makeLog(3, () => true)
  large = await makeLog(1_700, (size) => size % 5 === 0)
})

describe('auditLog on a sound log', () => {
  it('accepts it', async () => {
    expect(await audit(small)).toEqual({ ok: true, size: 3, checkpoints: 4 })
    expect(await audit(large)).toEqual({ ok: true, size: 1_700, checkpoints: 341 })
    const empty: Rows = { state: undefined, entries: [], tiles: [], checkpoints: [], secrets: [] }
    expect(await audit(empty)).toEqual({ ok: true, size: 0, checkpoints: 0 })
    expect(await audit({ ...empty, state: { size: 0, root: emptyRoot() } })).toMatchObject({
      ok: true,
    })
  })

  it('accepts it when secrets were erased', async () => {
    const rows = copy(large)
    rows.secrets = rows.secrets.filter((_, at) => at % 3 !== 0)
    expect(await audit(rows)).toMatchObject({ ok: true })
  })

  it('accepts what it read of a log that grows meanwhile', async () => {
    const [before, after] = [
      { ...copy(small) },
      copy(await makeLog(1_000, (size) => size % 100 === 0)),
    ]
    let asked = 0
    const grown = { ...after, checkpoints: [...after.checkpoints] }
    const source: AuditSource = {
      ...sourceOf(grown),
      state: () =>
        Promise.resolve(asked++ === 0 ? { size: 300, root: rootAt(after, 300) } : after.state),
    }
    expect(await auditLog(source, log)).toEqual({ ok: true, size: 300, checkpoints: 4 })
    expect(before.state?.size).toBe(3)
  })

  it('lets faults of the source pass', async () => {
    const source = { ...sourceOf(small), entries: () => Promise.reject(new Error('disk')) }
    await expect(auditLog(source, log)).rejects.toThrow('disk')
  })
})

const rootAt = (rows: Rows, size: number): Uint8Array =>
  appendLeaves(
    EMPTY_EDGE,
    rows.entries.slice(0, size).map((entry) => leafHash(entry.bytes)),
  ).root

describe('auditLog names one flipped byte', () => {
  it('of an entry', async () => {
    for (let index = 0; index < 3; index++) {
      for (let at = 0; at < small.entries[index]!.bytes.length; at++) {
        const rows = copy(small)
        flip(rows.entries[index]!.bytes, at)
        expect(await audit(rows)).toEqual({ ok: false, what: 'entry_hash_mismatch', index })
      }
    }
  })

  it('of a hash in a row of an entry', async () => {
    for (let at = 0; at < 43; at++) {
      const rows = copy(small)
      const name = rows.entries[1]!.leafHash
      rows.entries[1]!.leafHash =
        name.slice(0, at) + (name[at] === 'A' ? 'B' : 'A') + name.slice(at + 1)
      expect(await audit(rows)).toEqual({ ok: false, what: 'entry_hash_mismatch', index: 1 })
    }
  })

  it('of a tile', async () => {
    for (let at = 0; at < 96; at++) {
      const rows = copy(small)
      flip(rows.tiles[0]!.hashes, at)
      expect(await audit(rows)).toEqual({
        ok: false,
        what: 'tile_mismatch',
        index: Math.floor(at / 32),
      })
    }
  })

  it('of a checkpoint', async () => {
    const { note } = small.checkpoints[2]!
    for (let at = 0; at < note.length; at++) {
      const rows = copy(small)
      rows.checkpoints[2]!.note =
        note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1)
      expect(await audit(rows)).toEqual({ ok: false, what: 'checkpoint_rejected', size: 2 })
    }
    for (let at = 0; at < 32; at++) {
      const rows = copy(small)
      flip(rows.checkpoints[2]!.root, at)
      expect(await audit(rows)).toEqual({ ok: false, what: 'checkpoint_mismatch', size: 2 })
    }
  })

  it('of a secret', async () => {
    const at = small.secrets.findIndex(
      ({ leafHash: of, name }) => of === small.entries[1]!.leafHash && name === 'case',
    )
    const expected = { ok: false, what: 'secret_mismatch', index: 1 }
    for (let place = 0; place < 32; place++) {
      const rows = copy(small)
      flip(rows.secrets[at]!.salt, place)
      expect(await audit(rows)).toEqual(expected)
    }
    for (const change of [
      { value: ascii('cas_0') },
      { value: null },
      { name: 'sender' },
      { salt: new Uint8Array(31) },
    ]) {
      const rows = copy(small)
      rows.secrets[at] = { ...rows.secrets[at]!, ...change }
      expect(await audit(rows), JSON.stringify(change)).toEqual(expected)
    }
    const rows = copy(small)
    rows.secrets[at]!.leafHash = 'elsewhere'
    expect(await audit(rows)).toEqual({ ok: false, what: 'secret_without_entry' })
  })

  it('of the root', async () => {
    const rows = copy(small)
    flip(rows.state!.root, 31)
    expect(await audit(rows)).toEqual({ ok: false, what: 'root_mismatch' })
  })
})

describe('auditLog names what else does not fit', () => {
  const at = (index: number, what: string): object => ({ ok: false, what, index })
  const tile = (rows: Rows, level: number, n: number): Writable<LedgerTileRecord> =>
    rows.tiles.find((row) => row.level === level && row.tile === n)!
  const cases: [string, (rows: Rows) => void, object][] = [
    ['a missing entry', (rows) => rows.entries.splice(1_000, 1), at(1_000, 'entry_missing')],
    ['a missing last entry', (rows) => rows.entries.pop(), at(1_699, 'entry_missing')],
    [
      'an index that was moved',
      (rows) => {
        rows.entries[1_000]!.index = 1_001
      },
      at(1_000, 'entry_missing'),
    ],
    [
      'a size that is too large',
      (rows) => {
        rows.state!.size = 1_701
      },
      at(1_700, 'entry_missing'),
    ],
    [
      'a size that is none',
      (rows) => {
        rows.state!.size = -1
      },
      { ok: false, what: 'state_malformed' },
    ],
    [
      'a size that is a fraction',
      (rows) => {
        rows.state!.size = 1.5
      },
      { ok: false, what: 'state_malformed' },
    ],
    [
      'a hash that is no base64url',
      (rows) => {
        rows.entries[9]!.leafHash = '='
      },
      at(9, 'entry_hash_mismatch'),
    ],
    [
      'a missing tile',
      (rows) => {
        rows.tiles = rows.tiles.filter((t) => t !== tile(rows, 0, 2))
      },
      { ...at(512, 'tile_missing'), level: 0, tile: 2 },
    ],
    [
      'a missing tile of level 1',
      (rows) => {
        rows.tiles = rows.tiles.filter((t) => t.level === 0)
      },
      { ...at(0, 'tile_missing'), level: 1, tile: 0 },
    ],
    [
      'a flipped byte in level 1',
      (rows) => {
        flip(tile(rows, 1, 0).hashes, 64)
      },
      { ...at(512, 'tile_mismatch'), level: 1, tile: 0 },
    ],
    [
      'a width that is not that of the bytes',
      (rows) => {
        tile(rows, 0, 2).width = 255
      },
      { ...at(512, 'tile_malformed'), level: 0, tile: 2 },
    ],
    [
      'a width above 256',
      (rows) => {
        Object.assign(tile(rows, 0, 2), { width: 257, hashes: new Uint8Array(257 * 32) })
      },
      { ...at(512, 'tile_malformed'), level: 0, tile: 2 },
    ],
    [
      'a tile too many',
      (rows) => {
        rows.tiles.push({ level: 5, tile: 0, width: 1, hashes: new Uint8Array(32) })
      },
      { ok: false, what: 'tile_beyond_size' },
    ],
    [
      'a checkpoint stored under another size',
      (rows) => {
        rows.checkpoints[3]!.size = 16
      },
      { ok: false, what: 'checkpoint_mismatch', size: 16 },
    ],
    [
      'a checkpoint stored under no size',
      (rows) => {
        rows.checkpoints[3]!.size = 15.5
      },
      { ok: false, what: 'checkpoint_mismatch', size: 15.5 },
    ],
  ]
  it.each(cases)('%s', async (_, damage, expected) => {
    const rows = copy(large)
    damage(rows)
    expect(await audit(rows)).toEqual(expected)
  })

  it('an entry that is not ours, though stored and hashed as if it were', async () => {
    const forged = copy(large)
    forged.secrets = []
    rewrite(forged, 777, ascii('{}'))
    expect(await audit(forged)).toEqual(at(777, 'entry_malformed'))
    const values = { case: null, sender: null, target: null, payload: null }
    const parts = {
      log: 'other.example',
      type: 'case.opened',
      at: 0,
      pub: {},
      refs: [],
      values,
    } as const
    rewrite(forged, 777, buildEntry(parts, testRandom()).bytes)
    expect(await audit(forged)).toEqual(at(777, 'entry_of_other_log'))
    rewrite(forged, 777, buildEntry({ ...parts, log: ORIGIN }, testRandom()).bytes)
    expect(await audit(forged)).toEqual({ ok: false, what: 'checkpoint_mismatch', size: 780 })
  })

  it('a store that went back behind what was signed', async () => {
    const rows = copy(large)
    rows.state = { size: 1_690, root: rootAt(rows, 1_690) }
    expect(await audit(rows)).toEqual({ ok: false, what: 'checkpoint_beyond_size', size: 1_695 })
    rows.checkpoints = rows.checkpoints.filter(({ size }) => size <= 1_690)
    expect(await audit(rows)).toEqual({ ok: false, what: 'entry_beyond_size', index: 1_690 })
    const gone = new Set(rows.entries.splice(1_690).map((entry) => entry.leafHash))
    expect(await audit(rows)).toEqual({ ok: false, what: 'tile_beyond_size' })
    const last = tile(rows, 0, 6)
    Object.assign(last, { width: 154, hashes: last.hashes.slice(0, 154 * 32) })
    expect(await audit(rows)).toEqual({ ok: false, what: 'secret_without_entry' })
    rows.secrets = rows.secrets.filter((secret) => !gone.has(secret.leafHash))
    expect(await audit(rows)).toEqual({ ok: true, size: 1_690, checkpoints: 339 })
  })

  it('a tile that is narrower than the tree', async () => {
    const rows = copy(large)
    const last = tile(rows, 0, 6)
    Object.assign(last, { width: 100, hashes: last.hashes.slice(0, 3_200) })
    expect(await audit(rows)).toEqual(at(1_636, 'tile_mismatch'))
  })

  it('a checkpoint of a key that is not the log’s', async () => {
    const stranger = { origin: ORIGIN, keys: [verifierKeyOf(testSigner(), ORIGIN)] }
    expect(await auditLog(sourceOf(small), stranger)).toEqual({
      ok: false,
      what: 'checkpoint_rejected',
      size: 0,
    })
  })
})
