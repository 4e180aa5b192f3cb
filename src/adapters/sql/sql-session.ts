/** What a column may hold on the way to and from the driver. Integers are safe ones. */
export type SqlValue = string | number | Uint8Array | null
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * One connection to a SQL database: all that the shared reader and transaction ask of a driver.
 *
 * A driver prepares each distinct text once, and turns its errors into `UniqueViolation`,
 * `TransactionAborted` and `StoreUnavailable`; anything else it throws is a fault of ours.
 */
export interface SqlSession {
  all(sql: string, values: readonly SqlValue[]): Promise<SqlRow[]>
  /** Returns how many rows were changed. */
  run(sql: string, values: readonly SqlValue[]): Promise<number>
}
