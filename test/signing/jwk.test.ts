import { createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { importPublicJwk, publicKeyOf, thumbprint } from '../../src/signing/jwk.ts'
import { generatePrivateKey } from '../../src/signing/key-pem.ts'
import { errorOf, RFC_KEYS } from './support.ts'

const ED = publicPart(RFC_KEYS.ed25519)
const EC = publicPart(RFC_KEYS.p256)

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['no object', 'key', ''],
  ['null', null, ''],
  ['an array', [EC], ''],
  ['no kty', { crv: 'P-256', x: EC.x, y: EC.y }, '/crv'],
  ['another kind', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, '/crv'],
  ['a shared secret', { kty: 'oct', k: 'AAAA' }, '/crv'],
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
    for (const alg of ['ES256', 'EdDSA'] as const) {
      const jwk = createPublicKey(generatePrivateKey(alg)).export({ format: 'jwk' })
      expect(thumbprint({ use: 'sig', ...jwk })).toBe(await calculateJwkThumbprint(jwk))
    }
  })

  it('isn’t made for other kinds', async () => {
    const error = await errorOf(() => thumbprint({ kty: 'RSA', n: 'AQAB', e: 'AQAB' }))
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
