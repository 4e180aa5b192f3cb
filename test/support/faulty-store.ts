import {
  CommitUnknown,
  StoreUnavailable,
  TransactionAborted,
  type Reader,
  type RecordStore,
  type Transaction,
} from '../../src/ports/record-store.ts'

/**
 * What goes wrong with one transaction: the body runs and is rolled back (`before_commit`), it isn't
 * known whether COMMIT took effect and it did (`unknown_stored`) or did not (`unknown_lost`), or the
 * store can't be reached and the body doesn't run (`unavailable`), or the store broke it off for the sake
 * of another one (`aborted`).
 */
export type StoreFault =
  'before_commit' | 'unknown_stored' | 'unknown_lost' | 'unavailable' | 'aborted'

/** A store that fails on demand and otherwise does what the inner one does. */
export class FaultyStore implements RecordStore {
  readonly #inner: RecordStore
  readonly #faults: StoreFault[] = []

  constructor(inner: RecordStore) {
    this.#inner = inner
  }

  /** The next transactions meet these faults, one each, in order. */
  failNext(...faults: readonly StoreFault[]): void {
    this.#faults.push(...faults)
  }

  /** Faults that no transaction has met yet. */
  get faultsLeft(): number {
    return this.#faults.length
  }

  get read(): Reader {
    return this.#inner.read
  }

  async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    const fault = this.#faults.shift()
    switch (fault) {
      case undefined:
        return this.#inner.transact(body)
      case 'unavailable':
        throw new StoreUnavailable('io_error')
      case 'before_commit':
        return this.#rolledBack(body, new StoreUnavailable('io_error'))
      case 'unknown_stored':
        await this.#inner.transact(body)
        throw new CommitUnknown('made for a test')
      case 'aborted':
        return this.#rolledBack(body, new TransactionAborted('deadlock'))
      case 'unknown_lost':
        return this.#rolledBack(body, new CommitUnknown('made for a test'))
    }
  }

  async check(): Promise<void> {
    if (this.#faults[0] === 'unavailable') throw new StoreUnavailable('io_error')
    await this.#inner.check()
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  #rolledBack<R>(body: (tx: Transaction) => Promise<R>, fault: Error): Promise<R> {
    return this.#inner.transact(async (tx) => {
      await body(tx)
      throw fault
    })
  }
}
