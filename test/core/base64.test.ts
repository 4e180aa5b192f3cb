import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromBase64,
  fromBase64Url,
  fromHex,
  toBase64,
  toBase64Url,
  toHex,
} from '../../src/core/base64.ts'

const bytes = fc.uint8Array({ maxLength: 70 })

describe('base64', () => {
  it('writes what Buffer writes and reads it back', () => {
    fc.assert(
      fc.property(bytes, (b) => {
        const buffer = Buffer.from(b)
        expect(toBase64(b)).toBe(buffer.toString('base64'))
        expect(toBase64Url(b)).toBe(buffer.toString('base64url'))
        expect(toHex(b)).toBe(buffer.toString('hex'))
        expect(fromBase64(toBase64(b))).toEqual(b)
        expect(fromBase64Url(toBase64Url(b))).toEqual(b)
        expect(fromHex(toHex(b))).toEqual(b)
      }),
    )
  })

  it('refuses any other text', () => {
    for (const text of [
      '=',
      'A',
      'AA',
      'AA=',
      'AB==',
      'AA==\n',
      ' AA==',
      'AA===',
      'A-==',
      'QUI',
      '窓口==',
      'AA==AA==',
    ]) {
      expect(fromBase64(text), text).toBeUndefined()
    }
    for (const text of ['A', 'AB', 'AA==', 'A+', 'A A', 'AAA\n', '窓口']) {
      expect(fromBase64Url(text), text).toBeUndefined()
    }
    for (const text of ['0', '0G', 'FF', ' 00', '000', '0x00', '00\n']) {
      expect(fromHex(text), text).toBeUndefined()
    }
  })

  it('reads only what it wrote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = fromBase64(text)
        if (read !== undefined) expect(toBase64(read)).toBe(text)
      }),
    )
  })
})
