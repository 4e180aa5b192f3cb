import type { IncomingMessage, ServerResponse } from 'node:http'
import { Router } from 'express'
import type { AppContext } from '../app/context.ts'
import { createRouter } from './endpoint.ts'
import { createOperatorRouter } from './operator-router.ts'
import { createOpsRouter, type OpsDeps } from './ops-router.ts'
import { createSenderRouter } from './sender-router.ts'
import { createWellKnownRouter } from './well-known-router.ts'

/** Which faces are served, and where; one that isn't named isn't. */
export interface Faces {
  /** What senders call. A proxy in front that cuts a prefix off is why this may differ from the public URL. */
  readonly sender?: string
  /** The documents that senders find us by, at the root of the origin. */
  readonly wellKnown?: true
  /** What the desk calls; the platform's own staff checks may stand before it. */
  readonly operator?: string
  /** `/livez`, `/readyz`, `/metrics`: for machines of the platform only, never for a public port. */
  readonly ops?: string
}

/** A request listener that may also be a step between others: `next` is for paths that aren't ours. */
export type Listener = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (fault?: unknown) => void,
) => void

/** The public side: what senders need, at the path of the public URL. */
export function publicFaces({ config }: Pick<AppContext, 'config'>): Faces {
  return { sender: new URL(config.publicUrl).pathname, wellKnown: true }
}

/** Paths are compared as written, the mount path too: what is signed is one spelling. */
export function createListener(deps: OpsDeps, faces: Faces): Listener {
  const { ctx } = deps
  const { sender, wellKnown, operator, ops } = faces
  const router = Router({ caseSensitive: true, strict: true })
  if (wellKnown === true) router.use(createWellKnownRouter(ctx))
  if (sender !== undefined) router.use(sender, createSenderRouter(ctx))
  if (operator !== undefined) router.use(operator, createOperatorRouter(ctx))
  if (ops !== undefined) router.use(ops, createOpsRouter(deps))
  // What Express adds to a request is used nowhere in here.
  const serve = router as unknown as Listener
  const refuse = createRouter(ctx, [], { owned: ['/'] }) as unknown as Listener
  return (req, res, next) => {
    serve(
      req,
      res,
      next ??
        (() => {
          refuse(req, res, () => undefined)
        }),
    )
  }
}
