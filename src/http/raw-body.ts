import type { AppContext } from '../app/context.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Request } from './request.ts'

/** How much may come, in what time, by which clock. */
export interface BodyLimits {
  readonly maxBytes: number
  /** For the whole body, from its first wait. */
  readonly timeoutMs: number
  readonly clock: AppContext['clock']
}

/** Two of these mean two things to two readers (RFC 9112 §3.2, §11). */
const SINGLE: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'madoguchi-signature',
])

const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i

/**
 * Refuses what proxies and servers read in different ways: a header twice of which one is meant, and
 * request targets in absolute form. Node itself refuses conflicting lengths, folded and malformed headers.
 *
 * @throws MadoguchiError `malformed_request`.
 */
export function checkHead(req: Request): void {
  if (!req.originalUrl.startsWith('/')) throw new MadoguchiError('malformed_request')
  const seen = new Set<string>()
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const name = (req.rawHeaders[at] ?? '').toLowerCase()
    if (!SINGLE.has(name)) continue
    if (seen.has(name)) throw new MadoguchiError('malformed_request')
    seen.add(name)
  }
}

/** For requests that carry nothing. Throws `malformed_request`. */
export function requireNoBody(req: Request): void {
  const length = req.headers['content-length']
  if (req.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'))
    throw new MadoguchiError('malformed_request')
}

/**
 * The exact bytes of a JSON body, since what was signed are bytes: those that something in front kept as
 * they came, else the unread stream. A declared length over the limit is answered without waiting for
 * a byte.
 *
 * @throws MadoguchiError `too_large`, `unsupported_media_type`, `body_already_parsed` (a fault of the
 *   platform's set-up), `body_timeout`, `malformed_request` where the connection broke off.
 */
export async function readRawBody(req: Request, limits: BodyLimits): Promise<Uint8Array> {
  const kept = keptBytes(req)
  if (kept === undefined && (req.body !== undefined || req.readableDidRead))
    throw new MadoguchiError('body_already_parsed')
  if ((kept?.length ?? Number(req.headers['content-length'] ?? 0)) > limits.maxBytes)
    throw new MadoguchiError('too_large')
  if (
    req.headers['content-encoding'] !== undefined ||
    !JSON_TYPE.test(req.headers['content-type'] ?? '')
  )
    throw new MadoguchiError('unsupported_media_type')
  return kept ?? collect(req, limits)
}

/** Not text: that was decoded, and what it was before can't be told any more. */
export function keptBytes({ rawBody, body }: Request): Uint8Array | undefined {
  return [rawBody, body].find((option) => option instanceof Uint8Array)
}

function collect(req: Request, { maxBytes, timeoutMs, clock }: BodyLimits): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const timer = clock.after(timeoutMs, () => {
      fail('body_timeout')
    })
    const leave = (): void => {
      timer.cancel()
      req.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak)
    }
    const fail = (code: 'body_timeout' | 'too_large' | 'malformed_request'): void => {
      leave()
      req.pause()
      reject(new MadoguchiError(code))
    }
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > maxBytes) fail('too_large')
      else chunks.push(chunk)
    }
    const onEnd = (): void => {
      leave()
      resolve(Buffer.concat(chunks, bytes))
    }
    const onBreak = (): void => {
      fail('malformed_request')
    }
    req.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak)
  })
}
