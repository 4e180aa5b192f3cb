import { describe, expect, it } from 'vitest'
import { nodeHandler } from '../../src/node.ts'
import { webHandler, type Faces } from '../../src/web.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { json } from '../support/http.ts'
import { RawConnection, serve } from '../support/raw-http.ts'

const URL_OF_NOTICES = 'https://sns.example/madoguchi/v1/notices'
const BODY = json(noticeOf('yamibaito_recruitment'))

async function requestOf(
  desk: Desk,
  init: RequestInit & { readonly duplex?: 'half' } = {},
): Promise<Request> {
  return new Request(URL_OF_NOTICES, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await desk.hotline.token(BODY)}`,
      'content-type': 'application/json',
    },
    body: Buffer.from(BODY),
    ...init,
  })
}

describe('a Web request', () => {
  it('is taken without a socket, and answered as a Web response', async () => {
    const desk = await openDesk()
    const handle = webHandler(desk.madoguchi)
    const response = await handle(await requestOf(desk))
    expect(response.status).toBe(202)
    expect(response.headers.get('connection')).toBeNull()
    expect(await response.json()).toMatchObject({ id: expect.stringMatching(/^ntc_/) })
  })

  it('of HEAD gets the headers and no body', async () => {
    const handle = webHandler((await openDesk()).madoguchi)
    const url = 'https://sns.example/.well-known/jwks.json'
    const response = await handle(new Request(url, { method: 'HEAD' }))
    expect([response.status, response.body]).toEqual([200, null])
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0)
  })

  it('with a declared length over the limit is answered before a byte is read', async () => {
    const desk = await openDesk()
    const body = new ReadableStream({}, { highWaterMark: 0 })
    const request = await requestOf(desk, {
      body,
      duplex: 'half',
      headers: { 'content-length': '262145', 'content-type': 'application/json' },
    })
    const response = await webHandler(desk.madoguchi)(request)
    expect(await response.json()).toMatchObject({ code: 'too_large' })
  })

  it('that was read before is a named fault of the platform', async () => {
    const desk = await openDesk()
    const request = await requestOf(desk)
    await request.text()
    const response = await webHandler(desk.madoguchi)(request)
    expect(await response.json()).toMatchObject({ code: 'body_already_parsed' })
  })

  it('that is aborted leaves nothing behind', async () => {
    const desk = await openDesk()
    const abort = new AbortController()
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(BODY.subarray(0, 10))
      },
    })
    const request = await requestOf(desk, { body, duplex: 'half', signal: abort.signal })
    const answered = webHandler(desk.madoguchi)(request)
    await new Promise((resume) => setTimeout(resume, 30))
    abort.abort()
    expect((await answered).status).toBe(499)
    const { ctx } = desk.madoguchi.internals
    await expect
      .poll(async () => {
        await ctx.refusals.flush()
        return ctx.read.count('refusalCount', { code: 'malformed_request' })
      })
      .toBe(1)
    expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('for a path of nobody is not found; a platform’s own fault stays its own', async () => {
    const desk = await openDesk()
    const handle = webHandler(desk.madoguchi)
    const response = await handle(new Request('https://sns.example/elsewhere'))
    expect(await response.json()).toMatchObject({ code: 'not_found' })
    const torn = new ReadableStream({
      pull: () => {
        throw new Error('torn')
      },
    })
    await expect(handle(await requestOf(desk, { body: torn, duplex: 'half' }))).rejects.toThrow()
  })
})

describe('faces', () => {
  it('are served only where they are named', async () => {
    const { madoguchi } = await openDesk()
    const statusOf = async (path: string, faces?: Faces): Promise<number> =>
      (await webHandler(madoguchi, faces)(new Request(`https://sns.example${path}`))).status
    expect(await statusOf('/madoguchi/v1/ledger/checkpoint')).toBe(200)
    expect(await statusOf('/madoguchi/v1/cases')).toBe(404)
    expect(await statusOf('/livez')).toBe(404)
    expect(await statusOf('/.well-known/jwks.json', { ops: '/' })).toBe(404)
    expect(await statusOf('/livez', { ops: '/' })).toBe(200)
    expect(await statusOf('/staff/v1/cases', { operator: '/staff' })).toBe(401)
    expect(await statusOf('/v1/ledger/checkpoint', { sender: '/' })).toBe(200)
    expect(await statusOf('/MADOGUCHI/v1/ledger/checkpoint')).toBe(404)
  })

  it('pass other paths on, as they came', async () => {
    const { madoguchi } = await openDesk()
    const desk = nodeHandler(madoguchi)
    const seen: (string | undefined)[] = []
    const port = await serve((req, res) => {
      desk(req, res, () => {
        seen.push(req.url)
        res.end()
      })
    })
    await fetch(`http://127.0.0.1:${port}/madoguchi/elsewhere?q=1`)
    expect(seen).toEqual(['/madoguchi/elsewhere?q=1'])
    const connection = new RawConnection(port)
    connection.write('GET /madoguchi/v1/notices/%zz HTTP/1.1', 'Host: sns.example', '', '')
    expect(await connection.answer()).toMatchObject({ status: 400, code: 'malformed_request' })
  })
})
