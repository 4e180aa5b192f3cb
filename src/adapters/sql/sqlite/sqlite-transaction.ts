import { SqlTransaction } from '../sql-transaction.ts'

/** Writing where nobody else does: there is nothing to lock. */
export class SqliteTransaction extends SqlTransaction {
  override lock(): Promise<void> {
    return Promise.resolve()
  }
}
