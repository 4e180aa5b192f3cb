/** Escape sequences of ISO-2022-JP, which mail from Japan still uses. */
const ISO_2022_JP = /\u001b(?:\$[@B]|\([BIJ])/u

/** The text of a file, whichever way it is written; `undefined` where it is no text that we know. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be')
  const text = decode(bytes, 'utf-8')
  if (text !== undefined)
    return ISO_2022_JP.test(text) ? decode(bytes, 'iso-2022-jp') : isText(text)
  return isText(decode(bytes, 'shift_jis'))
}

/** A file with NUL bytes is a picture or a program. */
const isText = (text: string | undefined): string | undefined =>
  text?.includes('\u0000') === true ? undefined : text

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
