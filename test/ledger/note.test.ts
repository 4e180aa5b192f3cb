import { verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatVkey,
  isKeyName,
  openNote,
  parseVkey,
  signNote,
  verifierKey,
  verifierKeyOf,
} from '../../src/ledger/note.ts'
import { ascii, hex, ORIGIN, testSigner } from './support.ts'

const signer = testSigner()
const key = verifierKeyOf(signer, ORIGIN)
const other = testSigner()
const TEXT = 'a line\n\nafter an empty line\n'
const lineOf = (note: string): string => note.slice(note.lastIndexOf('\n\n') + 2)

describe('keys', () => {
  it("reads the key of Go's note package and opens its example", () => {
    // golang.org/x/mod/sumdb/note, package example.
    const known = parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    expect(known && hex(known.id)).toBe('c74f20a3')
    const note =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n\n" +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
    expect(openNote(note, [known!])?.signedBy).toEqual([known])
    expect(openNote(note.replace('answer', 'Answer'), [known!])).toBeUndefined()
  })

  it('writes what it reads', () => {
    const text = formatVkey(key)
    expect(text.startsWith(`${ORIGIN}+${hex(key.id)}+A`)).toBe(true)
    expect(parseVkey(text)).toEqual(key)
  })

  it('refuses every other text', () => {
    const good = formatVkey(key)
    const encoded = good.slice(good.indexOf('+A') + 1)
    const typed = (type: number): string => Buffer.from([type, ...key.publicKey]).toString('base64')
    for (const text of [
      '',
      'name',
      'name+00000000',
      `+${hex(key.id)}+${encoded}`,
      `${ORIGIN}+00000000+${encoded}`,
      `${ORIGIN}+${hex(key.id).toUpperCase()}F+${encoded}`,
      `a b+${hex(key.id)}+${encoded}`,
      `${ORIGIN}+${hex(key.id)}+${typed(4)}`,
      `${ORIGIN}+${hex(key.id)}+AQ==`,
      `${ORIGIN}+${hex(key.id)}+`,
      `${good}\n`,
      ` ${good}`,
      good.slice(0, -1),
      `${ORIGIN}+xyz+${encoded}`,
    ]) {
      expect(parseVkey(text), text).toBeUndefined()
    }
  })

  it('needs a name without space, plus and control character, and an Ed25519 key', () => {
    for (const name of [
      '',
      'a b',
      'a+b',
      'a\tb',
      'a\u00a0b',
      'a\u3000b',
      'a\u0085',
      'a\u0000',
      '\ud800',
    ]) {
      expect(isKeyName(name), name).toBe(false)
    }
    expect(isKeyName('窓口.example/1')).toBe(true)
    expect(() => verifierKey('a b', key.publicKey)).toThrow(RangeError)
    expect(() => verifierKey('a', new Uint8Array(31))).toThrow(RangeError)
    expect(() => verifierKeyOf({ ...signer, alg: 'ES256' }, ORIGIN)).toThrow(RangeError)
    expect(() =>
      verifierKeyOf({ ...signer, publicJwk: { crv: 'P-256', x: 'AA' } }, ORIGIN),
    ).toThrow(RangeError)
    expect(() => verifierKeyOf({ ...signer, publicJwk: { crv: 'Ed25519' } }, ORIGIN)).toThrow(
      RangeError,
    )
    expect(() =>
      verifierKeyOf({ ...signer, publicJwk: { crv: 'Ed25519', x: 'A' } }, ORIGIN),
    ).toThrow(RangeError)
  })
})

describe('signNote', () => {
  it('signs the text with its final newline, under the id of the key', async () => {
    const note = await signNote(TEXT, signer, ORIGIN)
    const bytes = Buffer.from(/— \S+ (\S+)\n$/u.exec(note)![1]!, 'base64')
    expect(note.startsWith(`${TEXT}\n— ${ORIGIN} `)).toBe(true)
    expect(hex(bytes.subarray(0, 4))).toBe(hex(key.id))
    expect(verify(null, ascii(TEXT), signer.publicKeyObject, bytes.subarray(4))).toBe(true)
    expect(openNote(note, [key])).toEqual({ text: TEXT, signedBy: [key] })
  })

  it.each(['', 'no newline', 'tab\t\n', 'cr\r\n', '\u0000\n', 'lone \ud800\n'])(
    'refuses the text %j',
    async (text) => {
      await expect(signNote(text, signer, ORIGIN)).rejects.toThrow(RangeError)
    },
  )
})

describe('openNote', () => {
  const sixteen = async (): Promise<string> => {
    const strangers = await Promise.all(
      Array.from({ length: 15 }, async (_, i) =>
        lineOf(await signNote(TEXT, testSigner(), `w${i}.example`)),
      ),
    )
    return `${TEXT}\n${strangers.join('')}${lineOf(await signNote(TEXT, signer, ORIGIN))}`
  }

  it('ignores unknown keys, also of a known name or a known id', async () => {
    const note = await sixteen()
    expect(openNote(note, [key])?.text).toBe(TEXT)
    expect(openNote(note, [])).toBeUndefined()
    const sameName = lineOf(await signNote(TEXT, other, ORIGIN))
    expect(openNote(note + sameName, [key])?.text).toBe(TEXT)
    const sameId = lineOf(await signNote(TEXT, signer, ORIGIN)).replace(ORIGIN, 'other.example')
    expect(openNote(note + sameId, [key])?.text).toBe(TEXT)
    expect(openNote(`${TEXT}\n${sameName}`, [key])).toBeUndefined()
  })

  it('rejects the note when a known key fails, even beside one that holds', async () => {
    const note = await signNote(TEXT, signer, ORIGIN)
    const otherKey = verifierKeyOf(other, 'other.example')
    const forged = lineOf(await signNote('other text\n', other, 'other.example'))
    expect(openNote(note + forged, [key])).toBeDefined()
    expect(openNote(note + forged, [key, otherKey])).toBeUndefined()
    const genuine = lineOf(await signNote(TEXT, other, 'other.example'))
    expect(openNote(note + genuine, [key, otherKey])?.signedBy).toEqual([key, otherKey])
  })

  it('refuses what is no note', async () => {
    const note = await signNote(TEXT, signer, ORIGIN)
    const line = lineOf(note)
    for (const text of [
      '',
      TEXT,
      `${TEXT}\n`,
      note.slice(0, -1),
      `${note}\n`,
      note.replaceAll('\n', '\r\n'),
      `${note}no signature\n`,
      `${TEXT}\n${line.replace('—', '-')}`,
      `${TEXT}\n${line.replace('— ', '—  ')}`,
      `${note}— a+b AAAAAAA=\n`,
      `${note}— a AAAA\n`,
      `${note}— a AAAAAA==\n`,
      `${note}— a AAAAAB==\n`,
      `${note}— a A\n`,
      `\u0007${note}`,
      `${TEXT}\n${line.repeat(101)}`,
      `${'x'.repeat(1_000_000)}\n\n${line}`,
      note.replace('a line', '\ud800'),
      '\n\n',
    ]) {
      expect(openNote(text, [key]), text.slice(0, 200)).toBeUndefined()
    }
    expect(openNote(`${TEXT}\n${line.repeat(100)}`, [key])).toBeDefined()
  })

  it('opens what was signed, whatever the text, and nothing that differs in one letter', async () => {
    const letters = fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll(/\p{Cc}/gu, '\n'))
    await fc.assert(
      fc.asyncProperty(letters, fc.nat(), async (body, at) => {
        const note = await signNote(`${body}\n`, signer, ORIGIN)
        expect(openNote(note, [key])?.text).toBe(`${body}\n`)
        const place = at % note.length
        const changed =
          note.slice(0, place) + (note[place] === 'A' ? 'B' : 'A') + note.slice(place + 1)
        expect(openNote(changed, [key])).toBeUndefined()
      }),
    )
  })
})
