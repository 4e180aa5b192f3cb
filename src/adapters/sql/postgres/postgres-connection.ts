import { Client, type QueryResult } from 'pg'
import { StoreUnavailable } from '../../../ports/record-store.ts'
import { Mutex } from '../mutex.ts'
import type { SqlRow, SqlSession, SqlValue } from '../sql-session.ts'
import { translatePostgresError } from './postgres-errors.ts'
import { postgresTypes } from './postgres-types.ts'

const CONNECT_TIMEOUT_MS = 5_000
/** Beyond every limit that the server keeps: whatever takes longer is a server that can't be reached. */
const ANSWER_TIMEOUT_MS = 15_000
const KEEP_ALIVE_AFTER_MS = 10_000

/**
 * One physical connection. Queries run one after the other, each distinct text prepared once. Once it
 * is lost it stays lost, so that no statement of a transaction can run outside of it.
 */
export class PostgresConnection implements SqlSession {
  readonly #client: Client
  readonly #mutex = new Mutex()
  readonly #names = new Map<string, string>()
  #fault: Error | undefined

  private constructor(client: Client) {
    this.#client = client
    client.on('error', (error) => {
      this.#lose(translatePostgresError(error).fault)
    })
    client.on('end', () => {
      this.#lose(new StoreUnavailable('connection_lost'))
    })
  }

  /** @param patient For work that may take long: answers are waited for without limit. */
  static async open(url: string, { patient = false } = {}): Promise<PostgresConnection> {
    const connection = new PostgresConnection(
      new Client({
        connectionString: url,
        application_name: 'madoguchi',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        ...(patient ? {} : { query_timeout: ANSWER_TIMEOUT_MS }),
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
        types: postgresTypes,
      }),
    )
    await connection.#connect()
    return connection
  }

  get isLost(): boolean {
    return this.#fault !== undefined
  }

  /** Throws what it was lost by. */
  assertHeld(): void {
    if (this.#fault !== undefined) throw this.#fault
  }

  async all(sql: string, values: readonly SqlValue[]): Promise<SqlRow[]> {
    return (await this.#query(sql, values)).rows
  }

  async run(sql: string, values: readonly SqlValue[]): Promise<number> {
    return (await this.#query(sql, values)).rowCount ?? 0
  }

  /** Runs COMMIT, which after a failed statement rolls back and reports no error: then `false`. */
  async commit(): Promise<boolean> {
    const { command } = await this.#query('commit', [])
    return command === 'COMMIT'
  }

  /** Cuts it off; an open transaction is rolled back by the server. */
  drop(): void {
    this.#lose(new StoreUnavailable('connection_lost'))
  }

  /** Says good-bye after the query that runs. */
  close(): Promise<void> {
    return this.#mutex.run(async () => {
      if (this.isLost) return
      this.#fault = new StoreUnavailable('closed')
      await this.#client.end()
    })
  }

  async #connect(): Promise<void> {
    try {
      await this.#client.connect()
    } catch (error) {
      const { fault } = translatePostgresError(error)
      this.#lose(fault)
      throw fault
    }
  }

  #query(sql: string, values: readonly SqlValue[]): Promise<QueryResult<SqlRow>> {
    return this.#mutex.run(async () => {
      if (this.#fault !== undefined) throw this.#fault
      try {
        const name = this.#nameOf(sql)
        return await this.#client.query<SqlRow>({ name, text: sql, values: [...values] })
      } catch (error) {
        const { fault, isLost } = translatePostgresError(error)
        if (isLost) this.#lose(fault)
        throw fault
      }
    })
  }

  #nameOf(sql: string): string {
    const name = this.#names.get(sql) ?? `s${this.#names.size}`
    this.#names.set(sql, name)
    return name
  }

  /** The first reason is the one that is told. */
  #lose(fault: Error): void {
    if (this.#fault !== undefined) return
    this.#fault = fault
    void this.#client.end()
  }
}
