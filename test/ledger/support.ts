import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { LedgerTileRecord } from '../../src/ports/record-tables.ts'
import type { Signer } from '../../src/ports/signer.ts'
import type { TileSource } from '../../src/ledger/tiles.ts'

export const ORIGIN = 'desk.example/madoguchi/1'

export interface TestSigner extends Signer {
  readonly publicKeyObject: KeyObject
}

export function testSigner(): TestSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return {
    kid: 'test',
    alg: 'EdDSA',
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x },
    publicKeyObject: publicKey,
    sign: (bytes) => Promise.resolve(new Uint8Array(sign(null, bytes, privateKey))),
  }
}

/** Counting "random" bytes: every call differs. */
export function testRandom(): { bytes(length: number): Uint8Array } {
  let calls = 0
  return {
    bytes: (length) => {
      calls += 1
      return new Uint8Array(
        createHash('shake256', { outputLength: length }).update(String(calls)).digest(),
      )
    },
  }
}

const sha = (...parts: Uint8Array[]): Uint8Array =>
  parts.reduce((h, part) => h.update(part), createHash('sha256')).digest()

/** RFC 6962 §2.1, word by word. */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) return sha()
  if (leaves.length === 1) return first
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

export function naivePath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return []
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m < k
    ? [...naivePath(m, left), naiveRoot(right)]
    : [...naivePath(m - k, right), naiveRoot(left)]
}

export function naiveConsistency(
  m: number,
  leaves: readonly Uint8Array[],
  whole = true,
): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m <= k
    ? [...naiveConsistency(m, left, whole), naiveRoot(right)]
    : [...naiveConsistency(m - k, right, false), naiveRoot(left)]
}

/** `count` leaf hashes that differ. */
export function someLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    sha(Uint8Array.of(0), new TextEncoder().encode(String(i))),
  )
}

export class TileMap implements TileSource {
  readonly rows = new Map<string, LedgerTileRecord>()
  reads = 0
  put(tiles: readonly LedgerTileRecord[]): void {
    for (const row of tiles) this.rows.set(`${row.level}/${row.tile}`, row)
  }
  tile(level: number, n: number): Promise<Uint8Array | undefined> {
    this.reads += 1
    return Promise.resolve(this.rows.get(`${level}/${n}`)?.hashes)
  }
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const hexes = (list: readonly Uint8Array[]): string[] => list.map(hex)
export const fromHexText = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
