import { fromBase64, toBase64 } from '../core/base64.ts'
import { openCheckpoint } from './checkpoint.ts'
import { isHash, leafHash, verifyInclusion } from './merkle.ts'
import type { VerifierKey } from './note.ts'

/**
 * That an entry stands in the log, in one text that is checked offline (C2SP tlog-proof): index,
 * sibling hashes, signed checkpoint.
 */
export interface TlogProof {
  readonly index: number
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
  /** Signed by nobody: for context only. We write none. */
  readonly extra?: Uint8Array
}

/** What a proof shows: the entry is the `index`-th of the first `size`. */
export interface Included {
  readonly index: number
  readonly size: number
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const EXTRA = 'extra '
/** A tree of 2^63 leaves is 63 high. */
const MAX_HASHES = 63

/** Writes a proof. */
export function formatProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [HEADER]
  if (extra !== undefined) lines.push(EXTRA + toBase64(extra))
  lines.push(`index ${index}`, ...hashes.map(toBase64), '')
  return `${lines.join('\n')}\n${checkpoint}`
}

function parseHead(lines: readonly string[]): Omit<TlogProof, 'checkpoint'> | undefined {
  const [first = '', ...others] = lines
  const extra = first.startsWith(EXTRA) ? fromBase64(first.slice(EXTRA.length)) : undefined
  const [second = '', ...siblings] = extra === undefined ? lines : others
  const index = Number(/^index (\d{1,16})$/.exec(second)?.[1])
  const hashes = siblings.map(fromBase64).filter((hash) => hash !== undefined)
  if (!Number.isSafeInteger(index) || hashes.length > MAX_HASHES) return undefined
  if (!hashes.every(isHash)) return undefined
  return extra === undefined ? { index, hashes } : { index, hashes, extra }
}

/** The inverse of {@link formatProof}; `undefined` for every other text. The checkpoint isn't opened. */
export function parseProof(text: string): TlogProof | undefined {
  const blank = text.indexOf('\n\n')
  if (blank < 0) return undefined
  const head = parseHead(text.slice(0, blank).split('\n').slice(1))
  const proof = head && { ...head, checkpoint: text.slice(blank + 2) }
  return proof && formatProof(proof) === text ? proof : undefined
}

/**
 * Checks that the exact bytes of an entry stand in the log `origin`, under a checkpoint that one of
 * the log's keys signed. `undefined` where anything doesn't fit.
 */
export function verifyProof(
  text: string,
  entry: Uint8Array,
  keys: readonly VerifierKey[],
  origin: string,
): Included | undefined {
  const proof = parseProof(text)
  if (proof === undefined) return undefined
  const checkpoint = openCheckpoint(proof.checkpoint, keys, origin)
  if (checkpoint === undefined) return undefined
  const { index, hashes } = proof
  const { size, root } = checkpoint
  return verifyInclusion(leafHash(entry), index, size, hashes, root) ? { index, size } : undefined
}
