/**
 * Whether a use is looked at afterwards: its draw is the first 32 bits of a digest over the seed of its
 * policy and its own identifier, so that nobody picks by hand and everybody can check.
 */
export function isDrawn(digest: Uint8Array, percent: number): boolean {
  const { buffer, byteOffset } = digest
  return new DataView(buffer, byteOffset, 4).getUint32(0) * 100 < percent * 2 ** 32
}
