/** Keeps what arrives under a name until somebody takes it, and lets somebody wait for it. */
export class Mailbox<Item> {
  readonly #items = new Map<string, Item>()
  readonly #waiting = new Map<string, (item: Item) => void>()

  put(name: string, item: Item): void {
    this.#items.set(name, item)
    this.#waiting.get(name)?.(item)
  }

  /** `undefined` where nothing comes within the time. */
  async take(name: string, withinMs: number): Promise<Item | undefined> {
    const here = this.#items.get(name)
    if (here !== undefined) return here
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(undefined)
      }, withinMs)
      this.#waiting.set(name, (item) => {
        clearTimeout(timer)
        resolve(item)
      })
    })
  }
}
