import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { compactVerify, SignJWT } from 'jose'
import jwt from 'jsonwebtoken'
import { describe, expect, it, vi } from 'vitest'
import { decoyKey } from '../../src/signing/decoy-key.ts'
import type { publicKeyOf } from '../../src/signing/jwk.ts'
import { importPublicJwk } from '../../src/signing/jwk.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { verifyRequest } from '../../src/signing/verify-request.ts'
import { signatureHolds } from '../../src/signing/verify-signature.ts'
import {
  b64,
  BODY,
  codeOf,
  deps,
  goodClaims,
  goodToken,
  headerOf,
  inbound,
  ISSUER,
  KIDS,
  NOW,
  PRIVATE_KEYS,
  publicJwkOf,
  registered,
  SENDER,
  signRaw,
  URL_CALLED,
} from './support.ts'

/** RFC 7515 A.2. */
const A2 = {
  n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
  token:
    'eyJhbGciOiJSUzI1NiJ9' +
    '.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ' +
    '.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
}
/** RFC 7520 §4.1. */
const BILBO = {
  n: 'n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw',
  token:
    'eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9' +
    '.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4' +
    '.MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg',
}

describe('RS256 in the vectors of others', () => {
  it.each([
    ['RFC 7515 A.2', A2],
    ['RFC 7520 §4.1', BILBO],
  ])('%s', (_name, { n, token }) => {
    const { publicKey } = importPublicJwk({ kty: 'RSA', n, e: 'AQAB', alg: 'RS256' })
    const input = token.slice(0, token.lastIndexOf('.'))
    const signature = Buffer.from(token.slice(input.length + 1), 'base64url')
    const jws = { typ: '', kid: '', claims: {}, signingInput: Buffer.from(input), signature }
    const holds = (alg: 'RS256' | 'PS256', bytes: Buffer): boolean =>
      signatureHolds(
        `${input}.${bytes.toString('base64url')}`,
        { ...jws, alg, signature: bytes },
        { alg, publicKey },
        { ignoreExpiration: true },
      )
    expect(holds('RS256', signature)).toBe(true)
    expect(holds('PS256', signature)).toBe(false)
    expect(holds('RS256', Buffer.from(signature).fill(1, 100, 101))).toBe(false)
    expect(holds('RS256', signature.subarray(1))).toBe(false)
  })
})

describe.each(['PS256', 'RS256'] as const)('%s and jose', (alg) => {
  it('takes what jose signs', async () => {
    const token = await new SignJWT(goodClaims())
      .setProtectedHeader({ alg, typ: 'mdg-req+jwt', kid: KIDS[alg] })
      .sign(PRIVATE_KEYS[alg])
    expect((await verifyRequest(inbound(token), deps())).kid).toBe(KIDS[alg])
  })

  it('signs what jose takes, and we', async () => {
    const token = await makeRequestToken({
      privateKey: PRIVATE_KEYS[alg],
      rsaAlgorithm: alg,
      kid: KIDS[alg],
      issuer: SENDER,
      audience: ISSUER,
      method: 'POST',
      url: URL_CALLED,
      body: BODY,
      contentType: 'application/json',
      now: NOW,
      jti: 'j'.repeat(16),
    })
    await compactVerify(token, createPublicKey(PRIVATE_KEYS[alg]), { algorithms: [alg] })
    expect((await verifyRequest(inbound(token), deps())).kid).toBe(KIDS[alg])
  })

  it.each([2_048, 3_072, 4_096])('takes a key of %i bits', async (modulusLength) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
    const { jwk } = importPublicJwk({ ...publicKey.export({ format: 'jwk' }), alg })
    const { key, sender } = registered(alg)
    const lookup = () => Promise.resolve({ key: { ...key, jwk }, sender })
    const token = signRaw(headerOf(alg), goodClaims(), privateKey)
    expect((await verifyRequest(inbound(token), deps({ lookup }))).kid).toBe(KIDS[alg])
  })
})

describe('the algorithm is the registered one, whatever a token says', () => {
  const rsa = PRIVATE_KEYS.RS256
  const pem = createPublicKey(rsa).export({ type: 'spki', format: 'pem' })
  const hmac = (secret: string | Buffer): string => {
    const input = `${b64({ ...headerOf('RS256'), alg: 'HS256' })}.${b64(goodClaims())}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }

  it.each([
    [
      'a PS256 token under a key for RS256',
      signRaw({ ...headerOf('RS256'), alg: 'PS256' }, goodClaims(), rsa),
    ],
    [
      'an RS256 token under a key for PS256',
      signRaw({ ...headerOf('PS256'), alg: 'RS256' }, goodClaims(), PRIVATE_KEYS.PS256),
    ],
    ['an RS256 token that is padded as PS256', pssUnderRs256()],
    [
      'an RS256 token under a key on P-256',
      signRaw({ ...headerOf('ES256'), alg: 'RS256' }, goodClaims(), rsa),
    ],
    [
      'an ES256 token under an RSA key',
      signRaw({ ...headerOf('RS256'), alg: 'ES256' }, goodClaims(), PRIVATE_KEYS.ES256),
    ],
  ])('%s', async (_name, token) => {
    expect(await codeOf(() => verifyRequest(inbound(token), deps()))).toBe('signature_rejected')
  })

  it.each([
    ['HS256 with the public key in PEM as secret', hmac(pem)],
    [
      'HS256 with the modulus as secret',
      hmac(Buffer.from(String(publicJwkOf('RS256')['n']), 'base64url')),
    ],
    ['none', `${b64({ ...headerOf('RS256'), alg: 'none' })}.${b64(goodClaims())}.AA`],
    ['RS256 in other letters', signRaw({ ...headerOf('RS256'), alg: 'rs256' }, goodClaims(), rsa)],
  ])('%s', async (_name, token) => {
    expect(await codeOf(() => verifyRequest(inbound(token), deps()))).toBe('malformed_token')
  })

  function pssUnderRs256(): string {
    const [, claims, signature] = signRaw(
      { ...headerOf('RS256'), alg: 'PS256' },
      goodClaims(),
      rsa,
    ).split('.')
    return [b64(headerOf('RS256')), claims, signature].join('.')
  }
})

describe('the time that refusing takes', () => {
  it.each([
    ['RS256', 256],
    ['RS256', 384],
    ['PS256', 512],
  ] as const)('an unknown key is verified as one of %s with %i bytes', async (alg, bytes) => {
    const [head = '', claims] = goodToken(alg).split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
    const verifying = vi.spyOn(jwt, 'verify')
    for (const kid of ['unknown', KIDS[alg]]) {
      verifying.mockClear()
      const signature = Buffer.alloc(bytes, 7).toString('base64url')
      const token = [b64({ ...header, kid }), claims, signature].join('.')
      expect(await codeOf(() => verifyRequest(inbound(token), deps()))).toBe('signature_rejected')
      // Once, by a key as large as the signature, whether or not a key is registered.
      expect(verifying).toHaveBeenCalledTimes(1)
      const [, key] = verifying.mock.calls[0] as unknown as [string, ReturnType<typeof publicKeyOf>]
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(bytes * 8)
    }
    verifying.mockRestore()
  })

  it('a length that no key has is refused without', () => {
    expect(decoyKey('RS256', 1).publicKey.asymmetricKeyDetails?.modulusLength).toBe(2_048)
  })
})

it('we ourselves sign with no RSA key', async () => {
  expect(await codeOf(() => createKeySigner(PRIVATE_KEYS.RS256))).toBe('invalid_input')
})
