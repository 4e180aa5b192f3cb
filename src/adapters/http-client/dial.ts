import type { LookupAddress } from 'node:dns'
import { isIP, type Socket, type TcpNetConnectOpts } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { bareHost, isWithin, type Reach } from './guard.ts'
import { within } from './transport-failure.ts'

/** The two doors to the network; tests put others in their place. */
export interface Network {
  /** Every address of a host name. */
  readonly lookup: (host: string) => Promise<readonly LookupAddress[]>
  readonly connect: (options: TcpNetConnectOpts) => Socket
  /** PEM certificates to trust instead of Node's own list. */
  readonly ca?: string
}

/** What every step of one attempt shares. */
export interface Attempt {
  readonly url: URL
  readonly reach: Reach
  readonly signal: AbortSignal
  readonly network: Network
  /** Every socket of the attempt, for whoever ends it to destroy. */
  readonly sockets: Set<Socket>
}

/**
 * Opens a connection that is safe to speak on: all answers of one lookup are vetted, the connection
 * uses those and asks for no others, and the address that was reached is vetted again before a single
 * byte goes out. TLS certificates are always verified.
 */
export async function dial(attempt: Attempt): Promise<Socket> {
  const socket = await reachHost(attempt, await vettedAddresses(attempt))
  return attempt.url.protocol === 'https:' ? secure(attempt, socket) : socket
}

function vettedAddresses({ url, reach, signal, network }: Attempt): Promise<LookupAddress[]> {
  const host = bareHost(url)
  const family = isIP(host)
  return within(signal, (done, fail) => {
    const vet = (answers: readonly LookupAddress[]): void => {
      if (answers.length === 0) fail('dns_failed')
      else if (answers.every(({ address }) => isWithin(reach, address))) done([...answers])
      else fail('blocked_address')
    }
    if (family !== 0) {
      vet([{ address: host, family }])
      return
    }
    network.lookup(host).then(vet, () => {
      fail('dns_failed')
    })
  })
}

function reachHost(attempt: Attempt, addresses: readonly LookupAddress[]): Promise<Socket> {
  const { url, reach, signal, network, sockets } = attempt
  return within(signal, (done, fail) => {
    const socket = network.connect({
      host: bareHost(url),
      port: Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port),
      autoSelectFamily: true,
      lookup: (_host, _options, answer) => {
        answer(null, [...addresses])
      },
    })
    sockets.add(socket)
    socket.once('error', () => {
      fail('connect_failed')
    })
    socket.once('connect', () => {
      if (isWithin(reach, socket.remoteAddress ?? '')) done(socket)
      else fail('blocked_address')
    })
  })
}

function secure({ url, signal, network, sockets }: Attempt, socket: Socket): Promise<Socket> {
  const host = bareHost(url)
  return within(signal, (done, fail) => {
    const secured = tlsConnect({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      ...(network.ca !== undefined && { ca: network.ca }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
    })
    sockets.add(secured)
    const failed = (): void => {
      fail('tls_failed')
    }
    secured.once('error', failed)
    secured.once('close', failed)
    secured.once('secureConnect', () => {
      done(secured)
    })
  })
}
