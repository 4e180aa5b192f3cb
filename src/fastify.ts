import type { IncomingMessage, ServerResponse } from 'node:http'
import { createListener, publicFaces, type Faces } from './http/faces.ts'
import type { Madoguchi } from './madoguchi.ts'

export type { Faces }

/** Which desk, and which of its faces; default: the public side, at the path of `MADOGUCHI_PUBLIC_URL`. */
export interface FastifyPluginOptions {
  readonly madoguchi: Madoguchi
  readonly faces?: Faces
}

/** What is used of a Fastify 5 instance, so that nobody has to install it for these types. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (fault: null) => void) => void,
  ): unknown
  all(
    path: string,
    handler: (
      request: { readonly raw: IncomingMessage },
      reply: { readonly raw: ServerResponse; hijack(): unknown },
    ) => void,
  ): unknown
}

const WELL_KNOWN = ['/.well-known/madoguchi-configuration', '/.well-known/jwks.json']

/**
 * The front desk as a Fastify 5 plugin. It is encapsulated: the parsers of the platform stay as they
 * are, and bodies under the paths of these faces are left to the desk, unread. Register it without a
 * prefix; the faces say where they stand.
 *
 * ```ts
 * await fastify.register(fastifyPlugin, { madoguchi })
 * ```
 */
export function fastifyPlugin(
  fastify: FastifyLike,
  { madoguchi: { internals }, faces = publicFaces(internals.ctx) }: FastifyPluginOptions,
  done: () => void,
): void {
  const serve = createListener(internals, faces)
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', (_request, _payload, leave) => {
    leave(null)
  })
  for (const path of pathsOf(faces)) {
    fastify.all(path, ({ raw: req }, reply) => {
      reply.hijack()
      serve(req, reply.raw)
    })
  }
  done()
}

function pathsOf({ sender, operator, ops, wellKnown }: Faces): string[] {
  const mounts = [sender, operator, ops].filter((path) => path !== undefined)
  const below = mounts.map((path) => `${path.replace(/\/+$/, '')}/*`)
  return [...new Set(below), ...(wellKnown === true ? WELL_KNOWN : [])]
}
