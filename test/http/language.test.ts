import { expect, it } from 'vitest'
import { preferredLang } from '../../src/http/language.ts'

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ja', 'ja'],
  ['JA-jp', 'ja'],
  ['fr, ja;q=0.2', 'ja'],
  ['en, ja', 'en'],
  ['en;q=0.5, ja;q=0.9', 'ja'],
  ['ja;q=0', 'en'],
  ['ja; q=0.5, *', 'en'],
  ['ja;q=nonsense', 'en'],
  ['jav', 'en'],
])('%s → %s', (header, lang) => {
  expect(preferredLang(header)).toBe(lang)
})
