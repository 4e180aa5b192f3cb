import { expect, it } from 'vitest'
import { firstIdAt, formatId } from '../../src/core/ids.ts'

it('a time sorts before every identifier of that time, and after those of before', () => {
  const at = Date.parse('2026-11-22T00:00:00.000Z')
  const [least, most] = [new Uint8Array(10), new Uint8Array(10).fill(255)]
  expect(firstIdAt('dlv', at) < formatId('dlv', at, least)).toBe(true)
  expect(firstIdAt('dlv', at) > formatId('dlv', at - 1, most)).toBe(true)
  expect(firstIdAt('dlv', -5)).toBe(firstIdAt('dlv', 0))
})
