import { StoreUnavailable, TransactionAborted } from '../../ports/record-store.ts'
import type { SqlRow, SqlSession, SqlValue } from './sql-session.ts'

/**
 * The connection as one transaction sees it. After a fault of the store nothing more of the
 * transaction reaches the database, which may have rolled it back by itself: what ran then would be
 * committed alone. After its end it can't be used at all.
 */
export class GuardedSession implements SqlSession {
  readonly #inner: SqlSession
  #fault: Error | undefined

  constructor(inner: SqlSession) {
    this.#inner = inner
  }

  all(sql: string, values: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.#guard(() => this.#inner.all(sql, values))
  }

  run(sql: string, values: readonly SqlValue[]): Promise<number> {
    return this.#guard(() => this.#inner.run(sql, values))
  }

  /** Ends it; throws the fault that it met, if any, even where the body has caught it. */
  end(): void {
    const fault = this.#fault
    this.abandon()
    if (fault !== undefined) throw fault
  }

  /** Ends it, whatever it met. */
  abandon(): void {
    this.#fault = new Error('this transaction is over')
  }

  async #guard<R>(operation: () => Promise<R>): Promise<R> {
    if (this.#fault !== undefined) throw this.#fault
    try {
      return await operation()
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof TransactionAborted)
        this.#fault = error
      throw error
    }
  }
}
