import type { AppContext } from '../app/context.ts'
import type { Request, Response } from './request.ts'

/** What is known of one HTTP exchange besides its bytes. */
export interface Exchange {
  /** UUIDv7; `instance` of a problem, and in the log. */
  readonly requestId: string
  /** `operationId` of openapi.yaml; what is logged instead of a path, which may hold identifiers. */
  readonly operation: string
  /** Error code of the answer, for the log. */
  code?: string
}

const exchanges = new WeakMap<Response, Exchange>()

/** The exchange that {@link beginExchange} began. */
export function exchangeOf(res: Response): Exchange {
  const exchange = exchanges.get(res)
  if (exchange === undefined) throw new TypeError('no exchange was begun')
  return exchange
}

/** Whether a route of ours has taken the request. */
export function hasBegun(res: Response): boolean {
  return exchanges.has(res)
}

/** First step of every route: gives the request its id, sets the safe headers, logs the answer. */
export function beginExchange(
  { random, clock, log }: Pick<AppContext, 'random' | 'clock' | 'log'>,
  operation: string,
): (req: Request, res: Response, next: () => void) => void {
  return (req, res, next) => {
    const startedAt = clock.now()
    const exchange: Exchange = { requestId: random.id('evt').slice('evt_'.length), operation }
    exchanges.set(res, exchange)
    res.setHeader('Cache-Control', 'no-store')
    res.setHeader('X-Content-Type-Options', 'nosniff')
    res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    res.setHeader('Referrer-Policy', 'no-referrer')
    res.once('close', () => {
      log.info('http.request', {
        request: exchange.requestId,
        operation,
        method: req.method,
        status: res.headersSent ? res.statusCode : null,
        ms: clock.now() - startedAt,
        code: exchange.code ?? null,
      })
    })
    next()
  }
}
