import type { Lang } from '../core/vocabulary.ts'

/** The language of `Accept-Language` (RFC 9110 §12.5.4) that we have: Japanese where it is wanted most, else English. */
export function preferredLang(header: string | undefined): Lang {
  const wanted = (header ?? '')
    .split(',')
    .map(readRange)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  const first = wanted.find(({ language }) => ['ja', 'en', '*'].includes(language))
  return first?.language === 'ja' ? 'ja' : 'en'
}

function readRange(text: string): { readonly language: string; readonly quality: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((each) => each.startsWith('q='))
  const quality = weight === undefined ? 1 : Number(weight.slice('q='.length))
  return { language: range.split('-', 1)[0] ?? '', quality: Number.isNaN(quality) ? 0 : quality }
}
