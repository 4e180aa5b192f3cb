/** Runs what has the same key one after the other, and everything else side by side. */
export class InFlight {
  readonly #tails = new Map<string, Promise<unknown>>()

  async run<R>(key: string, body: () => Promise<R>): Promise<R> {
    const before = this.#tails.get(key)
    const mine = before === undefined ? body() : before.then(body, body)
    this.#tails.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#tails.get(key) === mine) this.#tails.delete(key)
    }
  }
}
