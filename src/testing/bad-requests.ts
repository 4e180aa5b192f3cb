import type { Bilingual } from '../core/vocabulary.ts'
import type { NoticeDocument } from '../generated/types.ts'
import type { RequestToSign, Tamper } from './sign-request.ts'

/** One request that a desk must refuse, or must not. */
export interface BadRequest {
  readonly name: string
  readonly text: Bilingual
  readonly status: number
  /** `null`: it must be taken. */
  readonly code: string | null
  readonly request?: Partial<RequestToSign>
  readonly tamper?: Tamper
  /** Of a good notice. */
  readonly notice?: Readonly<Record<string, unknown>>
  /** The body is made from the good notice. */
  readonly bytes?: (notice: NoticeDocument) => Uint8Array
}

const DAY_SECONDS = 86_400
const utf8 = new TextEncoder()
const text = (value: string) => (): Uint8Array => utf8.encode(value)
const json = (notice: NoticeDocument): string => JSON.stringify(notice)
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const row = (
  name: string,
  [status, code]: readonly [number, string | null],
  [ja, en]: readonly [string, string],
  rest: Omit<BadRequest, 'name' | 'text' | 'status' | 'code'>,
): BadRequest => ({ name, status, code, text: { ja, en }, ...rest })

const bearer = (token: string): Tamper => ({ headers: { authorization: `Bearer ${token}` } })
const noneToken = `${part({ alg: 'none', typ: 'mdg-req+jwt', kid: 'k' })}.${part({})}.${'A'.repeat(86)}`

/** What is wrong with the signature. */
export const BAD_SIGNATURES: readonly BadRequest[] = [
  row('no_signature', [401, 'signature_missing'], ['署名なし', 'No signature'], {
    tamper: { unsigned: true },
  }),
  row('no_token', [400, 'malformed_token'], ['JWS でない署名', 'No JWS'], {
    tamper: bearer('abc'),
  }),
  row('alg_none', [400, 'malformed_token'], ['alg が none', 'alg none'], {
    tamper: bearer(noneToken),
  }),
  row('two_headers', [400, 'malformed_token'], ['署名ヘッダーが二つ', 'Two signature headers'], {
    tamper: { headers: { 'madoguchi-signature': 'a.b.c' } },
  }),
  row('claims_malformed', [400, 'malformed_claims'], ['形の違うクレーム', 'A claim of no form'], {
    tamper: { claims: { body_sha256: 'x' } },
  }),
  row('lives_too_long', [400, 'malformed_claims'], ['有効期間が長い', 'Lives too long'], {
    tamper: { claims: { exp: 4_000_000_000 } },
  }),
  row('stale', [401, 'time_skew'], ['古い署名', 'Signed long ago'], {
    tamper: { skewSeconds: -DAY_SECONDS },
  }),
  row('future', [401, 'time_skew'], ['先の時刻の署名', 'Signed in the future'], {
    tamper: { skewSeconds: DAY_SECONDS },
  }),
  row('wrong_audience', [401, 'wrong_audience'], ['宛先違い', 'For another desk'], {
    tamper: { claims: { aud: 'https://other.example' } },
  }),
  row('wrong_method', [401, 'wrong_method_or_url'], ['メソッド違い', 'For another method'], {
    tamper: { claims: { htm: 'PUT' } },
  }),
  row('wrong_path', [401, 'wrong_method_or_url'], ['URL 違い', 'For another URL'], {
    tamper: { claims: { htu: 'https://other.example/v1/notices' } },
  }),
  row('body_changed', [401, 'body_hash_mismatch'], ['本文の改変', 'The body was changed'], {
    tamper: { body: 'longer' },
  }),
  row(
    'signature_changed',
    [401, 'signature_rejected'],
    ['署名の改変', 'The signature was changed'],
    {
      tamper: { signature: true },
    },
  ),
  row('unknown_key', [401, 'signature_rejected'], ['未登録の鍵', 'A key that nobody knows'], {
    tamper: { unknownKey: true },
  }),
  row('unknown_sender', [401, 'signature_rejected'], ['未登録の通知元', 'A sender nobody knows'], {
    tamper: { claims: { iss: 'https://nobody.example/' } },
  }),
  row('revoked_key', [401, 'key_revoked'], ['失効した鍵', 'A revoked key'], {
    tamper: { revokedKey: true },
  }),
]

/** What is wrong with the body. */
export const BAD_BODIES: readonly BadRequest[] = [
  row('too_large', [413, 'too_large'], ['大きすぎる本文', 'Too large'], {
    bytes: () => new Uint8Array(300_000).fill(0x20),
  }),
  row('not_json_type', [415, 'unsupported_media_type'], ['text/plain', 'text/plain'], {
    tamper: { headers: { 'content-type': 'text/plain' } },
  }),
  row('no_json', [400, 'malformed_json'], ['JSON でない本文', 'No JSON'], {
    bytes: text('{"id":'),
  }),
  row('byte_order_mark', [400, 'malformed_json'], ['BOM 付き', 'A byte order mark'], {
    bytes: (notice) => utf8.encode(`\uFEFF${json(notice)}`),
  }),
  row('duplicate_key', [400, 'malformed_json'], ['重複キー', 'A key twice'], {
    bytes: (notice) => utf8.encode(json(notice).replace('{', '{"id":"duplicate-0001",')),
  }),
  row('not_utf8', [400, 'malformed_json'], ['UTF-8 でない本文', 'Not UTF-8'], {
    bytes: () => Uint8Array.of(0x22, 0xc3, 0x28, 0x22),
  }),
  row('unknown_member', [422, 'schema_mismatch'], ['未知の項目', 'An unknown member'], {
    notice: { no_such_member: 1 },
  }),
  row('member_missing', [422, 'schema_mismatch'], ['必須項目の不足', 'A member is missing'], {
    notice: { reasoning: undefined },
  }),
  row('unknown_form', [422, 'unknown_form'], ['未知の書式', 'An unknown form'], {
    notice: { form: 'postcard' },
  }),
  row('foreign_target', [422, 'target_foreign'], ['他社の URL', 'A URL of somebody else'], {
    notice: { target: { url: 'https://elsewhere.example/posts/1' } },
  }),
  row('dated_ahead', [422, 'issued_in_future'], ['未来の日付', 'Dated ahead'], {
    notice: { issued_on: '2199-01-01' },
  }),
]
