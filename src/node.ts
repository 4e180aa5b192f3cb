import { createListener, publicFaces, type Faces, type Listener } from './http/faces.ts'
import type { Madoguchi } from './madoguchi.ts'

export type { Faces, Listener }

/**
 * The front desk for `node:http`, connect and whatever takes `(req, res, next)`. Put it before anything
 * that reads bodies: the signature is over the bytes that arrive.
 *
 * ```ts
 * const desk = nodeHandler(madoguchi)
 * createServer((req, res) => desk(req, res, () => app(req, res)))
 * ```
 *
 * @param faces Default: the public side, at the path of `MADOGUCHI_PUBLIC_URL`. Paths that aren't of
 *   these faces are passed on; without `next` they are `not_found`.
 */
export function nodeHandler(
  { internals }: Madoguchi,
  faces: Faces = publicFaces(internals.ctx),
): Listener {
  return createListener(internals, faces)
}
