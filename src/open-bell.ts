import { createHash } from 'node:crypto'
import { createMemoryBell } from './adapters/memory/bell.ts'
import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'
import type { Bell } from './ports/bell.ts'
import type { Clock, Logger } from './ports/runtime.ts'

/** What a bell is opened by. */
export interface BellPlace {
  readonly config: Pick<Config, 'queue'>
  readonly secrets: Pick<Secrets, 'queueUrl'>
  /** Desks with one issuer share their workers, others never: also where they share a Redis. */
  readonly issuer: string
  readonly log: Logger
  readonly clock: Clock
}

/** Opens the bell that the settings name; neither waits nor fails for a queue that is away. */
export async function openBell({ config, secrets, issuer, log, clock }: BellPlace): Promise<Bell> {
  const here = createMemoryBell(log)
  const { queueUrl } = secrets
  if (config.queue.kind === 'memory') return here
  if (queueUrl === null) throw new TypeError('a queue without its URL')
  // Loaded where it is used: the embedded default starts without it.
  const { createBullmqBell } = await import('./adapters/bullmq/bell.ts')
  const desk = createHash('sha256').update(issuer).digest('hex').slice(0, 12)
  return createBullmqBell({ url: queueUrl.reveal(), prefix: `madoguchi:${desk}`, log, clock, here })
}
