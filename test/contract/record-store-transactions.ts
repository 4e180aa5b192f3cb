import { expect, it } from 'vitest'
import {
  StoreUnavailable,
  UniqueViolation,
  type RecordStore,
  type Transaction,
} from '../../src/ports/record-store.ts'

/** What a transaction promises. */
export function describeTransactions(store: () => RecordStore): void {
  const set = (tx: Transaction, name: string, value = 'x') => tx.insert('setting', { name, value })
  const names = async () => (await store().read.find('setting', {})).map(({ name }) => name)

  it('says that it is sound', async () => {
    await expect(store().check()).resolves.toBeUndefined()
  })

  it('returns what the body returns, and leaves nothing of one that throws', async () => {
    expect(await store().transact(() => Promise.resolve(7))).toBe(7)
    const failing = store().transact(async (tx) => {
      await set(tx, 'a')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await names()).toEqual([])
  })

  it('sees its own writes, which nobody else does before the end', async () => {
    const written = Promise.withResolvers<undefined>()
    const goOn = Promise.withResolvers<undefined>()
    const done = store().transact(async (tx) => {
      await set(tx, 'a')
      expect(await tx.count('setting', {})).toBe(1)
      written.resolve(undefined)
      await goOn.promise
      throw new Error('no')
    })
    await written.promise
    const seen = store().read.count('setting', {})
    goOn.resolve(undefined)
    await expect(done).rejects.toThrow('no')
    expect(await seen).toBe(0)
  })

  it('runs one body after the other', async () => {
    const bodies = Array.from({ length: 20 }, () =>
      store().transact(async (tx) => {
        const count = await tx.count('setting', {})
        await Promise.resolve()
        await set(tx, String(count))
      }),
    )
    await Promise.all(bodies)
    expect(await store().read.count('setting', {})).toBe(20)
  })

  it('undoes a savepoint alone, also one within another', async () => {
    await store().transact(async (tx) => {
      await set(tx, 'a')
      const inner = async () => {
        await set(tx, 'c')
        throw new Error('inner')
      }
      await tx.savepoint(async () => {
        await set(tx, 'b')
        await expect(tx.savepoint(inner)).rejects.toThrow('inner')
        await set(tx, 'd')
      })
      const outer = tx.savepoint(async () => {
        await tx.savepoint(() => set(tx, 'e'))
        throw new Error('outer')
      })
      await expect(outer).rejects.toThrow('outer')
      expect(await tx.savepoint(() => Promise.resolve(1))).toBe(1)
    })
    expect(await names()).toEqual(['a', 'b', 'd'])
  })

  it('goes on after a key that stands already', async () => {
    await store().transact(async (tx) => {
      await set(tx, 'a')
      await expect(tx.savepoint(() => set(tx, 'a'))).rejects.toThrow(UniqueViolation)
      await set(tx, 'b')
    })
    expect(await names()).toEqual(['a', 'b'])
  })

  it('takes locks without complaint', async () => {
    await store().transact((tx) => tx.lock(['notice:a', 'case:b']))
  })

  it('cannot be used when it is over', async () => {
    let kept: Transaction | undefined
    await store().transact((tx) => {
      kept = tx
      return Promise.resolve()
    })
    await expect(kept!.insert('setting', { name: 'a', value: 'b' })).rejects.toThrow('over')
    expect(await names()).toEqual([])
  })

  it('lets the running transaction finish when it is closed, and takes no more', async () => {
    const running = store().transact(async (tx) => {
      await Promise.resolve()
      await set(tx, 'a')
      return 'done'
    })
    const closed = store().close()
    expect(await running).toBe('done')
    await closed
    await store().close()
    await expect(store().transact(() => Promise.resolve())).rejects.toThrow(StoreUnavailable)
    await expect(store().read.count('setting', {})).rejects.toThrow(StoreUnavailable)
    await expect(store().check()).rejects.toThrow(StoreUnavailable)
  })
}
