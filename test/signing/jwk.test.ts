import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { SIGNING_ALGORITHMS } from '../../src/core/sender.ts'
import { importPublicJwk, publicKeyOf, thumbprint } from '../../src/signing/jwk.ts'
import { errorOf, PRIVATE_KEYS, publicJwkOf, RFC_KEYS } from './support.ts'

const ED = publicPart(RFC_KEYS.ed25519)
const EC = publicPart(RFC_KEYS.p256)

const RSA = publicJwkOf('RS256')

const rsaOf = (modulusLength: number): Record<string, unknown> => ({
  ...generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }),
  alg: 'RS256',
})

/** The modulus with a byte changed, or others in front. */
function modulus(change?: (bytes: Buffer) => void, front: number[] = []): string {
  const bytes = Buffer.from(String(RSA['n']), 'base64url')
  change?.(bytes)
  return Buffer.from([...front, ...bytes]).toString('base64url')
}

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['no object', 'key', ''],
  ['null', null, ''],
  ['an array', [EC], ''],
  ['no kty', { crv: 'P-256', x: EC.x, y: EC.y }, '/crv'],
  ['a shared secret', { kty: 'oct', k: 'AAAA' }, '/kty'],
  ['RSA on a curve', { ...RSA, crv: 'P-256' }, '/crv'],
  ['RSA without alg', { ...RSA, alg: undefined }, '/alg'],
  ['RSA for another digest', { ...RSA, alg: 'RS512' }, '/alg'],
  ['RSA for encryption', { ...RSA, alg: 'RSA-OAEP' }, '/alg'],
  ['RSA for a curve', { ...RSA, alg: 'ES256' }, '/alg'],
  ['RSA with its private part', PRIVATE_KEYS.RS256.export({ format: 'jwk' }), '/d'],
  ['RSA with a prime', { ...RSA, p: 'AQAB' }, '/p'],
  ['a small RSA key', rsaOf(1_024), '/n'],
  ['an RSA key of a size between', rsaOf(2_056), '/n'],
  ['an RSA key that is one bit short', { ...RSA, n: modulus((n) => (n[0] = 0x7f)) }, '/n'],
  ['an RSA key with a zero in front', { ...RSA, n: modulus(undefined, [0]) }, '/n'],
  ['an even modulus', { ...RSA, n: modulus((n) => (n[n.length - 1] = 0)) }, '/n'],
  ['no modulus', { ...RSA, n: undefined }, '/n'],
  ['a modulus that isn’t base64url', { ...RSA, n: '+/=' }, '/n'],
  ['a small exponent', { ...RSA, e: 'Aw' }, '/e'],
  ['an even exponent', { ...RSA, e: 'AQAA' }, '/e'],
  ['no exponent', { ...RSA, e: undefined }, '/e'],
  ['another curve', { ...EC, crv: 'P-384' }, '/crv'],
  ['a curve of another kty', { ...ED, crv: 'P-256' }, '/crv'],
  ['a key for agreement', { ...ED, crv: 'X25519' }, '/crv'],
  ['the private member', RFC_KEYS.ed25519, '/d'],
  ['the private member as null', { ...EC, d: null }, '/d'],
  ['the secret member', { ...EC, k: 'AAAA' }, '/k'],
  ['use for encryption', { ...EC, use: 'enc' }, '/use'],
  ['another alg', { ...EC, alg: 'ES384' }, '/alg'],
  ['alg of the other kind', { ...ED, alg: 'ES256' }, '/alg'],
  ['key_ops without verify', { ...EC, key_ops: ['sign'] }, '/key_ops'],
  ['key_ops as text', { ...EC, key_ops: 'verify' }, '/key_ops'],
  ['no x', { kty: 'OKP', crv: 'Ed25519' }, '/x'],
  ['short x', { ...ED, x: ED.x.slice(0, -3) }, '/x'],
  ['x that isn’t canonical', { ...ED, x: `${ED.x.slice(0, -1)}p` }, '/x'],
  ['no y', { kty: 'EC', crv: 'P-256', x: EC.x }, '/y'],
  ['a point off the curve', { ...EC, y: EC.x }, '/x'],
  ['a kid that could be a path', { ...EC, kid: '../x' }, '/kid'],
  ['a kid that is no text', { ...EC, kid: 7 }, '/kid'],
]

function publicPart<K extends object>(key: K): Omit<K, 'd'> {
  return Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'd')) as Omit<K, 'd'>
}

describe('importPublicJwk', () => {
  it.each(REFUSED)('refuses %s', async (_name, input, pointer) => {
    const error = await errorOf(() => importPublicJwk(input))
    expect(error.code).toBe('invalid_input')
    expect(error.details.errors?.map((fault) => fault.pointer)).toEqual([pointer])
  })

  it('takes both kinds and keeps only what makes the key', () => {
    const given = { ...EC, use: 'sig', key_ops: ['verify'], alg: 'ES256', kid: 'k.1', ext: true }
    const ec = importPublicJwk(given)
    expect(ec).toMatchObject({ alg: 'ES256', kid: 'k.1', jwk: EC })
    expect(Object.keys(ec.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    const ed = importPublicJwk(ED)
    expect(ed).toMatchObject({ alg: 'EdDSA', jwk: ED })
    expect(ed.publicKey.asymmetricKeyType).toBe('ed25519')
  })

  it('names a key without kid by its thumbprint', () => {
    expect(importPublicJwk(ED).kid).toBe(thumbprint(ED))
  })
})

describe('thumbprint', () => {
  it('is that of RFC 8037 A.3', () => {
    expect(thumbprint(ED)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  it('agrees with jose, whatever other members stand by', async () => {
    for (const alg of SIGNING_ALGORITHMS) {
      const jwk = createPublicKey(PRIVATE_KEYS[alg]).export({ format: 'jwk' })
      expect(thumbprint({ use: 'sig', ...jwk })).toBe(await calculateJwkThumbprint(jwk))
    }
  })

  it('isn’t made for other kinds', async () => {
    const error = await errorOf(() => thumbprint({ kty: 'oct', k: 'AQAB' }))
    expect(error.code).toBe('invalid_input')
  })
})

describe('publicKeyOf', () => {
  it('makes a key once, also for another row of the same key', () => {
    expect(publicKeyOf({ ...EC })).toBe(publicKeyOf({ ...EC }))
    expect(publicKeyOf(EC)).not.toBe(publicKeyOf(ED))
  })

  it('forgets the one that was used longest ago', () => {
    const first = publicKeyOf(ED)
    const second = publicKeyOf(EC)
    for (let n = 0; n < 999; n += 1) {
      publicKeyOf({
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.alloc(32, `key ${String(n)}.`).toString('base64url'),
      })
      expect(publicKeyOf(EC)).toBe(second)
    }
    expect(publicKeyOf(ED)).not.toBe(first)
  })
})
