import { createHash } from 'node:crypto'
import type { SqlSession } from '../sql-session.ts'

const WORK = 'work:'

/**
 * Locks names until the end of the transaction: first those that are no rows, then rows of work; each
 * sort in one statement and one order, so that no two transactions can wait crosswise.
 */
export async function lockNames(session: SqlSession, keys: readonly string[]): Promise<void> {
  const names = keys.filter((key) => !key.startsWith(WORK))
  if (names.length > 0) {
    const hashes = [...new Set(names.map(lockNumber))].sort((a, b) => (a < b ? -1 : 1))
    await session.all('select pg_advisory_xact_lock(n) from unnest($1::bigint[]) as n', [
      `{${hashes.join()}}`,
    ])
  }
  const rows = keys.filter((key) => key.startsWith(WORK)).map((key) => key.slice(WORK.length))
  if (rows.length > 0) {
    await session.all(
      `select id from work where id = any(array(select json_array_elements_text($1::json)))
        order by id for update`,
      [JSON.stringify(rows)],
    )
  }
}

/** Locks a name until the end of the transaction, unless another transaction holds it. */
export async function tryLockName(session: SqlSession, key: string): Promise<boolean> {
  const [row] = await session.all('select pg_try_advisory_xact_lock($1::bigint)::int as got', [
    String(lockNumber(key)),
  ])
  return row?.['got'] === 1
}

/** PostgreSQL locks 64-bit numbers. Two names with one number wait for each other, and no more. */
function lockNumber(key: string): bigint {
  return createHash('sha256').update(key).digest().readBigInt64BE(0)
}
