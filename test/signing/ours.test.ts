import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Signer } from '../../src/ports/signer.ts'
import { thumbprint } from '../../src/signing/jwk.ts'
import {
  algorithmOf,
  exportPrivateKeyPem,
  generatePrivateKey,
  importPrivateKeyPem,
} from '../../src/signing/key-pem.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { makeOutcome, type OutcomeFields } from '../../src/signing/outcome-jws.ts'
import { makePushToken } from '../../src/signing/push.ts'
import { makeReceipt, type ReceiptFields } from '../../src/signing/receipt.ts'
import { signJws } from '../../src/signing/sign-jws.ts'
import { TOKEN_TYPES } from '../../src/signing/token-type.ts'
import {
  verifyOurs,
  verifyPush,
  type Jwks,
  type ReceivedPush,
} from '../../src/signing/verify-ours.ts'
import { verifyRequest } from '../../src/signing/verify-request.ts'
import {
  BODY,
  codeOf,
  deps,
  IAT,
  inbound,
  ISSUER,
  KIDS,
  NOW,
  PRIVATE_KEYS,
  SENDER,
  signRaw,
  URL_CALLED,
} from './support.ts'

const LEAF = 'A'.repeat(43)
const UUID = '0193512e-8000-7000-8000-000000000000'
const RECEIPT: ReceiptFields = {
  receiptId: `rcp_${UUID}`,
  issuer: ISSUER,
  senderId: SENDER,
  senderMessageId: '2026-000123',
  noticeId: `ntc_${UUID}`,
  receivedAt: NOW,
  bodySha256: 'b',
  requestSha256: 'r',
  kid: 'es-1',
  profile: 'mdg-jwt-1',
  leafHash: LEAF,
  trial: null,
}
const OUTCOME: OutcomeFields = {
  id: `out_${UUID}`,
  issuer: ISSUER,
  senderId: SENDER,
  senderNoticeId: '2026-000123',
  noticeId: `ntc_${UUID}`,
  issuedAt: NOW,
  revision: 1,
  status: 'no_measure',
  asOf: NOW - 1_000,
  measures: [],
  nature: 'voluntary_request',
  statement: { ja: '任意です。', en: 'It is voluntary.' },
  leafHash: LEAF,
  previous: 'B'.repeat(43),
}
const CALLBACK = 'https://hotline.example/outcomes'

describe.each(['ES256', 'EdDSA'] as const)('what we sign with %s', (alg) => {
  const signer = createKeySigner(PRIVATE_KEYS[alg])
  const jwks: Jwks = { keys: [{ kid: 'older' }, signer.publicJwk] }
  const publicKey = createPublicKey(PRIVATE_KEYS[alg])

  it('names its key by thumbprint, in public members only', () => {
    const { kid, use, alg: named, ...jwk } = signer.publicJwk
    expect({ kid, use, named }).toEqual({ kid: thumbprint(jwk), use: 'sig', named: alg })
    expect(signer).toMatchObject({ kid, alg })
    expect(Object.keys(jwk).sort()).toEqual(
      alg === 'ES256' ? ['crv', 'kty', 'x', 'y'] : ['crv', 'kty', 'x'],
    )
    expect(createKeySigner(PRIVATE_KEYS[alg], 'platform-1').publicJwk['kid']).toBe('platform-1')
  })

  it('a receipt, that jose takes too', async () => {
    const token = await makeReceipt(signer, RECEIPT)
    await compactVerify(token, publicKey)
    expect(decodeProtectedHeader(token)).toEqual({ alg, typ: 'mdg-receipt+jwt', kid: signer.kid })
    const claims = verifyOurs(token, TOKEN_TYPES.receipt, jwks)
    expect(claims).toEqual({
      iss: ISSUER,
      aud: SENDER,
      jti: RECEIPT.receiptId,
      sub: '2026-000123',
      iat: IAT,
      notice: RECEIPT.noticeId,
      received_at: '2026-11-22T01:02:03.456Z',
      body_sha256: 'b',
      request_sha256: 'r',
      sender_kid: 'es-1',
      profile: 'mdg-jwt-1',
      state: 'accepted',
      leaf_hash: LEAF,
      statement_ja:
        '本受領証は、通知が当社に到達したことを示すものです。内容の確認・評価及び対応の約束を意味しません。',
      statement_en: expect.stringContaining('has reached us') as string,
    })
  })

  it('an outcome without exp, and without what isn’t there', async () => {
    const token = await makeOutcome(signer, OUTCOME)
    await compactVerify(token, publicKey)
    expect(verifyOurs(token, TOKEN_TYPES.outcome, jwks)).toEqual({
      iss: ISSUER,
      aud: SENDER,
      jti: OUTCOME.id,
      sub: '2026-000123',
      iat: IAT,
      notice: OUTCOME.noticeId,
      outcome: {
        id: OUTCOME.id,
        revision: 1,
        status: 'no_measure',
        as_of: '2026-11-22T01:02:02.456Z',
        measures: [],
        nature: 'voluntary_request',
        statement_ja: '任意です。',
        statement_en: 'It is voluntary.',
      },
      leaf_hash: LEAF,
      previous: OUTCOME.previous,
    })
  })

  it('an outcome with everything', async () => {
    const full = {
      supersedes: `out_${UUID}`,
      reason: 'unspecified',
      standard: { id: 'cg', version: '3', clause: '4.2', title: { ja: '第4条', en: 'Clause 4' } },
      publicNote: { ja: '注', en: 'note' },
    } as const
    const token = await makeOutcome(signer, { ...OUTCOME, ...full, measures: ['remove', 'demote'] })
    expect(decodeJwt(token)['outcome']).toMatchObject({
      supersedes: full.supersedes,
      reason: 'unspecified',
      measures: ['remove', 'demote'],
      standard: full.standard,
      public_note: full.publicNote,
    })
  })

  it.each(['suspend_account', 'demonetize_account', 'user_advisory'] as const)(
    'no outcome that names %s',
    async (kind) => {
      const fields = { ...OUTCOME, measures: ['remove', kind] as const }
      expect(await codeOf(() => makeOutcome(signer, fields))).toBe('internal_error')
    },
  )

  it('a push token that its endpoint can check', async () => {
    const push = await pushOf(signer)
    expect(() => {
      verifyPush(push, jwks)
    }).not.toThrow()
    expect(decodeJwt(push.token)).toMatchObject({ htm: 'POST', htu: CALLBACK, exp: IAT + 300 })
    const cases: readonly (readonly [Partial<ReceivedPush>, string])[] = [
      [{ now: NOW + 700_000 }, 'time_skew'],
      [{ audience: 'https://other.example' }, 'wrong_audience'],
      [{ url: `${CALLBACK}/x` }, 'wrong_method_or_url'],
      [{ body: new Uint8Array() }, 'body_hash_mismatch'],
      [{ issuer: 'https://other.example' }, 'signature_rejected'],
    ]
    for (const [changes, code] of cases) {
      expect(
        await codeOf(() => {
          verifyPush({ ...push, ...changes }, jwks)
        }),
      ).toBe(code)
    }
  })

  it('nothing that passes for another kind', async () => {
    const tokens = {
      receipt: await makeReceipt(signer, RECEIPT),
      outcome: await makeOutcome(signer, OUTCOME),
      push: (await pushOf(signer)).token,
    }
    for (const [name, token] of Object.entries(tokens)) {
      for (const [other, typ] of Object.entries(TOKEN_TYPES)) {
        if (other === name) continue
        expect(await codeOf(() => verifyOurs(token, typ, jwks))).toBe('malformed_token')
      }
      expect(await codeOf(() => verifyRequest(inbound(token), deps()))).toBe('malformed_token')
    }
  })

  it('nothing that holds for another key', async () => {
    const token = await makeReceipt(signer, RECEIPT)
    const other = createKeySigner(generatePrivateKey(alg), signer.kid).publicJwk
    for (const keys of [[], [other]]) {
      const verifying = (): unknown => verifyOurs(token, TOKEN_TYPES.receipt, { keys })
      expect(await codeOf(verifying)).toBe('signature_rejected')
    }
  })

  it('requests, as a sender does', async () => {
    const fields = { issuer: SENDER, audience: ISSUER, method: 'POST', url: `${URL_CALLED}?a=1#b` }
    const content = { body: BODY, contentType: 'application/json', now: NOW, jti: 'j'.repeat(16) }
    const identity = { privateKey: PRIVATE_KEYS[alg], kid: KIDS[alg] }
    const token = await makeRequestToken({ ...fields, ...content, ...identity })
    expect((await verifyRequest(inbound(token), deps())).jti).toBe('j'.repeat(16))
    expect(decodeProtectedHeader(token)).toEqual({ alg, typ: 'mdg-req+jwt', kid: KIDS[alg] })
    const overrides = { aud: 'https://other.example' }
    const wrong = await makeRequestToken({ ...fields, ...content, ...identity, overrides })
    expect(await codeOf(() => verifyRequest(inbound(wrong), deps()))).toBe('wrong_audience')
    const get = { ...content, body: new Uint8Array(), contentType: undefined }
    const read = await makeRequestToken({ ...fields, ...get, ...identity, method: 'GET' })
    const request = inbound(read, { method: 'GET', ...get })
    expect((await verifyRequest(request, deps())).senderId).toBe(SENDER)
  })

  it('keys that go through PEM', async () => {
    const key = generatePrivateKey(alg)
    const pem = exportPrivateKeyPem(key)
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(algorithmOf(importPrivateKeyPem(pem))).toBe(alg)
    const again = createKeySigner(importPrivateKeyPem(pem))
    expect(again.kid).toBe(createKeySigner(key).kid)
    await compactVerify(await signJws(again, TOKEN_TYPES.receipt, {}), createPublicKey(key))
  })
})

async function pushOf(signer: Signer): Promise<ReceivedPush> {
  const sent = { issuer: ISSUER, audience: SENDER, body: BODY, now: NOW }
  const url = `${CALLBACK}?tenant=1`
  const token = await makePushToken(signer, { ...sent, url, jti: `dlv_${UUID}` })
  return { ...sent, url, token, toleranceMs: 300_000, leadMs: 60_000 }
}

describe('keys of other kinds', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2_048 }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey

  it('are refused, and texts that are no key, without a word of them', async () => {
    for (const key of [small, pss, p384]) {
      expect(await codeOf(() => createKeySigner(key))).toBe('invalid_input')
      expect(await codeOf(() => importPrivateKeyPem(exportPrivateKeyPem(key)))).toBe(
        'invalid_input',
      )
    }
    const publicKey = createPublicKey(PRIVATE_KEYS.ES256)
    expect(await codeOf(() => createKeySigner(publicKey))).toBe('invalid_input')
    expect(await codeOf(() => importPrivateKeyPem('-----BEGIN x'))).toBe('invalid_input')
    expect(await codeOf(() => createKeySigner(PRIVATE_KEYS.EdDSA, 'a b'))).toBe('invalid_input')
  })
})

describe('a signer that fails', () => {
  it('fails what it was asked for', async () => {
    const signer: Signer = {
      ...createKeySigner(PRIVATE_KEYS.ES256),
      sign: () => Promise.reject(new Error('HSM is away')),
    }
    await expect(makeReceipt(signer, RECEIPT)).rejects.toThrow('HSM is away')
  })

  it('passes on what the crypto library says', async () => {
    const signing = createKeySigner(PRIVATE_KEYS.ES256).sign({} as unknown as Uint8Array)
    await expect(signing).rejects.toThrow(TypeError)
  })
})

describe('verifyOurs', () => {
  it('takes a long outcome, but no endless one', async () => {
    const signer = createKeySigner(PRIVATE_KEYS.ES256)
    const jwks = { keys: [signer.publicJwk] }
    const header = { alg: 'ES256', typ: TOKEN_TYPES.outcome, kid: signer.kid }
    const notes = Array.from({ length: 5 }, () => 'あ'.repeat(3_000))
    const long = signRaw(header, { notes: notes.slice(0, 3) }, PRIVATE_KEYS.ES256)
    expect(verifyOurs(long, TOKEN_TYPES.outcome, jwks)['notes']).toHaveLength(3)
    const endless = signRaw(header, { notes: [...notes, ...notes] }, PRIVATE_KEYS.ES256)
    expect(await codeOf(() => verifyOurs(endless, TOKEN_TYPES.outcome, jwks))).toBe(
      'malformed_token',
    )
  })
})
