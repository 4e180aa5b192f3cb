import { createSystemRandom } from '../adapters/system/random.ts'
import { publicJwkOf } from '../cli/key-files.ts'
import { makeRequestToken } from '../signing/make-request.ts'
import type { TestSender } from './test-sender.ts'

/** A request as a sender makes it. */
export interface RequestToSign {
  /** Absolute, as the desk is configured, e.g. `https://sns.example/madoguchi/v1/notices`. */
  readonly url: string
  /** `issuer` of the desk. */
  readonly audience: string
  /** Default: POST with a body, else GET. */
  readonly method?: string
  /** Bytes as they are; anything else as JSON. */
  readonly body?: unknown
}

/** What is bent, before the signature or after it. */
export interface Tamper {
  /** Claims that replace or join those of the profile, and are signed. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Seconds by which the signer's clock is off. */
  readonly skewSeconds?: number
  /** Names a key that nobody registered. */
  readonly unknownKey?: boolean
  /** Signs with the key that is revoked. */
  readonly revokedKey?: boolean
  /** After signing: one more byte, or another body altogether. */
  readonly body?: 'longer' | Uint8Array
  /** After signing: one bit. */
  readonly signature?: boolean
  /** Sends no signature. */
  readonly unsigned?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** Signs a request by profile `mdg-jwt-1`, rightly or, by `tamper`, wrongly. */
export async function signRequest(
  sender: TestSender,
  { url, audience, body, method = body === undefined ? 'GET' : 'POST' }: RequestToSign,
  tamper: Tamper = {},
): Promise<Request> {
  const privateKey = tamper.revokedKey === true ? sender.revokedKey : sender.key
  const bytes = bytesOf(body)
  const token = await makeRequestToken({
    privateKey,
    kid: tamper.unknownKey === true ? 'no-such-key' : String(publicJwkOf(privateKey)['kid']),
    issuer: sender.id,
    audience,
    method,
    url,
    body: bytes,
    contentType: body === undefined ? undefined : 'application/json',
    now: sender.clock.now() + (tamper.skewSeconds ?? 0) * 1_000,
    jti: createSystemRandom(sender.clock).id('rcp'),
    ...(tamper.claims === undefined ? {} : { overrides: tamper.claims }),
  })
  const headers = headersOf(tamper, token, body !== undefined)
  if (body === undefined) return new Request(url, { method, headers })
  return new Request(url, { method, headers, body: Buffer.from(sentBytes(bytes, tamper)) })
}

function headersOf(tamper: Tamper, token: string, hasBody: boolean): Record<string, string> {
  const signed = tamper.signature === true ? otherSignature(token) : token
  return {
    ...(tamper.unsigned === true ? {} : { authorization: `Bearer ${signed}` }),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...tamper.headers,
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array()
  return body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body))
}

function sentBytes(signed: Uint8Array, { body }: Tamper): Uint8Array {
  if (body === 'longer') return Uint8Array.of(...signed, 0x20)
  return body ?? signed
}

function otherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 11
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}
