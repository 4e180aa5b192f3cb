import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { Hono } from 'hono'
import { fastify } from 'fastify'
import { createMadoguchi, type GivenSettings, type Madoguchi } from 'madoguchi'
import { fastifyPlugin } from 'madoguchi/fastify'
import { nodeHandler } from 'madoguchi/node'
import { webHandler, type Faces } from 'madoguchi/web'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp as createFastifyApp } from '../../examples/frameworks/fastify.ts'
import { createApp as createHonoApp } from '../../examples/frameworks/hono.ts'
import { routeHandlers } from '../../examples/frameworks/next.ts'
import { createApp as createNodeApp } from '../../examples/frameworks/node.ts'
import { publicJwkOf, readPrivateKey } from '../../src/cli/key-files.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { noticeOf } from '../support/fixtures.ts'
import { RawConnection } from '../support/raw-http.ts'
import { newCommandDesk } from '../support/served-desk.ts'
import { serveWeb } from '../support/web-server.ts'

const OPS: Faces = { ops: '/machines' }
const MAX = 262_144

interface Framework {
  /** The example, as it is. */
  readonly app: (madoguchi: Madoguchi) => Server | Promise<Server>
  /** The machines' face alone. */
  readonly ops: (madoguchi: Madoguchi) => Server | Promise<Server>
  /** The same desk behind something that reads bodies first. */
  readonly parsed: (madoguchi: Madoguchi) => Server | Promise<Server>
}

const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  'node:http': {
    app: (madoguchi) => createNodeApp(madoguchi),
    ops: (madoguchi) => createServer(nodeHandler(madoguchi, OPS)),
    parsed: (madoguchi) => {
      const desk = nodeHandler(madoguchi)
      return createServer((req, res) => {
        req.resume().once('end', () => {
          desk(req, res)
        })
      })
    },
  },
  Hono: {
    app: (madoguchi) => serveWeb(createHonoApp(madoguchi).fetch),
    ops: (madoguchi) => {
      const desk = webHandler(madoguchi, OPS)
      return serveWeb(new Hono().all('*', ({ req }) => desk(req.raw)).fetch)
    },
    parsed: (madoguchi) => {
      const app = new Hono()
      app.use(async ({ req }, next) => {
        await req.json()
        await next()
      })
      return serveWeb(app.route('/', createHonoApp(madoguchi)).fetch)
    },
  },
  'route handlers as of Next.js': {
    app: (madoguchi) => {
      const desk = routeHandlers(madoguchi)
      const staff = routeHandlers(madoguchi, { operator: '/staff/madoguchi' })
      return serveWeb((request) => {
        const { pathname } = new URL(request.url)
        if (pathname === '/posts') return new Response(null)
        const routes = pathname.startsWith('/staff/') ? staff : desk
        return routes[request.method === 'HEAD' ? 'GET' : (request.method as 'GET' | 'POST')](
          request,
        )
      })
    },
    ops: (madoguchi) => serveWeb(routeHandlers(madoguchi, OPS).GET),
    parsed: (madoguchi) => {
      const { POST } = routeHandlers(madoguchi)
      return serveWeb(async (request) => {
        await request.json()
        return POST(request)
      })
    },
  },
  Fastify: {
    app: async (madoguchi) => readied(await createFastifyApp(madoguchi)),
    ops: async (madoguchi) => {
      const app = fastify()
      await app.register(fastifyPlugin, { madoguchi, faces: OPS })
      return readied(app)
    },
    parsed: async (madoguchi) => {
      const app = fastify()
      app.addHook('preParsing', (_request, _reply, payload, done) => {
        done(null, payload.pipe(new PassThrough()))
      })
      await app.register(fastifyPlugin, { madoguchi })
      return readied(app)
    },
  },
}

async function readied(app: { ready(): PromiseLike<unknown>; server: Server }): Promise<Server> {
  await app.ready()
  return app.server
}

/** Of a served desk, with keys in place of their files. */
function settingsOf(env: Readonly<Record<string, string>>): GivenSettings {
  const { MADOGUCHI_SIGNING_KEY_FILE = '', MADOGUCHI_LOG_KEY_FILE = '', ...rest } = env
  return {
    ...rest,
    MADOGUCHI_SIGNING_KEY: readFileSync(MADOGUCHI_SIGNING_KEY_FILE, 'utf8'),
    MADOGUCHI_LOG_KEY: readFileSync(MADOGUCHI_LOG_KEY_FILE, 'utf8'),
    MADOGUCHI_LOG_LEVEL: 'silent',
  }
}

interface Served {
  readonly madoguchi: Madoguchi
  readonly port: number
  readonly origin: string
  readonly operatorToken: string
  readonly sign: (body: Uint8Array, method?: string, path?: string) => Promise<string>
  readonly post: (
    body: Uint8Array,
    token: string,
    headers?: Record<string, string>,
  ) => Promise<Response>
}

async function serve(make: Framework['app']): Promise<Served> {
  const desk = await newCommandDesk()
  const madoguchi = await createMadoguchi({
    targets: { hosts: ['sns.example'] },
    settings: settingsOf(desk.env),
  })
  const server = await make(madoguchi)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await madoguchi.close()
  })
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const privateKey = readPrivateKey(desk.senderKey)
  const { ctx } = madoguchi.internals
  return {
    madoguchi,
    port,
    origin,
    operatorToken: readFileSync(desk.tokenFile, 'utf8'),
    sign: (body, method = 'POST', path = '/v1/notices') =>
      makeRequestToken({
        privateKey,
        kid: String(publicJwkOf(privateKey)['kid']),
        issuer: 'https://hotline.example/',
        audience: ctx.config.issuer,
        method,
        url: `${ctx.config.publicUrl}${path}`,
        body,
        contentType: method === 'POST' ? 'application/json' : undefined,
        now: ctx.clock.now(),
        jti: ctx.random.id('evt'),
      }),
    post: (body, token, headers = {}) =>
      fetch(`${origin}/madoguchi/v1/notices`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: Buffer.from(body),
      }),
  }
}

/** Japanese, odd spacing and line ends: no parser and printer gives these bytes back. */
const BODY = new TextEncoder().encode(
  `${JSON.stringify(noticeOf('yamibaito_recruitment'), null, 3).replaceAll('\n', '\r\n')} \n`,
)

describe.each(Object.entries(FRAMEWORKS))('%s', (_name, { app, ops, parsed }) => {
  it('takes a signed notice byte for byte, once', async () => {
    const { madoguchi, post, sign, origin } = await serve(app)
    const first = await post(BODY, await sign(BODY))
    expect(first.status).toBe(202)
    expect(first.headers.get('cache-control')).toBe('no-store')
    const again = await post(BODY, await sign(BODY))
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true'])
    const { id, receipt } = (await first.json()) as { id: string; receipt: string }
    expect(await again.json()).toMatchObject({ id, receipt })

    const stored = await madoguchi.internals.ctx.read.find('notice', {})
    expect(stored.map(({ body }) => Buffer.from(body))).toEqual([Buffer.from(BODY)])

    const token = await sign(new Uint8Array(), 'GET')
    const list = await fetch(`${origin}/madoguchi/v1/notices?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(list.status).toBe(200)
    expect(await list.text()).toContain(id)
  })

  it('refuses what was tampered with, by name and in the language asked for', async () => {
    const { post, sign } = await serve(app)
    const tampered = BODY.with(BODY.indexOf(0x20), 0x09)
    const refused = await post(tampered, await sign(BODY), { 'accept-language': 'ja' })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(await refused.json()).toMatchObject({
      code: 'body_hash_mismatch',
      title: '本文が署名時と一致しません',
    })
  })

  it('answers a body that is too large before its end', async () => {
    const { port, post, sign } = await serve(app)
    const connection = new RawConnection(port)
    connection.write(
      'POST /madoguchi/v1/notices HTTP/1.1',
      'Host: sns.example',
      'Content-Type: application/json',
      `Content-Length: ${MAX + 1}`,
      '',
      '{',
    )
    expect(await connection.answer()).toMatchObject({ status: 413, code: 'too_large' })
    const long = new Uint8Array(4 * MAX).fill(0x20)
    const refused = await post(long, await sign(BODY))
    expect(await refused.json()).toMatchObject({ status: 413, code: 'too_large' })
    const chunked = new RawConnection(port)
    chunked.write(
      'POST /madoguchi/v1/notices HTTP/1.1',
      'Host: sns.example',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      '',
    )
    for (let n = 0; n < 5; n += 1) chunked.write('10000', 'x'.repeat(65_536), '')
    expect(await chunked.answer()).toMatchObject({ status: 413, code: 'too_large' })
  })

  it('waits for a body after 100 Continue', async () => {
    const { port, sign } = await serve(app)
    const connection = new RawConnection(port)
    connection.write(
      'POST /madoguchi/v1/notices HTTP/1.1',
      'Host: sns.example',
      'Content-Type: application/json',
      `Authorization: Bearer ${await sign(BODY)}`,
      `Content-Length: ${BODY.length}`,
      'Expect: 100-continue',
      '',
      '',
    )
    await expect.poll(() => connection.received).toContain('100 Continue')
    connection.write(new TextDecoder().decode(BODY))
    await expect.poll(() => connection.received).toContain('202 Accepted')
  })

  it('outlives a client that goes away in the middle of a body', async () => {
    const { madoguchi, port, post, sign } = await serve(app)
    const connection = new RawConnection(port)
    connection.write(
      'POST /madoguchi/v1/notices HTTP/1.1',
      'Host: sns.example',
      'Content-Type: application/json',
      'Content-Length: 10',
      '',
      '{"id"',
    )
    await new Promise((resume) => setTimeout(resume, 50))
    connection.destroy()
    const { ctx } = madoguchi.internals
    await expect
      .poll(async () => {
        await ctx.refusals.flush()
        return ctx.read.count('refusalCount', { code: 'malformed_request' })
      })
      .toBe(1)
    expect((await post(BODY, await sign(BODY))).status).toBe(202)
  })

  it('shows its documents, answers HEAD without a body, and knows no other path', async () => {
    const { origin } = await serve(app)
    const document = `${origin}/.well-known/madoguchi-configuration`
    const got = await fetch(document)
    expect(await got.json()).toMatchObject({ hosts: ['sns.example'] })
    const head = await fetch(document, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'))
    expect(await head.text()).toBe('')
    const other = await fetch(`${origin}/madoguchi/v1/notices/`, { method: 'POST' })
    expect(await other.json()).toMatchObject({ code: 'not_found' })
    expect((await fetch(`${origin}/posts`)).status).toBe(200)
  })

  it('serves the desk, to operators only', async () => {
    const { madoguchi, origin, operatorToken, post, sign } = await serve(app)
    await post(BODY, await sign(BODY))
    await madoguchi.start({ work: true })
    const cases = `${origin}/staff/madoguchi/v1/cases`
    expect((await fetch(cases)).status).toBe(401)
    const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' }
    const first = async (): Promise<string | undefined> =>
      ((await (await fetch(cases, { headers })).json()) as { items: { id: string }[] }).items[0]?.id
    await expect.poll(first).toBeDefined()
    const id = (await first()) ?? ''
    const claimed = await fetch(`${cases}/${id}/claim`, { method: 'POST', headers })
    expect(claimed.status).toBe(200)
    const decided = await fetch(`${cases}/${id}/decision`, { method: 'POST', headers, body: '{}' })
    expect(await decided.json()).toMatchObject({ code: 'invalid_input' })
  })

  it('serves machines', async () => {
    const { origin } = await serve(ops)
    expect((await fetch(`${origin}/machines/readyz`)).status).toBe(200)
    expect(await (await fetch(`${origin}/madoguchi/v1/notices`)).json()).toMatchObject({})
  })

  it('says so where a body was read before', async () => {
    const { post, sign } = await serve(parsed)
    const refused = await post(BODY, await sign(BODY))
    expect(await refused.json()).toMatchObject({ status: 500, code: 'body_already_parsed' })
  })
})

it('Fastify goes on parsing the platform’s own bodies', async () => {
  const { origin } = await serve(FRAMEWORKS['Fastify']!.app)
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/posts`, { method: 'POST', headers, body: '{"a":1}' })
  expect(await answer.json()).toEqual({ parsed: { a: 1 } })
})
