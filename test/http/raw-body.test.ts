import express, { type RequestHandler } from 'express'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, json, MOUNT, postNotice } from '../support/http.ts'
import { RawConnection, serve } from '../support/raw-http.ts'
import { TestClock } from '../support/test-clock.ts'

const POST = `POST ${MOUNT}/v1/notices HTTP/1.1`
const HOST = 'Host: sns.example'
const TYPE = 'Content-Type: application/json'
const MAX = 262_144

async function open(
  options: Parameters<typeof openDesk>[0] = {},
): Promise<{ desk: Desk; port: number }> {
  const desk = await openDesk(options)
  return { desk, port: await serve(appOf(desk)) }
}

describe('too large', () => {
  it('by its declared length is answered before a byte of it came', async () => {
    const { port } = await open()
    const connection = new RawConnection(port)
    connection.write(POST, HOST, TYPE, `Content-Length: ${MAX + 1}`, '', '')
    const { status, code, head } = await connection.answer()
    expect([status, code]).toEqual([413, 'too_large'])
    expect(head).toContain('connection: close')
  })

  it('without a declared length is answered as soon as it is', async () => {
    const { port } = await open()
    const connection = new RawConnection(port)
    connection.write(POST, HOST, TYPE, 'Transfer-Encoding: chunked', '', '')
    const chunk = 'x'.repeat(65_536)
    for (let n = 0; n < 5; n += 1) connection.write('10000', chunk, '')
    const { status, code, head } = await connection.answer()
    expect([status, code]).toEqual([413, 'too_large'])
    expect(head).toContain('connection: close')
  })

  it('is taken up to the limit, and only then', async () => {
    const desk = await openDesk()
    const app = appOf(desk)
    const padded = (length: number): Uint8Array => {
      const body = new TextEncoder().encode(JSON.stringify(noticeOf('yamibaito_recruitment')))
      return Buffer.concat([body, Buffer.alloc(length - body.length, ' ')])
    }
    expect((await postNotice(app, desk, padded(MAX + 1))).status).toBe(413)
    expect((await postNotice(app, desk, padded(MAX))).status).toBe(202)
  })
})

it('a body that does not come in time is given up, by the clock that was given', async () => {
  const clock = new TestClock()
  const { port } = await open({ adapters: { clock } })
  const connection = new RawConnection(port)
  const before = clock.timers
  connection.write(POST, HOST, TYPE, 'Content-Length: 10', '', '{"id"')
  await expect.poll(() => clock.timers).toBe(before + 1)
  clock.advance(14_999)
  expect(connection.received).toBe('')
  clock.advance(1)
  const { status, code, head } = await connection.answer()
  expect([status, code]).toEqual([408, 'body_timeout'])
  expect(head).toContain('connection: close')
  clock.advance(1_000)
  await expect.poll(() => connection.isClosed).toBe(true)
})

it('a connection that breaks off in the body leaves nothing behind', async () => {
  const clock = new TestClock()
  const { desk, port } = await open({ adapters: { clock } })
  const before = clock.timers
  const connection = new RawConnection(port)
  connection.write(POST, HOST, TYPE, 'Content-Length: 10', '', '{"id"')
  await expect.poll(() => clock.timers).toBe(before + 1)
  connection.destroy()
  await expect.poll(() => clock.timers).toBeLessThanOrEqual(before + 1)
  const { ctx } = desk.madoguchi.internals
  await expect
    .poll(async () => {
      await ctx.refusals.flush()
      return ctx.read.count('refusalCount', { code: 'malformed_request' })
    })
    .toBe(1)
  expect(clock.timers).toBe(before)
  expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([])
})

describe('what proxies read in different ways is refused', () => {
  const twice = (header: string): [string, string[]] => [header, [TYPE, header, header]]
  it.each([
    twice('Content-Type: application/json'),
    twice('Authorization: Bearer a.b.c'),
    twice('Madoguchi-Signature: a.b.c'),
  ])('twice %s', async (_name, headers) => {
    const { port } = await open()
    const connection = new RawConnection(port)
    const unique = headers[0] === headers[1] ? headers.slice(1) : headers
    connection.write(POST, HOST, ...unique, 'Content-Length: 2', '', '{}')
    expect(await connection.answer()).toMatchObject({ status: 400, code: 'malformed_request' })
  })

  it.each([
    ['two hosts', [HOST, HOST, TYPE, 'Content-Length: 2']],
    ['two lengths', [HOST, TYPE, 'Content-Length: 2', 'Content-Length: 3']],
    ['length and chunks', [HOST, TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked']],
    ['another transfer coding', [HOST, TYPE, 'Transfer-Encoding: xchunked']],
    ['a space before the colon', [HOST, TYPE, 'Content-Length : 2']],
    ['a folded header', [HOST, TYPE, 'X-A: b', ' c', 'Content-Length: 2']],
  ])('%s', async (_name, headers) => {
    const { desk, port } = await open()
    const connection = new RawConnection(port)
    connection.write(POST, ...headers, '', '{}')
    expect((await connection.answer()).status).toBe(400)
    expect(await desk.madoguchi.internals.ctx.read.count('notice', {})).toBe(0)
  })

  it('a target in absolute form', async () => {
    const { port } = await open()
    const connection = new RawConnection(port)
    const target = `http://other.example${MOUNT}/v1/notices`
    connection.write(`POST ${target} HTTP/1.1`, HOST, TYPE, 'Content-Length: 2', '', '{}')
    expect(await connection.answer()).toMatchObject({ status: 400, code: 'malformed_request' })
  })

  it('a body on GET', async () => {
    const { port } = await open()
    const connection = new RawConnection(port)
    connection.write(`GET ${MOUNT}/v1/notices HTTP/1.1`, HOST, TYPE, 'Content-Length: 2', '', '{}')
    expect(await connection.answer()).toMatchObject({ status: 400, code: 'malformed_request' })
  })
})

describe('a body parser mounted in front', () => {
  it.each<[string, RequestHandler]>([
    ['express.json()', express.json()],
    ['express.text()', express.text({ type: '*/*' })],
    [
      'one that reads the bytes and keeps none',
      (req, _res, next) => {
        req.resume().on('end', () => {
          next()
        })
      },
    ],
  ])('%s is a named fault of ours', async (_name, parser) => {
    const desk = await openDesk()
    const app = appOf(desk, { before: [parser] })
    const response = await postNotice(app, desk, json(noticeOf('yamibaito_recruitment')))
    expect(response.status).toBe(500)
    const problem = JSON.parse(response.text)
    expect(problem).toMatchObject({ code: 'body_already_parsed' })
    expect(problem.detail).toContain("app.use('/madoguchi', senderRouter(madoguchi))")
  })

  it.each<[string, RequestHandler]>([
    ['express.raw()', express.raw({ type: '*/*', limit: '1mb' })],
    [
      'one that keeps rawBody beside what it parsed',
      express.json({
        limit: '1mb',
        verify: (req, _res, bytes) => {
          Object.assign(req, { rawBody: bytes })
        },
      }),
    ],
  ])('%s hands on the bytes as they came, within the same limits', async (_name, parser) => {
    const desk = await openDesk()
    const app = appOf(desk, { before: [parser] })
    const spaced = JSON.stringify(noticeOf('yamibaito_recruitment'), null, 3)
    const body = new TextEncoder().encode(`${spaced} \r\n`)
    expect((await postNotice(app, desk, body)).status).toBe(202)
    const [stored] = await desk.madoguchi.internals.ctx.read.find('notice', {})
    expect(Buffer.from(stored!.body)).toEqual(Buffer.from(body))

    const padding = new Uint8Array(MAX).fill(0x20)
    const long = await postNotice(app, desk, new Uint8Array([...body, ...padding]))
    expect(JSON.parse(long.text)).toMatchObject({ code: 'too_large' })
    const odd = await postNotice(app, desk, body, { headers: { 'content-type': 'text/plain' } })
    expect(odd.status).toBe(415)
  })

  it('of another path does no harm', async () => {
    const desk = await openDesk()
    const app = express().use('/api', express.json()).use(appOf(desk))
    const response = await postNotice(app, desk, json(noticeOf('yamibaito_recruitment')))
    expect(response.status).toBe(202)
  })
})

it('the signed URL is the configured one, whatever Host and forwarding headers say', async () => {
  const desk = await openDesk()
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
  const body = json(noticeOf('yamibaito_recruitment'))
  expect((await postNotice(appOf(desk), desk, body, { headers })).status).toBe(202)
})

it('takes the signature in Madoguchi-Signature as well', async () => {
  const desk = await openDesk()
  const body = json(noticeOf('yamibaito_recruitment'))
  const response = await supertest(appOf(desk))
    .post(`${MOUNT}/v1/notices`)
    .set('content-type', 'application/json')
    .set('madoguchi-signature', await desk.hotline.token(body))
    .send(JSON.stringify(noticeOf('yamibaito_recruitment')))
  expect(response.status).toBe(202)
})
