import { createPublicKey, sign } from 'node:crypto'
import fc from 'fast-check'
import { jwtVerify } from 'jose'
import jwt from 'jsonwebtoken'
import { describe, expect, it, vi } from 'vitest'
import type { InboundNotice } from '../../src/core/notice.ts'
import { SIGNING_ALGORITHMS } from '../../src/core/sender.ts'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import { sha256Base64url } from '../../src/signing/sha256.ts'
import { generatePrivateKey } from '../../src/signing/key-pem.ts'
import { verifyRequest } from '../../src/signing/verify-request.ts'
import {
  b64,
  BODY,
  codeOf,
  deps,
  errorOf,
  goodClaims,
  goodToken,
  headerOf,
  IAT,
  inbound,
  ISSUER,
  KIDS,
  NOW,
  PRIVATE_KEYS,
  registered,
  SENDER,
  signRaw,
  URL_CALLED,
} from './support.ts'

const ES = PRIVATE_KEYS.ES256
const withClaims = (changes: Record<string, unknown>): string =>
  signRaw(headerOf('ES256'), { ...goodClaims(), ...changes }, ES)
const withHeader = (changes: Record<string, unknown>): string =>
  signRaw({ ...headerOf('ES256'), ...changes }, goodClaims(), ES)
const codeOfToken = (token: string): Promise<string> =>
  codeOf(() => verifyRequest(inbound(token), deps()))
const pem = createPublicKey(ES).export({ type: 'spki', format: 'pem' }).toString()

describe.each(SIGNING_ALGORITHMS)('verifyRequest with %s', (alg) => {
  it('says who sent what, and when', async () => {
    const request = inbound(goodToken(alg))
    const verified = await verifyRequest(request, deps())
    expect(verified).toMatchObject({
      inbound: request,
      senderId: SENDER,
      sender: registered(alg).sender,
      kid: KIDS[alg],
      jti: '0123456789abcdef',
      issuedAt: IAT * 1_000,
      expiresAt: (IAT + 300) * 1_000,
      bodySha256: sha256Base64url(BODY),
      tokenSha256: sha256Base64url(request.token),
      profile: 'mdg-jwt-1',
    })
    expect(Object.isFrozen(verified)).toBe(true)
  })

  it('takes a GET: no body, no cty', async () => {
    const token = signRaw(
      headerOf(alg),
      {
        ...goodClaims(),
        cty: undefined,
        htm: 'GET',
        body_sha256: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      },
      PRIVATE_KEYS[alg],
    )
    const get = { method: 'GET', body: new Uint8Array(), contentType: undefined }
    expect((await verifyRequest(inbound(token, get), deps())).senderId).toBe(SENDER)
  })

  it('lets a retiring key sign', async () => {
    const verified = await verifyRequest(inbound(goodToken(alg)), deps({}, { key: 'retiring' }))
    expect(verified.kid).toBe(KIDS[alg])
  })

  it('refuses a signature of another key', async () => {
    const token = signRaw(headerOf(alg), goodClaims(), generatePrivateKey(alg))
    expect(await codeOfToken(token)).toBe('signature_rejected')
  })

  it('refuses every signature with one bit turned', async () => {
    const [header, claims, signature = ''] = goodToken(alg).split('.')
    for (let bit = 0; bit < 512; bit += 37) {
      const bytes = Buffer.from(signature, 'base64url')
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      const token = [header, claims, bytes.toString('base64url')].join('.')
      expect(await codeOfToken(token)).toBe('signature_rejected')
    }
  })

  it('refuses signatures of another length, and all zeros', async () => {
    const [header, claims] = goodToken(alg).split('.')
    for (const length of [1, 63, 64, 65, 72]) {
      const token = [header, claims, Buffer.alloc(length).toString('base64url')].join('.')
      expect(await codeOfToken(token)).toBe('signature_rejected')
    }
  })
})

describe('verifyRequest refuses by the header', () => {
  const unsigned = `${b64({ ...headerOf('ES256'), alg: 'none' })}.${b64(goodClaims())}.`
  it.each([
    ['alg none without signature', unsigned],
    ['alg none with a signature', withHeader({ alg: 'none' })],
    ['alg in other letters', withHeader({ alg: 'es256' })],
    ['HS256 with the public key as secret', hs256()],
    ['RS384', withHeader({ alg: 'RS384' })],
    ['another typ', withHeader({ typ: 'mdg-receipt+jwt' })],
    ['typ JWT', withHeader({ typ: 'JWT' })],
    ['crit', withHeader({ crit: ['exp'] })],
    ['b64 false', withHeader({ b64: false, crit: ['b64'] })],
    ['a key of its own', withHeader({ jwk: createPublicKey(ES).export({ format: 'jwk' }) })],
    ['a kid out of the alphabet', withHeader({ kid: "1' OR '1'='1" })],
    ['no token at all', ''],
  ])('%s', async (_name, token) => {
    expect(await codeOfToken(token)).toBe('malformed_token')
  })

  it('takes cty in the header', async () => {
    const verified = await verifyRequest(inbound(withHeader({ cty: 'json' })), deps())
    expect(verified.senderId).toBe(SENDER)
  })

  it('the algorithm of another key', async () => {
    const token = signRaw(
      { ...headerOf('EdDSA'), kid: KIDS.ES256 },
      goodClaims(),
      PRIVATE_KEYS.EdDSA,
    )
    expect(await codeOfToken(token)).toBe('signature_rejected')
  })
})

function hs256(): string {
  const header = { ...headerOf('ES256'), alg: 'HS256' } as const
  // The library refuses to make this confusion itself, so the key goes in as bytes.
  return jwt.sign(goodClaims(), Buffer.from(pem), { algorithm: 'HS256', header: { ...header } })
}

describe('verifyRequest refuses claims by type and form', () => {
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ...['iss', 'aud', 'iat', 'exp', 'jti', 'htm', 'htu', 'cty', 'body_sha256'].flatMap((name) =>
      [undefined, null, 7.5, '', {}].map((value) => [`/${name}`, { [name]: value }] as const),
    ),
    ['/aud', { aud: [ISSUER] }],
    ['/aud', { aud: [ISSUER, 'https://other.example'] }],
    ['/iat', { iat: String(IAT) }],
    ['/iat', { iat: -1 }],
    ['/exp', { exp: IAT + 0.5 }],
    ['/exp', { exp: IAT }],
    ['/exp', { exp: IAT - 1 }],
    ['/exp', { exp: IAT + 301 }],
    ['/iat', { iat: 253_402_300_800, exp: 253_402_300_801 }],
    ['/nbf', { nbf: 'now' }],
    ['/nbf', { nbf: null }],
    ['/jti', { jti: 'short' }],
    ['/jti', { jti: 'a'.repeat(65) }],
    ['/jti', { jti: '0123456789abcde/' }],
    ['/cty', { cty: 'text/plain' }],
    ['/cty', { cty: 'application/json; charset=utf-8' }],
    ['/body_sha256', { body_sha256: 'x'.repeat(42) }],
    ['/body_sha256', { body_sha256: `${sha256Base64url(BODY)}=` }],
    ['/body_sha256', { body_sha256: Buffer.from(sha256Base64url(BODY)).toString('hex') }],
  ]
  it.each(cases)('%s of %o', async (pointer, changes) => {
    const error = await errorOf(() => verifyRequest(inbound(withClaims(changes)), deps()))
    expect(error.code).toBe('malformed_claims')
    expect(error.details.errors?.[0]?.pointer).toBe(pointer)
  })

  it('a cty where nothing is sent', async () => {
    const request = inbound(goodToken(), { contentType: undefined })
    expect(await codeOf(() => verifyRequest(request, deps()))).toBe('malformed_claims')
  })

  it('duplicate claims', async () => {
    const twice = `{"aud":"x",${JSON.stringify(goodClaims()).slice(1)}`
    const token = signRaw(headerOf('ES256'), twice, ES)
    expect(await codeOfToken(token)).toBe('malformed_claims')
  })
})

describe('verifyRequest and the clocks', () => {
  const at = (now: number): Promise<string> =>
    verifyRequest(inbound(withClaims({ nbf: IAT })), deps({ now })).then(
      () => 'taken',
      (error: unknown) => (error instanceof MadoguchiError ? error.code : 'fault'),
    )

  it('takes a token from 60 s before iat until 300 s after exp', async () => {
    const starts = IAT * 1_000
    const ends = (IAT + 300) * 1_000
    expect(await at(starts - 60_001)).toBe('time_skew')
    expect(await at(starts - 60_000)).toBe('taken')
    expect(await at(ends + 299_999)).toBe('taken')
    expect(await at(ends + 300_000)).toBe('time_skew')
  })

  it('refuses one that is not yet valid by nbf', async () => {
    expect(await codeOfToken(withClaims({ nbf: IAT + 61 }))).toBe('time_skew')
    expect(await codeOfToken(withClaims({ iat: IAT + 61, exp: IAT + 62 }))).toBe('time_skew')
  })

  it('tells the time here', async () => {
    const request = inbound(withClaims({ iat: IAT - 86_400, exp: IAT - 86_300 }))
    const error = await errorOf(() => verifyRequest(request, deps()))
    expect(error.code).toBe('time_skew')
    expect(error.details).toEqual({ serverTime: '2026-11-22T01:02:03.456Z' })
  })

  it('needs no tolerance to take a token in its life', async () => {
    const strict = deps({ toleranceMs: 0, leadMs: 0 })
    expect((await verifyRequest(inbound(goodToken()), strict)).senderId).toBe(SENDER)
    const late = deps({ toleranceMs: 0, leadMs: 0, now: (IAT + 300) * 1_000 })
    expect(await codeOf(() => verifyRequest(inbound(goodToken()), late))).toBe('time_skew')
  })
})

describe('verifyRequest refuses what was signed for something else', () => {
  const refused: readonly (readonly [string, string, string, Partial<InboundNotice>])[] = [
    ['another audience', 'wrong_audience', withClaims({ aud: 'https://other.example' }), {}],
    ['our URL as audience', 'wrong_audience', withClaims({ aud: URL_CALLED }), {}],
    ['another method', 'wrong_method_or_url', goodToken(), { method: 'GET' }],
    ['method in small letters', 'wrong_method_or_url', withClaims({ htm: 'post' }), {}],
    ['another URL', 'wrong_method_or_url', goodToken(), { url: `${URL_CALLED}/x/withdrawal` }],
    ['URL with query', 'wrong_method_or_url', withClaims({ htu: `${URL_CALLED}?a=1` }), {}],
    ['another body', 'body_hash_mismatch', goodToken(), { body: new Uint8Array([...BODY, 0x20]) }],
    ['no body', 'body_hash_mismatch', goodToken(), { body: new Uint8Array() }],
  ]
  it.each(refused)('%s: %s', async (_name, code, token, changes) => {
    expect(await codeOf(() => verifyRequest(inbound(token, changes), deps()))).toBe(code)
  })
})

describe('verifyRequest and the registry', () => {
  it.each([
    ['unknown sender', withClaims({ iss: 'https://nobody.example' })],
    ['unknown key', withHeader({ kid: 'other' })],
    ['key of another sender', signRaw(headerOf('EdDSA'), { ...goodClaims(), iss: 'x' }, ES)],
  ])('%s: one answer', async (_name, token) => {
    const error = await errorOf(() => verifyRequest(inbound(token), deps()))
    expect(error.code).toBe('signature_rejected')
    expect(error.details).toEqual({})
  })

  it('asks for the key once, by sender and kid', async () => {
    const asked: string[] = []
    const lookup = (senderId: string, kid: string): Promise<undefined> => {
      asked.push(`${senderId} ${kid}`)
      return Promise.resolve(undefined)
    }
    await codeOf(() => verifyRequest(inbound(goodToken()), deps({ lookup })))
    expect(asked).toEqual([`${SENDER} es-1`])
  })

  it('doesn’t blame the sender for a registry that fails', async () => {
    const lookup = (): Promise<never> => Promise.reject(new RangeError('store'))
    const verifying = verifyRequest(inbound(goodToken()), deps({ lookup }))
    await expect(verifying).rejects.toThrow(RangeError)
  })

  it.each([
    ['an unknown sender', withClaims({ iss: 'https://nobody.example' })],
    ['an unknown key', withHeader({ kid: 'other' })],
    ['another algorithm', withHeader({ kid: KIDS.EdDSA })],
  ])('does the work of one signature for %s, as for a wrong signature', async (_name, token) => {
    const verifying = vi.spyOn(jwt, 'verify')
    const wrong = signRaw(headerOf('ES256'), goodClaims(), generatePrivateKey('ES256'))
    for (const refused of [wrong, token]) {
      verifying.mockClear()
      expect(await codeOf(() => verifyRequest(inbound(refused), deps()))).toBe('signature_rejected')
      expect(verifying).toHaveBeenCalledTimes(1)
    }
    verifying.mockRestore()
  })

  it.each([
    ['revoked', 'active', 'key_revoked'],
    ['pending', 'active', 'key_not_active'],
    ['active', 'suspended', 'sender_suspended'],
    ['revoked', 'suspended', 'key_revoked'],
  ] as const)('key %s, sender %s: %s', async (key, sender, code) => {
    const known = deps({}, { key, sender })
    expect(await codeOf(() => verifyRequest(inbound(goodToken()), known))).toBe(code)
    const forged = signRaw(headerOf('ES256'), goodClaims(), generatePrivateKey('ES256'))
    expect(await codeOf(() => verifyRequest(inbound(forged), known))).toBe('signature_rejected')
  })
})

describe('verifyRequest names the first fault', () => {
  const faults: readonly (readonly [
    string,
    'header' | 'claims' | 'key',
    Record<string, unknown>,
  ])[] = [
    ['malformed_token', 'header', { typ: 'JWT' }],
    ['malformed_claims', 'claims', { jti: 1 }],
    ['time_skew', 'claims', { iat: 1, exp: 2 }],
    ['wrong_audience', 'claims', { aud: 'https://other.example' }],
    ['wrong_method_or_url', 'claims', { htm: 'PUT' }],
    ['body_hash_mismatch', 'claims', { body_sha256: sha256Base64url('') }],
    ['signature_rejected', 'key', {}],
  ]
  it.each(faults.map(([code], at) => [code, at] as const))('%s', async (code, at) => {
    const rest = faults.slice(at)
    const merge = (part: string): Record<string, unknown> =>
      Object.assign(
        {},
        ...rest.filter((fault) => fault[1] === part).map((fault) => fault[2]),
      ) as Record<string, unknown>
    const header = { ...headerOf('ES256'), ...merge('header') }
    const claims = { ...goodClaims(), ...merge('claims') }
    const token = signRaw(header, claims, generatePrivateKey('ES256'))
    const worst = deps({}, { key: 'revoked', sender: 'suspended' })
    expect(await codeOf(() => verifyRequest(inbound(token), worst))).toBe(code)
  })
})

describe('jose as a second opinion', () => {
  const claimChange = fc.constantFrom<Record<string, unknown>>(
    ...[{}, { nbf: IAT }, { nbf: IAT + 60 }, { nbf: IAT + 61 }, { iat: IAT + 60, exp: IAT + 90 }],
    ...[{ iat: IAT - 599, exp: IAT - 299 }, { iat: IAT - 600, exp: IAT - 300 }, { exp: IAT + 1 }],
    ...[{ sub: 'x' }, { aud: [ISSUER] }, { iss: 'https://nobody.example' }, { exp: undefined }],
  )
  const headerChange = fc.constantFrom<Record<string, unknown>>(
    ...[{}, {}, {}, { cty: 'json' }, { alg: 'none' }, { typ: 'JWT' }, { crit: ['exp'] }],
  )
  const scenario = fc.record({
    alg: fc.constantFrom(...SIGNING_ALGORITHMS),
    claims: claimChange,
    header: headerChange,
    rightKey: fc.integer({ max: 4, min: 0 }).map((n) => n > 0),
    flip: fc.option(fc.nat(200), { freq: 4 }),
    lateMs: fc.constantFrom(0, 0, 1_000, 299_999, 600_000),
  })

  it('accepts whatever we accept', async () => {
    let accepted = 0
    const rsa = generatePrivateKey('RS256')
    const wrong = {
      ES256: generatePrivateKey('ES256'),
      EdDSA: generatePrivateKey('EdDSA'),
      PS256: rsa,
      RS256: rsa,
    }
    await fc.assert(
      fc.asyncProperty(scenario, async ({ alg, claims, header, rightKey, flip, lateMs }) => {
        const key = (rightKey ? PRIVATE_KEYS : wrong)[alg]
        const made = signRaw({ ...headerOf(alg), ...header }, { ...goodClaims(), ...claims }, key)
        const token = flip === null ? made : flipped(made, flip)
        const now = NOW + lateMs
        try {
          await verifyRequest(inbound(token), deps({ now }))
        } catch {
          return
        }
        accepted += 1
        await jwtVerify(token, createPublicKey(PRIVATE_KEYS[alg]), {
          algorithms: [alg],
          typ: 'mdg-req+jwt',
          issuer: SENDER,
          audience: ISSUER,
          currentDate: new Date(now),
          clockTolerance: 301,
          maxTokenAge: 300,
          requiredClaims: ['iat', 'exp', 'jti'],
        })
      }),
      { numRuns: 600 },
    )
    expect(accepted).toBeGreaterThan(20)
  })
})

/** Another character of the alphabet at one place. */
function flipped(token: string, at: number): string {
  const place = at % token.length
  return `${token.slice(0, place)}${token.charAt(place) === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`
}

describe('a token is bound to its bytes', () => {
  it('refuses the signature over other claims', async () => {
    const [header, , signature] = goodToken().split('.')
    const token = [header, b64({ ...goodClaims(), jti: 'fedcba9876543210' }), signature].join('.')
    expect(await codeOfToken(token)).toBe('signature_rejected')
  })

  it('refuses ES256 in DER', async () => {
    const input = goodToken().split('.').slice(0, 2).join('.')
    const der = sign('sha256', Buffer.from(input), ES).toString('base64url')
    expect(await codeOfToken(`${input}.${der}`)).toBe('signature_rejected')
  })
})
