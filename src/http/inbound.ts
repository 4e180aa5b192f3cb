import type { AppContext } from '../app/context.ts'
import type { InboundNotice } from '../core/notice.ts'
import { requireSignature } from './bearer-token.ts'
import { readRawBody, requireNoBody, type BodyLimits } from './raw-body.ts'
import { pathOf, type Request } from './request.ts'

/** A signed request with its exact bytes. */
export async function inboundWithBody(
  ctx: AppContext,
  req: Request,
  limits: BodyLimits,
): Promise<InboundNotice> {
  const body = await readRawBody(req, limits)
  return { ...inboundHead(ctx, req), body, contentType: 'application/json' }
}

/** A signed request that carries nothing. */
export function inboundWithoutBody(ctx: AppContext, req: Request): InboundNotice {
  requireNoBody(req)
  return { ...inboundHead(ctx, req), body: new Uint8Array(), contentType: undefined }
}

/** The URL as configured, never as `Host` or a forwarding header says. */
function inboundHead(
  { config }: AppContext,
  req: Request,
): Pick<InboundNotice, 'method' | 'url' | 'token'> {
  const url = `${config.publicUrl}${pathOf(req)}`
  return { method: req.method, url, token: requireSignature(req) }
}
