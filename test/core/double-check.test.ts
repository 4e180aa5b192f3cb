import { expect, it } from 'vitest'
import { doubleCheckOf } from '../../src/core/double-check.ts'

it.each([
  ['見本 一郎', '見本 二郎', 'two_people'],
  ['見本 一郎', '見本　一郎', 'same_name'],
  ['ﾐﾎﾝ ｲﾁﾛｳ', 'ミホンイチロウ', 'same_name'],
  ['見本一郎', '見本\u200b一郎', 'same_name'],
  ['見本一郎', undefined, 'missing'],
  [undefined, '見本一郎', 'missing'],
  ['見本一郎', ' 　 ', 'missing'],
] as const)('%s and %s: %s', (handlerName, checkerName, expected) => {
  expect(doubleCheckOf({ form: 'public_order', handlerName, checkerName })).toBe(expected)
})

it('says nothing about forms that have no such fields', () => {
  const names = { handlerName: 'a', checkerName: 'b' }
  expect(doubleCheckOf({ form: 'inquiry', ...names })).toBe('not_applicable')
})
