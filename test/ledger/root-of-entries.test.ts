import { expect, it } from 'vitest'
import { appendLeaves, EMPTY_EDGE } from '../../src/ledger/append.ts'
import { emptyRoot, leafHash } from '../../src/ledger/merkle.ts'
import { rootOfEntries } from '../../src/ledger/root-of-entries.ts'

const bytesOf = (index: number): Uint8Array => new TextEncoder().encode(`entry ${index}`)

it.each([0, 1, 511, 512, 1_100])('reads %i entries again, by their bytes alone', async (size) => {
  const asked: number[] = []
  const source = {
    entries: (from: number, to: number) => {
      asked.push(to - from)
      const count = Math.max(0, Math.min(to, size) - from)
      return Promise.resolve(
        Array.from({ length: count }, (_, at) => ({
          index: from + at,
          leafHash: 'another one',
          bytes: bytesOf(from + at),
        })),
      )
    },
  }
  const leaves = Array.from({ length: size }, (_, index) => leafHash(bytesOf(index)))
  const root = size === 0 ? emptyRoot() : appendLeaves(EMPTY_EDGE, leaves).root
  expect(await rootOfEntries(source)).toEqual({ size, root })
  expect(Math.max(...asked)).toBeLessThanOrEqual(768)
})
