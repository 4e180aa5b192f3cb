import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

type WebHandler = (request: Request) => Response | Promise<Response>

/** Serves a Web handler on a socket, as runtimes and frameworks on Node do. */
export function serveWeb(handle: WebHandler): Server {
  return createServer((req, res) => {
    answer(handle, req, res).catch(() => res.destroy())
  })
}

async function answer(
  handle: WebHandler,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  res.once('close', () => {
    gone.abort()
  })
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
  const response = await handle(
    new Request(`http://${req.headers.host ?? ''}${req.url ?? ''}`, {
      method: req.method ?? '',
      headers: Object.entries(req.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      signal: gone.signal,
      ...(hasBody ? { body: Readable.toWeb(req), duplex: 'half' as const } : {}),
    }),
  )
  res.writeHead(response.status, [...response.headers].flat())
  if (response.body === null) res.end()
  else await pipeline(Readable.fromWeb(response.body), res)
}
