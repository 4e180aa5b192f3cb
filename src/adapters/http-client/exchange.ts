import { request, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TransportFault } from '../../ports/outcome-transport.ts'
import { within } from './transport-failure.ts'

/** More of an answer is never read. */
export const MAX_ANSWER_BYTES = 64 * 1024

export interface Answer {
  readonly status: number
  readonly body: Uint8Array
  readonly retryAfter: string | undefined
}

/** One POST and its answer on an open connection, which is spent afterwards. Follows nothing. */
export function exchange(
  socket: Socket,
  call: {
    readonly url: URL
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array
    readonly signal: AbortSignal
  },
): Promise<Answer> {
  const { url, headers, body, signal } = call
  return within(signal, (done, fail) => {
    const outgoing = request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, 'content-length': body.length },
      createConnection: () => socket,
    })
    outgoing.once('error', (error) => {
      fail(faultOf(error))
    })
    // The end without an answer; after one it says nothing new.
    outgoing.once('close', () => {
      fail('connection_lost')
    })
    outgoing.once('response', (incoming) => {
      collect(incoming, done, fail)
    })
    outgoing.end(body)
  })
}

function collect(
  incoming: IncomingMessage,
  done: (answer: Answer) => void,
  fail: (code: TransportFault) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) {
      fail('answer_too_large')
      incoming.destroy()
    } else chunks.push(chunk)
  })
  incoming.once('error', () => {
    fail('connection_lost')
  })
  incoming.once('end', () => {
    done({
      status: incoming.statusCode ?? 0,
      body: new Uint8Array(Buffer.concat(chunks)),
      retryAfter: incoming.headers['retry-after'],
    })
  })
}

/** Headers beyond Node's own limit of 16 KiB are an answer too large as well. */
function faultOf(error: Error & { readonly code?: string }): TransportFault {
  return error.code === 'HPE_HEADER_OVERFLOW' ? 'answer_too_large' : 'connection_lost'
}
