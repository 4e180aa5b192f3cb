import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What becomes of the next thing that a client sends: the server never gets it, or its answer is lost. */
export type Cut = 'request' | 'answer'

/** Stands before a server, and cuts a connection off at a moment of our choosing. */
export class CuttingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #cut: Cut | undefined

  private constructor(server: Server) {
    this.#server = server
  }

  static async before(host: string, port: number): Promise<CuttingProxy> {
    const server = createServer()
    const proxy = new CuttingProxy(server)
    server.on('connection', (client) => {
      proxy.#join(client, connect(port, host))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  arm(cut: Cut): void {
    this.#cut = cut
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client: Socket, upstream: Socket): void {
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    let isDeaf = false
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    client.on('data', (bytes) => {
      const cut = this.#cut
      this.#cut = undefined
      if (cut === 'request') {
        end()
        return
      }
      isDeaf ||= cut === 'answer'
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isDeaf) end()
      else client.write(bytes)
    })
  }
}
