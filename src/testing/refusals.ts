import { isJsonObject, type JsonValue } from '../signing/strict-json.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import type { Ask } from '../cli/hotline/ask.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import type { NoticeDocument } from '../generated/types.ts'
import { BAD_BODIES, BAD_SIGNATURES, type BadRequest } from './bad-requests.ts'
import { noticeOf } from './fixtures.ts'
import { reach, type Target } from './reach.ts'
import { signRequest, type Tamper } from './sign-request.ts'
import type { TestSender } from './test-sender.ts'

/** Status and problem code; `null` where it is none. */
export interface Answer {
  readonly status: number
  readonly code: string | null
}

/** One request: what must come back, and what came. */
export interface RefusalCheck {
  /** Stable, `lower_snake`. */
  readonly name: string
  readonly text: Bilingual
  readonly expected: Answer
  readonly got: Answer
  readonly ok: boolean
}

interface Desk {
  readonly ask: Ask
  readonly sender: TestSender
  readonly url: string
  readonly audience: string
  readonly host: string
}

/**
 * Sends the requests that a desk must refuse, and the few beside them that it must take, to the routes as
 * a platform has mounted them: one row for each, in the order in which they were sent. A parser in the
 * wrong place, a lost header or a rewritten body shows here by name.
 *
 * ```ts
 * const wrong = (await refusals(app, { sender })).filter(({ ok }) => !ok)
 * assert.deepEqual(wrong, [])
 * ```
 *
 * The sender must be registered ({@link TestSender.register}), its revoked key too. What is taken is
 * marked as a test notice.
 */
export async function refusals(
  target: Target,
  { sender }: { readonly sender: TestSender },
): Promise<readonly RefusalCheck[]> {
  const desk = await visit(reach(target), sender)
  const found: RefusalCheck[] = []
  for (const bad of [...BAD_SIGNATURES, ...BAD_BODIES]) found.push(await tryBad(desk, bad))
  found.push(await tryWrongMethod(desk), await tryUnknownPath(desk))
  return [...found, ...(await tryTaken(desk))]
}

async function visit(ask: Ask, sender: TestSender): Promise<Desk> {
  const document = 'https://desk.example/.well-known/madoguchi-configuration'
  const response = await ask(new Request(document))
  const answer = (await response.json().catch(() => undefined)) as JsonValue | undefined
  const { issuer, notices_endpoint: url, hosts } = isJsonObject(answer) ? answer : {}
  const host = Array.isArray(hosts) ? (hosts as readonly unknown[])[0] : undefined
  if (typeof issuer !== 'string' || typeof url !== 'string' || typeof host !== 'string')
    throw new Error(
      'no desk found: mount wellKnownRouter at the root of the origin, and set MADOGUCHI_TARGET_HOSTS',
    )
  return { ask, sender, url, audience: issuer, host }
}

function goodNotice({ sender, host }: Desk): NoticeDocument {
  const id = createSystemRandom(sender.clock).id('rcp')
  const target = { ...noticeOf('yamibaito_recruitment').target, url: `https://${host}/posts/${id}` }
  return noticeOf('yamibaito_recruitment', { id, target, test: true })
}

async function tryBad(desk: Desk, bad: BadRequest): Promise<RefusalCheck> {
  const { url, audience, sender } = desk
  const notice = { ...goodNotice(desk), ...bad.notice }
  const body = bad.bytes?.(notice) ?? notice
  const request = await signRequest(sender, { url, audience, body, ...bad.request }, bad.tamper)
  return judged(desk, bad, request)
}

async function tryWrongMethod(desk: Desk): Promise<RefusalCheck> {
  const { sender, url, audience } = desk
  const request = await signRequest(sender, {
    url,
    audience,
    method: 'PUT',
    body: goodNotice(desk),
  })
  const text = { ja: '対象外のメソッド', en: 'A method that isn’t one' }
  return judged(desk, { name: 'method', text, status: 400, code: 'malformed_request' }, request)
}

async function tryUnknownPath(desk: Desk): Promise<RefusalCheck> {
  const { sender, audience } = desk
  const url = `${desk.url}/no-such/path`
  const request = await signRequest(sender, { url, audience, body: goodNotice(desk) })
  const text = { ja: '存在しないパス', en: 'A path that isn’t one' }
  return judged(desk, { name: 'path', text, status: 404, code: 'not_found' }, request)
}

/** The same notice again is the same; another one under its id, or its token once more, is none. */
async function tryTaken(desk: Desk): Promise<RefusalCheck[]> {
  const notice = goodNotice(desk)
  const bytes = new TextEncoder().encode(`${JSON.stringify(notice, null, 3)} \r\n`)
  const jti = createSystemRandom(desk.sender.clock).id('rcp')
  const post = async (
    [name, ja, en]: readonly [string, string, string],
    [status, code]: readonly [number, string | null],
    body: unknown,
    tamper: Tamper = {},
  ): Promise<RefusalCheck> => {
    const { sender, url, audience } = desk
    const request = await signRequest(sender, { url, audience, body }, tamper)
    return judged(desk, { name, text: { ja, en }, status, code }, request)
  }
  return [
    await post(
      ['bytes_untouched', '空白や改行もそのまま', 'Every byte as it was'],
      [202, null],
      bytes,
      {
        claims: { jti },
      },
    ),
    await post(['replay', '同じ通知の再送', 'The same notice again'], [202, null], bytes),
    await post(
      ['id_reused', '同じ id で別の内容', 'The same id, another body'],
      [422, 'notice_id_reused'],
      { ...notice, reasoning: '別の理由' },
    ),
    await post(
      ['token_reused', '同じトークンで別の通知', 'The same token, another notice'],
      [401, 'token_reused'],
      goodNotice(desk),
      { claims: { jti } },
    ),
  ]
}

async function judged(
  { ask }: Desk,
  { name, text, status, code }: Pick<BadRequest, 'name' | 'text' | 'status' | 'code'>,
  request: Request,
): Promise<RefusalCheck> {
  const expected = { status, code }
  const got = await answerOf(ask, request)
  const ok = got.status === status && got.code === code
  return { name, text, expected, got, ok }
}

async function answerOf(ask: Ask, request: Request): Promise<Answer> {
  try {
    const response = await ask(request)
    const body = (await response.json().catch(() => undefined)) as JsonValue | undefined
    const code = isJsonObject(body) ? body['code'] : undefined
    return { status: response.status, code: typeof code === 'string' ? code : null }
  } catch {
    // Whoever hangs up in the middle of a request answers nothing.
    return { status: 0, code: null }
  }
}
