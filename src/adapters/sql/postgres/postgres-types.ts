const BYTEA = 17
const INT8 = 20
const INT2 = 21
const INT4 = 23

type Parse = (text: string) => string | number | Uint8Array

const asText: Parse = (text) => text

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [INT2, safeNumber],
  [INT4, safeNumber],
  [INT8, safeNumber],
  [BYTEA, bytesOf],
])

/** How values come back from `pg`, in its text format: numbers that are safe, bytes, text. */
export const postgresTypes = {
  getTypeParser: (type: number): Parse => PARSERS.get(type) ?? asText,
}

function safeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError('a number of the record is not safe')
  return number
}

/** From `\x` and two digits a byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), 'hex'))
}
