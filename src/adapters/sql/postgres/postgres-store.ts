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
import type { PostgresConnection } from './postgres-connection.ts'
import type { PostgresLine, PostgresReadLines } from './postgres-line.ts'
import { assertCurrentSchema } from './postgres-schema.ts'
import { assertSafeSettings } from './postgres-settings.ts'
import { PostgresTransaction } from './postgres-transaction.ts'

/** What {@link PostgresStore} is made of; `openPostgresStore` makes it. */
export interface PostgresParts {
  readonly statements: SqlStatements
  readonly writer: PostgresLine
  readonly readers: PostgresReadLines
}

/**
 * The record in a PostgreSQL database, which other processes may write to as well. The transactions of
 * this object run one after the other on one connection; reads run on others and see what was
 * committed. A connection that was lost is made anew when it is next needed.
 */
export class PostgresStore implements RecordStore {
  readonly read: Reader
  readonly #parts: PostgresParts
  readonly #mutex = new Mutex()
  #closing: Promise<void> | undefined

  constructor(parts: PostgresParts) {
    this.#parts = parts
    this.read = new SqlReader(this.#readSession(), parts.statements)
  }

  async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    this.#assertOpen()
    return this.#mutex.run(async () => {
      const connection = await this.#parts.writer.connected()
      await connection.run('begin', [])
      const session = new GuardedSession(connection)
      let result: R
      try {
        result = await body(new PostgresTransaction(session, this.#parts.statements))
        session.end()
        connection.assertHeld()
      } catch (error) {
        session.abandon()
        await rollBack(connection)
        throw error
      }
      await commit(connection)
      return result
    })
  }

  async check(): Promise<void> {
    this.#assertOpen()
    await this.#mutex.run(async () => {
      const connection = await this.#parts.writer.connected()
      await assertSafeSettings(connection)
      await assertCurrentSchema(connection)
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#mutex.run(async () => {
      await Promise.all([this.#parts.writer.close(), this.#parts.readers.close()])
    })
    return this.#closing
  }

  #readSession(): SqlSession {
    const { readers } = this.#parts
    return {
      all: async (sql, values) => {
        this.#assertOpen()
        return readers.all(sql, values)
      },
      run: async (sql, values) => {
        this.#assertOpen()
        return readers.run(sql, values)
      },
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new StoreUnavailable('closed')
  }
}

async function rollBack(connection: PostgresConnection): Promise<void> {
  if (connection.isLost) return
  try {
    await connection.run('rollback', [])
  } catch {
    connection.drop()
  }
}

/**
 * Where a commit fails, it may have taken effect or not, and may still do so as long as the connection
 * stands: it is cut off, and whoever asks afterwards hears the truth.
 */
export async function commit(connection: PostgresConnection): Promise<void> {
  const stands = await connection.commit().catch((error: unknown) => {
    connection.drop()
    throw new CommitUnknown('it is not known whether the commit took effect', { cause: error })
  })
  if (!stands) throw new Error('a statement had failed outside of a savepoint')
}
