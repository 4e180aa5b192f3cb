import { Redis, type RedisOptions } from 'ioredis'
import type { BellHealth } from '../../ports/bell.ts'
import type { Clock, Logger, Timer } from '../../ports/runtime.ts'
import { queueFault, type QueueFault } from './fault-code.ts'

/** Redis answers within milliseconds; what takes longer is done without it. */
const ANSWER_MS = 1_500
const RECONNECT_MS = 1_000
/** The driver keeps the process up for so long after a hang-up that nobody answers. */
const HANG_UP_MS = 100
const BEAT_MS = 5_000
/** While away, so that a queue that is back is used soon. */
const AWAY_BEAT_MS = 1_000

/** A write in a script, as tickets are: fails where Redis is full, read-only, or forbids scripts. */
const PROBE = "return redis.call('set', KEYS[1], '1', 'px', 60000)"

export interface RedisLineOptions {
  /** May hold a password: it is handed to the driver and nowhere else. */
  readonly url: string
  readonly prefix: string
  readonly log: Logger
  readonly clock: Clock
}

/**
 * The connections to one Redis, and what is known of it. Every exchange is bounded in time; the first
 * that fails makes the line `away`, and from then on nothing is asked until a probe went through.
 */
export class RedisLine {
  /** For commands: fails at once while there is no connection, and keeps none for later. */
  readonly client: Redis
  readonly prefix: string
  readonly #log: Logger
  readonly #clock: Clock
  readonly #all: Redis[] = []
  readonly #waiting = new Set<() => void>()
  #health: BellHealth | undefined
  /** Counts the times that Redis came back. */
  #stretch = 0
  #lastFault: QueueFault = 'unreachable'
  #beat: Timer | undefined
  #isClosed = false

  constructor({ url, prefix, log, clock }: RedisLineOptions) {
    this.prefix = prefix
    this.#log = log
    this.#clock = clock
    const retryStrategy = (times: number): number => Math.min(times * 100, RECONNECT_MS)
    this.client = this.#keep(
      new Redis(url, {
        retryStrategy,
        // BullMQ insists for connections that block; time limits bound the commands here.
        maxRetriesPerRequest: null,
        enableOfflineQueue: false,
        autoResendUnfulfilledCommands: false,
        commandTimeout: ANSWER_MS,
        connectTimeout: ANSWER_MS,
        disconnectTimeout: HANG_UP_MS,
      }),
    )
    // BullMQ makes its blocking connections of this one. They wait for their answers, and for Redis.
    const duplicate = this.client.duplicate.bind(this.client)
    this.client.duplicate = (override?: Partial<RedisOptions>): Redis =>
      this.#keep(duplicate({ ...override, enableOfflineQueue: true, commandTimeout: undefined }))
    this.client.on('error', (fault) => {
      this.#lastFault = queueFault(fault)
    })
    this.client.on('ready', () => {
      this.#lastFault = 'unreachable'
      void this.#probe()
    })
    this.client.on('close', () => {
      this.#away(this.#lastFault)
    })
  }

  get health(): BellHealth {
    return this.#health ?? 'away'
  }

  /** Waits until it is known whether Redis can be used. */
  async opened(): Promise<void> {
    this.#beatIn(AWAY_BEAT_MS)
    if (this.#health === undefined) await this.#change()
  }

  /** One exchange with Redis; `undefined` where it is away, or didn't go through. Never throws. */
  async ask<R>(exchange: () => Promise<R>): Promise<R | undefined> {
    if (this.#health !== 'up') return undefined
    const stretch = this.#stretch
    try {
      return await exchange()
    } catch (fault) {
      // What was under way when Redis went may be heard of after it is back.
      if (stretch === this.#stretch) this.#away(queueFault(fault))
      return undefined
    }
  }

  /** Resolves once Redis can be used, or the line is closed. */
  async whenUp(): Promise<void> {
    while (this.#health !== 'up' && !this.#isClosed) await this.#change()
  }

  /** Hangs up at once; what is under way fails. */
  close(): void {
    this.#isClosed = true
    this.#beat?.cancel()
    for (const one of this.#all) one.disconnect()
    this.#tell()
  }

  /** Without a listener the driver would print its errors, with addresses. */
  #keep(connection: Redis): Redis {
    this.#all.push(connection)
    connection.on('error', () => undefined)
    return connection
  }

  async #probe(): Promise<void> {
    if (this.#isClosed) return
    const stretch = this.#stretch
    try {
      await this.client.eval(PROBE, 1, `${this.prefix}:probe`)
      this.#up()
    } catch (fault) {
      if (stretch !== this.#stretch) return
      const code = queueFault(fault)
      this.#away(this.client.status === 'ready' ? code : this.#lastFault)
      // Nobody answers on this connection; another one may get through.
      if (code === 'timed_out' && this.client.status === 'ready') this.client.disconnect(true)
    }
    this.#beatIn(this.#health === 'up' ? BEAT_MS : AWAY_BEAT_MS)
  }

  #beatIn(ms: number): void {
    this.#beat?.cancel()
    if (!this.#isClosed) this.#beat = this.#clock.after(ms, () => void this.#probe())
  }

  #up(): void {
    if (this.#isClosed || this.#health === 'up') return
    if (this.#health === 'away') this.#log.info('bell.back')
    this.#health = 'up'
    this.#stretch += 1
    this.#tell()
  }

  #away(code: QueueFault): void {
    if (this.#isClosed || this.#health === 'away') return
    this.#health = 'away'
    this.#log.warn('bell.away', { code })
    this.#beatIn(AWAY_BEAT_MS)
    this.#tell()
  }

  #change(): Promise<void> {
    return new Promise((resume) => this.#waiting.add(resume))
  }

  #tell(): void {
    for (const resume of this.#waiting) resume()
    this.#waiting.clear()
  }
}
