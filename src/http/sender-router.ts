import type { Router } from 'express'
import { noteRefusal } from '../app/note-refusal.ts'
import type { AppContext } from '../app/context.ts'
import { ownNotice, ownNotices } from '../app/read-own-notices.ts'
import { readRegistration } from '../app/read-registration.ts'
import { receiveMessage } from '../app/receive-message.ts'
import { receiveNotice, verifySender, type Acceptance } from '../app/receive-notice.ts'
import type { MessageKind } from '../core/message.ts'
import { SECOND } from '../core/time.ts'
import { aboutEndpoint } from './about-endpoint.ts'
import { signatureIfAny } from './bearer-token.ts'
import { createRouter, segment, type Endpoint } from './endpoint.ts'
import { inboundWithBody, inboundWithoutBody } from './inbound.ts'
import { ledgerEndpoints } from './ledger-endpoints.ts'
import { outcomeEndpoints } from './outcome-endpoints.ts'
import { optionalTime, readPage, readQuery } from './query.ts'
import type { BodyLimits } from './raw-body.ts'
import { pathOf, type Request, type Response } from './request.ts'
import { sendView } from './send.ts'

/** What a platform may set apart from the configuration. */
export interface SenderRouterOptions {
  /** How long a body may take to arrive. Default: 15 s. */
  readonly bodyTimeoutMs?: number
}

/**
 * What senders call, and the public face of the ledger. Mount it at the path of the public URL, before
 * any body parser.
 */
export function createSenderRouter(
  ctx: AppContext,
  { bodyTimeoutMs = 15 * SECOND }: SenderRouterOptions = {},
): Router {
  const { config, clock } = ctx
  const limits: BodyLimits = { maxBytes: config.maxBodyBytes, timeoutMs: bodyTimeoutMs, clock }
  const endpoints = [
    ...noticeEndpoints(ctx, limits),
    ...outcomeEndpoints(ctx, limits),
    ...ledgerEndpoints(ctx),
    aboutEndpoint(ctx),
  ]
  return createRouter(ctx, endpoints, {
    owned: ['/v1/notices', '/v1/registration', '/v1/about', '/v1/outcomes', '/v1/ledger'],
    onProblem: (code, req) => {
      // What anybody may read is no message of a sender.
      if (/^\/v1\/(ledger|about)/.test(pathOf(req))) return
      const bytes = Number(req.headers['content-length'] ?? Number.NaN)
      const token = signatureIfAny(req)
      const size = Number.isSafeInteger(bytes) ? bytes : undefined
      ctx.refusals.expect(noteRefusal(ctx, { code, token, bytes: size }))
    },
  })
}

function noticeEndpoints(ctx: AppContext, limits: BodyLimits): Endpoint[] {
  const message = (kind: MessageKind, operation: string): Endpoint => ({
    method: 'post',
    path: `/v1/notices/:id/${kind}`,
    operation,
    handle: async (req, res) => {
      const inbound = await inboundWithBody(ctx, req, limits)
      sendAcceptance(res, await receiveMessage(ctx, inbound, { kind, notice: segment(req, 'id') }))
    },
  })
  return [
    {
      method: 'post',
      path: '/v1/notices',
      operation: 'sendNotice',
      handle: async (req, res) => {
        const inbound = await inboundWithBody(ctx, req, limits)
        sendAcceptance(res, await receiveNotice(ctx, inbound))
      },
    },
    {
      method: 'get',
      path: '/v1/notices',
      operation: 'listOwnNotices',
      handle: (req, res) => listOwn(ctx, req, res),
    },
    {
      method: 'get',
      path: '/v1/notices/:id',
      operation: 'readOwnNotice',
      handle: async (req, res) => {
        const { senderId } = await verifySender(ctx, inboundWithoutBody(ctx, req))
        sendView(res, await ownNotice(ctx, senderId, segment(req, 'id')))
      },
    },
    {
      method: 'get',
      path: '/v1/registration',
      operation: 'readRegistration',
      handle: async (req, res) => {
        const { senderId } = await verifySender(ctx, inboundWithoutBody(ctx, req))
        sendView(res, await readRegistration(ctx, senderId))
      },
    },
    message('withdrawal', 'withdrawNotice'),
    message('supplement', 'supplementNotice'),
    message('appeal', 'appealOutcome'),
  ]
}

function sendAcceptance(
  res: Response,
  { replayed, ...acceptance }: Acceptance | Acceptance<'msg'>,
): void {
  if (replayed) res.setHeader('Idempotency-Replayed', 'true')
  sendView(res, acceptance, 202)
}

async function listOwn(ctx: AppContext, req: Request, res: Response): Promise<void> {
  const { senderId } = await verifySender(ctx, inboundWithoutBody(ctx, req))
  const query = readQuery(req)
  const referenceNo = query.optionalText('reference_no', { max: 100 })
  const since = optionalTime(query, 'since')
  const page = readPage(query)
  query.done()
  const found = await ownNotices(ctx, senderId, {
    ...page,
    ...(referenceNo === null ? {} : { referenceNo }),
    ...(since === null ? {} : { since }),
  })
  sendView(res, found)
}
