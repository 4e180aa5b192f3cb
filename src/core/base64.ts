/**
 * Text forms of bytes (RFC 4648): base64 (§4, padded), base64url (§5, unpadded) and lower-case hex.
 * Reading is strict: what isn't exactly the text that writing gives is refused.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const STANDARD = alphabetOf(`${LETTERS}+/`)
const URL_SAFE = alphabetOf(`${LETTERS}-_`)

interface Alphabet {
  readonly letters: string
  /** The two letters of each 12 bits, one pair after the other. */
  readonly pairs: string
  /** Value of each ASCII letter; 0 for those that are none, which the way back then shows. */
  readonly values: Uint8Array
}

function alphabetOf(letters: string): Alphabet {
  const values = new Uint8Array(128)
  for (let value = 0; value < letters.length; value += 1) values[letters.charCodeAt(value)] = value
  const pairs = Array.from(letters, (first) =>
    Array.from(letters, (second) => first + second).join(''),
  ).join('')
  return { letters, pairs, values }
}

function encode(bytes: Uint8Array, { letters, pairs }: Alphabet): string {
  const whole = bytes.length - (bytes.length % 3)
  const at = (index: number): number => bytes[index] ?? 0
  const pair = (bits: number): string => pairs.slice(2 * bits, 2 * bits + 2)
  let text = ''
  for (let index = 0; index < whole; index += 3) {
    const held = (at(index) << 16) | (at(index + 1) << 8) | at(index + 2)
    text += pair(held >> 12) + pair(held & 4_095)
  }
  const left = (at(whole) << 8) | at(whole + 1)
  if (bytes.length > whole) text += pair(left >> 4)
  if (bytes.length > whole + 1) text += letters.charAt((left & 15) << 2)
  return text
}

function decode(text: string, { values }: Alphabet): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (let index = 0; index < text.length; index += 1) {
    held = ((held << 6) | (values[text.charCodeAt(index)] ?? 0)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  return bytes
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD)
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}

/** The inverse of {@link toBase64}; `undefined` for any other text (spaces, padding, spare bits). */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = decode(text.replace(/={1,2}$/, ''), STANDARD)
  return toBase64(bytes) === text ? bytes : undefined
}

/** base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE)
}

/** The inverse of {@link toBase64Url}; `undefined` for any other text. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = decode(text, URL_SAFE)
  return toBase64Url(bytes) === text ? bytes : undefined
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The inverse of {@link toHex}; `undefined` for any other text. */
export function fromHex(text: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(text.match(/../gsu) ?? [], (pair) => Number.parseInt(pair, 16))
  return toHex(bytes) === text ? bytes : undefined
}
