import type { Response } from './request.ts'
import { toWire } from './wire.ts'

/** Answers with a view as JSON. */
export function sendView(res: Response, view: unknown, status: 200 | 201 | 202 = 200): void {
  sendBytes(res, JSON.stringify(toWire(view)), 'application/json; charset=utf-8', status)
}

/** Answers with text or bytes as they are. */
export function sendBytes(
  res: Response,
  body: string | Uint8Array,
  contentType: string,
  status: 200 | 201 | 202 = 200,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  res.statusCode = status
  res.setHeader('Content-Type', contentType)
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}
