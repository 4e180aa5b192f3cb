import { StoreUnavailable } from '../../../ports/record-store.ts'
import type { SqlSession } from '../sql-session.ts'

const ANY_TIME = /^[1-9]\d*$/

/** What has to hold on a writing connection, by PostgreSQL's names. Times are in ms. */
const SAFE: Readonly<Record<string, RegExp>> = {
  fsync: /^on$/,
  full_page_writes: /^on$/,
  synchronous_commit: /^(on|remote_apply)$/,
  server_encoding: /^UTF8$/,
  default_transaction_isolation: /^read committed$/,
  default_transaction_read_only: /^off$/,
  statement_timeout: ANY_TIME,
  lock_timeout: ANY_TIME,
  idle_in_transaction_session_timeout: ANY_TIME,
}

const SET_FOR_ALL = `
  set_config('statement_timeout', '10s', false),
  set_config('lock_timeout', '5s', false),
  set_config('idle_in_transaction_session_timeout', '5s', false),
  set_config('default_transaction_isolation', 'read committed', false)`

/**
 * Sets up a writing connection so that a commit is on disk when it returns, and nothing waits for long.
 * `remote_apply`, which promises more, is left as it is.
 */
export async function setUpWriter(session: SqlSession): Promise<void> {
  await session.all(
    `select ${SET_FOR_ALL},
      set_config('default_transaction_read_only', 'off', false),
      set_config('synchronous_commit', case current_setting('synchronous_commit')
        when 'remote_apply' then 'remote_apply' else 'on' end, false)`,
    [],
  )
}

/** Sets up a connection that can't write. */
export async function setUpReader(session: SqlSession): Promise<void> {
  await session.all(
    `select ${SET_FOR_ALL}, set_config('default_transaction_read_only', 'on', false)`,
    [],
  )
}

/**
 * Reads the settings back. Throws {@link StoreUnavailable} `read_only` on a standby, and
 * `unsafe_setting` unless a commit would be durable.
 */
export async function assertSafeSettings(session: SqlSession): Promise<void> {
  const [server] = await session.all('select pg_is_in_recovery()::int as standby', [])
  if (server?.['standby'] !== 0) throw new StoreUnavailable('read_only')
  const names = Object.keys(SAFE)
  const rows = await session.all(
    `select name, setting from pg_settings where name in ('${names.join("', '")}')`,
    [],
  )
  const isSafe = ([name, safe]: readonly [string, RegExp]): boolean =>
    safe.test(String(rows.find((row) => row['name'] === name)?.['setting']))
  if (!Object.entries(SAFE).every(isSafe)) throw new StoreUnavailable('unsafe_setting')
}
