import { statSync } from 'node:fs'
import {
  CommitUnknown,
  StoreUnavailable,
  type Reader,
  type RecordStore,
  type Transaction,
} from '../../../ports/record-store.ts'
import { GuardedSession } from '../guarded-session.ts'
import { Mutex } from '../mutex.ts'
import { SqlReader } from '../sql-reader.ts'
import type { SqlSession } from '../sql-session.ts'
import type { SqlStatements } from '../sql-statements.ts'
import type { SqliteSession } from './sqlite-session.ts'
import { assertSafeSettings } from './sqlite-settings.ts'
import { SqliteTransaction } from './sqlite-transaction.ts'
import type { WriterLock } from './writer-lock.ts'

/** What {@link SqliteStore} is made of; `openSqliteStore` makes it. */
export interface SqliteParts {
  readonly path: string
  readonly statements: SqlStatements
  readonly writer: SqliteSession
  /** Absent in memory, where there is one connection. */
  readonly reader: SqliteSession | undefined
  readonly lock: WriterLock | undefined
}

/**
 * The record in one SQLite file with one writing process. Transactions run one after the other on one
 * connection; reads run on another and see what was committed. In memory there is one connection, so
 * reads wait for the transaction that runs: don't await one inside its body.
 */
export class SqliteStore implements RecordStore {
  readonly read: Reader
  readonly #parts: SqliteParts
  readonly #mutex = new Mutex()
  /** Device and inode of the file that was opened; `undefined` in memory. */
  readonly #file: string | undefined
  #closing: Promise<void> | undefined

  constructor(parts: SqliteParts) {
    this.#parts = parts
    this.#file = parts.reader === undefined ? undefined : fileIdentity(parts.path)
    this.read = new SqlReader(this.#readSession(), parts.statements)
  }

  async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    this.#assertOpen()
    return this.#mutex.run(async () => {
      this.#assertSameFile()
      const { writer, statements } = this.#parts
      await writer.run('begin immediate', [])
      const session = new GuardedSession(writer)
      let result: R
      try {
        result = await body(new SqliteTransaction(session, statements))
        session.end()
      } catch (error) {
        session.abandon()
        await this.#rollBack()
        throw error
      }
      await this.#commit()
      return result
    })
  }

  check(): Promise<void> {
    return Promise.resolve().then(() => {
      this.#assertOpen()
      assertSafeSettings(this.#parts.writer.connect(), this.#file === undefined)
      this.#assertSameFile()
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#mutex.run(() => {
      this.#dropConnections()
      this.#parts.lock?.release()
      return Promise.resolve()
    })
    return this.#closing
  }

  async #rollBack(): Promise<void> {
    const { writer } = this.#parts
    if (!writer.inTransaction) return
    try {
      await writer.run('rollback', [])
    } catch {
      this.#dropConnections()
    }
  }

  /**
   * Where a commit fails, what was written may or may not be found again. Closing every connection
   * settles it: the log is then folded in without what was not finished.
   */
  async #commit(): Promise<void> {
    try {
      await this.#parts.writer.run('commit', [])
    } catch (error) {
      this.#dropConnections()
      throw new CommitUnknown('it is not known whether the commit took effect', { cause: error })
    }
  }

  #dropConnections(): void {
    // The reader first: the last to close folds the log into the file, and a reader can't.
    this.#parts.reader?.drop()
    this.#parts.writer.drop()
  }

  #readSession(): SqlSession {
    const { reader, writer } = this.#parts
    const locked = <R>(operation: () => Promise<R>): Promise<R> => {
      this.#assertOpen()
      return reader === undefined ? this.#mutex.run(operation) : operation()
    }
    const session = reader ?? writer
    return {
      all: async (sql, values) => locked(() => session.all(sql, values)),
      run: async (sql, values) => locked(() => session.run(sql, values)),
    }
  }

  /** What is committed to a file that was taken away or replaced is lost with the next start. */
  #assertSameFile(): void {
    if (this.#file !== undefined && fileIdentity(this.#parts.path) !== this.#file)
      throw new StoreUnavailable('file_replaced')
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new StoreUnavailable('closed')
  }
}

function fileIdentity(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`
}
