import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  joinColumns,
  mergeColumns,
  mergeRows,
  SMALLEST,
  type CountRow,
} from '../../../src/core/statistics/small-cells.ts'

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
const isSafe = (count: number): boolean => count === 0 || count >= SMALLEST
const addUp = (rows: readonly (readonly number[])[], width: number): number[] =>
  Array.from({ length: width }, (_, column) => sum(rows.map((row) => row[column] ?? 0)))

/** Counts as they come: many zeros, many small ones. */
const cell = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 5, max: 40 }),
)
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 9,
    }),
  )
  .map((rows) => rows.map((counts, at): CountRow => ({ value: `v${at}`, counts })))

/** As figures are made: columns by their sums first, then rows. */
function publish(rows: readonly CountRow[]) {
  const sums = addUp(
    rows.map(({ counts }) => counts),
    rows[0]?.counts.length ?? 0,
  )
  const groups = mergeColumns(sums)
  if (groups === undefined) return undefined
  const joined = rows.map(({ value, counts }) => ({ value, counts: joinColumns(counts, groups) }))
  return { groups, sums: joinColumns(sums, groups), joined, ...mergeRows(joined) }
}

describe('small cells', () => {
  it('are merged, with others where their difference to the sum would tell: nothing below five is shown', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const shown = publish(rows)
        const total = sum(rows.flatMap(({ counts }) => counts))
        if (shown === undefined) {
          expect(total).toBeGreaterThan(0)
          expect(total).toBeLessThan(SMALLEST)
          return
        }
        const { rows: kept, merged, sums } = shown
        const cells = [...kept.flatMap(({ counts }) => counts), ...(merged?.counts ?? []), ...sums]
        expect(cells.filter((count) => !isSafe(count))).toEqual([])
        // Nothing is lost, and no row stands twice.
        const all = [
          ...kept.map(({ counts }) => counts),
          ...(merged === null ? [] : [merged.counts]),
        ]
        expect(addUp(all, sums.length)).toEqual(sums)
        expect(sum(sums)).toBe(total)
      }),
    )
  })

  it('can’t be had by subtracting what is shown from the sums: whatever is hidden stands for more than one', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const shown = publish(rows)
        if (shown === undefined) return
        const hidden = shown.joined.filter(
          ({ value, counts }) => sum(counts) > 0 && !shown.rows.some((row) => row.value === value),
        )
        expect(hidden.length).not.toBe(1)
        expect(shown.merged?.values ?? 0).toBe(hidden.length)
        // Columns likewise: one that was small stands with another that isn't nothing.
        const sums = addUp(
          rows.map(({ counts }) => counts),
          rows[0]?.counts.length ?? 0,
        )
        for (const group of shown.groups)
          expect(
            group.length === 1 || group.filter((column) => sums[column] !== 0).length > 1,
          ).toBe(true)
      }),
    )
  })

  it('are merged no further than needed', () => {
    const rows = [
      { value: 'a', counts: [40, 10] },
      { value: 'b', counts: [12, 0] },
      { value: 'c', counts: [3, 9] },
      { value: 'd', counts: [2, 0] },
      { value: 'e', counts: [0, 0] },
    ]
    expect(mergeRows(rows)).toEqual({
      rows: [rows[0], rows[1]],
      merged: { values: 2, counts: [5, 9] },
    })
    expect(mergeRows(rows.slice(0, 3))).toEqual({
      rows: [rows[0]],
      merged: { values: 2, counts: [15, 9] },
    })
    expect(mergeRows(rows.slice(0, 2))).toEqual({ rows: rows.slice(0, 2), merged: null })
    expect(mergeColumns([12, 0, 3, 7])).toEqual([[0], [1], [2, 3]])
    expect(mergeColumns([12, 2, 3, 0])).toEqual([[0], [1, 2], [3]])
    expect(mergeColumns([5, 0])).toEqual([[0], [1]])
    expect(mergeColumns([3, 0])).toBeUndefined()
    expect(mergeColumns([1, 2, 1])).toBeUndefined()
  })

  it('give the same table in whatever order they were counted', () => {
    fc.assert(
      fc.property(table, fc.nat(), (rows, turn) => {
        const at = turn % rows.length
        expect(mergeRows([...rows.slice(at), ...rows.slice(0, at)])).toEqual(mergeRows(rows))
      }),
    )
  })
})
