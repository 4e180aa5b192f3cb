import { expect, it } from 'vitest'
import { MAX_SAMPLE, sampleCount } from '../../src/core/sample.ts'

it.each([
  [{ size: 5 }, 20, 5],
  [{ size: 5 }, 3, 3],
  [{ percent: 10 }, 21, 3],
  [{ percent: 100 }, 5_000, MAX_SAMPLE],
])('of %o in %i cases %i are drawn', (wanted, population, count) => {
  expect(sampleCount(wanted, population)).toBe(count)
})
