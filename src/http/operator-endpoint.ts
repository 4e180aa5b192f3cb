import { requirePermission, type Actor } from '../app/actor.ts'
import { authenticateOperator } from '../app/authenticate-operator.ts'
import type { AppContext } from '../app/context.ts'
import type { Permission } from '../core/permissions.ts'
import { SECOND } from '../core/time.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import { bearerToken } from './bearer-token.ts'
import type { Endpoint } from './endpoint.ts'
import { keptBytes, readRawBody } from './raw-body.ts'
import type { Request, Response } from './request.ts'
import { sendView } from './send.ts'

const BODY_TIMEOUT_MS = 15 * SECOND

/** What an operator's request is, once it is known whose it is. */
export interface OperatorCall {
  readonly actor: Actor
  readonly req: Request
  readonly res: Response
  /** Strictly parsed, unchecked; asked for only where there is one. */
  readonly body: () => Promise<unknown>
}

/** An operation that only some roles of the desk may call. */
export interface DeskEndpoint extends Endpoint {
  /** The row that says which; the whole table is `docs/permissions.md`. */
  readonly permission: Permission
}

/** One operation of the desk: its answer is made from who asks and what is asked. */
export interface OperatorEndpoint extends Omit<DeskEndpoint, 'handle'> {
  /** What it returns is the answer. */
  readonly answer: (call: OperatorCall) => Promise<unknown>
  /** Default: 200. */
  readonly status?: 200 | 201
}

/**
 * Puts the check of the bearer token and of the role in front, and the answer on the wire. Whose role
 * doesn't reach hears nothing but that: neither the path's identifiers nor the body are looked at.
 */
export function operatorEndpoint(ctx: AppContext, endpoint: OperatorEndpoint): DeskEndpoint {
  const { method, path, operation, permission, answer, status = 200 } = endpoint
  return {
    method,
    path,
    operation,
    permission,
    handle: async (req, res) => {
      const actor = await authenticateOperator(ctx, bearerToken(req))
      requirePermission(actor, permission)
      sendView(res, await answer({ actor, req, res, body: () => readBody(ctx, req) }), status)
    },
  }
}

/** Nothing is signed here, so a body that the platform's own parser has read is taken as it is. */
async function readBody({ config, clock }: AppContext, req: Request): Promise<unknown> {
  if (req.body !== undefined && keptBytes(req) === undefined) return req.body
  const limits = { maxBytes: config.maxBodyBytes, timeoutMs: BODY_TIMEOUT_MS, clock }
  return parseStrictJson(await readRawBody(req, limits))
}
