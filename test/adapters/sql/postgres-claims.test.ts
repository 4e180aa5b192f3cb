import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openPostgresStore } from '../../../src/adapters/sql/postgres/open-postgres-store.ts'
import { ORDERED_KINDS, type WorkRecord } from '../../../src/core/work.ts'
import type { RecordStore } from '../../../src/ports/record-store.ts'
import { sample } from '../../contract/sample-rows.ts'
import { testDatabase } from '../../support/postgres.ts'

const QUERY = { now: 100, leaseUntil: 1_000 } as const

async function openTwo(): Promise<[RecordStore, RecordStore]> {
  const url = await testDatabase()
  const stores = await Promise.all([openPostgresStore({ url }), openPostgresStore({ url })])
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()))
  })
  return stores
}

const add = (store: RecordStore, rows: readonly Partial<WorkRecord>[]) =>
  store.transact(async (tx) => {
    for (const [at, row] of rows.entries())
      await tx.insert('work', sample('work', { id: `wrk_${at}`, position: at, ...row }))
  })

it('two that have claimed and not yet committed hold other rows, and no two of one group', async () => {
  const [one, two] = await openTwo()
  const kind = 'deliver'
  const rows = ['g', 'g', 'h', null, null].map((groupKey) => ({ kind, groupKey }) as const)
  await add(one, rows)
  await one.transact(async (first) => {
    expect((await first.claimWork({ kind, ...QUERY }))?.id).toBe('wrk_0')
    const claimed = await two.transact(async (second) => {
      const ids: (string | undefined)[] = []
      for (let turn = 0; turn < 4; turn += 1)
        ids.push((await second.claimWork({ kind, ...QUERY }))?.id)
      return ids
    })
    expect(claimed).toEqual(['wrk_2', 'wrk_3', 'wrk_4', undefined])
  })
  // The lease of g is seen by now.
  expect(await two.transact((tx) => tx.claimWork({ kind, ...QUERY }))).toBeUndefined()
})

it.each(['deliver', 'act'] as const)(
  'rows of %s that two stores hammer are claimed once each, and never two of a group at a time',
  async (kind) => {
    const stores = await openTwo()
    const groups = ['a', 'b', 'c', 'd', 'e']
    const rows = Array.from({ length: 120 }, (_, at) => ({ kind, groupKey: groups[at % 5]! }))
    await add(stores[0], rows)
    const held = new Map<string, string>()
    const order = new Map<string, number[]>()
    const worker = async (store: RecordStore): Promise<void> => {
      for (;;) {
        const row = await store.transact((tx) => tx.claimWork({ kind, ...QUERY }))
        if (row === undefined) {
          if ((await store.read.count('work', { kind })) === 0) return
          continue
        }
        const group = row.groupKey ?? ''
        expect(held.get(group)).toBeUndefined()
        held.set(group, row.id)
        order.set(group, [...(order.get(group) ?? []), row.position])
        await pause(2)
        held.delete(group)
        await store.transact(async (tx) => {
          await tx.lock([`work:${row.id}`])
          await tx.delete('work', { id: row.id })
        })
      }
    }
    await Promise.all([...stores, ...stores, ...stores].map(worker))
    const positions = [...order.values()].flat()
    expect(positions.toSorted((a, b) => a - b)).toEqual(rows.map((_, at) => at))
    if (!ORDERED_KINDS.has(kind)) return
    for (const one of order.values()) expect(one).toEqual(one.toSorted((a, b) => a - b))
  },
  60_000,
)
