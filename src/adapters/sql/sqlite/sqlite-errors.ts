import { StoreUnavailable, UniqueViolation } from '../../../ports/record-store.ts'

/** Primary result codes (sqlite.org/rescode.html) after which the record can't be relied on. */
const UNAVAILABLE: Readonly<Record<number, string>> = {
  3: 'no_permission',
  5: 'busy',
  6: 'busy',
  7: 'out_of_memory',
  8: 'read_only',
  10: 'io_error',
  11: 'corrupt',
  13: 'full',
  14: 'cannot_open',
  15: 'busy',
  23: 'no_permission',
  26: 'not_a_database',
}

/** SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE and _ROWID. */
const UNIQUE: ReadonlySet<number> = new Set([1555, 2067, 2579])

/** SQLite's result code of an error of `node:sqlite`, or `undefined` for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

/** What the port says of an error of `node:sqlite`; an error that it has no word for, unchanged. */
export function translateSqliteError(error: unknown): Error {
  const code = sqliteCode(error)
  if (code !== undefined) {
    if (UNIQUE.has(code)) return new UniqueViolation('a row with this key stands', { cause: error })
    const reason = UNAVAILABLE[code & 0xff]
    if (reason !== undefined) return new StoreUnavailable(reason, { cause: error })
  }
  return error instanceof Error ? error : new Error('unknown fault of the store', { cause: error })
}
