import type { Clock, Timer } from '../ports/runtime.ts'

interface Pending {
  dueAt: number
  readonly run: () => void
}

/** A clock that moves only when told, and fires what falls due on the way, in due order. */
export class FixedClock implements Clock {
  #now: number
  #pending: Pending[] = []

  constructor(startAt = Date.parse('2026-11-22T00:00:00.000Z')) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  after(delayMs: number, run: () => void): Timer {
    const pending = { dueAt: this.#now + Math.max(0, delayMs), run }
    this.#pending.push(pending)
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== pending)
      },
    }
  }

  turn(): Promise<void> {
    return new Promise((resume) => {
      setImmediate(resume)
    })
  }

  /** Timers that have neither fired nor been cancelled. */
  get timers(): number {
    return this.#pending.length
  }

  /** Moves on; a timer sees the time at which it was due. One that is set on the way may fire too. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#pending
        .filter((timer) => timer.dueAt <= end)
        .reduce<Pending | undefined>((a, b) => (a && a.dueAt <= b.dueAt ? a : b), undefined)
      if (!next) break
      this.#pending = this.#pending.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.dueAt)
      next.run()
    }
    this.#now = end
  }

  /** A step of the machine's clock, backwards too: timers keep what they had left to wait. */
  jump(ms: number): void {
    this.#now += ms
    for (const timer of this.#pending) timer.dueAt += ms
  }
}
