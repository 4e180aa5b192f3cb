import express, { type Express, type RequestHandler } from 'express'
import supertest, { type Response } from 'supertest'
import { createOperatorRouter } from '../../src/http/operator-router.ts'
import { createOpsRouter } from '../../src/http/ops-router.ts'
import { createSenderRouter, type SenderRouterOptions } from '../../src/http/sender-router.ts'
import { createWellKnownRouter } from '../../src/http/well-known-router.ts'
import type { Desk } from './desk.ts'

/** Where the sender's and the operator's routers stand in the tests. */
export const MOUNT = '/madoguchi'
export const STAFF = '/staff'

export interface HttpOptions extends SenderRouterOptions {
  /** Handlers in front of everything, as a platform may have them. */
  readonly before?: readonly RequestHandler[]
}

/** A platform's app with all four routers of a desk. */
export function appOf({ madoguchi }: Desk, { before = [], ...options }: HttpOptions = {}): Express {
  const { internals } = madoguchi
  const app = express()
  for (const handler of before) app.use(handler)
  app.use(createWellKnownRouter(internals.ctx))
  app.use(MOUNT, createSenderRouter(internals.ctx, options))
  app.use(STAFF, createOperatorRouter(internals.ctx))
  app.use('/ops', createOpsRouter(internals))
  return app
}

/** Posts a notice as the hotline does; what is signed can differ from what is sent. */
export async function postNotice(
  app: Express,
  desk: Desk,
  body: Uint8Array,
  changes: {
    readonly headers?: Readonly<Record<string, string>>
    readonly claims?: Record<string, unknown>
    readonly signed?: Uint8Array
  } = {},
): Promise<Response> {
  const token = await desk.hotline.token(changes.signed ?? body, changes.claims)
  return await supertest(app)
    .post(`${MOUNT}/v1/notices`)
    .set('authorization', `Bearer ${token}`)
    .set('content-type', 'application/json')
    .set(changes.headers ?? {})
    .serialize((sent: unknown) => sent as string)
    .send(Buffer.from(body))
}

/** JSON text as bytes. */
export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
