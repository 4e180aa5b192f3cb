import { DAY, dayInJapan, startOfDayInJapan } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { AppContext } from './context.ts'
import { targetOf } from './item-of.ts'

/**
 * Host and port together, as the WHATWG parser writes them; a URL with a user in it is nobody's. Nor is
 * one whose host lies elsewhere for a reader of RFC 3986 §3.2: a backslash there, or nothing at all.
 */
export function checkTarget({ platform }: AppContext, document: NoticeDocument): void {
  const target = targetOf(document)
  if (target?.url === undefined) return
  const [, authority = ''] = /^https?:\/\/([^/?#]*)/.exec(target.url) ?? []
  const url = URL.parse(target.url)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  const isOurs =
    isWeb && platform.hosts.some((host) => URL.parse(`https://${host}`)?.host === url.host)
  if (!isOurs || authority === '' || /[@\\]/.test(authority))
    throw new MadoguchiError('target_foreign')
}

/** Dates of notices are days in Japan; one may be ahead of us by a day, no more. */
export function checkIssuedOn(issuedOn: string, receivedAt: number): void {
  const startsAt = startOfDayInJapan(issuedOn)
  if (startsAt === undefined)
    throw new MadoguchiError('schema_mismatch', {
      errors: [{ pointer: '/issued_on', keyword: 'format' }],
    })
  if (issuedOn > dayInJapan(receivedAt + DAY)) throw new MadoguchiError('issued_in_future')
}
