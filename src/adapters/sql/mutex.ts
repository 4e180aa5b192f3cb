/** Runs bodies one after the other, in the order in which they came. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve()

  run<R>(body: () => Promise<R>): Promise<R> {
    const result = this.#last.then(body)
    this.#last = result.catch(() => undefined)
    return result
  }
}
