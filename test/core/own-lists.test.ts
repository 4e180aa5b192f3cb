import { expect, it } from 'vitest'
import { isChecked, policeAccount, RECHECK_MS, sourcesOn } from '../../src/core/own-lists.ts'
import { startOfDayInJapan } from '../../src/core/time.ts'

const name = { ja: '架空県警察', en: 'A fictional police' }
const row = {
  account: 'acc-1',
  name,
  proof: 'letter 7',
  checkedOn: '2026-06-01',
  listedBy: ['a', 'b'],
}
const checkedAt = startOfDayInJapan('2026-06-01') ?? 0

it('an account counts from its check until half a year later', () => {
  expect(policeAccount([row], 'acc-1', checkedAt)).toBe(row)
  expect(policeAccount([row], 'acc-2', checkedAt)).toBeUndefined()
  expect(isChecked(row, checkedAt - 1)).toBe(false)
  expect(isChecked(row, checkedAt + RECHECK_MS - 1)).toBe(true)
  expect(isChecked(row, checkedAt + RECHECK_MS)).toBe(false)
  expect(isChecked({ checkedOn: 'once' }, checkedAt)).toBe(false)
})

it('a source is on the list from its first to its last day', () => {
  const source = { id: 's', name, why: name, listedBy: ['a', 'b'], from: '2026-01-01' }
  const [open, closed] = [
    { ...source, until: null },
    { ...source, until: '2026-03-31' },
  ]
  expect(sourcesOn([open, closed], '2025-12-31')).toEqual([])
  expect(sourcesOn([open, closed], '2026-03-31')).toEqual([open, closed])
  expect(sourcesOn([open, closed], '2026-04-01')).toEqual([open])
})
