import { connect, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { newCommandDesk, type CommandDesk } from '../support/served-desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A request whose body hasn't come whole. */
async function halfRequest({ url }: CommandDesk): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => {
    socket.destroy()
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(
    `POST /madoguchi/v1/notices HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{`,
  )
  // The server has it once it answers a request that came after.
  await fetch(`${new URL(url).origin}/.well-known/jwks.json`)
  return socket
}

it('listens with one JSON line and tells its ports, and nothing else', async () => {
  const desk = await newCommandDesk()
  const serve = await desk.serve()
  const line = serve.text().trim().split('\n').at(-1) ?? ''
  const { port, ops_port: opsPort } = JSON.parse(line) as { port: number; ops_port: number }
  expect(port).toBe(Number(new URL(desk.url).port))
  const ready = await fetch(`http://127.0.0.1:${opsPort}/readyz`)
  expect(ready.status).toBe(200)
  expect(ready.headers.get('x-powered-by')).toBeNull()
  const onPublicSide = await fetch(`${new URL(desk.url).origin}/readyz`)
  expect(onPublicSide.status).toBe(404)
  expect(onPublicSide.headers.get('x-powered-by')).toBeNull()
})

it.each([
  '/nowhere-at-all',
  '/madoguchi/nowhere-at-all',
  '/madoguchi//v1/notices',
  '/MADOGUCHI/v1/notices',
])('repeats nothing of an unknown path: %s', async (path) => {
  const desk = await newCommandDesk()
  await desk.serve()
  const response = await fetch(`${new URL(desk.url).origin}${path}`)
  const text = await response.text()
  expect(response.status).toBe(404)
  expect(JSON.parse(text)).toMatchObject({ code: 'not_found' })
  expect(text).not.toMatch(/nowhere|v1/i)
})

it('answers what is in flight after SIGTERM, and ends with 0', async () => {
  const desk = await newCommandDesk()
  const serve = await desk.serve()
  const socket = await halfRequest(desk)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  serve.child.kill('SIGTERM')
  await serve.until(/"event":"stopping"/)
  await expect(fetch(`${new URL(desk.url).origin}/.well-known/jwks.json`)).rejects.toThrow()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write('}')
  await closed
  expect(answer).toContain('signature_missing')
  expect(await serve.ended).toMatchObject({ code: 0, signal: null })
  expect(serve.text()).toContain('"event":"stopped"')
})

it('ends at once at the second signal', async () => {
  const desk = await newCommandDesk()
  const serve = await desk.serve()
  await halfRequest(desk)
  serve.child.kill('SIGTERM')
  await serve.until(/"event":"stopping"/)
  serve.child.kill('SIGTERM')
  expect(await serve.ended).toMatchObject({ code: null, signal: 'SIGTERM' })
})

it('takes a notice from send, which checks what it gets', async () => {
  const desk = await newCommandDesk()
  await desk.serve()
  const file = join(desk.folder, 'notice.json')
  writeFileSync(file, JSON.stringify(noticeOf('yamibaito_recruitment')))
  const send = [
    'send',
    file,
    '--key',
    desk.senderKey,
    '--iss',
    'https://hotline.example/',
    '--to',
    desk.url,
  ]
  const first = await desk.run(...send, '--json')
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(first.out)).toMatchObject({
    status: 202,
    replayed: false,
    checks: { receipt_signature: true, receipt_request: true, entry_proof: true },
  })
  const wrongIssuer = await desk.run(...send, '--iss', 'https://somebody.example/', '--lang', 'en')
  expect(wrongIssuer.code).toBe(1)
  expect(wrongIssuer.out).toContain('401 refused signature_rejected')
  const notADesk = await desk.run(...send, '--to', 'http://127.0.0.1:9/')
  expect(notADesk.code).toBe(1)
})
