import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  isCanonicalJson,
  parseCanonicalJson,
} from '../../src/core/canonical-json.ts'

const text = (value: unknown): string => new TextDecoder().decode(canonicalJson(value))
const utf8 = (json: string): Uint8Array => new TextEncoder().encode(json)

describe('canonicalJson', () => {
  it('sorts as RFC 8785 §3.2.3 shows, by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(text(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
  })

  it('writes strings and literals as RFC 8785 §3.2.2 shows', () => {
    const value = {
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
      literals: [null, true, false],
    }
    expect(Buffer.from(canonicalJson(value)).toString('hex')).toBe(
      Buffer.from(
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
      ).toString('hex'),
    )
  })

  it('writes nested values, whole numbers and empties', () => {
    expect(
      text({ b: [{}, [], { z: -0, a: Number.MAX_SAFE_INTEGER }], a: Number.MIN_SAFE_INTEGER }),
    ).toBe('{"a":-9007199254740991,"b":[{},[],{"a":9007199254740991,"z":0}]}')
    expect(text(Object.assign(Object.create(null), { a: 'x' }))).toBe('{"a":"x"}')
  })

  it.each([
    ['undefined', undefined],
    ['undefined member', { a: undefined }],
    ['hole', new Array(1)],
    ['fraction', 0.5],
    ['unsafe integer', 2 ** 53],
    ['NaN', Number.NaN],
    ['infinity', Infinity],
    ['bigint', 1n],
    ['symbol', Symbol('a')],
    ['function', { toJSON: () => 1 }],
    ['Date', new Date(0)],
    ['Map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['boxed string', Object('a')],
    ['lone surrogate', 'a\ud800'],
    ['lone surrogate in a name', { '\udc00': 1 }],
  ])('refuses: %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })

  it('refuses what is nested beyond 64, and so cycles', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
    expect(text(nested(64))).toContain('1')
    expect(() => canonicalJson(nested(65))).toThrow(TypeError)
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(() => canonicalJson(cycle)).toThrow(TypeError)
  })
})

describe('isCanonicalJson', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('any'), { maxKeys: 4 }),
    ),
  })).any

  it('accepts what canonicalJson writes, which says the same as the value', () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = canonicalJson(v)
        expect(isCanonicalJson(bytes)).toBe(true)
        expect(JSON.stringify(parseCanonicalJson(bytes))).toBe(Buffer.from(bytes).toString())
        expect(parseCanonicalJson(bytes)).toEqual(JSON.parse(JSON.stringify(v)))
      }),
    )
  })

  it.each(['{"__proto__":1}', '"😀"', 'null', '0', '{"a":{"constructor":[]}}'])(
    'accepts %s',
    (json) => {
      expect(isCanonicalJson(utf8(json))).toBe(true)
    },
  )

  it.each([
    '',
    ' null',
    'null\n',
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{ "a":1}',
    '1.0',
    '1e2',
    '-0',
    '0.5',
    '9007199254740993',
    '"\\u0041"',
    '"\\/"',
    '"\\ud800"',
    '\ufeff{}',
    '{"a":1',
    "{'a':1}",
    '['.repeat(20_000) + ']'.repeat(20_000),
  ])('refuses %s', (json) => {
    expect(isCanonicalJson(utf8(json))).toBe(false)
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(isCanonicalJson(Uint8Array.of(0x22, 0xff, 0x22))).toBe(false)
    expect(isCanonicalJson(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toBe(false)
  })
})
