import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { freePort } from '../../src/cli/free-port.ts'

/** A Redis of a test's own: on loopback, in a folder that is gone afterwards, keeping nothing on disk. */
export interface TestRedis {
  readonly url: string
  /** Where it is allowed, SIGKILL: nothing is said to the clients. */
  stop(): Promise<void>
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>
  /** Stands still with open connections, until {@link resume}. */
  pause(): void
  resume(): void
  flush(): Promise<void>
  /** Takes no more writes. */
  fill(): Promise<void>
  empty(): Promise<void>
  /** Every key with all that it holds, as one text. */
  dump(): Promise<string>
  /** A client of its own for one use. */
  use<R>(act: (client: Redis) => Promise<R>): Promise<R>
}

/** Starts one; it is killed when the test ends, however it ends. */
export async function freshRedis(options: { readonly password?: string } = {}): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-redis-'))
  const port = await freePort(0)
  const { password } = options
  const url = `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${String(port)}`
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const memory = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction']
  const secret = password === undefined ? [] : ['--requirepass', password]
  let server: ChildProcess | undefined

  const use: TestRedis['use'] = async (act) => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null })
    client.on('error', () => undefined)
    try {
      return await act(client)
    } finally {
      client.disconnect()
    }
  }
  async function isUp(): Promise<boolean> {
    return use((client) => client.ping()).then(
      () => true,
      () => false,
    )
  }
  const redis: TestRedis = {
    url,
    use,
    async start() {
      server = spawn('redis-server', [...args, ...memory, ...secret], { stdio: 'ignore' })
      for (let look = 0; look < 500 && !(await isUp()); look += 1)
        await new Promise((resume) => setTimeout(resume, 20))
    },
    async stop() {
      const running = server
      server = undefined
      if (running === undefined) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await ended
    },
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
    flush: async () => {
      await use((client) => client.flushall())
    },
    fill: async () => {
      await use((client) => client.config('SET', 'maxmemory', '1'))
    },
    empty: async () => {
      await use((client) => client.config('SET', 'maxmemory', '0'))
    },
    dump: () => use(dump),
  }
  onTestFinished(async () => {
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await redis.start()
  return redis
}

async function dump(client: Redis): Promise<string> {
  const keys = await client.keys('*')
  const parts = keys.sort().map(async (key) => {
    switch (await client.type(key)) {
      case 'hash':
        return [key, await client.hgetall(key)]
      case 'zset':
        return [key, await client.zrange(key, '0', '-1', 'WITHSCORES')]
      case 'list':
        return [key, await client.lrange(key, 0, -1)]
      case 'set':
        return [key, await client.smembers(key)]
      case 'stream':
        return [key, await client.xrange(key, '-', '+')]
      default:
        return [key, await client.get(key)]
    }
  })
  return JSON.stringify(await Promise.all(parts), undefined, 1)
}
