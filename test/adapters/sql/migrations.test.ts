import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/adapters/sql/migrations.ts'
import { SQLITE_DDL } from '../../../src/adapters/sql/sqlite/sqlite-dialect.ts'

type Row = Readonly<Record<string, string | number | null>>

/** A database as an earlier version of the program left it. */
class Earlier {
  readonly db = new DatabaseSync(':memory:')
  #steps = 0

  constructor(steps: number) {
    this.take(steps)
  }

  take(steps: number): void {
    for (; this.#steps < steps; this.#steps += 1)
      for (const statement of MIGRATIONS[this.#steps]!(SQLITE_DDL)) this.db.exec(statement)
  }

  /** Fills what isn't given and can't be null. */
  insert(table: string, given: Row): void {
    const columns = this.db.prepare(`pragma table_info(${table})`).all() as {
      name: string
      type: string
      notnull: number
      dflt_value: unknown
    }[]
    const needed = columns.filter(
      ({ name, notnull, dflt_value }) => notnull === 1 && dflt_value === null && !(name in given),
    )
    const rest = needed.map(({ name, type }) => [name, type.toLowerCase() === 'text' ? '' : 0])
    const row: Row = { ...Object.fromEntries(rest), ...given }
    const names = Object.keys(row)
    this.db
      .prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`)
      .run(...Object.values(row))
  }

  rows(sql: string): Row[] {
    return this.db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row })) as Row[]
  }
}

it('0004: an outcome of before waits unless it was acknowledged or superseded; each has a delivery', () => {
  const earlier = new Earlier(3)
  const outcome = (id: string, supersedes: string | null, more: Row = {}): void => {
    earlier.insert('outcome', {
      id: `out_${id}`,
      notice_id: `ntc_${id}`,
      sender_id: 'https://hotline.example/',
      supersedes,
      as_of: 7,
      ...more,
    })
  }
  const delivery = (id: string, state: string): void => {
    earlier.insert('delivery', { id: `dlv_of_${id}`, outcome_id: `out_${id}`, state })
  }
  outcome('pushed', null)
  delivery('pushed', 'delivered')
  outcome('acknowledged', null)
  delivery('acknowledged', 'acknowledged')
  outcome('older', null)
  outcome('newer', 'out_older')
  outcome('waiting', null)
  earlier.take(4)
  expect(earlier.rows('select id, awaited from outcome order by id')).toEqual([
    { id: 'out_acknowledged', awaited: 0 },
    { id: 'out_newer', awaited: 1 },
    { id: 'out_older', awaited: 0 },
    { id: 'out_pushed', awaited: 1 },
    { id: 'out_waiting', awaited: 1 },
  ])
  expect(
    earlier.rows(
      'select id, outcome_id, notice_id, state, channel, created_at from delivery order by id',
    ),
  ).toMatchObject([
    { id: 'dlv_newer', outcome_id: 'out_newer', state: 'waiting', channel: 'poll', created_at: 7 },
    { id: 'dlv_of_acknowledged', state: 'acknowledged', channel: 'push' },
    { id: 'dlv_of_pushed', state: 'delivered', channel: 'push' },
    { id: 'dlv_waiting', notice_id: 'ntc_waiting', state: 'waiting', channel: 'poll' },
  ])
})
