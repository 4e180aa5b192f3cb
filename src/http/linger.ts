import type { AppContext } from '../app/context.ts'
import type { Request, Response } from './request.ts'

const LINGER_MS = 1_000
const LINGER_BYTES = 4 * 1024 * 1024

/**
 * Answers a request whose body hasn't come to its end, and closes the connection: the answer goes out at
 * once, then what the other side is still sending is read and thrown away for a moment. Closing at once
 * would reset the connection, and many clients would never see the answer (RFC 9112 §9.6).
 */
export function endWhenDrained(
  clock: AppContext['clock'],
  req: Request,
  res: Response,
  body: Uint8Array,
): void {
  res.setHeader('Connection', 'close')
  res.write(body)
  let bytes = 0
  const end = (): void => {
    timer.cancel()
    req.off('data', onData).off('end', end).off('close', end).off('error', end)
    res.end()
  }
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length
    if (bytes > LINGER_BYTES) end()
  }
  const timer = clock.after(LINGER_MS, end)
  req.on('data', onData).on('end', end).on('close', end).on('error', end).resume()
}
