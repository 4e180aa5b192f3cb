/**
 * Canonical JSON (JCS, RFC 8785) over the few kinds of value that we write down for good: strings,
 * booleans, null, whole numbers within ±(2^53 − 1), arrays, plain objects. Fractions stay out: other
 * people's parsers differ on them.
 */

/** What canonical JSON can say. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue }

/** Deeper values are refused, and with them cycles. */
const MAX_DEPTH = 64

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON: lone surrogate')
  return JSON.stringify(text)
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON: not a plain object')
  }
  const members = value as Readonly<Record<string, unknown>>
  // The default order of sort() is that of UTF-16 code units, as RFC 8785 §3.2.3 asks.
  const written = Object.keys(members)
    .sort()
    .map((name) => `${writeString(name)}:${write(members[name], depth)}`)
  return `{${written.join(',')}}`
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: too deep')
  if (typeof value === 'string') return writeString(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON: not a safe integer')
    return String(value)
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item: unknown) => write(item, depth + 1)).join(',')}]`
  }
  if (typeof value === 'object') return writeObject(value, depth + 1)
  throw new TypeError('canonical JSON: no JSON value')
}

/**
 * The one UTF-8 text of a value. Throws TypeError for everything outside {@link CanonicalValue}: a
 * member that is `undefined`, a lone surrogate, a Date, a fraction, nesting beyond 64.
 */
export function canonicalJson(value: unknown): Uint8Array {
  return ENCODER.encode(write(value, 0))
}

/** Reads bytes that {@link canonicalJson} wrote; `undefined` for all others, duplicate names included. */
export function parseCanonicalJson(bytes: Uint8Array): CanonicalValue | undefined {
  try {
    const text = DECODER.decode(bytes)
    const value = JSON.parse(text) as CanonicalValue
    return write(value, 0) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether bytes are exactly what {@link canonicalJson} writes for the value that they hold. */
export function isCanonicalJson(bytes: Uint8Array): boolean {
  return parseCanonicalJson(bytes) !== undefined
}
