import type { Clock } from '../ports/runtime.ts'
import { SECOND } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'

const MAX_PER_SENDER = 2
const MAX_IN_ALL = 256
const RETRY_MS = 5 * SECOND

/** The place of one waiting poll. */
export interface WaitingPlace {
  /** Nothing more is to be waited for: the desk closes, or whoever asked has hung up. */
  readonly isOver: boolean
  /** Resolves when there may be news for its sender, and after `ms` at the latest. */
  news(ms: number): Promise<void>
  leave(): void
}

/**
 * The polls of this process that wait for an outcome. Each holds a connection, so their number is
 * bounded; what is issued in this process wakes those of its sender.
 */
export class WaitingPolls {
  readonly #clock: Pick<Clock, 'after'>
  readonly #places = new Map<string, Set<Place>>()
  #count = 0
  #closed = false

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock
  }

  /** How many wait now. */
  get count(): number {
    return this.#count
  }

  /**
   * Takes a place; the caller leaves it.
   *
   * @param signal Aborted when whoever asked hangs up.
   * @throws MadoguchiError `too_many_polls` for a sender with two waiting, `overloaded`.
   */
  enter(senderId: string, signal: AbortSignal): WaitingPlace {
    const own = this.#places.get(senderId) ?? new Set<Place>()
    if (own.size >= MAX_PER_SENDER)
      throw new MadoguchiError('too_many_polls', { retryAfterMs: RETRY_MS })
    if (this.#count >= MAX_IN_ALL)
      throw new MadoguchiError('overloaded', { retryAfterMs: RETRY_MS })
    const place = new Place(this.#clock, signal, () => {
      if (!own.delete(place)) return
      this.#count -= 1
      if (own.size === 0) this.#places.delete(senderId)
    })
    own.add(place)
    this.#places.set(senderId, own)
    this.#count += 1
    if (this.#closed) place.end()
    return place
  }

  /** Says that there is something for these senders. */
  tell(senderIds: Iterable<string>): void {
    for (const senderId of senderIds)
      for (const place of this.#places.get(senderId) ?? []) place.wake()
  }

  /** Ends every wait, now and from now on: whoever waits is answered with what there is. */
  close(): void {
    this.#closed = true
    for (const places of this.#places.values()) for (const place of places) place.end()
  }
}

class Place implements WaitingPlace {
  readonly #clock: Pick<Clock, 'after'>
  readonly #signal: AbortSignal
  readonly #release: () => void
  #ended = false
  /** News that came while nobody waited for it. */
  #told = false
  #resume: (() => void) | undefined

  constructor(clock: Pick<Clock, 'after'>, signal: AbortSignal, release: () => void) {
    this.#clock = clock
    this.#signal = signal
    this.#release = release
    signal.addEventListener('abort', this.wake)
  }

  get isOver(): boolean {
    return this.#ended || this.#signal.aborted
  }

  async news(ms: number): Promise<void> {
    if (!this.#told && !this.isOver) {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.after(ms, resolve)
        this.#resume = () => {
          timer.cancel()
          resolve()
        }
      })
    }
    this.#told = false
    this.#resume = undefined
  }

  readonly wake = (): void => {
    this.#told = true
    this.#resume?.()
  }

  end(): void {
    this.#ended = true
    this.wake()
  }

  leave(): void {
    this.#signal.removeEventListener('abort', this.wake)
    this.#release()
  }
}
