import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromBase64Url, toBase64Url } from '../core/base64.ts'

const INSIDE = /^[A-Za-z0-9_.:-]{1,200}$/

/** Where the next page goes on, as a text without meaning to the caller. It holds only ids and numbers of ours. */
export function sealCursor(place: string): string {
  return toBase64Url(new TextEncoder().encode(place))
}

/** The inverse of {@link sealCursor}. Throws `invalid_input` for another text. */
export function openCursor(cursor: string): string {
  const bytes = cursor.length > 300 ? undefined : fromBase64Url(cursor)
  const place = bytes === undefined ? '' : new TextDecoder().decode(bytes)
  if (INSIDE.test(place)) return place
  throw new MadoguchiError('invalid_input', {
    errors: [{ pointer: '/cursor', keyword: 'pattern' }],
  })
}
