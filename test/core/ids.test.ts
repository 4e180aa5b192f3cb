import { expect, it } from 'vitest'
import { firstIdAt, formatId, isId, isSenderMessageId } from '../../src/core/ids.ts'

it('a time sorts before every identifier of that time, and after those of before', () => {
  const at = Date.parse('2026-11-22T00:00:00.000Z')
  const [least, most] = [new Uint8Array(10), new Uint8Array(10).fill(255)]
  expect(firstIdAt('dlv', at) < formatId('dlv', at, least)).toBe(true)
  expect(firstIdAt('dlv', at) > formatId('dlv', at - 1, most)).toBe(true)
  expect(firstIdAt('dlv', -5)).toBe(firstIdAt('dlv', 0))
})

it('an identifier is told by its prefix and form', () => {
  const id = formatId('ntc', 1_700_000_000_000, new Uint8Array(10).fill(7))
  expect(isId('ntc', id)).toBe(true)
  expect(isId('cas', id)).toBe(false)
  expect(isId('ntc', id.toUpperCase())).toBe(false)
  expect(isId('ntc', 'ntc_1')).toBe(false)
})

it.each([
  ['ihc-2026.~_1', true],
  ['short', false],
  ['a'.repeat(129), false],
  ['ntc_0123456789', false],
  ['通知の番号です', false],
])('a sender’s own identifier %s: %s', (text, isOne) => {
  expect(isSenderMessageId(text)).toBe(isOne)
})
