import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SqlRow, SqlSession, SqlValue } from '../sql-session.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/**
 * One SQLite connection with its prepared statements. It opens when it is first used, and again after
 * {@link drop}; every opening passes through the same settings.
 */
export class SqliteSession implements SqlSession {
  readonly #open: () => DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #db: DatabaseSync | undefined

  constructor(open: () => DatabaseSync) {
    this.#open = open
  }

  all(sql: string, values: readonly SqlValue[]): Promise<SqlRow[]> {
    return settle(() => this.#prepare(sql).all(...values) as SqlRow[])
  }

  run(sql: string, values: readonly SqlValue[]): Promise<number> {
    return settle(() => Number(this.#prepare(sql).run(...values).changes))
  }

  /** Whether a transaction is open; SQLite ends one by itself after some faults. */
  get inTransaction(): boolean {
    return this.#db?.isTransaction ?? false
  }

  /** The connection itself, for settings. Throws what the port has words for. */
  connect(): DatabaseSync {
    try {
      this.#db ??= this.#open()
      return this.#db
    } catch (error) {
      throw translateSqliteError(error)
    }
  }

  /** Closes the connection; an open transaction is rolled back. */
  drop(): void {
    const db = this.#db
    this.#db = undefined
    this.#statements.clear()
    db?.close()
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.connect().prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

function settle<R>(operation: () => R): Promise<R> {
  try {
    return Promise.resolve(operation())
  } catch (error) {
    return Promise.reject(translateSqliteError(error))
  }
}
