import { describe, expect, it } from 'vitest'
import {
  emptyRoot,
  leafHash,
  nodeHash,
  sameBytes,
  splitPoint,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/merkle.ts'
import { fromHexText, hex, naiveConsistency, naivePath, naiveRoot, someLeaves } from './support.ts'

/** The eight leaves of the Certificate Transparency test tree. */
const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => leafHash(fromHexText(text)))

describe('hashes of RFC 6962', () => {
  it('knows the published values', () => {
    expect(hex(emptyRoot())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(hex(leafHash(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(hex(naiveRoot(CT_LEAVES))).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    )
    const [a, b] = CT_LEAVES
    expect(hex(nodeHash(a!, b!))).toBe(
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    )
  })

  it('hashes nodes of two hashes only', () => {
    const [a] = CT_LEAVES
    expect(() => nodeHash(a!, new Uint8Array(31))).toThrow(RangeError)
    expect(() => nodeHash(new Uint8Array(33), a!)).toThrow(RangeError)
  })

  it('splits at the largest power of two below', () => {
    expect([2, 3, 4, 5, 8, 9, 2 ** 40 + 1].map(splitPoint)).toEqual([1, 2, 2, 4, 4, 8, 2 ** 40])
    expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false)
  })
})

const leaves = someLeaves(40)
const roots = leaves.map((_, i) => naiveRoot(leaves.slice(0, i + 1)))
const flip = (hash: Uint8Array): Uint8Array => hash.map((byte, at) => (at === 7 ? byte ^ 1 : byte))

describe('verifyInclusion', () => {
  it('accepts every path of the naive tree and nothing beside it', () => {
    for (let size = 1; size <= leaves.length; size++) {
      const root = roots[size - 1]!
      for (let index = 0; index < size; index++) {
        const [leaf, path] = [leaves[index]!, naivePath(index, leaves.slice(0, size))]
        expect(verifyInclusion(leaf, index, size, path, root)).toBe(true)
        expect(verifyInclusion(flip(leaf), index, size, path, root)).toBe(false)
        expect(verifyInclusion(leaf, index, size, path, flip(root))).toBe(false)
        expect(verifyInclusion(leaf, index, size, [...path, leaf], root)).toBe(false)
        if (path.length === 0) continue
        expect(verifyInclusion(leaf, index, size, path.slice(1), root)).toBe(false)
        expect(verifyInclusion(leaf, index, size, path.slice(0, -1), root)).toBe(false)
        expect(verifyInclusion(leaf, index, size, path.with(0, flip(path[0]!)), root)).toBe(false)
        expect(verifyInclusion(leaf, (index + 1) % size, size, path, root)).toBe(false)
      }
    }
  })

  it('refuses places and hashes that cannot be', () => {
    const [leaf, root] = [leaves[0]!, roots[0]!]
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0.5, 1],
      [0, 0],
      [0, Infinity],
      [Number.NaN, 1],
    ] as const) {
      expect(verifyInclusion(leaf, index, size, [], root)).toBe(false)
    }
    expect(verifyInclusion(leaf.slice(1), 0, 1, [], root)).toBe(false)
    expect(verifyInclusion(leaf, 0, 2, [leaf.slice(1)], root)).toBe(false)
    expect(verifyInclusion(leaf, 0, 1, [], root.slice(1))).toBe(false)
  })
})

describe('verifyConsistency', () => {
  it('accepts every proof of the naive tree and nothing beside it', () => {
    for (let to = 1; to <= leaves.length; to++) {
      for (let from = 1; from <= to; from++) {
        const [old, root] = [roots[from - 1]!, roots[to - 1]!]
        const proof = naiveConsistency(from, leaves.slice(0, to))
        expect(verifyConsistency(from, to, proof, old, root), `${from}-${to}`).toBe(true)
        expect(verifyConsistency(from, to, proof, flip(old), root)).toBe(false)
        expect(verifyConsistency(from, to, proof, old, flip(root))).toBe(false)
        expect(verifyConsistency(from, to, [...proof, old], old, root)).toBe(false)
        if (proof.length === 0) continue
        expect(verifyConsistency(from, to, [], old, root)).toBe(false)
        expect(verifyConsistency(from, to, proof.slice(0, -1), old, root)).toBe(false)
        for (let at = 0; at < proof.length; at++) {
          expect(verifyConsistency(from, to, proof.with(at, flip(proof[at]!)), old, root)).toBe(
            false,
          )
        }
      }
    }
  })

  it('leaves size 0 to its caller and refuses what cannot be', () => {
    const root = roots[1]!
    for (const [from, to] of [
      [0, 2],
      [3, 2],
      [1.5, 2],
      [1, Infinity],
      [-1, 2],
      [Number.NaN, 2],
    ] as const) {
      expect(verifyConsistency(from, to, [], root, root)).toBe(false)
    }
    expect(verifyConsistency(2, 2, [], root, root.slice(1))).toBe(false)
    expect(verifyConsistency(1, 2, [root.slice(1)], roots[0]!, root)).toBe(false)
  })
})
