import type { Router } from 'express'
import type { AppContext } from '../app/context.ts'
import { describeDesk } from '../app/describe-desk.ts'
import { createRouter } from './endpoint.ts'
import { sendBytes } from './send.ts'

const CACHED = 'public, max-age=300'

/** The two documents at the origin's root by which a sender finds everything else. */
export function createWellKnownRouter(ctx: AppContext): Router {
  return createRouter(ctx, [
    {
      method: 'get',
      path: '/.well-known/madoguchi-configuration',
      operation: 'readConfiguration',
      handle: async (_req, res) => {
        const document = JSON.stringify(await describeDesk(ctx))
        res.setHeader('Cache-Control', CACHED)
        sendBytes(res, document, 'application/json; charset=utf-8')
      },
    },
    {
      method: 'get',
      path: '/.well-known/jwks.json',
      operation: 'readJwks',
      handle: (_req, res) => {
        res.setHeader('Cache-Control', CACHED)
        sendBytes(res, JSON.stringify({ keys: [ctx.signer.publicJwk] }), 'application/jwk-set+json')
      },
    },
  ])
}
