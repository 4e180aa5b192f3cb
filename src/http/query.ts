import { readInput, type InputReader } from '../app/read-input.ts'
import { parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Request } from './request.ts'

const MAX_LIMIT = 200
const DEFAULT_LIMIT = 50

/** The query of a request, member by member. A name twice is `invalid_input`. */
export function readQuery(req: Request): InputReader {
  const at = req.url.indexOf('?')
  const pairs = [...new URLSearchParams(at === -1 ? '' : req.url.slice(at + 1))]
  const members = Object.fromEntries(pairs)
  if (Object.keys(members).length !== pairs.length)
    throw new MadoguchiError('invalid_input', { errors: [{ pointer: '', keyword: 'uniqueItems' }] })
  return readInput(members)
}

/** A time of RFC 3339 in a query, as epoch milliseconds. */
export function optionalTime(query: InputReader, name: string): number | null {
  const text = query.optionalText(name, { max: 24 })
  const at = text === null ? null : parseTime(text)
  if (at !== undefined) return at
  throw new MadoguchiError('invalid_input', {
    errors: [{ pointer: `/${name}`, keyword: 'format' }],
  })
}

/** `limit` (1–200, default 50) and `cursor` of a list. */
export function readPage(query: InputReader): { limit: number; cursor?: string } {
  const text = query.optionalText('limit', { max: 3, pattern: /^[1-9]\d{0,2}$/ })
  const limit = text === null ? DEFAULT_LIMIT : Number(text)
  if (limit > MAX_LIMIT)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/limit', keyword: 'maximum' }],
    })
  const cursor = query.optionalText('cursor', { max: 300 })
  return cursor === null ? { limit } : { limit, cursor }
}
