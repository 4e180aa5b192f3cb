import { expect, it } from 'vitest'
import { notBeforeOf } from '../../src/core/undo.ts'

it('starts no measure inside the window, and later where asked', () => {
  expect(notBeforeOf(undefined, 1_000, 30)).toBe(1_030)
  expect(notBeforeOf(1_010, 1_000, 30)).toBe(1_030)
  expect(notBeforeOf(5_000, 1_000, 30)).toBe(5_000)
})
