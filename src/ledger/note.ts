import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { fromBase64, fromBase64Url, fromHex, toBase64, toBase64Url, toHex } from '../core/base64.ts'
import type { Signer } from '../ports/signer.ts'
import { sameBytes, sha256 } from './merkle.ts'

/** Signed notes (C2SP signed-note v1.0.0) with Ed25519 keys. */

/** A public key that notes are checked with: `name+<id in hex>+base64(0x01 ‖ key)` in text. */
export interface VerifierKey {
  readonly name: string
  /** 4 bytes: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]. */
  readonly id: Uint8Array
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array
  readonly keyObject: KeyObject
}

/** A note of which at least one known key's signature holds, and none of a known key fails. */
export interface OpenNote {
  /** The signed text with its final newline. */
  readonly text: string
  /** The known keys that signed, in order of their lines. */
  readonly signedBy: readonly VerifierKey[]
}

interface SignatureLine {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

const ED25519 = 0x01
const ID_SIZE = 4
const KEY_SIZE = 32
/** The specification asks for at least 16. */
const MAX_SIGNATURES = 100
const MAX_LENGTH = 1_000_000
const LINE = /^— (\S+) (\S+)$/u
const ENCODER = new TextEncoder()

/** Whether a text may name a key: not empty, no Unicode space, no `+`, no control character. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(name)
}

/** Makes the verifying side of a key; throws RangeError for a name or key that can't be one. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== KEY_SIZE) throw new RangeError('no key of a note')
  const hashed = Uint8Array.from([...ENCODER.encode(`${name}\n`), ED25519, ...publicKey])
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) }
  return {
    name,
    id: sha256(hashed).subarray(0, ID_SIZE),
    publicKey,
    keyObject: createPublicKey({ key: jwk, format: 'jwk' }),
  }
}

/** The verifying side of a signer under a name. Throws RangeError unless it is an Ed25519 signer. */
export function verifierKeyOf(signer: Signer, name: string): VerifierKey {
  const { crv, x } = signer.publicJwk
  const publicKey = crv === 'Ed25519' && x !== undefined ? fromBase64Url(x) : undefined
  if (signer.alg !== 'EdDSA' || publicKey === undefined) throw new RangeError('no Ed25519 signer')
  return verifierKey(name, publicKey)
}

/** The text by which a key is handed to others ("vkey"). */
export function formatVkey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${toHex(id)}+${toBase64(Uint8Array.of(ED25519, ...publicKey))}`
}

/** Reads a vkey; `undefined` for another algorithm, a wrong id, or any malformed text. */
export function parseVkey(text: string): VerifierKey | undefined {
  // The base64 may hold `+`, the two parts before it can't.
  const [name, id] = text.split('+', 2)
  if (name === undefined || id === undefined || !isKeyName(name) || !fromHex(id)) return undefined
  const key = fromBase64(text.slice(name.length + id.length + 2))
  if (key?.[0] !== ED25519 || key.length !== 1 + KEY_SIZE) return undefined
  const parsed = verifierKey(name, key.subarray(1))
  return formatVkey(parsed) === text ? parsed : undefined
}

function isNoteText(text: string): boolean {
  const clean = Array.from(text).every((letter) => letter === '\n' || letter >= ' ')
  return clean && text.isWellFormed() && text.endsWith('\n')
}

/**
 * Signs a text as a note with one signature. Throws RangeError for a text that can't be a note
 * (control characters, no final newline); what the signer throws passes.
 */
export async function signNote(text: string, signer: Signer, name: string): Promise<string> {
  if (!isNoteText(text)) throw new RangeError('no text of a note')
  const { id } = verifierKeyOf(signer, name)
  const signature = await signer.sign(ENCODER.encode(text))
  return `${text}\n— ${name} ${toBase64(Uint8Array.of(...id, ...signature))}\n`
}

function parseSignatureLine(line: string): SignatureLine | undefined {
  const match = LINE.exec(line)
  const [name, encoded] = match?.slice(1) ?? []
  if (name === undefined || encoded === undefined || !isKeyName(name)) return undefined
  const bytes = fromBase64(encoded)
  if (bytes === undefined || bytes.length <= ID_SIZE) return undefined
  return { name, id: bytes.subarray(0, ID_SIZE), signature: bytes.subarray(ID_SIZE) }
}

function parseNote(note: string): { text: string; lines: SignatureLine[] } | undefined {
  if (note.length > MAX_LENGTH || !isNoteText(note)) return undefined
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0) return undefined
  const written = note.slice(blank + 2, -1).split('\n')
  if (written.length > MAX_SIGNATURES) return undefined
  const lines = written.map(parseSignatureLine).filter((line) => line !== undefined)
  return lines.length === written.length ? { text: note.slice(0, blank + 1), lines } : undefined
}

/**
 * Opens a note with the keys that the caller trusts. `undefined` where the note is malformed, where no
 * known key signed it, or where any line of a known key (same name and id) fails. Lines of unknown
 * keys are ignored.
 */
export function openNote(note: string, known: readonly VerifierKey[]): OpenNote | undefined {
  const parsed = parseNote(note)
  if (parsed === undefined) return undefined
  const { text, lines } = parsed
  const bytes = ENCODER.encode(text)
  const signedBy: VerifierKey[] = []
  for (const { name, id, signature } of lines) {
    const keys = known.filter((key) => key.name === name && sameBytes(key.id, id))
    for (const key of keys) {
      if (!verify(null, bytes, key.keyObject, signature)) return undefined
      signedBy.push(key)
    }
  }
  return signedBy.length === 0 ? undefined : { text, signedBy }
}
