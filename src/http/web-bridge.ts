import { createServer, request as open, type IncomingMessage } from 'node:http'
import { duplexPair, Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Listener } from './faces.ts'

/** Of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
/** As nginx logs it. */
const GONE = 499
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** What the listener has to know of a request beside what went through the streams. */
interface Arrival {
  readonly declaredLength: string | null
  readonly isRead: boolean
}

/**
 * Answers Web requests with a listener for Node's: each goes as HTTP/1.1 through a pair of streams in
 * memory, so that limits, aborting, HEAD and headers are Node's own. No socket is opened.
 */
export function bridgeWeb(listener: Listener): (request: Request) => Promise<Response> {
  const arrivals = new WeakMap<Duplex, Arrival>()
  const server = createServer({ insecureHTTPParser: false }, (req, res) => {
    const { declaredLength = null, isRead = false } = arrivals.get(req.socket) ?? {}
    // In memory a body comes in chunks; the limits go by what was declared outside.
    if (declaredLength !== null) req.headers['content-length'] = declaredLength
    if (isRead) Object.assign(req, { body: null })
    res.sendDate = false
    listener(req, res)
  })
  return async (request) => {
    const [near, far] = duplexPair()
    const { headers, bodyUsed: isRead } = request
    arrivals.set(far, { declaredLength: headers.get('content-length'), isRead })
    server.emit('connection', far)
    try {
      return toResponse(await exchange(request, near), request.method)
    } catch (fault) {
      // Nobody waits for it any more, so that it is no fault to be told of.
      if (request.signal.aborted) return new Response(null, { status: GONE })
      throw fault
    }
  }
}

function exchange(request: Request, connection: Duplex): Promise<IncomingMessage> {
  const { method, body, bodyUsed, signal } = request
  const { pathname, search, host } = new URL(request.url)
  return new Promise((resolve, reject) => {
    const outgoing = open(
      {
        method,
        path: `${pathname}${search}`,
        headers: { host, ...headersOf(request) },
        createConnection: () => connection,
        signal,
      },
      resolve,
    )
    outgoing.on('error', reject)
    if (body === null || bodyUsed) {
      outgoing.end()
      return
    }
    outgoing.flushHeaders()
    // Whoever answers before the end of a body closes the connection, and the answer says why.
    pipeline(Readable.fromWeb(body), outgoing).catch(() => undefined)
  })
}

function headersOf({ headers }: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-length'),
  )
}

function toResponse(answer: IncomingMessage, method: string): Response {
  const { statusCode: status = 500, rawHeaders } = answer
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.append(name, rawHeaders[at + 1] ?? '')
  }
  if (method !== 'HEAD' && !NO_BODY.has(status))
    return new Response(Readable.toWeb(answer), { status, headers })
  answer.resume()
  return new Response(null, { status, headers })
}
