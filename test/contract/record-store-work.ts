import { expect, it } from 'vitest'
import type { WorkKind, WorkRecord } from '../../src/core/work.ts'
import type { RecordStore } from '../../src/ports/record-store.ts'
import { sample } from './sample-rows.ts'

/** Claims of due work: order, leases, groups, ordered kinds. */
export function describeWork(store: () => RecordStore): void {
  const add = (rows: Readonly<Record<string, Partial<WorkRecord>>>) =>
    store().transact(async (tx) => {
      for (const [name, row] of Object.entries(rows)) {
        await tx.insert('work', sample('work', { id: `wrk_${name}`, ...row }))
      }
    })
  const claim = async (kind: WorkKind, now = 100, groups?: readonly string[]) => {
    const query = { kind, now, leaseUntil: now + 50, ...(groups === undefined ? {} : { groups }) }
    const row = await store().transact((tx) => tx.claimWork(query))
    return row?.id.slice(4)
  }

  it('takes the best due row first: band, goal, position', async () => {
    await add({
      c: { band: 1, goalAt: 7, position: 2 },
      b: { band: 1, goalAt: 7, position: 1 },
      a: { band: 0, goalAt: 99, position: 9 },
      later: { band: 0, goalAt: 0, nextAt: 101 },
      dead: { band: 0, goalAt: 0, state: 'dead' },
      other: { band: 0, goalAt: 0, kind: 'deliver' },
    })
    expect(await claim('intake')).toBe('a')
    expect(await claim('intake')).toBe('b')
    expect(await claim('intake')).toBe('c')
    expect(await claim('intake')).toBeUndefined()
    expect(await claim('intake', 101)).toBe('later')
  })

  it('leases what it gives, and gives it again when the lease has ended', async () => {
    await add({ a: {} })
    const query = { kind: 'intake', now: 100, leaseUntil: 150 } as const
    const row = await store().transact((tx) => tx.claimWork(query))
    expect(row).toEqual(sample('work', { id: 'wrk_a', attempt: 1, leaseUntil: 150 }))
    expect(await store().read.get('work', { id: 'wrk_a' })).toEqual(row)
    expect(await claim('intake', 149)).toBeUndefined()
    expect(await claim('intake', 150)).toBe('a')
    expect((await store().read.get('work', { id: 'wrk_a' }))?.attempt).toBe(2)
  })

  it('holds at most one row of a kind and group at a time', async () => {
    await add({
      a: { kind: 'deliver', groupKey: 'g', position: 1 },
      b: { kind: 'deliver', groupKey: 'g', position: 2 },
      c: { kind: 'deliver', groupKey: 'h', position: 3 },
      d: { kind: 'handle', groupKey: 'g', position: 4 },
    })
    expect(await claim('deliver')).toBe('a')
    expect(await claim('deliver')).toBe('c')
    expect(await claim('deliver')).toBeUndefined()
    expect(await claim('handle')).toBe('d')
    await store().transact((tx) => tx.delete('work', { id: 'wrk_a' }))
    expect(await claim('deliver')).toBe('b')
  })

  it('lets a waiting row of an unordered kind be passed', async () => {
    await add({
      a: { kind: 'deliver', groupKey: 'g', position: 1, nextAt: 500 },
      b: { kind: 'deliver', groupKey: 'g', position: 2 },
    })
    expect(await claim('deliver')).toBe('b')
  })

  it('keeps the order of position within a group of an ordered kind', async () => {
    await add({
      a: { kind: 'act', groupKey: 'g', position: 1, nextAt: 500 },
      b: { kind: 'act', groupKey: 'g', position: 2, band: 0 },
      c: { kind: 'act', groupKey: 'h', position: 3 },
      d: { kind: 'act', groupKey: null, position: 4 },
    })
    expect(await claim('act')).toBe('c')
    expect(await claim('act')).toBe('d')
    expect(await claim('act')).toBeUndefined()
    expect(await claim('act', 500)).toBe('a')
    await store().transact((tx) => tx.update('work', { id: 'wrk_a' }, { state: 'dead' }))
    expect(await claim('act', 500)).toBe('b')
  })

  it('gives only the groups that are asked for', async () => {
    await add({
      a: { kind: 'handle', groupKey: 'one', position: 1 },
      b: { kind: 'handle', groupKey: 'two', position: 2 },
      c: { kind: 'handle', groupKey: 'three', position: 3 },
    })
    expect(await claim('handle', 100, [])).toBeUndefined()
    expect(await claim('handle', 100, ['four'])).toBeUndefined()
    expect(await claim('handle', 100, ['three', 'two'])).toBe('b')
    expect(await claim('handle', 100, ['three', 'two'])).toBe('c')
  })

  it('counts the due rows of the groups that are asked for', async () => {
    await add({
      a: { kind: 'handle', groupKey: 'one' },
      b: { kind: 'handle', groupKey: 'two' },
      c: { kind: 'handle', groupKey: 'two', leaseUntil: 150 },
      d: { kind: 'handle', groupKey: 'three' },
      e: { kind: 'handle', groupKey: 'two', nextAt: 130 },
    })
    const due = (...groups: string[]): Promise<number> =>
      store().read.dueWork('handle', 100, 1_000, groups)
    expect(await due()).toBe(0)
    expect(await due('four')).toBe(0)
    expect(await due('two', 'four')).toBe(1)
    expect(await due('one', 'two', 'three')).toBe(3)
    expect(await store().read.dueWork('handle', 100, 2, ['one', 'two', 'three'])).toBe(2)
  })

  it('counts due rows, and knows when the next one comes', async () => {
    expect(await store().read.nextDueAt(0)).toBeUndefined()
    await add({
      a: {},
      b: {},
      held: { leaseUntil: 150 },
      later: { nextAt: 130 },
      latest: { nextAt: 120, kind: 'deliver' },
      dead: { nextAt: 110, state: 'dead' },
    })
    expect(await store().read.dueWork('intake', 100, 1_000)).toBe(2)
    expect(await store().read.dueWork('intake', 100, 1)).toBe(1)
    expect(await store().read.dueWork('intake', 150, 1_000)).toBe(4)
    expect(await store().read.nextDueAt(100)).toBe(120)
    expect(await store().read.nextDueAt(120)).toBe(130)
    expect(await store().read.nextDueAt(130)).toBeUndefined()
  })
}
