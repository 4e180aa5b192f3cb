import { expect, it } from 'vitest'
import { decodeText } from '../../src/letters/decode-text.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

it.each([
  ['UTF-8', 'e7aa93e58fa3', '窓口'],
  ['UTF-8 with a mark', 'efbbbfe7aa93', '窓'],
  ['Shift_JIS', '918b8cfb', '窓口'],
  ['ISO-2022-JP', '1b2442416b387d1b2842', '窓口'],
  ['UTF-16LE', 'fffe97 7a'.replace(' ', ''), '窗'],
  ['UTF-16BE', 'feff7a97', '窗'],
])('%s', (_name, hex, text) => {
  expect(decodeText(bytes(hex))).toBe(text)
})

it.each([
  ['a picture', '89504e470d0a1a0a0000000d'],
  ['zeros', '000000'],
  ['neither', 'e7aaff'],
])('%s is no text', (_name, hex) => {
  expect(decodeText(bytes(hex))).toBeUndefined()
})
