import { expect, it } from 'vitest'
import { isUndoOpen, mayTakeBack, notBeforeOf } from '../../src/core/undo.ts'

it('starts no measure inside the window, and later where asked', () => {
  expect(notBeforeOf(undefined, 1_000, 30)).toBe(1_030)
  expect(notBeforeOf(1_010, 1_000, 30)).toBe(1_030)
  expect(notBeforeOf(5_000, 1_000, 30)).toBe(5_000)
})

it('takes back what is planned and has not come', () => {
  expect(mayTakeBack({ state: 'planned', notBefore: 10 }, 9)).toBe(true)
  expect(mayTakeBack({ state: 'planned', notBefore: 10 }, 10)).toBe(false)
  expect(mayTakeBack({ state: 'planned', notBefore: null }, 0)).toBe(false)
  expect(mayTakeBack({ state: 'executing', notBefore: 10 }, 9)).toBe(false)
})

it('closes when the window has passed', () => {
  expect(isUndoOpen(1_000, 30, 1_029)).toBe(true)
  expect(isUndoOpen(1_000, 30, 1_030)).toBe(false)
})
