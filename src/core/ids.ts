/**
 * Identifiers of our own: a prefix that names the kind, then a UUIDv7 (RFC 9562 §5.7) in lower case.
 * A sender's own identifiers are another thing and carry none of these prefixes.
 */

/** What each prefix names. */
export const ID_PREFIXES = [
  'ntc',
  'msg',
  'qst',
  'cas',
  'dec',
  'act',
  'out',
  'rcp',
  'dlv',
  'evt',
  'wrk',
  'opr',
  'rdg',
  'smp',
  'use',
  'pnt',
  'ppn',
  'apl',
  'sig',
  'sit',
  'gra',
  'lup',
] as const
export type IdPrefix = (typeof ID_PREFIXES)[number]
export type Id<P extends IdPrefix = IdPrefix> = `${P}_${string}`

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * Writes one identifier.
 *
 * @param now Epoch milliseconds; sorted first, so identifiers of one kind sort by age.
 * @param random At least 10 random bytes.
 */
export function formatId<P extends IdPrefix>(prefix: P, now: number, random: Uint8Array): Id<P> {
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  const time = Math.trunc(now).toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16)
  return `${prefix}_${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`
}

/** Whether `text` is an identifier of the kind that `prefix` names, in the one form that we write. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is Id<P> {
  return text.startsWith(`${prefix}_`) && UUID_V7.test(text.slice(prefix.length + 1))
}

/** A text that sorts before every identifier of a kind that was made at that time (epoch ms) or later. */
export function firstIdAt(prefix: IdPrefix, at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(12, '0')
  return `${prefix}_${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** A sender's own identifier of a message (design: "Wire, settled"). Never begins with `ntc_`. */
export function isSenderMessageId(text: string): boolean {
  return /^[A-Za-z0-9._~-]{8,128}$/.test(text) && !text.startsWith('ntc_')
}
