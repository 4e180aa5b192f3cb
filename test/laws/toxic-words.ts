import { createHash } from 'node:crypto'
import type { ReferenceNotice } from '../../src/testing/fixtures.ts'

/** Every form in which a text could slip out: as it is, encoded, or as the hash of one. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const sha = createHash('sha256').update(bytes).digest()
  return [
    text,
    encodeURIComponent(text),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    sha.toString('hex'),
    sha.toString('hex').slice(0, 8),
    sha.toString('base64').replace(/=+$/, ''),
    sha.toString('base64url'),
  ]
}

/** What of a notice may stand in no log line, error, ticket, metric or payload (law 11). */
export function toxicWordsOf(notice: ReferenceNotice): string[] {
  const { target, ...words } = notice
  const url = new URL(target.url ?? '')
  const places = [url.href, url.host, url.hostname, url.pathname, `${url.host}${url.pathname}`]
  const texts = [
    ...places.flatMap(formsOf),
    ...Object.entries<string>({ ...target }).flatMap(([name, value]) =>
      name === 'url' ? [] : [value],
    ),
    words.content_description,
    words.reasoning,
    words.request_text,
    words.contact_email,
    words.handler_name,
    words.checker_name,
  ]
  // Long texts leak in parts: by their sentences too.
  const whole = texts.filter((text) => typeof text === 'string')
  return [...new Set(whole.flatMap((text) => [text, ...text.split(/[。「」・、]/)]))].filter(
    (text) => text.length >= 4,
  )
}

/** Those of the words that stand in a text, raw or JSON-escaped. */
export function toxicIn(text: string, words: readonly string[]): string[] {
  return words.filter(
    (word) => text.includes(word) || text.includes(JSON.stringify(word).slice(1, -1)),
  )
}
