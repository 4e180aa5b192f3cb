import { Router } from 'express'
import type { AppContext } from '../app/context.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { beginExchange } from './exchange.ts'
import { problemHandler, type ProblemListener } from './problem.ts'
import { checkHead } from './raw-body.ts'
import type { Request, Response } from './request.ts'

/** One operation of openapi.yaml. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'patch'
  /** As Express writes it; relative to where the router is mounted. */
  readonly path: string
  /** `operationId`. */
  readonly operation: string
  readonly handle: (req: Request, res: Response) => Promise<void> | void
}

/** What a router does beside its endpoints. */
export interface RouterOptions {
  /** Paths under which nothing but these endpoints exists; elsewhere the embedding program goes on. */
  readonly owned?: readonly string[]
  readonly onProblem?: ProblemListener
}

/**
 * A router of these endpoints. Under an owned path a wrong method is `malformed_request` and an
 * unknown path `not_found`; whatever goes wrong is answered as a problem.
 */
export function createRouter(
  ctx: AppContext,
  endpoints: readonly Endpoint[],
  { owned = [], onProblem }: RouterOptions = {},
): Router {
  const router = Router({ caseSensitive: true, strict: true })
  for (const { method, path, operation, handle } of endpoints) {
    router[method](path, beginExchange(ctx, operation), async (req, res) => {
      checkHead(req)
      await handle(req, res)
    })
  }
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    router.all(path, beginExchange(ctx, 'wrongMethod'), () => {
      throw new MadoguchiError('malformed_request')
    })
  }
  for (const path of owned) {
    router.use(path, beginExchange(ctx, 'unknownPath'), () => {
      throw new MadoguchiError('not_found')
    })
  }
  router.use(problemHandler(ctx, onProblem))
  return router
}

/** A named segment of the path, decoded. */
export function segment(req: Request, name: string): string {
  const value = req.params[name]
  if (typeof value !== 'string') throw new MadoguchiError('not_found')
  return value
}
