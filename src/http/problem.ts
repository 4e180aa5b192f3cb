import type { ErrorRequestHandler } from 'express'
import type { AppContext } from '../app/context.ts'
import { nameFault } from '../app/name-fault.ts'
import { formatTime } from '../core/time.ts'
import { ERRORS, MadoguchiError, type ErrorCode } from '../errors/madoguchi-error.ts'
import type { ProblemDocument } from '../generated/types.ts'
import { beginExchange, exchangeOf, hasBegun } from './exchange.ts'
import { preferredLang } from './language.ts'
import { endWhenDrained } from './linger.ts'
import { PROBLEM_STATUS, RETRYABLE } from './problem-status.ts'
import type { Request, Response } from './request.ts'
import { toWire } from './wire.ts'

/** Told of each error that is answered, e.g. to count it. */
export type ProblemListener = (code: ErrorCode, req: Request) => void

/**
 * The one edge where an error becomes an answer: problem details (RFC 9457), in English or, where
 * `Accept-Language` asks for it, in Japanese. Says nothing of our insides and nothing of the input.
 */
export function problemHandler(ctx: AppContext, listener?: ProblemListener): ErrorRequestHandler {
  const answer = (fault: unknown, req: Request, res: Response): void => {
    if (!hasBegun(res)) {
      // Express refuses badly encoded paths before any step of a route.
      beginExchange(ctx, 'unknownPath')(req, res, () => {
        answer(fault, req, res)
      })
      return
    }
    const error =
      fault instanceof URIError ? new MadoguchiError('malformed_request') : nameFault(fault)
    const exchange = exchangeOf(res)
    exchange.code = error.code
    const { operation, requestId } = exchange
    if (error.code === 'internal_error')
      ctx.log.error('http.fault', { request: requestId, operation, fault: kindOf(fault) })
    listener?.(error.code, req)
    if (res.headersSent || req.socket.destroyed) res.destroy()
    else sendProblem(ctx, req, res, error)
  }
  // Express tells error handlers by their four parameters; there is no next one after this.
  return Object.defineProperty(answer, 'length', { value: 4 })
}

/** The class of a fault; its message, and a name that is no plain word, may hold anything. */
function kindOf(fault: unknown): string {
  const cause = fault instanceof MadoguchiError ? fault.details.cause : fault
  if (!(cause instanceof Error)) return typeof cause
  return /^[A-Za-z]{1,64}$/.test(cause.name) ? cause.name : 'Error'
}

function sendProblem(ctx: AppContext, req: Request, res: Response, error: MadoguchiError): void {
  const { code, details } = error
  const status = PROBLEM_STATUS[code]
  const problem = describe(ctx, req, res, error)
  res.statusCode = status
  res.setHeader('Content-Type', 'application/problem+json')
  res.setHeader('Vary', 'Accept-Language')
  if (details.retryAfterMs !== undefined)
    res.setHeader('Retry-After', String(Math.max(1, Math.ceil(details.retryAfterMs / 1_000))))
  if (status === 401) res.setHeader('WWW-Authenticate', challengeOf(code))
  const bytes = Buffer.from(JSON.stringify(problem))
  res.setHeader('Content-Length', bytes.length)
  if (req.complete) res.end(bytes)
  else endWhenDrained(ctx.clock, req, res, bytes)
}

/** RFC 6750 §3: no error code where no token came. */
function challengeOf(code: ErrorCode): string {
  const isMissing = code === 'signature_missing' || code === 'unauthenticated'
  return isMissing ? 'Bearer' : 'Bearer error="invalid_token"'
}

function describe(
  { config, clock }: AppContext,
  req: Request,
  res: Response,
  { code, details }: MadoguchiError,
): ProblemDocument {
  const lang = preferredLang(req.headers['accept-language'])
  const { title, remedy } = ERRORS[code]
  const { errors, difference, claimUntil, knownNotices, otherWindow, openCase } = details
  const isSkewed = code === 'time_skew'
  return {
    type: `${config.publicUrl}/problems/${code}`,
    code,
    title: title[lang],
    status: PROBLEM_STATUS[code],
    detail: remedy[lang],
    instance: `urn:uuid:${exchangeOf(res).requestId}`,
    retryable: RETRYABLE.has(code),
    ...(errors === undefined ? {} : { errors: errors.map((each) => ({ ...each })) }),
    ...(isSkewed ? { server_time: details.serverTime ?? formatTime(clock.now()) } : {}),
    ...(claimUntil === undefined ? {} : { claim_until: formatTime(claimUntil) }),
    ...(otherWindow === undefined
      ? {}
      : { other_window: otherWindow as NonNullable<ProblemDocument['other_window']> }),
    ...(openCase === undefined ? {} : { open_case: { ...openCase } }),
    ...(knownNotices === undefined ? {} : { known_notices: [...knownNotices] }),
    ...(difference === undefined
      ? {}
      : { difference: toWire(difference) as NonNullable<ProblemDocument['difference']> }),
  }
}
