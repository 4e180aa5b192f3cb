import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../src/core/case.ts'
import { UniqueViolation, type Page, type RecordStore } from '../../src/ports/record-store.ts'
import {
  PRIMARY_KEYS,
  type KeyOf,
  type TableName,
  type Tables,
  type Where,
} from '../../src/ports/record-tables.ts'
import { describeTransactions } from './record-store-transactions.ts'
import { describeWork } from './record-store-work.ts'
import { sample, SAMPLE_ROWS } from './sample-rows.ts'

/** What every adapter of the port `RecordStore` has to do. `open` makes an empty store each time. */
export function describeRecordStore(name: string, open: () => Promise<RecordStore>): void {
  describe(`record store on ${name}`, () => {
    let store: RecordStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())
    const current = () => store
    describe('rows', () => {
      describeRows(current)
    })
    describe('cases and log', () => {
      describeCases(current)
    })
    describe('work', () => {
      describeWork(current)
    })
    describe('transactions', () => {
      describeTransactions(current)
    })
  })
}

/** The primary key of a row. */
function keyOf<T extends TableName>(table: T, row: Tables[T]): KeyOf<T> {
  const names: readonly string[] = PRIMARY_KEYS[table]
  return Object.fromEntries(Object.entries(row).filter(([n]) => names.includes(n))) as KeyOf<T>
}

function describeRows(store: () => RecordStore): void {
  it.each(Object.keys(SAMPLE_ROWS) as TableName[])('keeps a row of %s as it was', async (table) => {
    const row = SAMPLE_ROWS[table]
    const key = keyOf(table, row)
    expect(await store().read.get(table, key)).toBeUndefined()
    await store().transact((tx) => tx.insert(table, row))
    expect(await store().read.get(table, key)).toEqual(row)
    await expect(store().transact((tx) => tx.insert(table, row))).rejects.toThrow(UniqueViolation)
    await store().transact((tx) => tx.put(table, row))
    expect(await store().read.find(table, {})).toEqual([row])
    expect(await store().transact((tx) => tx.delete(table, key))).toBe(true)
    expect(await store().transact((tx) => tx.delete(table, key))).toBe(false)
    expect(await store().read.count(table, {})).toBe(0)
  })

  it('puts a row in the place of the one with its key', async () => {
    await store().transact(async (tx) => {
      await tx.put('senderClock', sample('senderClock', { tat: 1 }))
      await tx.put('senderClock', sample('senderClock', { tat: 2 }))
      await tx.put('senderClock', sample('senderClock', { band: 1, tat: 3 }))
    })
    const clocks = await store().read.find('senderClock', {})
    expect(clocks.map(({ tat }) => tat)).toEqual([2, 3])
  })

  it('updates the given columns of one row, its key among them', async () => {
    await store().transact((tx) => tx.insert('case', sample('case')))
    const patch = { state: 'decided', grave: false, flags: [], readyAt: 7 } as const
    const changed = await store().transact((tx) => tx.update('case', { id: 'cas_1' }, patch))
    expect(changed).toBe(true)
    expect(await store().read.get('case', { id: 'cas_1' })).toEqual(sample('case', patch))
    await store().transact(async (tx) => {
      expect(await tx.update('case', { id: 'cas_2' }, patch)).toBe(false)
      expect(await tx.update('case', { id: 'cas_1' }, {})).toBe(true)
      expect(await tx.update('case', { id: 'cas_1' }, { id: 'cas_3' })).toBe(true)
      expect(await tx.get('case', { id: 'cas_3' })).toBeDefined()
    })
  })

  it('finds rows by equality, null among it, in pages', async () => {
    await store().transact(async (tx) => {
      for (const [index, caseId] of (['cas_1', null, 'cas_1', null, 'cas_2'] as const).entries()) {
        const id = `ntc_${index}` as const
        const receivedAt = 10 - index
        await tx.insert('notice', sample('notice', { id, senderNoticeId: id, caseId, receivedAt }))
      }
    })
    const { read } = store()
    const ids = async (where: Where<'notice'>, page: Page<'notice'> = {}) =>
      (await read.find('notice', where, page)).map(({ id }) => id)
    expect(await ids({ caseId: 'cas_1' })).toEqual(['ntc_0', 'ntc_2'])
    expect(await ids({ caseId: null })).toEqual(['ntc_1', 'ntc_3'])
    expect(await ids({ caseId: null, receivedAt: 7 })).toEqual(['ntc_3'])
    expect(await ids({}, { limit: 2 })).toEqual(['ntc_0', 'ntc_1'])
    expect(await ids({}, { limit: 2, after: 'ntc_1' })).toEqual(['ntc_2', 'ntc_3'])
    expect(await ids({}, { descending: true, after: 'ntc_1' })).toEqual(['ntc_0'])
    const byTime = { orderBy: 'receivedAt', limit: 2 } as const
    expect(await ids({}, byTime)).toEqual(['ntc_4', 'ntc_3'])
    expect(await ids({}, { ...byTime, after: 7 })).toEqual(['ntc_2', 'ntc_1'])
    expect(await ids({}, { ...byTime, descending: true })).toEqual(['ntc_0', 'ntc_1'])
    expect(await read.count('notice', { caseId: 'cas_1' })).toBe(2)
    expect(await read.count('notice', { caseId: null })).toBe(2)
  })

  it('keeps no text with NUL, and finds nothing that has one', async () => {
    const { read } = store()
    expect(await read.get('setting', { name: 'a\0' })).toBeUndefined()
    expect(await read.find('notice', { senderId: '\0' })).toEqual([])
    expect(await read.find('setting', {}, { after: '\0' })).toEqual([])
    expect(await read.count('setting', { value: '\0' })).toBe(0)
    const insert = store().transact((tx) => tx.insert('setting', { name: 'a', value: 'b\0' }))
    await expect(insert).rejects.toThrow(TypeError)
    await store().transact(async (tx) => {
      await tx.insert('setting', { name: 'a', value: 'b' })
      await expect(tx.delete('setting', { name: 'a\0' })).rejects.toThrow(TypeError)
    })
  })

  it('gives at most 1,000 rows', async () => {
    await store().transact(async (tx) => {
      for (let jti = 0; jti < 1_001; jti++) {
        await tx.insert('tokenId', sample('tokenId', { jti: String(jti) }))
      }
    })
    expect(await store().read.find('tokenId', {})).toHaveLength(1_000)
    for (const limit of [0, 1_001, 1.5]) {
      await expect(store().read.find('tokenId', {}, { limit })).rejects.toThrow(RangeError)
    }
  })

  it('refuses what it cannot compare, name or hold', async () => {
    const { read } = store()
    const wrong: Promise<unknown>[] = [
      read.find('notice', { order: SAMPLE_ROWS.notice.order }),
      read.find('notice', { body: SAMPLE_ROWS.notice.body }),
      read.find('notice', {}, { orderBy: 'observation' }),
      read.find('notice', { nosuch: 1 } as object),
      read.find('notice', { caseId: undefined } as object),
      read.count('notice', { targetRef: 1 }),
      read.find('senderKey', {}, { after: 'key-1' }),
      store().transact((tx) => tx.insert('setting', { name: 'a' } as Tables['setting'])),
      store().transact((tx) => tx.insert('senderClock', sample('senderClock', { tat: 1.5 }))),
      store().transact((tx) => tx.update('event', { id: 'evt_1' }, { seq: 9 })),
      store().transact((tx) => tx.update('notice', { id: 'ntc_1' }, { targetRef: undefined })),
    ]
    for (const result of wrong) await expect(result).rejects.toThrow(TypeError)
  })

  it('keeps one notice per sender and id, and one ledger entry per leaf', async () => {
    await store().transact(async (tx) => {
      await tx.insert('notice', sample('notice'))
      await tx.insert('ledgerEntry', sample('ledgerEntry'))
    })
    const again = [
      store().transact((tx) => tx.insert('notice', sample('notice', { id: 'ntc_2' }))),
      store().transact((tx) => tx.put('notice', sample('notice', { id: 'ntc_2' }))),
      store().transact((tx) => tx.insert('ledgerEntry', sample('ledgerEntry', { index: 1 }))),
    ]
    for (const result of again) await expect(result).rejects.toThrow(UniqueViolation)
  })
}

function describeCases(store: () => RecordStore): void {
  const cases = (rows: readonly Partial<CaseRecord>[]) =>
    store().transact(async (tx) => {
      for (const [index, row] of rows.entries()) {
        const id = `cas_${index}` as const
        await tx.insert('case', sample('case', { id, targetKey: id, ...row }))
      }
    })

  it('orders the queue by band, goal and position, in pages', async () => {
    await cases([
      { band: 1, goalAt: 5, position: 4 },
      { band: 1, goalAt: 5, position: 3 },
      { band: 0, goalAt: 9, position: 9 },
      { band: 1, goalAt: 4, position: 8, lane: 'voluntary_public_order' },
      { band: 0, goalAt: 1, position: 1, state: 'decided' },
      { band: 0, goalAt: 1, position: 2, state: 'new' },
    ])
    const queue = async (query: Parameters<RecordStore['read']['queue']>[0]) =>
      (await store().read.queue(query)).map(({ id }) => id)
    const states = ['ready', 'awaiting_second'] as const
    const first = { band: 0, goalAt: 9, position: 9 }
    const lanes = ['voluntary_illegal'] as const
    expect(await queue({ states, limit: 10 })).toEqual(['cas_2', 'cas_3', 'cas_1', 'cas_0'])
    expect(await queue({ states, limit: 2, after: first })).toEqual(['cas_3', 'cas_1'])
    expect(await queue({ states, lanes, limit: 9, after: first })).toEqual(['cas_1', 'cas_0'])
    expect(await queue({ states: ['new'], limit: 9 })).toEqual(['cas_5'])
    expect(await queue({ states: ['decided'], limit: 9 })).toEqual([])
    expect(await queue({ states: [], limit: 9 })).toEqual([])
    expect(await queue({ states, lanes: [], limit: 9 })).toEqual([])
  })

  it('holds one open case per key, and knows the last round', async () => {
    const key = {
      targetKey: 'target-1',
      lane: 'voluntary_illegal',
      form: 'illegal_information',
    } as const
    expect(await store().read.lastCase(key)).toBeUndefined()
    await cases([
      { ...key, round: 1, state: 'decided' },
      { ...key, round: 2 },
      { ...key, round: 3, state: 'decided' },
      { ...key, lane: 'quarantine', round: 9 },
    ])
    expect((await store().read.openCase(key))?.id).toBe('cas_1')
    expect((await store().read.lastCase(key))?.id).toBe('cas_2')
    const second = sample('case', { ...key, id: 'cas_9', round: 4, state: 'new' })
    await expect(store().transact((tx) => tx.insert('case', second))).rejects.toThrow(
      UniqueViolation,
    )
    await store().transact((tx) => tx.update('case', { id: 'cas_1' }, { state: 'decided' }))
    expect(await store().read.openCase(key)).toBeUndefined()
  })

  it('numbers events in the order of their insertion, never twice', async () => {
    expect(await store().read.lastEventSeq()).toBe(0)
    for (const id of ['evt_b', 'evt_a', 'evt_c'] as const) {
      await store().transact((tx) => tx.insert('event', sample('event', { id, seq: 0 })))
    }
    const page = { orderBy: 'seq', after: 1 } as const
    const events = await store().read.find('event', { type: 'notice.accepted' }, page)
    expect(events.map(({ id, seq }) => [id, seq])).toEqual([
      ['evt_a', 2],
      ['evt_c', 3],
    ])
    await store().transact(async (tx) => {
      await tx.delete('event', { id: 'evt_c' })
      await tx.insert('event', sample('event', { id: 'evt_d', seq: 0 }))
      expect(await tx.lastEventSeq()).toBeGreaterThan(3)
    })
  })

  it('tells what happened to some notices or cases, of some types, up to a place', async () => {
    const rows = [
      { id: 'evt_a', type: 'case.opened', noticeId: 'ntc_1', caseId: 'cas_1' },
      { id: 'evt_b', type: 'case.claimed', noticeId: null, caseId: 'cas_1' },
      { id: 'evt_c', type: 'case.opened', noticeId: 'ntc_2', caseId: 'cas_2' },
      { id: 'evt_d', type: 'decision.made', noticeId: null, caseId: 'cas_1' },
      { id: 'evt_e', type: 'case.joined', noticeId: 'ntc_3', caseId: 'cas_1' },
    ] as const
    for (const row of rows)
      await store().transact((tx) => tx.insert('event', sample('event', { ...row, seq: 0 })))
    const told = async (
      of: 'noticeId' | 'caseId',
      ids: readonly string[],
      types: readonly (typeof rows)[number]['type'][],
      upTo = 99,
    ): Promise<string[]> =>
      (await store().read.history({ of, ids, types, upTo })).map(({ id }) => id)
    const opened = ['case.opened', 'case.joined'] as const
    expect(await told('noticeId', ['ntc_3', 'ntc_1', 'ntc_9'], opened)).toEqual(['evt_a', 'evt_e'])
    expect(await told('caseId', ['cas_1'], ['decision.made', 'case.joined'])).toEqual([
      'evt_d',
      'evt_e',
    ])
    expect(await told('caseId', ['cas_1'], opened, 4)).toEqual(['evt_a'])
    expect(await told('caseId', [], opened)).toEqual([])
    const many = Array.from({ length: 129 }, (_, at) => `cas_${at}`)
    expect(await told('caseId', many.slice(0, 128), ['case.opened'])).toEqual(['evt_a', 'evt_c'])
    await expect(told('caseId', many, opened)).rejects.toThrow(RangeError)
  })

  it('reads ledger entries from … to', async () => {
    await store().transact(async (tx) => {
      for (const index of [3, 1, 0, 2]) {
        await tx.insert('ledgerEntry', sample('ledgerEntry', { index, leafHash: `leaf-${index}` }))
      }
    })
    const entries = await store().read.ledgerEntries(1, 3)
    expect(entries.map(({ index }) => index)).toEqual([1, 2])
  })

  it('counts refusals and forgets old token ids', async () => {
    await store().transact(async (tx) => {
      await tx.countRefusal(0, 'time_skew', 1)
      await tx.countRefusal(0, 'time_skew', 4)
      await tx.countRefusal(3_600_000, 'time_skew', 1)
      await tx.insert('tokenId', sample('tokenId', { jti: 'old', keepUntil: 9 }))
      await tx.insert('tokenId', sample('tokenId', { jti: 'new', keepUntil: 11 }))
      await tx.forgetTokenIds(10)
    })
    const counts = await store().read.find('refusalCount', {})
    expect(counts.map(({ count }) => count)).toEqual([5, 1])
    expect((await store().read.find('tokenId', {})).map(({ jti }) => jti)).toEqual(['new'])
  })
}
