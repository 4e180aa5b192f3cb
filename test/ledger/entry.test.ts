import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBase64Url } from '../../src/core/base64.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { LEDGERED_EVENTS } from '../../src/core/event.ts'
import { commitmentOf } from '../../src/ledger/commitment.ts'
import {
  buildEntry,
  checkDisclosure,
  MAX_ENTRY_BYTES,
  parseEntry,
  type EntryParts,
} from '../../src/ledger/entry.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import { ascii, fromHexText, ORIGIN, testRandom } from './support.ts'

const REF = Buffer.alloc(32, 7).toString('base64url')
const PARTS: EntryParts = {
  log: ORIGIN,
  type: 'decision.made',
  at: Date.UTC(2026, 10, 22, 1, 2, 3, 456),
  pub: { lane: 'voluntary_illegal', action_kinds: ['label'], mode: 'human', count: 2 },
  refs: [REF],
  values: { case: ascii('cas_x'), sender: null, target: null, payload: ascii('{"a":1}') },
}

describe('commitmentOf', () => {
  it('is the digest of an SD-JWT disclosure over salt, name and digest of the bytes', () => {
    const salt = Buffer.alloc(32, 1)
    const sha = (data: string): string => createHash('sha256').update(data).digest('base64url')
    const disclosure = (content: string | null): string =>
      Buffer.from(`["${salt.toString('base64url')}","case",${JSON.stringify(content)}]`).toString(
        'base64url',
      )
    expect(commitmentOf('case', salt, ascii('cas_x'))).toBe(sha(disclosure(sha('cas_x'))))
    expect(commitmentOf('case', salt, null)).toBe(sha(disclosure(null)))
    expect(commitmentOf('case', salt, null)).not.toBe(commitmentOf('case', salt, new Uint8Array()))
  })
})

describe('buildEntry', () => {
  it('writes the bytes of version 1, letter by letter', () => {
    const { bytes, secrets } = buildEntry(PARTS, testRandom())
    const digests = secrets.map((s) => commitmentOf(s.name, s.salt, s.value)).sort()
    expect(Buffer.from(bytes).toString()).toBe(
      `{"_sd":[${digests.map((d) => `"${d}"`).join(',')}],"at":"2026-11-22T01:02:03.456Z",` +
        `"log":"desk.example/madoguchi/1","pub":{"action_kinds":["label"],"count":2,"lane":"voluntary_illegal","mode":"human"},` +
        `"refs":["${REF}"],"type":"decision.made","v":1}`,
    )
  })

  it('names itself by its leaf hash and keeps what opens its four commitments', () => {
    const built = buildEntry(PARTS, testRandom())
    expect(built.leafHash).toBe(Buffer.from(leafHash(built.bytes)).toString('base64url'))
    const entry = parseEntry(built.bytes)!
    expect(built.secrets.map(({ name }) => name)).toEqual(['case', 'payload', 'sender', 'target'])
    expect(new Set(built.secrets.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(4)
    for (const { leafHash: of, name, salt, value } of built.secrets) {
      expect(of).toBe(built.leafHash)
      expect(salt).toHaveLength(32)
      expect(checkDisclosure(entry, name, salt, value)).toBe(true)
      expect(checkDisclosure(entry, `${name}s`, salt, value)).toBe(false)
      expect(checkDisclosure(entry, name, salt, ascii('other'))).toBe(false)
      expect(checkDisclosure(entry, name, salt.with(0, salt[0]! ^ 1), value)).toBe(false)
      expect(checkDisclosure(entry, name, salt.slice(1), value)).toBe(false)
    }
  })

  it('tells nothing of the values: same length and count, other digests each time', () => {
    const random = testRandom()
    const nothing = { case: null, sender: null, target: null, payload: null }
    const [a, b, c] = [PARTS, PARTS, { ...PARTS, values: nothing }].map((parts) =>
      buildEntry(parts, random),
    )
    expect(new Set([a!.bytes.length, b!.bytes.length, c!.bytes.length]).size).toBe(1)
    const digests = [a!, b!].flatMap(({ bytes }) => parseEntry(bytes)!.commitments)
    expect(new Set(digests).size).toBe(8)
  })

  it('is read back as it was made, for every ledgered event', () => {
    for (const type of LEDGERED_EVENTS) {
      const entry = parseEntry(buildEntry({ ...PARTS, type, refs: [] }, testRandom()).bytes)
      const { log, at, pub } = PARTS
      expect(entry).toMatchObject({ log, type, at, pub, refs: [] })
    }
  })

  it.each<[string, Partial<EntryParts>]>([
    ['log', { log: 'a b' }],
    ['name of a fact', { pub: { Lane: 'x' } }],
    ['kind of a fact', { pub: { lane: 0.5 } }],
    ['reference', { refs: ['AAAA'] }],
  ])('refuses a wrong %s with a message that does not hold it', (_, change) => {
    expect(() => buildEntry({ ...PARTS, ...change }, testRandom())).toThrow(
      new TypeError('these parts make no ledger entry'),
    )
  })

  it('is at most 16 KiB', () => {
    const empty = buildEntry({ ...PARTS, pub: { a: '' } }, testRandom()).bytes.length
    const of = (length: number): EntryParts => ({
      ...PARTS,
      pub: { a: 'x'.repeat(length - empty) },
    })
    const { bytes } = buildEntry(of(MAX_ENTRY_BYTES), testRandom())
    expect(bytes).toHaveLength(16_384)
    expect(parseEntry(bytes)).toBeDefined()
    expect(() => buildEntry(of(MAX_ENTRY_BYTES + 1), testRandom())).toThrow(RangeError)
    const larger = Buffer.from(Buffer.from(bytes).toString().replace('xxx', 'xxxx'))
    expect(parseEntry(larger)).toBeUndefined()
  })
})

describe('parseEntry', () => {
  const good = JSON.parse(Buffer.from(buildEntry(PARTS, testRandom()).bytes).toString()) as Record<
    string,
    unknown
  >
  const sd = good['_sd'] as string[]

  it.each<[string, Record<string, unknown>]>([
    ['v', { v: 2 }],
    ['v as text', { v: '1' }],
    ['log', { log: '' }],
    ['log', { log: 1 }],
    ['type', { type: 'Decision' }],
    ['type', { type: 'a.b.c' }],
    ['type', { type: null }],
    ['at', { at: '2026-11-22T01:02:03Z' }],
    ['at', { at: 1 }],
    ['at', { at: '2026-02-30T00:00:00.000Z' }],
    ['pub', { pub: [] }],
    ['pub', { pub: null }],
    ['pub', { pub: 'x' }],
    ['fact', { pub: { a: null } }],
    ['fact', { pub: { a: { b: 'c' } } }],
    ['fact', { pub: { a: [1] } }],
    ['fact', { pub: { a: true } }],
    ['fact name', { pub: { __proto: 1, ['a-b']: 'x' } }],
    ['refs', { refs: {} }],
    ['refs', { refs: [1] }],
    ['refs', { refs: [`${REF}=`] }],
    ['_sd', { _sd: sd.slice(1) }],
    ['_sd', { _sd: [...sd].reverse() }],
    ['_sd', { _sd: [sd[0], sd[0], sd[2], sd[3]] }],
    ['_sd', { _sd: 'x' }],
    ['_sd', { _sd: ['a', 'b', 'c', 'd'] }],
    ['member', { id: 'ntc_1' }],
  ])('refuses another %s', (_, change) => {
    expect(parseEntry(canonicalJson({ ...good, ...change }))).toBeUndefined()
  })

  it('takes references only as 32 bytes in strict base64url', () => {
    for (let last = 0; last < 64; last++) {
      const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.charAt(last)
      const ref = REF.slice(0, -1) + letter
      const entry = parseEntry(canonicalJson({ ...good, refs: [ref] }))
      expect(entry !== undefined, ref).toBe(fromBase64Url(ref)?.length === 32)
    }
    expect(parseEntry(canonicalJson({ ...good, refs: [`${REF}\n`] }))).toBeUndefined()
  })

  it('refuses a missing member', () => {
    for (const name of Object.keys(good)) {
      const rest = Object.fromEntries(Object.entries(good).filter(([other]) => other !== name))
      expect(parseEntry(canonicalJson(rest)), name).toBeUndefined()
    }
  })

  it('refuses bytes that are not canonical, or no object', () => {
    const text = Buffer.from(canonicalJson(good)).toString()
    expect(parseEntry(ascii(text))).toBeDefined()
    for (const other of [
      `${text}\n`,
      ` ${text}`,
      text.replace('"v":1', '"v":1,"v":1'),
      text.replace(':1}', ':1.0}'),
      '',
      '[]',
      'null',
      '"x"',
      '1',
    ]) {
      expect(parseEntry(ascii(other)), other).toBeUndefined()
    }
    expect(parseEntry(fromHexText('ff'))).toBeUndefined()
  })

  it('takes types of later builds', () => {
    expect(parseEntry(canonicalJson({ ...good, type: 'sealed' }))?.type).toBe('sealed')
    expect(parseEntry(canonicalJson({ ...good, type: 'notice.taken_back' }))?.type).toBe(
      'notice.taken_back',
    )
  })
})
