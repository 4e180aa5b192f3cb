import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../ports/runtime.ts'
import { parseStrictJson } from '../../signing/strict-json.ts'
import { verifyPush } from '../../signing/verify-ours.ts'
import { check, type Check } from './check.ts'
import { checkOutcome, isOutcomeMessage, type CheckedOutcome } from './check-outcome.ts'
import type { DeskDirectory } from './desk-directory.ts'

const MAX_BYTES = 65_536
const PATH = '/outcomes'

/** What the endpoint of a pretend hotline knows, and whom it tells. */
export interface ReceiverOptions {
  readonly clock: Clock
  readonly senderId: string
  /** Asked at each push, for the desk may have started after us. */
  readonly desk: () => DeskDirectory | undefined
  /** The leaf hash in the receipt of a notice, by the sender's own id. */
  readonly receiptLeaf: (senderNoticeId: string) => Promise<string | undefined>
  readonly onOutcome: (outcome: CheckedOutcome) => void
  /** What is answered in place of looking at a push: a status, or nothing at all. */
  readonly refuse?: () => number | 'silence' | undefined
}

/** The endpoint at which a pretend hotline takes its outcomes, on this machine only. */
export interface OutcomeReceiver {
  readonly url: string
  close(): Promise<void>
}

/**
 * Opens the endpoint on a port of 127.0.0.1 (0: any free one). Believes nothing that isn't signed over
 * these bytes for this URL, and acknowledges what it has checked.
 */
export async function openReceiver(
  port: number,
  options: ReceiverOptions,
): Promise<OutcomeReceiver> {
  const server = createServer((req, res) => {
    void receive(req, res, urlOf(server), options)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: urlOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`
}

async function receive(
  req: IncomingMessage,
  res: ServerResponse,
  url: string,
  options: ReceiverOptions,
): Promise<void> {
  const refusal = options.refuse?.()
  if (refusal === 'silence') return
  if (refusal !== undefined) {
    req.resume()
    res.writeHead(refusal).end()
    return
  }
  const { status, answer = {} } = await judge(req, url, options)
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

async function judge(
  req: IncomingMessage,
  url: string,
  options: ReceiverOptions,
): Promise<{ readonly status: number; readonly answer?: object }> {
  const { senderId, receiptLeaf, onOutcome } = options
  const body = await readBody(req)
  const desk = options.desk()
  if (req.method !== 'POST' || body === undefined || desk === undefined) return { status: 400 }
  const push = checkPush(req, body, url, desk, options)
  if (!push.holds) return { status: 401 }
  const message = parseStrictJson(body)
  if (!isOutcomeMessage(message)) return { status: 400 }
  const { senderNoticeId } = checkOutcome(desk, senderId, message)
  const leaf = await receiptLeaf(senderNoticeId)
  const checked = checkOutcome(desk, senderId, message, leaf)
  onOutcome({ ...checked, checks: [push, ...checked.checks] })
  const holds = checked.checks.every((each) => each.holds)
  return holds ? { status: 200, answer: { acknowledged: checked.id } } : { status: 422 }
}

function checkPush(
  req: IncomingMessage,
  body: Uint8Array,
  url: string,
  desk: DeskDirectory,
  { clock, senderId }: ReceiverOptions,
): Check {
  return check(
    'push_signature',
    '送付は、この宛先とこの本文について窓口が署名したものです',
    'The push is signed by the desk for this endpoint and this body',
    () => {
      const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? ''
      const window = { now: clock.now(), toleranceMs: 300_000, leadMs: 60_000 }
      const push = { ...window, token, issuer: desk.issuer, audience: senderId, url, body }
      verifyPush(push, desk.jwks)
      return true
    },
  )
}

async function readBody(req: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
