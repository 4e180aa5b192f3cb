import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, parseStrictJson } from '../../src/signing/strict-json.ts'
import { errorOf } from './support.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

const HOSTILE: Readonly<Record<string, string | Uint8Array>> = {
  empty: '',
  blanks: ' \n',
  'two values': '{}{}',
  'trailing comma in an object': '{"a":1,}',
  'trailing comma in an array': '[1,]',
  'missing comma': '[1 2]',
  'missing colon': '{"a" 1}',
  'unclosed object': '{"a":1',
  'unclosed array': '[1',
  'unclosed string': '"abc',
  'string that ends in a backslash': '"abc\\',
  'key without quotes': '{a:1}',
  'single quotes': "{'a':1}",
  'wrong word': 'nul',
  'words of JavaScript': 'NaN',
  infinity: '-Infinity',
  comment: '/**/1',
  'blank that JSON lacks': '\u00a01',
  'control character in a string': '"a\tb"',
  'unknown escape': '"\\x41"',
  'short escape': '"\\u12"',
  'leading zero': '01',
  'leading plus': '+1',
  'bare point': '1.',
  'bare minus': '-',
  hexadecimal: '0x10',
  'double sign': '1e+-1',
  'duplicate key': '{"a":1,"a":1}',
  'duplicate key by escape': '{"a":1,"\\u0061":2}',
  'duplicate key deep inside': '{"x":[{"a":1,"b":2,"a":3}]}',
  __proto__: '{"__proto__":{}}',
  '__proto__ by escape': '{"\\u005f_proto__":{}}',
  constructor: '{"constructor":1}',
  prototype: '[{"prototype":1}]',
  'too deep': nested(17),
  'far too deep': nested(100_000),
  'too deep in objects': '{"a":'.repeat(17) + '1' + '}'.repeat(17),
  'too many values': `[${'1,'.repeat(19_999)}1]`,
  'too many keys': `{${Array.from({ length: 10_000 }, (_, i) => `"k${String(i)}":1`).join(',')}}`,
  'long string': `"${'a'.repeat(16_385)}"`,
  'long key': `{"${'a'.repeat(16_385)}":1}`,
  'integer beyond a double': '9007199254740992',
  'negative integer beyond a double': '-9007199254740992',
  'integer with exponent beyond a double': '1e16',
  'digits that a double drops': '12345678901234567890',
  'beyond finite': '1e400',
  'minus zero': '-0',
  'minus zero as fraction': '-0.0',
  'minus zero by underflow': '-1e-400',
  NUL: '"a\\u0000"',
  'NUL in a key': '{"\\u0000":1}',
  'lone high surrogate': '"\\ud83d"',
  'lone low surrogate': '"\\ude00x"',
  'lone surrogate in a key': '{"\\ud83d":1}',
  BOM: Uint8Array.from([0xef, 0xbb, 0xbf, 0x31]),
  'UTF-16': Uint8Array.from([0x31, 0x00]),
  'byte FF': Uint8Array.from([0x22, 0xff, 0x22]),
  'overlong UTF-8': Uint8Array.from([0x22, 0xc0, 0xaf, 0x22]),
  'surrogate in UTF-8': Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  'cut UTF-8': Uint8Array.from([0x22, 0xe3, 0x81, 0x22]),
}

const TAKEN: Readonly<Record<string, string>> = {
  'escaped quote': '"a\\"b\\\\"',
  'pair of surrogates by escape': '"\\ud83d\\ude00"',
  'same key in two objects': '[{"a":1},{"a":2}]',
  'key that differs in case': '{"a":1,"A":2}',
  '16 levels': nested(16),
  '20,000 values': `[${'1,'.repeat(19_998)}1]`,
  'longest string': `"${'a'.repeat(16_384)}"`,
  'greatest integers': '[9007199254740991,-9007199254740991]',
  fractions: '[0.1,-1.5e-3,2E2]',
  blanks: ' \t\r\n{ "a" : [ 1 , true , false , null ] , "b" : { } } \n',
  'empty ones': '[[],{},"",0]',
}

describe('parseStrictJson refuses, and doesn’t quote', () => {
  it.each(Object.entries(HOSTILE))('%s', async (_name, input) => {
    const error = await errorOf(() =>
      parseStrictJson(typeof input === 'string' ? bytes(input) : input),
    )
    expect(error.code).toBe('malformed_json')
    expect(error.message).toBe('malformed_json')
    expect(error.details).toEqual({})
    expect(error.cause).toBeUndefined()
  })
})

describe('parseStrictJson takes', () => {
  it.each(Object.entries(TAKEN))('%s', (_name, input) => {
    expect(parseStrictJson(bytes(input))).toEqual(JSON.parse(input))
  })
})

const safeKey = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((key) => !key.includes('\0') && !/^(?:__proto__|constructor|prototype)$/.test(key))
const safeValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
    safeKey,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(safeKey, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

describe('parseStrictJson in general', () => {
  it('takes whatever JSON.stringify makes of admitted values', () => {
    fc.assert(
      fc.property(safeValue, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parseStrictJson(bytes(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('accepts only what JSON.parse reads as the same value', () => {
    const piece = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"b"', '"\\u0061"', '0', '-', '1', '.5', 'e3'],
      ...['true', 'null', ' ', '"', '\\', '\u3042'],
    )
    let accepted = 0
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('')
        let value: unknown
        try {
          value = parseStrictJson(bytes(text))
        } catch {
          return
        }
        accepted += 1
        expect(value).toEqual(JSON.parse(text))
      }),
      { numRuns: 5_000 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('never throws anything else, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (input) => {
        try {
          parseStrictJson(input)
        } catch (error) {
          expect((await errorOf(() => Promise.reject(error as Error))).code).toBe('malformed_json')
        }
      }),
    )
  })
})

describe('isJsonObject', () => {
  it('tells objects from arrays, null and scalars', () => {
    expect(isJsonObject({})).toBe(true)
    for (const other of [[], null, 'a', 1, true, undefined]) expect(isJsonObject(other)).toBe(false)
  })
})
