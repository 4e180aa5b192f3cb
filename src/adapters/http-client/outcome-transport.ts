import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import { SECOND } from '../../core/time.ts'
import type { OutcomeTransport, TransportResult } from '../../ports/outcome-transport.ts'
import type { Clock } from '../../ports/runtime.ts'
import { dial, type Network } from './dial.ts'
import { exchange } from './exchange.ts'
import { reachOf, type Reach } from './guard.ts'
import { parseRetryAfter } from './retry-after.ts'
import { TransportFailure } from './transport-failure.ts'

/** Looking up, connecting, TLS, sending and reading together. */
export const ATTEMPT_LIMIT_MS = 15 * SECOND

export interface OutcomeTransportOptions {
  /** Measures the limit, and turns a `Retry-After` date into a wait. */
  readonly clock: Clock
  /** For development and tests only: see {@link reachOf}. Default: `false`. */
  readonly allowLoopback?: boolean
  readonly network?: Partial<Network>
}

/**
 * Pushes outcomes over HTTP/1.1, one connection an attempt, so that nothing is pooled across
 * endpoints. `host` and `content-length` are its own; other headers go out as given.
 */
export function createOutcomeTransport(options: OutcomeTransportOptions): OutcomeTransport {
  const { clock, allowLoopback = false } = options
  const network: Network = {
    lookup: (host) => lookup(host, { all: true }),
    connect,
    ...options.network,
  }

  return {
    refuse(url) {
      const reach = reachOf(url, allowLoopback)
      return isReach(reach) ? undefined : reach
    },
    async post({ url, headers, body, signal }): Promise<TransportResult> {
      const reach = reachOf(url, allowLoopback)
      if (!isReach(reach)) return { kind: 'failed', code: reach }
      const limit = limitOf(clock, signal)
      const sockets = new Set<Socket>()
      try {
        const call = { url: new URL(url), headers, body, signal: limit.signal }
        const socket = await dial({ ...call, reach, network, sockets })
        const { status, body: answer, retryAfter } = await exchange(socket, call)
        const retryAfterMs = parseRetryAfter(retryAfter, clock.now())
        return {
          kind: 'answered',
          status,
          body: answer,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        }
      } catch (error) {
        const code = error instanceof TransportFailure ? error.code : 'connection_lost'
        return { kind: 'failed', code }
      } finally {
        limit.release()
        for (const socket of sockets) quietly(socket)
      }
    },
  }
}

function isReach(judged: ReturnType<typeof reachOf>): judged is Reach {
  return judged === 'public' || judged === 'loopback'
}

/** One signal for the end of time (`timed_out`) and for the caller's own (`connection_lost`). */
function limitOf(clock: Clock, outer: AbortSignal): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController()
  const timer = clock.after(ATTEMPT_LIMIT_MS, () => {
    controller.abort(new TransportFailure('timed_out'))
  })
  const stop = (): void => {
    controller.abort(new TransportFailure('connection_lost'))
  }
  if (outer.aborted) stop()
  outer.addEventListener('abort', stop, { once: true })
  return {
    signal: controller.signal,
    release: () => {
      timer.cancel()
      outer.removeEventListener('abort', stop)
    },
  }
}

/** A socket may still report a fault after its end; nobody is left to hear it. */
function quietly(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.destroy()
}
