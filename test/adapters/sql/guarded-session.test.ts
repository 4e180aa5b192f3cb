import { describe, expect, it } from 'vitest'
import { GuardedSession } from '../../../src/adapters/sql/guarded-session.ts'
import { createSqlStatements } from '../../../src/adapters/sql/sql-statements.ts'
import type { SqlSession } from '../../../src/adapters/sql/sql-session.ts'
import { createSqliteShapes } from '../../../src/adapters/sql/sqlite/sqlite-dialect.ts'
import { SqliteTransaction } from '../../../src/adapters/sql/sqlite/sqlite-transaction.ts'
import { StoreUnavailable } from '../../../src/ports/record-store.ts'

/** A connection that breaks at the first insertion; keeps what it was asked. */
class BreakingSession implements SqlSession {
  readonly asked: string[] = []

  all(): Promise<[]> {
    return Promise.resolve([])
  }

  run(sql: string): Promise<number> {
    this.asked.push(sql.split(' ', 1)[0] ?? '')
    return sql.startsWith('insert')
      ? Promise.reject(new StoreUnavailable('io_error'))
      : Promise.resolve(0)
  }
}

describe('a transaction whose connection broke', () => {
  it('reaches the database no more, and fails even where its body goes on', async () => {
    const inner = new BreakingSession()
    const session = new GuardedSession(inner)
    const statements = createSqlStatements(createSqliteShapes(), false)
    const tx = new SqliteTransaction(session, statements)
    const insert = () => tx.insert('setting', { name: 'a', value: 'b' })
    await expect(tx.savepoint(insert)).rejects.toMatchObject({ reason: 'io_error' })
    await expect(insert()).rejects.toMatchObject({ reason: 'io_error' })
    await expect(tx.count('setting', {})).rejects.toMatchObject({ reason: 'io_error' })
    expect(inner.asked).toEqual(['savepoint', 'insert'])
    expect(() => {
      session.end()
    }).toThrow(new StoreUnavailable('io_error'))
    await expect(insert()).rejects.toThrow('over')
  })
})
