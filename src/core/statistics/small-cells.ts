/** A count below this says too much of one notice, sender or poster. */
export const SMALLEST = 5

/** One value of a dimension with a count in each column. */
export interface CountRow {
  readonly value: string
  readonly counts: readonly number[]
}

/** Rows that may be shown; what was merged stands in one row without a name. */
export interface SafeRows {
  readonly rows: readonly CountRow[]
  /** `null`: nothing had to be merged. */
  readonly merged: { readonly values: number; readonly counts: readonly number[] } | null
}

const isSmall = (count: number): boolean => count > 0 && count < SMALLEST

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

/**
 * Which columns stand together so that no total is small: each group lists columns. A small one is joined
 * by another, or the difference to the sum would give it away. `undefined`: there is too little for that.
 */
export function mergeColumns(
  totals: readonly number[],
): readonly (readonly number[])[] | undefined {
  const all = totals.map((count, column) => ({ count, column }))
  const pool = all.filter(({ count }) => isSmall(count))
  if (pool.length === 0) return all.map(({ column }) => [column])
  const others = all.filter(({ count }) => count >= SMALLEST).sort((a, b) => a.count - b.count)
  while (sum(pool.map(({ count }) => count)) < SMALLEST) {
    const next = others.shift()
    if (next === undefined) return undefined
    pool.push(next)
  }
  const merged = pool.map(({ column }) => column).sort((a, b) => a - b)
  return all
    .filter(({ column }) => !merged.includes(column) || column === merged[0])
    .map(({ column }) => (column === merged[0] ? merged : [column]))
}

/** The counts of a row in columns that were put together. */
export function joinColumns(
  counts: readonly number[],
  groups: readonly (readonly number[])[],
): readonly number[] {
  return groups.map((group) => sum(group.map((column) => counts[column] ?? 0)))
}

/**
 * Which rows stand together so that no cell is small: those that have a small one, and as many of the
 * smallest others as it takes for their sum to be safe: one alone never is (complementary cells).
 * Where the columns' sums are safe, so is what comes out.
 */
export function mergeRows(rows: readonly CountRow[]): SafeRows {
  const sorted = rows.filter(({ counts }) => sum(counts) > 0).sort(byWeight)
  const pool = sorted.filter(({ counts }) => counts.some(isSmall))
  if (pool.length === 0) return { rows: sorted, merged: null }
  const kept = sorted.filter((row) => !pool.includes(row))
  while (addUp(pool).some(isSmall)) {
    const next = kept.pop()
    if (next === undefined) break
    pool.push(next)
  }
  return { rows: kept, merged: { values: pool.length, counts: addUp(pool) } }
}

/** Heaviest first; equal ones by their names, so that the same counts give the same table. */
function byWeight(a: CountRow, b: CountRow): number {
  return sum(b.counts) - sum(a.counts) || (a.value < b.value ? -1 : 1)
}

function addUp(rows: readonly CountRow[]): number[] {
  const width = rows[0]?.counts.length ?? 0
  return Array.from({ length: width }, (_, column) =>
    sum(rows.map(({ counts }) => counts[column] ?? 0)),
  )
}
