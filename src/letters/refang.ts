const BROKEN_DOT = /\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/giu
const IN_TEXT =
  /[hｈ](?:[tｔ]{2}|[xｘ]{2}|\*{2})[pｐ][sｓ]?\s*(?:\[[:：]\]|[:：])\s*[/／]{2}[^\s<>「」『』【】]+/giu
const CLOSING: ReadonlySet<string> = new Set('。、，,)）]］;；')
const BARE = /^(?:[a-z0-9-]+(?:\.|\[\.\]))+[a-z]{2,}(?:[/:?#].*)?$/iu

/** A URL as it was before somebody made it harmless, or wrote it in full width. */
export function refang(text: string): string {
  const isWide = /[Ａ-Ｚａ-ｚ：／．]/u.test(text.slice(0, 12))
  return (isWide ? text.normalize('NFKC') : text)
    .replace(
      /^\s*h(?:tt|xx|\*\*)p(s?)\s*\[?:\]?\s*\/\//iu,
      (_, s: string) => `http${s.toLowerCase()}://`,
    )
    .replace(BROKEN_DOT, '.')
}

/** The URLs of a text, each as it would be opened (which nobody does here), and what else it says. */
export function urlsIn(text: string): { readonly urls: readonly string[]; readonly rest: string } {
  const urls: string[] = []
  const rest = text.replace(IN_TEXT, (found) => {
    const tail = unbalanced(found)
    urls.push(refang(tail === 0 ? found : found.slice(0, -tail)))
    return tail === 0 ? '' : found.slice(-tail)
  })
  return { urls, rest: rest.trim() }
}

/** How many marks at the end belong to the sentence around a URL. */
function unbalanced(url: string): number {
  return /[(（\[［]/u.test(url) ? 0 : url.length - endWithout(url, CLOSING)
}

/** Where a text ends without those marks. By steps: a pattern would begin anew at each of many. */
function endWithout(text: string, marks: ReadonlySet<string>): number {
  let end = text.length
  while (end > 0 && marks.has(text.charAt(end - 1))) end -= 1
  return end
}

/** A host and path without a scheme. */
export const isBareUrl = (text: string): boolean => BARE.test(text.trim())
/** What the second line of a broken URL looks like. */
export const isRestOfUrl = (text: string): boolean => /^[!-;=?-~]+$/u.test(text)

/** As long as an address may be (RFC 5321 §4.5.3.1). */
const EMAIL = /[^\s@<>（）()：:]{1,64}@[^\s@<>（）()、，]{1,190}\.[^\s@<>（）()、，]{1,63}/u
const AROUND_EMAIL: ReadonlySet<string> = new Set(' \t\u3000<>:：、,')

/** The first e-mail address of a text, and what else it says. */
export function emailIn(text: string): {
  readonly email: string | undefined
  readonly rest: string
} {
  const folded = text.normalize('NFKC').replace(/\s*(?:\[at\]|\(at\))\s*/giu, '@')
  const plain = folded.replace(BROKEN_DOT, '.')
  const email = EMAIL.exec(plain)?.[0]
  const rest = email === undefined ? plain : plain.replace(email, '')
  const end = rest.slice(0, endWithout(rest, AROUND_EMAIL))
  return { email, rest: end.replace(/^[\s<>:：、,]+/u, '') }
}
