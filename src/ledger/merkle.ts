import { hash } from 'node:crypto'

/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256, and the checks of RFC 9162 §2.1.3.2 and §2.1.4.2.
 * Sizes and indexes are safe integers; nothing here uses 32-bit operators on them.
 */

/** Bytes of one hash. */
export const HASH_SIZE = 32

/** Reused, because hashing is synchronous: prefix 0x01, left, right. */
const nodeInput = new Uint8Array(1 + 2 * HASH_SIZE).fill(1, 0, 1)

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = hash('sha256', bytes, 'buffer')
  // A plain array: a Buffer's slice() would not copy.
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length)
}

/** The root of a tree without leaves. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array())
}

/** The hash of a leaf: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length)
  input.set(entry, 1)
  return sha256(input)
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). Throws RangeError unless both are hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (!isHash(left) || !isHash(right)) throw new RangeError('a node needs two hashes')
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_SIZE)
  return sha256(nodeInput)
}

/** Whether bytes have the length of a hash. */
export function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_SIZE
}

/** Whether two byte strings are equal; not in constant time, for nothing here is secret. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** The largest power of two below `n`; `n` ≥ 2. It is where RFC 6962 splits a tree. */
export function splitPoint(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/**
 * Climbs from one node to the root by its siblings. `all` is the root over everything; `left` the one
 * over that node and what stands left of it. `undefined` where the siblings are too many or too few.
 */
function climb(
  index: number,
  last: number,
  node: Uint8Array,
  siblings: readonly Uint8Array[],
): { readonly left: Uint8Array; readonly all: Uint8Array } | undefined {
  let [fn, sn, left, all] = [index, last, node, node]
  for (const sibling of siblings) {
    if (sn === 0) return undefined
    if (isOdd(fn) || fn === sn) {
      left = nodeHash(sibling, left)
      all = nodeHash(sibling, all)
      for (; !isOdd(fn) && fn !== 0; fn = half(fn)) sn = half(sn)
    } else {
      all = nodeHash(all, sibling)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 ? { left, all } : undefined
}

/** Whether the leaf stands at `index` of the tree that has this size and root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  const climbed = climb(index, size - 1, leaf, proof)
  return climbed !== undefined && sameBytes(climbed.all, root)
}

/**
 * Whether the tree of size `to` begins with the tree of size `from` (RFC 9162 §2.1.4.2). False for
 * `from` 0: every tree extends the empty one, which is for the caller to know, not to be proven.
 */
export function verifyConsistency(
  from: number,
  to: number,
  proof: readonly Uint8Array[],
  rootFrom: Uint8Array,
  rootTo: Uint8Array,
): boolean {
  if (![to, from - 1, to - from].every(isCount)) return false
  if (![rootFrom, rootTo, ...proof].every(isHash)) return false
  if (from === to) return proof.length === 0 && sameBytes(rootFrom, rootTo)
  let fn = from - 1
  let sn = to - 1
  for (; isOdd(fn); fn = half(fn)) sn = half(sn)
  // fn is 0 now exactly where `from` is a power of two: its root then stands for the first hash.
  const [first, ...rest] = fn === 0 ? [rootFrom, ...proof] : proof
  const climbed = first && climb(fn, sn, first, rest)
  return (
    climbed !== undefined && sameBytes(climbed.left, rootFrom) && sameBytes(climbed.all, rootTo)
  )
}
