import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * What arrives at an endpoint: Node's own request, with what the router adds. Nothing of Express is in
 * it, so that the routers stand in any framework on Node.
 */
export interface Request extends IncomingMessage {
  readonly method: string
  /** Relative to where the router is mounted. */
  readonly url: string
  readonly originalUrl: string
  readonly params: Readonly<Record<string, string | readonly string[]>>
  /** What a body parser in front left; whatever it is, the stream is read then. */
  readonly body?: unknown
  /** The bytes that a framework kept beside the parsed body, as NestJS and Cloud Functions do. */
  readonly rawBody?: unknown
}

export type Response = ServerResponse

/** The path without the query. */
export function pathOf({ url }: Pick<Request, 'url'>): string {
  return url.split('?', 1)[0] ?? ''
}
