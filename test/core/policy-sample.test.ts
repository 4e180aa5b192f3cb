import { expect, it } from 'vitest'
import { isDrawn } from '../../src/core/policy-sample.ts'

const digest = (...first: number[]): Uint8Array => Uint8Array.from([9, ...first, 0, 0]).subarray(1)

it('draws by the first 32 bits alone: that share of all digests, neither none nor all', () => {
  expect(isDrawn(digest(0, 0, 0, 0), 1)).toBe(true)
  expect(isDrawn(digest(0x02, 0x8f, 0x5c, 0x28), 1)).toBe(true)
  expect(isDrawn(digest(0x02, 0x8f, 0x5c, 0x29), 1)).toBe(false)
  expect(isDrawn(digest(0x7f, 0xff, 0xff, 0xff), 50)).toBe(true)
  expect(isDrawn(digest(0x80, 0, 0, 0), 50)).toBe(false)
  expect(isDrawn(digest(0xff, 0xff, 0xff, 0xff), 100)).toBe(true)
})
