import type { SqlRow, SqlSession, SqlValue } from '../sql-session.ts'
import type { PostgresConnection } from './postgres-connection.ts'

/** One connection at a time: made when it is first needed, and anew after it was lost. */
export class PostgresLine {
  readonly #open: () => Promise<PostgresConnection>
  #connection: Promise<PostgresConnection> | undefined

  constructor(open: () => Promise<PostgresConnection>) {
    this.#open = open
  }

  async connected(): Promise<PostgresConnection> {
    const held = this.#connection
    if (held !== undefined) {
      const connection = await held.catch(() => undefined)
      if (connection?.isLost === false) return connection
      if (this.#connection !== held) return this.connected()
    }
    this.#connection = this.#open()
    return this.#connection
  }

  async close(): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined)
    await connection?.close()
  }
}

/** A few lines for reading; each query takes the one that fewest wait for. */
export class PostgresReadLines implements SqlSession {
  readonly #lines: readonly { readonly line: PostgresLine; waiting: number }[]

  constructor(lines: readonly [PostgresLine, ...PostgresLine[]]) {
    this.#lines = lines.map((line) => ({ line, waiting: 0 }))
  }

  all(sql: string, values: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.#on((session) => session.all(sql, values))
  }

  run(sql: string, values: readonly SqlValue[]): Promise<number> {
    return this.#on((session) => session.run(sql, values))
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map(({ line }) => line.close()))
  }

  async #on<R>(operation: (session: SqlSession) => Promise<R>): Promise<R> {
    const freest = this.#lines.reduce((best, one) => (one.waiting < best.waiting ? one : best))
    freest.waiting += 1
    try {
      return await operation(await freest.line.connected())
    } finally {
      freest.waiting -= 1
    }
  }
}
