import { fromBase64, toBase64 } from '../core/base64.ts'
import type { Signer } from '../ports/signer.ts'
import { isHash } from './merkle.ts'
import { isKeyName, openNote, signNote, type VerifierKey } from './note.ts'

/**
 * The head of the log at one size (C2SP tlog-checkpoint v1.0.0). We write no extension lines and read
 * none: they are signed, but nobody can audit them.
 */
export interface Checkpoint {
  /** Names the log, and is the name of its key. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** The three lines that are signed. Throws RangeError for what can't be a checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || size < 0 || !isHash(root)) {
    throw new RangeError('no checkpoint')
  }
  return `${origin}\n${String(size)}\n${toBase64(root)}\n`
}

/** The inverse of {@link formatCheckpoint}; `undefined` for every other text. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, encoded] = text.split('\n', 3)
  const root = encoded === undefined ? undefined : fromBase64(encoded)
  if (origin === undefined || size === undefined || root === undefined) return undefined
  if (!isKeyName(origin) || !/^(?:0|[1-9]\d{0,15})$/.test(size) || !isHash(root)) return undefined
  const checkpoint = { origin, size: Number(size), root }
  if (!Number.isSafeInteger(checkpoint.size)) return undefined
  return formatCheckpoint(checkpoint) === text ? checkpoint : undefined
}

/**
 * Signs the head of the log as a note, with the origin as the key's name. A log must never sign two
 * heads of which one doesn't extend the other; the caller signs what was committed only.
 */
export function signCheckpoint(
  signer: Signer,
  origin: string,
  size: number,
  root: Uint8Array,
): Promise<string> {
  return signNote(formatCheckpoint({ origin, size, root }), signer, origin)
}

/**
 * Reads a signed checkpoint of the log `origin`. `keys` are those of the log itself, never those of
 * witnesses: one valid signature of any of them is enough. `undefined` for anything else.
 */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
  origin: string,
): Checkpoint | undefined {
  const opened = openNote(note, keys)
  const checkpoint = opened === undefined ? undefined : parseCheckpoint(opened.text)
  return checkpoint?.origin === origin ? checkpoint : undefined
}
