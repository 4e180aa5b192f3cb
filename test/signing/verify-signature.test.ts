import { createPublicKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CompactJws } from '../../src/signing/compact-jws.ts'
import { decoyKey } from '../../src/signing/decoy-key.ts'
import { signatureHolds } from '../../src/signing/verify-signature.ts'
import { rfcPrivateKey } from './support.ts'

/** RFC 7515 A.3. */
const ES256_TOKEN =
  'eyJhbGciOiJFUzI1NiJ9' +
  '.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ' +
  '.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'
/** RFC 8037 A.4. */
const EDDSA_TOKEN =
  'eyJhbGciOiJFZERTQSJ9' +
  '.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc' +
  '.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'

/** The vectors have neither `typ` nor `kid`, so the pre-parser is passed by. */
function apart(token: string, alg: string): CompactJws {
  const input = token.slice(0, token.lastIndexOf('.'))
  const signature = Buffer.from(token.slice(input.length + 1), 'base64url')
  return { alg, typ: '', kid: '', claims: {}, signingInput: Buffer.from(input), signature }
}

const ES = { alg: 'ES256', publicKey: createPublicKey(rfcPrivateKey('p256')) } as const
const ED = { alg: 'EdDSA', publicKey: createPublicKey(rfcPrivateKey('ed25519')) } as const
const LASTING = { ignoreExpiration: true }

describe('signatureHolds', () => {
  it('holds for RFC 7515 A.3 and RFC 8037 A.4', () => {
    expect(signatureHolds(ES256_TOKEN, apart(ES256_TOKEN, 'ES256'), ES, LASTING)).toBe(true)
    expect(signatureHolds(EDDSA_TOKEN, apart(EDDSA_TOKEN, 'EdDSA'), ED, LASTING)).toBe(true)
  })

  it('is the signature that the key of RFC 8037 A.1 makes', () => {
    const { signingInput } = apart(EDDSA_TOKEN, 'EdDSA')
    const made = sign(null, signingInput, rfcPrivateKey('ed25519')).toString('base64url')
    expect(EDDSA_TOKEN.endsWith(`.${made}`)).toBe(true)
  })

  it('doesn’t hold for another key, another algorithm, or a claim that fails', () => {
    for (const alg of ['ES256', 'EdDSA'] as const) {
      const token = alg === 'ES256' ? ES256_TOKEN : EDDSA_TOKEN
      expect(signatureHolds(token, apart(token, alg), decoyKey(alg, 64), LASTING)).toBe(false)
    }
    expect(signatureHolds(ES256_TOKEN, apart(ES256_TOKEN, 'ES256'), ED, LASTING)).toBe(false)
    const parts = apart(ES256_TOKEN, 'ES256')
    expect(signatureHolds(ES256_TOKEN, parts, ES, { ...LASTING, issuer: 'joe' })).toBe(true)
    expect(signatureHolds(ES256_TOKEN, parts, ES, { ...LASTING, issuer: 'eve' })).toBe(false)
    expect(signatureHolds(ES256_TOKEN, parts, ES, { clockTimestamp: 1_300_819_381 })).toBe(false)
  })

  it('throws where the registry holds a key of another kind than it says', () => {
    const mixed = { alg: 'ES256', publicKey: ED.publicKey } as const
    expect(() => signatureHolds(ES256_TOKEN, apart(ES256_TOKEN, 'ES256'), mixed, LASTING)).toThrow()
  })
})
