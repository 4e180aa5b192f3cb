import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatEntryBundle } from '../../src/ledger/entry-bundle.ts'
import {
  formatTilePath,
  LedgerDamaged,
  nodePlace,
  parseTilePath,
  readTile,
  subtreeRoot,
  tileWidth,
} from '../../src/ledger/tiles.ts'
import { hex, naiveRoot, someLeaves } from './support.ts'

describe('tile paths', () => {
  it.each([
    ['tile/0/000', { level: 0, tile: 0, width: 256 }],
    ['tile/1/x001/x234/067', { level: 1, tile: 1234067, width: 256 }],
    ['tile/63/x001/000.p/1', { level: 63, tile: 1000, width: 1 }],
    ['tile/entries/273.p/112', { level: 'entries', tile: 273, width: 112 }],
    [
      'tile/0/x009/x007/x199/x254/x740/991',
      { level: 0, tile: Number.MAX_SAFE_INTEGER, width: 256 },
    ],
  ] as const)('%s', (path, coordinate) => {
    expect(formatTilePath(coordinate)).toBe(path)
    expect(parseTilePath(path)).toEqual(coordinate)
  })

  it.each([
    '',
    'tile/0/0',
    'tile/0/00',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/001/001',
    'tile/0/x001',
    'tile/0/1234',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/257',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    '/tile/0/000',
    'tile/0/000/',
    'tile/-1/000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/000\n',
    'tile/0/٠٠٠',
  ])('refuses %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  it('reads every path that it writes', () => {
    const coordinate = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      tile: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(coordinate, (c) => {
        expect(parseTilePath(formatTilePath(c))).toEqual(c)
      }),
    )
  })
})

describe('where hashes sit', () => {
  it('cuts 70,000 leaves as tlog-tiles says', () => {
    const size = 70_000
    expect(tileWidth(0, 272, size)).toBe(256)
    expect([
      tileWidth(0, 273, size),
      tileWidth(1, 0, size),
      tileWidth(1, 1, size),
      tileWidth(2, 0, size),
    ]).toEqual([112, 256, 17, 1])
    expect([tileWidth(0, 274, size), tileWidth(2, 1, size), tileWidth(3, 0, size)]).toEqual([
      0, 0, 0,
    ])
    expect([tileWidth(0, 0, 256), tileWidth(1, 0, 256)]).toEqual([256, 1])
  })

  it('places nodes of every height', () => {
    expect(nodePlace(0, 300)).toEqual({ level: 0, tile: 1, start: 44, count: 1 })
    expect(nodePlace(7, 3)).toEqual({ level: 0, tile: 1, start: 128, count: 128 })
    expect(nodePlace(8, 257)).toEqual({ level: 1, tile: 1, start: 1, count: 1 })
    expect(nodePlace(43, 1)).toEqual({ level: 5, tile: 0, start: 8, count: 8 })
  })

  it('hashes a row of hashes to its root', () => {
    const leaves = someLeaves(16)
    expect(hex(subtreeRoot(Buffer.concat(leaves), 8, 8))).toBe(hex(naiveRoot(leaves.slice(8))))
  })

  it('names the tile that is missing, too narrow or no row of hashes', async () => {
    const read = (hashes?: Uint8Array): Promise<Uint8Array> =>
      readTile({ tile: () => Promise.resolve(hashes) }, 1, 2, 3)
    for (const bytes of [
      undefined,
      new Uint8Array(64),
      new Uint8Array(97),
      new Uint8Array(257 * 32),
    ]) {
      await expect(read(bytes)).rejects.toThrow(LedgerDamaged)
    }
    await expect(read()).rejects.toMatchObject({ level: 1, tile: 2 })
    expect(await read(new Uint8Array(96))).toHaveLength(96)
  })
})

describe('formatEntryBundle', () => {
  it('puts a big-endian length before each entry', () => {
    expect(formatEntryBundle([])).toEqual(new Uint8Array())
    const bundle = formatEntryBundle([
      Uint8Array.of(7, 8),
      new Uint8Array(0x0102).fill(9),
      new Uint8Array(),
    ])
    expect(hex(bundle)).toBe(`000207080102${'09'.repeat(0x0102)}0000`)
    expect(formatEntryBundle([new Uint8Array(65_535)])).toHaveLength(65_537)
    expect(() => formatEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
  })
})
