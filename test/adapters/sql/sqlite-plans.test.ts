import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../../src/adapters/sql/migrations.ts'
import type { QueueShape } from '../../../src/adapters/sql/record-statements.ts'
import type { Statement } from '../../../src/adapters/sql/shapes.ts'
import { createSqlStatements } from '../../../src/adapters/sql/sql-statements.ts'
import { createSqliteShapes, SQLITE_DDL } from '../../../src/adapters/sql/sqlite/sqlite-dialect.ts'
import type { FindShape } from '../../../src/adapters/sql/table-statements.ts'

const db = new DatabaseSync(':memory:')
for (const statement of MIGRATIONS.flatMap((step) => step(SQLITE_DDL))) db.exec(statement)
afterAll(() => {
  db.close()
})

/** How SQLite would run a statement: its steps, joined. */
function plan({ sql, slots }: Statement): string {
  const steps = db.prepare(`explain query plan ${sql}`).all(...slots.map(() => 1))
  return steps.map(({ detail }) => String(detail)).join('; ')
}

const { table, record } = createSqlStatements(createSqliteShapes(), false)
const shape = (equal: readonly string[], more: Partial<FindShape> = {}): FindShape => ({
  equal,
  isNull: [],
  orderBy: undefined,
  descending: false,
  after: false,
  ...more,
})

const page = (states: number, more: Partial<QueueShape> = {}): QueueShape => ({
  states,
  lanes: undefined,
  tests: false,
  after: false,
  hold: undefined,
  waiting: false,
  interim: false,
  ...more,
})

describe('query plans', () => {
  it.each([
    ['queue', record.queue(page(4)), 'case_queue'],
    [
      'queue, later page',
      record.queue(page(2, { lanes: 3, after: true })),
      'case_queue ((band,goal_at,position)>',
    ],
    ['under interim measures', record.queue(page(4, { interim: true })), 'case_queue'],
    ['what waits for senders', record.queue(page(4, { waiting: true })), 'case_waiting'],
    ['open case', record.openCase(), 'case_open'],
    ['last case', record.lastCase(), 'case_round'],
    [
      'claim',
      record.claimable({ groups: undefined, passedOver: 0, ordered: false }),
      'work_order (state=? AND kind=?)',
    ],
    [
      'claim, ordered',
      record.claimable({ groups: undefined, passedOver: 0, ordered: true }),
      'work_order (state=? AND kind=?)',
    ],
    [
      'claim, leases',
      record.claimable({ groups: 2, passedOver: 0, ordered: true }),
      'work_held (kind=? AND group_key=? AND lease_until>?)',
    ],
    [
      'claim, earlier',
      record.claimable({ groups: 2, passedOver: 0, ordered: true }),
      'work_group (kind=? AND group_key=? AND position<?)',
    ],
    ['due work', record.dueWork(undefined), 'work_order (state=? AND kind=?)'],
    ['due work of groups', record.dueWork(2), 'work_order (state=? AND kind=?)'],
    ['next due', record.nextDueAt(), 'work_next (next_at>?)'],
    ['last event', record.lastEventSeq(), 'event'],
    ['history of notices', record.history('noticeId', 128, 5), 'event_of_notice (notice_id=?'],
    ['history of cases', record.history('caseId', 128, 4), 'event_of_case (case_id=?'],
    ['token ids', record.forgetTokenIds(), 'token_id_age'],
    [
      'notices of a sender',
      table.find('notice', shape(['senderId'], { after: true })),
      'notice_by_id (sender_id=? AND id>?)',
    ],
    [
      'notices by time',
      table.find('notice', shape(['senderId'], { orderBy: 'receivedAt', after: true })),
      'notice_by_time (sender_id=? AND received_at>?)',
    ],
    [
      'notices by number',
      table.find('notice', shape(['referenceNo', 'senderId'])),
      'notice_by_reference (sender_id=? AND reference_no=?)',
    ],
    [
      'notice by its sender’s id',
      table.find('notice', shape(['senderId', 'senderNoticeId'])),
      'sender_id=? AND sender_notice_id=?',
    ],
    ['notices of a case', table.find('notice', shape(['caseId'])), 'notice_of_case (case_id=?)'],
    ['siblings', table.find('case', shape(['targetKey'])), '(target_key=?)'],
    [
      'cases in a state',
      table.find('case', shape(['state'], { after: true })),
      'case_state (state=? AND id>?)',
    ],
    [
      'deliveries',
      table.find('delivery', shape(['state'], { orderBy: 'nextAt' })),
      'delivery_state (state=?)',
    ],
    ['outcomes', table.find('outcome', shape(['noticeId'])), 'outcome_of_notice (notice_id=?)'],
    [
      'events of a type',
      table.find('event', shape(['type'], { orderBy: 'seq', after: true })),
      'event_type (type=? AND seq>?)',
    ],
    [
      'events of a case',
      table.find('event', shape(['caseId'], { orderBy: 'seq' })),
      'event_of_case (case_id=?)',
    ],
    ['secrets of an entry', table.find('secret', shape(['leafHash'])), '(leaf_hash=?)'],
    ['entry of a leaf', table.find('ledgerEntry', shape(['leafHash'])), '(leaf_hash=?)'],
  ])('%s: by an index, without reading a table through', (_, statement, expected) => {
    const steps = plan(statement)
    expect(steps).toContain(expected)
    expect(steps).not.toMatch(
      /SCAN (?!case_record USING INDEX case_(?:queue|waiting)|event$|\(subquery|held)/,
    )
  })

  it.each([
    ['queue', record.queue(page(4, { lanes: 2, after: true }))],
    ['queue of tests', record.queue(page(4, { tests: true }))],
    ['queue of what waits for senders', record.queue(page(4, { lanes: 2, waiting: true }))],
    ['claim', record.claimable({ groups: undefined, passedOver: 0, ordered: true })],
    ['notices', table.find('notice', shape(['senderId'], { orderBy: 'receivedAt' }))],
    ['notices of a case', table.find('notice', shape(['caseId']))],
  ])('%s: read in order, never sorted', (_, statement) => {
    expect(plan(statement)).not.toContain('TEMP B-TREE')
  })
})
