import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Madoguchi } from './madoguchi.ts'
import type { Timer } from './ports/runtime.ts'
import { createListener, type Faces } from './http/faces.ts'

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** How often the two are looked at; Node's own 30 s would make them mean little. */
const TIMEOUT_CHECK_MS = 1_000
/** What is still open after this long is cut off. */
const DRAIN_MS = 10_000
const SWEEP_MS = 50

/** Where to listen. Port 0: any free one. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Of its own, so that health and metrics are never public by a slip. */
  readonly opsPort: number
  /** Path of the public URL, e.g. `/madoguchi`; empty or `/` for the root. */
  readonly mountPath: string
}

/** Two open servers. */
export interface Listening {
  readonly port: number
  readonly opsPort: number
  /** Takes no more connections, lets requests in flight finish for 10 s, then closes the front desk. */
  close(): Promise<void>
}

/**
 * Serves a front desk by itself, without a platform's own server around it: the public side on one port
 * and the machines' side on another. The well-known documents stand at the root of the origin.
 *
 * @throws the system's error where a port is taken; nothing stays open then, but for the front desk.
 */
export async function listen(madoguchi: Madoguchi, options: ListenOptions): Promise<Listening> {
  const { host, port, opsPort, mountPath } = options
  const serve = (faces: Faces): RequestListener => createListener(madoguchi.internals, faces)
  const mount = mountPath || '/'
  const publicSide = serve({ wellKnown: true, sender: mount, operator: mount })
  const publicServer = await open(publicSide, host, port)
  let opsServer: Server
  try {
    opsServer = await open(serve({ ops: '/' }), host, opsPort)
  } catch (fault) {
    await drain(madoguchi, publicServer)
    throw fault
  }
  return {
    port: portOf(publicServer),
    opsPort: portOf(opsServer),
    close: async () => {
      madoguchi.internals.ctx.polls.close()
      await Promise.all([drain(madoguchi, publicServer), drain(madoguchi, opsServer)])
      await madoguchi.close()
    },
  }
}

/** Serves the machines' side alone, for a process that only works. @throws as {@link listen}. */
export async function listenForMachines(
  madoguchi: Madoguchi,
  { host, opsPort }: Pick<ListenOptions, 'host' | 'opsPort'>,
): Promise<Omit<Listening, 'port'>> {
  const server = await open(createListener(madoguchi.internals, { ops: '/' }), host, opsPort)
  return {
    opsPort: portOf(server),
    close: async () => {
      await drain(madoguchi, server)
      await madoguchi.close()
    },
  }
}

function open(app: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      insecureHTTPParser: false,
    },
    app,
  )
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** A connection that falls idle after its last answer is closed at once, not when its time is up. */
function drain({ internals }: Madoguchi, server: Server): Promise<void> {
  const { clock } = internals.ctx
  const endsAt = clock.now() + DRAIN_MS
  return new Promise((resolve) => {
    let timer: Timer | undefined
    const sweep = (): void => {
      if (clock.now() >= endsAt) server.closeAllConnections()
      else server.closeIdleConnections()
      timer = clock.after(SWEEP_MS, sweep)
    }
    server.close(() => {
      timer?.cancel()
      resolve()
    })
    sweep()
  })
}
