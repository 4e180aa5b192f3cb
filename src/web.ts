import { createListener, publicFaces, type Faces } from './http/faces.ts'
import { bridgeWeb } from './http/web-bridge.ts'
import type { Madoguchi } from './madoguchi.ts'

export type { Faces }

/**
 * The front desk for what speaks the Web's `Request` and `Response`: Hono, Next.js route handlers and
 * others on Node. The body of the request must be unread.
 *
 * ```ts
 * const desk = webHandler(madoguchi)
 * app.all('/madoguchi/*', ({ req }) => desk(req.raw))
 * ```
 *
 * @param faces Default: the public side, at the path of `MADOGUCHI_PUBLIC_URL`. Other paths are
 *   answered `not_found`.
 */
export function webHandler(
  { internals }: Madoguchi,
  faces: Faces = publicFaces(internals.ctx),
): (request: Request) => Promise<Response> {
  return bridgeWeb(createListener(internals, faces))
}
