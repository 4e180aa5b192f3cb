import { expect, it } from 'vitest'
import { isResolved, resolvedKey, unresolvedKey } from '../../src/core/target-key.ts'

it('an item has one key, and a notice whose target isn’t known one of its own', () => {
  expect(isResolved(resolvedKey('notice:1'))).toBe(true)
  expect(isResolved(unresolvedKey('ntc_1'))).toBe(false)
  expect(unresolvedKey('ntc_1')).not.toBe(unresolvedKey('ntc_2'))
})
