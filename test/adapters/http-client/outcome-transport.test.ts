import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Network } from '../../../src/adapters/http-client/dial.ts'
import {
  ATTEMPT_LIMIT_MS,
  createOutcomeTransport,
} from '../../../src/adapters/http-client/outcome-transport.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { TransportResult } from '../../../src/ports/outcome-transport.ts'
import { selfSigned } from '../../support/self-signed.ts'
import { TestClock } from '../../support/test-clock.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

const serve = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${String(await listen(createServer(answer)))}/in?n=1`

const raw = async (onSocket: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${String(await listen(createTcpServer(onSocket)))}/`

function push(
  url: string,
  more: { network?: Partial<Network>; clock?: TestClock; signal?: AbortSignal; dev?: boolean } = {},
): Promise<TransportResult> {
  const transport = createOutcomeTransport({
    clock: more.clock ?? systemClock,
    allowLoopback: more.dev ?? true,
    ...(more.network && { network: more.network }),
  })
  return transport.post({
    url,
    headers: { 'content-type': 'application/json', authorization: 'Bearer abc' },
    body: Buffer.from('{"outcome":"…"}'),
    signal: more.signal ?? new AbortController().signal,
  })
}

const failed = (code: string): object => ({ kind: 'failed', code })

describe('an answer', () => {
  it('comes back with status and body; the bytes and headers went out as given', async () => {
    const seen: unknown[] = []
    const url = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method, headers } = request
        seen.push(method, request.url, headers, Buffer.concat(chunks).toString())
        response.writeHead(202).end('taken')
      })
    })
    const result = await push(url)
    expect(result).toEqual({
      kind: 'answered',
      status: 202,
      body: new Uint8Array(Buffer.from('taken')),
    })
    expect(seen).toEqual([
      'POST',
      '/in?n=1',
      {
        'content-type': 'application/json',
        authorization: 'Bearer abc',
        host: new URL(url).host,
        'content-length': '17',
        connection: 'close',
      },
      '{"outcome":"…"}',
    ])
  })

  it('is not followed when it redirects', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    expect(await push(url)).toMatchObject({ kind: 'answered', status: 302 })
    expect(calls).toBe(1)
  })

  it('says when to come again, in seconds or by date', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T00:00:00.000Z'))
    const ask = async (value: string): Promise<TransportResult> =>
      push(
        await serve((_request, response) =>
          response.writeHead(503, { 'retry-after': value }).end(),
        ),
        { clock },
      )
    expect(await ask('120')).toMatchObject({ status: 503, retryAfterMs: 120_000 })
    expect(await ask('Sun, 22 Nov 2026 00:00:30 GMT')).toMatchObject({ retryAfterMs: 30_000 })
    expect(await ask('soon')).not.toHaveProperty('retryAfterMs')
  })

  it('may have 64 KiB and not a byte more', async () => {
    const sized = (length: number): Promise<string> =>
      serve((_request, response) => response.end(Buffer.alloc(length)))
    expect(await push(await sized(65_536))).toMatchObject({ kind: 'answered', status: 200 })
    expect(await push(await sized(65_537))).toEqual(failed('answer_too_large'))
    expect(await push(await sized(1_000_000))).toEqual(failed('answer_too_large'))
  })

  it('may not have endless headers', async () => {
    const url = await raw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`)
    })
    expect(await push(url)).toEqual(failed('answer_too_large'))
  })
})

describe('the limit of 15 s', () => {
  it.each([
    ['hangs', (): void => undefined],
    [
      'drips',
      (socket: Socket): void => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        const dripping = setInterval(() => socket.write('.'), 5)
        socket.on('close', () => {
          clearInterval(dripping)
        })
      },
    ],
  ])('ends an attempt on an endpoint that %s', async (_what, behave) => {
    const clock = new TestClock()
    let arrived = false
    const url = await raw((socket) => {
      socket.once('data', () => {
        behave(socket)
        arrived = true
      })
    })
    const result = push(url, { clock })
    await vi.waitFor(() => {
      expect(arrived).toBe(true)
    })
    clock.advance(ATTEMPT_LIMIT_MS - 1)
    expect(await Promise.race([result, Promise.resolve('running')])).toBe('running')
    clock.advance(1)
    expect(await result).toEqual(failed('timed_out'))
    expect(clock.timers).toBe(0)
  })

  it('counts the lookup', async () => {
    const clock = new TestClock()
    const lookup = (): Promise<never> => new Promise(() => undefined)
    const result = push('https://hotline.example/', { clock, network: { lookup } })
    clock.advance(ATTEMPT_LIMIT_MS)
    expect(await result).toEqual(failed('timed_out'))
  })

  it('gives way to the caller', async () => {
    const controller = new AbortController()
    const url = await raw(() => {
      controller.abort()
    })
    expect(await push(url, { signal: controller.signal })).toEqual(failed('connection_lost'))
    expect(await push(url, { signal: AbortSignal.abort() })).toEqual(failed('connection_lost'))
  })
})

describe('a connection', () => {
  it('that is refused, reset, cut or speaks no HTTP is named', async () => {
    const gone = createTcpServer()
    const port = await listen(gone)
    await new Promise((resolve) => gone.close(resolve))
    expect(await push(`http://127.0.0.1:${String(port)}/`)).toEqual(failed('connect_failed'))
    const reset = await raw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await push(reset)).toEqual(failed('connection_lost'))
    const cut = await raw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')),
    )
    expect(await push(cut)).toEqual(failed('connection_lost'))
    const other = await raw((socket) => socket.once('data', () => socket.write('220 smtp\r\n')))
    expect(await push(other)).toEqual(failed('connection_lost'))
    const switched = await raw((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 101 Go\r\nupgrade: x\r\n\r\n')),
    )
    expect(await push(switched)).toMatchObject({ kind: 'answered', status: 101 })
  })

  it('needs a certificate that is trusted, for this host', async () => {
    const mine = selfSigned('localhost')
    const port = await listen(createTlsServer(mine, (_request, response) => response.end('ok')))
    const url = `https://localhost:${String(port)}/`
    const lookup: Network['lookup'] = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    expect(await push(url, { network: { lookup } })).toEqual(failed('tls_failed'))
    const trusting = { lookup, ca: mine.cert }
    expect(await push(url, { network: trusting })).toMatchObject({ kind: 'answered', status: 200 })
    const other = `https://127.0.0.1:${String(port)}/`
    expect(await push(other, { network: trusting })).toEqual(failed('tls_failed'))
    const plain = (await serve((_request, response) => response.end())).replace('http:', 'https:')
    expect(await push(plain)).toEqual(failed('tls_failed'))
  })
})

describe('an endpoint inside', () => {
  it('is never called, whatever the URL hides it in', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.end()
    })
    const port = new URL(url).port
    for (const host of ['127.0.0.1', '2130706433', '0177.0.0.1', '[::ffff:127.0.0.1]'])
      expect(await push(`https://${host}/`, { dev: false })).toEqual(failed('blocked_address'))
    expect(await push(url, { dev: false })).toEqual(failed('blocked_address'))
    expect(await push(`https://x.example:${port}/`, { dev: false })).toEqual(failed('blocked_url'))
    expect(calls).toBe(0)
  })

  it.each([
    ['one answer inside', ['127.0.0.1']],
    ['mixed answers', ['8.8.8.8', '10.0.0.8']],
    ['mixed families', ['8.8.8.8', '::1']],
  ])('is found out by its lookup: %s', async (_what, addresses) => {
    const connected = vi.fn<Network['connect']>()
    const lookup: Network['lookup'] = () =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    for (const dev of [false, true])
      expect(
        await push('https://hotline.example/', { dev, network: { lookup, connect: connected } }),
      ).toEqual(failed('blocked_address'))
    expect(connected).not.toHaveBeenCalled()
  })

  it('is found out when a public address leads there; no byte goes out', async () => {
    let bytes = 0
    const port = await listen(
      createTcpServer((socket) => socket.on('data', (chunk) => (bytes += chunk.length))),
    )
    const looked: string[] = []
    const network: Partial<Network> = {
      lookup: (host) => {
        looked.push(host)
        return Promise.resolve([{ address: '8.8.8.8', family: 4 }])
      },
      connect: () => connect({ host: '127.0.0.1', port }),
    }
    expect(await push('https://hotline.example/', { network })).toEqual(failed('blocked_address'))
    expect(looked).toEqual(['hotline.example'])
    expect(bytes).toBe(0)
  })

  it('is not reached by a localhost that lies elsewhere', async () => {
    const network = { lookup: () => Promise.resolve([{ address: '10.0.0.8', family: 4 }]) }
    expect(await push('http://localhost:9/', { network })).toEqual(failed('blocked_address'))
  })

  it('connects to the addresses that were vetted, without asking again', async () => {
    const given: unknown[] = []
    const connectTo: Network['connect'] = (options) => {
      options.lookup?.(options.host ?? '', { all: true }, (_error, addresses) => {
        given.push(addresses)
      })
      return connect({ host: '127.0.0.1', port: 1 })
    }
    const answers = [{ address: '8.8.8.8', family: 4 }]
    const network = { lookup: () => Promise.resolve(answers), connect: connectTo }
    await push('https://hotline.example/', { network })
    expect(given).toEqual([answers])
  })

  it('has a name that must resolve', async () => {
    const none = { lookup: () => Promise.resolve([]) }
    expect(await push('https://a.example/', { network: none })).toEqual(failed('dns_failed'))
    const broken = { lookup: () => Promise.reject(new Error('ENOTFOUND')) }
    expect(await push('https://a.example/', { network: broken })).toEqual(failed('dns_failed'))
  })
})

it('refuses at registration what it would refuse to call', () => {
  const transport = createOutcomeTransport({ clock: systemClock })
  expect(transport.refuse('https://hotline.example/in')).toBeUndefined()
  expect(transport.refuse('http://hotline.example/in')).toBe('blocked_url')
  expect(transport.refuse('https://10.0.0.8/in')).toBe('blocked_address')
})
