/** Bytes that an entry may have so that its length fits into two. */
const MAX_ENTRY = 0xffff

/**
 * An entry bundle (C2SP tlog-tiles, "Log entries"): each entry after its length as a big-endian uint16.
 * Throws RangeError for an entry that is too long.
 */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY) throw new RangeError('entry too long for a bundle')
    bundle.set([entry.length >> 8, entry.length & 0xff], at)
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}
