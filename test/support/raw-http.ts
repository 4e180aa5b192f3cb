import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Serves an app on a free port of this machine until the test is over. */
export async function serve(app: RequestListener): Promise<number> {
  const server: Server = createServer({ insecureHTTPParser: false }, app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A connection on which every byte is the test's own choice. */
export class RawConnection {
  readonly #socket: Socket
  #received = ''
  #isClosed = false

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setEncoding('utf8')
    this.#socket.on('data', (chunk: string) => {
      this.#received += chunk
    })
    // A reset after the answer is none of the test's concern.
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => {
      this.#isClosed = true
    })
    onTestFinished(() => {
      this.#socket.destroy()
    })
  }

  write(...lines: readonly string[]): this {
    this.#socket.write(lines.join('\r\n'))
    return this
  }

  destroy(): void {
    this.#socket.destroy()
  }

  get received(): string {
    return this.#received
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Status and problem of the first answer, as soon as it is whole. */
  async answer(): Promise<{ status: number; head: string; code: string | undefined }> {
    const end = performance.now() + 5_000
    while (performance.now() < end) {
      const [head = '', body] = this.#received.split('\r\n\r\n')
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (body !== undefined && Buffer.byteLength(body) >= length) {
        const code = /"code":"(\w+)"/.exec(body)?.[1]
        return { status, head: head.toLowerCase(), code }
      }
      if (this.#isClosed) break
      await new Promise((resume) => setTimeout(resume, 5))
    }
    throw new Error('no answer in time')
  }
}
