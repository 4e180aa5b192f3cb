import { constants, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import type { InboundNotice } from '../../src/core/notice.ts'
import {
  SIGNING_ALGORITHMS,
  type KeyState,
  type Sender,
  type SenderKey,
  type SigningAlgorithm,
} from '../../src/core/sender.ts'
import { MadoguchiError, type ErrorCode } from '../../src/errors/madoguchi-error.ts'
import { sha256Base64url } from '../../src/signing/sha256.ts'
import { importPublicJwk } from '../../src/signing/jwk.ts'
import { generatePrivateKey } from '../../src/signing/key-pem.ts'
import type { SenderKeyWithSender, VerifyDeps } from '../../src/signing/verify-request.ts'

export const NOW = Date.parse('2026-11-22T01:02:03.456Z')
export const IAT = Math.floor(NOW / 1_000)
export const ISSUER = 'https://sns.example'
export const SENDER = 'https://hotline.example'
export const URL_CALLED = 'https://sns.example/madoguchi/v1/notices'
export const BODY = new TextEncoder().encode('{"id":"2026-000123","form":"public_order"}')

export const PRIVATE_KEYS: Readonly<Record<SigningAlgorithm, KeyObject>> = {
  ES256: generatePrivateKey('ES256'),
  EdDSA: generatePrivateKey('EdDSA'),
  PS256: generatePrivateKey('PS256'),
  RS256: generatePrivateKey('RS256'),
}
export const KIDS = { ES256: 'es-1', EdDSA: 'ed-1', PS256: 'ps-1', RS256: 'rs-1' } as const

/** Public members with `alg`, as a sender hands its key over. */
export const publicJwkOf = (alg: SigningAlgorithm): Record<string, unknown> => ({
  ...createPublicKey(PRIVATE_KEYS[alg]).export({ format: 'jwk' }),
  alg,
})

/** The code of what a function throws or rejects with; anything but a `MadoguchiError` fails. */
export async function codeOf(run: () => unknown): Promise<ErrorCode> {
  return (await errorOf(run)).code
}

export async function errorOf(run: () => unknown): Promise<MadoguchiError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof MadoguchiError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

export const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs whatever is given, with node:crypto alone; with PSS where the header says so. */
export function signRaw(
  header: Readonly<Record<string, unknown>>,
  claims: unknown,
  key: KeyObject,
): string {
  const input = `${b64(header)}.${b64(claims)}`
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const isPss = header['alg'] === 'PS256' && key.asymmetricKeyType === 'rsa'
  const signature = sign(digest, Buffer.from(input), {
    key,
    dsaEncoding: 'ieee-p1363',
    ...(isPss ? pss : {}),
  })
  return `${input}.${signature.toString('base64url')}`
}

export const headerOf = (alg: SigningAlgorithm): Record<string, unknown> => ({
  alg,
  typ: 'mdg-req+jwt',
  kid: KIDS[alg],
})

export const goodClaims = (): Record<string, unknown> => ({
  iss: SENDER,
  aud: ISSUER,
  iat: IAT,
  exp: IAT + 300,
  jti: '0123456789abcdef',
  htm: 'POST',
  htu: URL_CALLED,
  cty: 'application/json',
  body_sha256: sha256Base64url(BODY),
})

export const goodToken = (alg: SigningAlgorithm = 'ES256'): string =>
  signRaw(headerOf(alg), goodClaims(), PRIVATE_KEYS[alg])

export const inbound = (token: string, changes: Partial<InboundNotice> = {}): InboundNotice => ({
  method: 'POST',
  url: URL_CALLED,
  body: BODY,
  contentType: 'application/json',
  token,
  ...changes,
})

const sender = (state: Sender['state']): Sender => ({
  id: SENDER,
  name: 'Hotline',
  type: 'hotline_private',
  tier: 'ordinary',
  tierReason: null,
  accreditation: null,
  criteria: null,
  nature: 'voluntary_request',
  commission: null,
  statutesInCharge: null,
  licensingPowers: false,
  scope: null,
  agreedRatePerDay: 100,
  agreedBand0RatePerDay: 10,
  callbackUrl: null,
  state,
  createdAt: 0,
})

export function registered(
  alg: SigningAlgorithm,
  states: { key?: KeyState; sender?: Sender['state'] } = {},
): SenderKeyWithSender {
  const { jwk } = importPublicJwk(publicJwkOf(alg))
  const key: SenderKey = {
    senderId: SENDER,
    kid: KIDS[alg],
    alg,
    jwk,
    state: states.key ?? 'active',
    createdAt: 0,
    lastUsedAt: null,
    notBefore: null,
    retireAt: null,
  }
  return { key, sender: sender(states.sender ?? 'active') }
}

export function deps(
  changes: Partial<VerifyDeps> = {},
  states: { key?: KeyState; sender?: Sender['state'] } = {},
): VerifyDeps {
  const rows = SIGNING_ALGORITHMS.map((alg) => registered(alg, states))
  return {
    audience: ISSUER,
    now: NOW,
    toleranceMs: 300_000,
    leadMs: 60_000,
    lookup: (senderId, kid) =>
      Promise.resolve(rows.find(({ key }) => key.senderId === senderId && key.kid === kid)),
    ...changes,
  }
}

/** The key of RFC 8037 A.1 and that of RFC 7515 A.3. */
export const RFC_KEYS = {
  ed25519: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  p256: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  },
} as const

export const rfcPrivateKey = (name: keyof typeof RFC_KEYS): KeyObject =>
  createPrivateKey({ key: RFC_KEYS[name], format: 'jwk' })
