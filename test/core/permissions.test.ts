import { expect, it } from 'vitest'
import { may, PERMISSIONS, type Permission } from '../../src/core/permissions.ts'
import { ROLES } from '../../src/core/vocabulary.ts'

/** Columns: reviewer, second_reviewer, lead, child_safety, auditor, external_auditor, integrator, admin. */
const MATRIX: Readonly<Record<Permission, string>> = {
  'cases.list': 'xxxxx...',
  'cases.read': 'xxxxx...',
  'cases.read_no_view': '...x....',
  'cases.names': '..x.x...',
  'cases.claim': 'xxxx....',
  'cases.release_other': '..xx....',
  'cases.hold': 'xxxx....',
  'cases.reverse': 'xxxx....',
  'cases.merge': 'xxxx....',
  'cases.decide': 'xxxx....',
  'cases.second': 'xxxx....',
  'cases.settle_disagreement': '..xx....',
  'cases.ask': 'xxxx....',
  'cases.mark_band0': 'xxxx....',
  'influence.note': 'xxxxx.xx',
  'emergency.tell': 'xxxx....',
  'posters.preview': 'xxxx....',
  'posters.read': 'xxxxx.x.',
  'posters.tell': 'xxxx..x.',
  'posters.postpone': 'xxxx....',
  'posters.assess': 'xxxx....',
  'appeals.open': 'xxxx..xx',
  'appeals.read': 'xxxxx...',
  'appeals.decide': 'xxxx....',
  'actions.settle': 'xxxx..x.',
  'senders.read': 'xxxxx.xx',
  'senders.write': '.......x',
  'keys.write': '.......x',
  'clocks.reset': '.......x',
  'standards.read': 'xxxxxxxx',
  'standards.write': '..x....x',
  'procedures.read': 'xxxxxxxx',
  'policies.read': 'xxxxxxxx',
  'policies.write': '.xx.....',
  'policies.try': '.xx.x...',
  'policies.review': 'xxxx....',
  'operators.read': '....x..x',
  'operators.write': '.......x',
  'deliveries.read': 'xxxxx.xx',
  'deliveries.resend': '..x...xx',
  'dead_letters.payload': 'xxxx....',
  'ledger.read_entries': '....x...',
  'readings.read': '....x...',
  'letters.enter': 'xxxx....',
  'letters.answer': 'xxxx....',
  'samples.read': '....xx..',
  'statistics.read': '..x.xx.x',
}

it('is this table', () => {
  const actual = Object.keys(PERMISSIONS).map((name) => [
    name,
    ROLES.map((role) => (may(role, name as Permission) ? 'x' : '.')).join(''),
  ])
  expect(Object.fromEntries(actual)).toEqual(MATRIX)
})
