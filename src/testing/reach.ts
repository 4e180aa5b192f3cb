import type { IncomingMessage, ServerResponse } from 'node:http'
import { overNetwork, type Ask } from '../cli/hotline/ask.ts'
import { bridgeWeb } from '../http/web-bridge.ts'

/** A step of connect or Express, or a listener of `node:http`. */
export type NodeApp = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Where the desk of a test is: a URL of this or another machine; an app of Express, connect or
 * `node:http`, which needs no port; or a Web handler (`{ fetch }`, as Hono has it).
 */
export type Target =
  string | NodeApp | { readonly fetch: (request: Request) => Response | Promise<Response> }

/** The way to a target. Paths are those of the request; the host is the target's own. */
export function reach(target: Target): Ask {
  if (typeof target === 'function') return bridgeWeb(target)
  if (typeof target === 'object') return async (request) => target.fetch(request)
  const { origin } = new URL(target)
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const body = request.body === null ? {} : { body: await request.arrayBuffer() }
    const { method, headers, signal } = request
    return overNetwork(
      new Request(`${origin}${pathname}${search}`, {
        method,
        headers,
        signal,
        redirect: 'error',
        ...body,
      }),
    )
  }
}
