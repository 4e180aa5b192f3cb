import { expect, it } from 'vitest'
import { may, PERMISSIONS, type Permission } from '../../src/core/permissions.ts'
import { ROLES } from '../../src/core/vocabulary.ts'

/** Columns: reviewer, second_reviewer, lead, child_safety, auditor, external_auditor, integrator, admin, legal. */
const MATRIX: Readonly<Record<Permission, string>> = {
  'cases.list': 'xxxxx...x',
  'cases.read': 'xxxxx...x',
  'cases.read_no_view': '...x.....',
  'legal.read': '....x...x',
  'legal.handle': '...x....x',
  'cases.handle': 'xxxx.....',
  'natures.assess': '..xx....x',
  'cases.names': '..x.x....',
  'cases.claim': 'xxxx....x',
  'cases.release_other': '..xx....x',
  'cases.hold': 'xxxx....x',
  'cases.reverse': 'xxxx....x',
  'cases.reclassify': 'xxxx....x',
  'cases.merge': 'xxxx....x',
  'cases.decide': 'xxxx....x',
  'cases.second': 'xxxx....x',
  'cases.settle_disagreement': '..xx....x',
  'cases.ask': 'xxxx....x',
  'cases.mark_band0': 'xxxx....x',
  'influence.note': 'xxxxx.xxx',
  'emergency.tell': 'xxxx....x',
  'actions.settle': 'xxxx..x.x',
  'senders.read': 'xxxxx.xxx',
  'senders.write': '.......x.',
  'keys.write': '.......x.',
  'clocks.reset': '.......x.',
  'standards.read': 'xxxxxxxxx',
  'standards.write': '..x....x.',
  'procedures.read': 'xxxxxxxxx',
  'policies.read': 'xxxxxxxxx',
  'policies.write': '.xx......',
  'policies.try': '.xx.x....',
  'policies.review': 'xxxx.....',
  'signals.read': 'xxxxx....',
  'operators.read': '....x..x.',
  'operators.write': '.......x.',
  'deliveries.read': 'xxxxx.xxx',
  'deliveries.resend': '..x...xx.',
  'dead_letters.payload': 'xxxx....x',
  'ledger.read_entries': '....x....',
  'readings.read': '....x....',
  'letters.enter': 'xxxx....x',
  'letters.answer': 'xxxx....x',
  'samples.read': '....xx...',
  'statistics.read': '..x.xx.x.',
  'posters.preview': 'xxxx....x',
  'posters.read': 'xxxxx.x.x',
  'posters.tell': 'xxxx..x.x',
  'posters.postpone': 'xxxx....x',
  'posters.assess': 'xxxx....x',
  'appeals.open': 'xxxx..xxx',
  'appeals.read': 'xxxxx...x',
  'appeals.decide': 'xxxx....x',
}

it('is this table', () => {
  const actual = Object.keys(PERMISSIONS).map((name) => [
    name,
    ROLES.map((role) => (may(role, name as Permission) ? 'x' : '.')).join(''),
  ])
  expect(Object.fromEntries(actual)).toEqual(MATRIX)
})
