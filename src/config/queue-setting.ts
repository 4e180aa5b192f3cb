import type { Env } from './env.ts'
import { SecretText } from './secret-text.ts'

/** How workers are woken, as far as it may be shown. */
export type QueueLocation =
  { readonly kind: 'memory' } | { readonly kind: 'redis'; readonly host: string }

/** Notes in `env.faults` what is wrong. */
export function readQueueLocation(env: Env): QueueLocation {
  const location = env.read('MADOGUCHI_QUEUE', 'bad_queue', locateQueue)
  return Object.freeze(location ?? { kind: 'memory' })
}

/** The URL of a Redis, which may hold a password. */
export function readQueueUrl(env: Env): SecretText | null {
  const text = env.text('MADOGUCHI_QUEUE')?.trim() ?? ''
  return locateQueue(text)?.kind === 'redis' ? new SecretText(text) : null
}

function locateQueue(given: string): QueueLocation | undefined {
  const text = given.trim()
  if (text === 'memory') return { kind: 'memory' }
  // The driver would take a query for options of its own.
  if (!/^rediss?:\/\/[^?#\s]+$/.test(text) || !URL.canParse(text)) return undefined
  const { host, pathname } = new URL(text)
  return host !== '' && /^(\/\d{0,4})?$/.test(pathname) ? { kind: 'redis', host } : undefined
}
