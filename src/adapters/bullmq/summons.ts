import type { WorkKind } from '../../core/work.ts'
import type { Bell } from '../../ports/bell.ts'
import type { RedisLine } from './redis-line.ts'
import { MAX_WAITING_TICKETS } from './ticket-queue.ts'

/**
 * Tickets that every process gets: for work that only some can do, and Redis doesn't know which. Sent by
 * publish, so one that nobody hears is lost, and comes back from the record.
 */
export class Summons {
  readonly #kind: WorkKind
  readonly #line: RedisLine
  readonly #here: Bell
  readonly #channel: string
  /** Ours comes back to us as well. */
  readonly #from = crypto.randomUUID()

  constructor(kind: WorkKind, line: RedisLine, here: Bell) {
    this.#kind = kind
    this.#line = line
    this.#here = here
    this.#channel = `${line.prefix}:${kind}`
  }

  async ring(count: number): Promise<void> {
    await this.#here.ring(this.#kind, count)
    await this.#line.ask(() => this.#line.client.publish(this.#channel, `${this.#from} ${count}`))
  }

  /** Rings here what other processes ring. */
  listen(): void {
    const ear = this.#line.client.duplicate()
    ear.on('message', (_channel, text) => {
      const [from, count] = text.split(' ')
      if (from !== this.#from)
        void this.#here.ring(this.#kind, Math.min(Number(count), MAX_WAITING_TICKETS))
    })
    ear.subscribe(this.#channel).catch(() => undefined)
  }
}
