import { describe, expect, it } from 'vitest'
import { auditSourceOf } from '../../src/ledger/audit-source.ts'
import type { Reader } from '../../src/ports/record-store.ts'

describe('auditSourceOf', () => {
  it('asks a reader for the ledger’s tables', async () => {
    const asked: unknown[] = []
    const note =
      (name: string, answer: unknown) =>
      (...args: unknown[]): Promise<unknown> => {
        asked.push([name, ...args])
        return Promise.resolve(answer)
      }
    const reader = {
      get: note('get', undefined),
      find: note('find', []),
      count: note('count', 0),
      ledgerEntries: note('ledgerEntries', []),
    }
    const source = auditSourceOf(reader as unknown as Reader)
    await source.state()
    await source.entries(1, 2)
    await source.tile(3, 4)
    await source.checkpoints(5, 6)
    await source.secrets('leaf')
    expect(await source.counts()).toEqual({ entries: 0, tiles: 0, secrets: 0 })
    expect(asked).toEqual([
      ['get', 'ledgerState', { name: 'ledger' }],
      ['ledgerEntries', 1, 2],
      ['get', 'ledgerTile', { level: 3, tile: 4 }],
      ['find', 'checkpoint', {}, { orderBy: 'size', after: 5, limit: 6 }],
      ['find', 'secret', { leafHash: 'leaf' }],
      ['count', 'ledgerEntry', {}],
      ['count', 'ledgerTile', {}],
      ['count', 'secret', {}],
    ])
  })
})
