import { describe, expect, it } from 'vitest'
import { MAX_TOKEN_LENGTH, parseCompactJws } from '../../src/signing/compact-jws.ts'
import { identifyToken } from '../../src/signing/identify-token.ts'
import { b64, codeOf, IAT, goodToken, SENDER } from './support.ts'

const HEADER = { alg: 'ES256', typ: 'mdg-req+jwt', kid: 'k-1' }
const SIGNATURE = b64('x'.repeat(64))
const token = (header: unknown, claims: unknown = {}, signature = SIGNATURE): string =>
  `${b64(header)}.${b64(claims)}.${signature}`
const good = token(HEADER, { iss: 'a' })

/** The last character carries bits that a byte doesn't fill: another one decodes to the same bytes. */
const strayBits = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1)
}

const MALFORMED: Readonly<Record<string, string>> = {
  empty: '',
  'one segment': b64(HEADER),
  'two segments': good.split('.').slice(0, 2).join('.'),
  'four segments': `${good}.`,
  'five segments, as in a JWE': `${good}.a.b`,
  'no signature': token(HEADER, {}, ''),
  'too long': token(HEADER, { a: 'x'.repeat(MAX_TOKEN_LENGTH) }),
  'stray bits in the signature': strayBits(good),
  'padding in the signature': `${good}==`,
  'other alphabet': token(HEADER, {}, `+${SIGNATURE}`),
  'blank before': ` ${good}`,
  'line break after': `${good}\n`,
  'JSON serialisation': JSON.stringify({ payload: b64({}), signatures: [] }),
  'header that is no JSON': token('nothing'),
  'header that is an array': token([]),
  'header in bad UTF-8': `${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.${b64({})}.${SIGNATURE}`,
  'duplicate header key': token('{"alg":"ES256","alg":"none","typ":"t","kid":"k"}'),
  'duplicate header key by escape': token('{"alg":"ES256","\\u0061lg":"none","typ":"t","kid":"k"}'),
  crit: token({ ...HEADER, crit: ['exp'] }),
  'b64 false': token({ ...HEADER, b64: false, crit: ['b64'] }),
  'b64 without crit': token({ ...HEADER, b64: false }),
  zip: token({ ...HEADER, zip: 'DEF' }),
  jwk: token({ ...HEADER, jwk: { kty: 'OKP' } }),
  jku: token({ ...HEADER, jku: 'https://keys.example' }),
  x5u: token({ ...HEADER, x5u: 'https://keys.example' }),
  x5c: token({ ...HEADER, x5c: ['MII'] }),
  'x5t#S256': token({ ...HEADER, 'x5t#S256': 'abc' }),
  'unknown member': token({ ...HEADER, nonce: 'abc' }),
  'cty where it isn’t optional': token({ ...HEADER, cty: 'JWT' }),
  'alg that is no text': token({ ...HEADER, alg: 1 }),
  'no alg': token({ typ: 't', kid: 'k' }),
  'no typ': token({ alg: 'ES256', kid: 'k' }),
  'no kid': token({ alg: 'ES256', typ: 't' }),
  'empty kid': token({ ...HEADER, kid: '' }),
  'kid as a path': token({ ...HEADER, kid: '../../etc/passwd' }),
  'kid with a line break': token({ ...HEADER, kid: 'k\n' }),
  'kid too long': token({ ...HEADER, kid: 'k'.repeat(65) }),
}

describe('parseCompactJws', () => {
  it.each(Object.entries(MALFORMED))('refuses: %s', async (_name, text) => {
    expect(await codeOf(() => parseCompactJws(text))).toBe('malformed_token')
  })

  it.each([
    ['no JSON', 'x'],
    ['an array', []],
    ['a text', '"iss"'],
    ['duplicate claims', '{"aud":"a","aud":"b"}'],
    ['__proto__', '{"__proto__":{"iss":"a"}}'],
    ['nothing', ''],
  ])('refuses a payload that is %s', async (_name, payload) => {
    expect(await codeOf(() => parseCompactJws(token(HEADER, payload)))).toBe('malformed_claims')
  })

  it('gives the parts, and the exact bytes that were signed', () => {
    const parts = parseCompactJws(good)
    expect(parts).toMatchObject({ ...HEADER, claims: { iss: 'a' } })
    expect(Buffer.from(parts.signature).toString()).toBe('x'.repeat(64))
    expect(Buffer.from(parts.signingInput).toString()).toBe(good.slice(0, good.lastIndexOf('.')))
  })

  it('takes optional members and a length of the caller', () => {
    const long = token({ ...HEADER, cty: 'JWT' }, { a: 'x'.repeat(7_000) })
    const limits = { optional: ['cty'], maxLength: 65_536 }
    expect(parseCompactJws(long, limits).kid).toBe('k-1')
  })
})

describe('identifyToken', () => {
  it('says whose a token claims to be', () => {
    const claimed = { senderId: SENDER, kid: 'es-1', issuedAt: IAT * 1_000 }
    expect(identifyToken(goodToken())).toEqual(claimed)
    expect(identifyToken(good)).toEqual({ senderId: 'a', kid: 'k-1', issuedAt: null })
  })

  it('says nothing where that can’t be read', () => {
    expect(identifyToken('x')).toBeUndefined()
    expect(identifyToken(token(HEADER, { iss: 1 }))).toBeUndefined()
  })

  it('takes no moment that the record could not keep', () => {
    for (const iat of [1.5, -1, 253_402_300_800, Number.MAX_SAFE_INTEGER])
      expect(identifyToken(token(HEADER, { iss: 'a', iat }))?.issuedAt).toBeNull()
  })
})
