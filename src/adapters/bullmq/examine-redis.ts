import { Redis } from 'ioredis'
import { queueFault, type QueueFault } from './fault-code.ts'

/** What Redis says of itself, or why it says nothing. */
export type RedisExamination =
  | { readonly isReached: false; readonly code: QueueFault }
  | { readonly isReached: true; readonly version: string; readonly evictionPolicy: string }

const ANSWER_MS = 2_000

/** Asks a Redis once, changing nothing. */
export async function examineRedis(url: string): Promise<RedisExamination> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: null,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    disconnectTimeout: 0,
  })
  let cause: unknown
  client.on('error', (fault) => {
    cause = fault
  })
  try {
    await client.connect()
    const facts = await client.info('server', 'memory')
    const [, version = '?'] = /^redis_version:(\S+)/m.exec(facts) ?? []
    const [, evictionPolicy = '?'] = /^maxmemory_policy:(\S+)/m.exec(facts) ?? []
    return { isReached: true, version, evictionPolicy }
  } catch (fault) {
    return { isReached: false, code: queueFault(cause ?? fault) }
  } finally {
    client.disconnect()
  }
}
