import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import { assertSafeSettings, openWriter } from '../../../src/adapters/sql/sqlite/sqlite-settings.ts'
import {
  CommitUnknown,
  StoreUnavailable,
  type RecordStore,
} from '../../../src/ports/record-store.ts'
import { sample } from '../../contract/sample-rows.ts'
import { FaultyStore } from '../../support/faulty-store.ts'

const CHILD = join(import.meta.dirname, 'store-child.ts')
const setting = (name: string) => ({ name, value: 'x' })

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-'))
  path = join(folder, 'record.db')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

async function startHanging(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, 'hang', path], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('settings', () => {
  it('are safe after opening, and read back', async () => {
    const store = await openSqliteStore({ path })
    await store.check()
    expect(readFileSync(path).subarray(18, 20)).toEqual(Buffer.from([2, 2]))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await store.close()
  })

  it.each([
    'synchronous = normal',
    'secure_delete = fast',
    'journal_mode = delete',
    'fullfsync = off',
  ])('are refused with %s', (pragma) => {
    using db = openWriter(path, 'full')
    assertSafeSettings(db, false)
    db.exec(`pragma ${pragma}`)
    expect(() => {
      assertSafeSettings(db, false)
    }).toThrow(new StoreUnavailable('unsafe_setting'))
  })

  it('may be unsafe for a test, which check refuses', async () => {
    const store = await openSqliteStore({ path, unsafeSynchronousForTest: true })
    await store.transact((tx) => tx.insert('setting', setting('a')))
    await expect(store.check()).rejects.toMatchObject({ reason: 'unsafe_setting' })
    await store.close()
  })

  it('leave nothing of deleted content in the file', async () => {
    const store = await openSqliteStore({ path })
    const salt = new TextEncoder().encode('a secret that is erased later')
    const key = { leafHash: 'leaf-1', name: 'payload' }
    await store.transact((tx) => tx.insert('secret', sample('secret', { salt })))
    await store.transact((tx) => tx.delete('secret', key))
    await store.close()
    expect(readFileSync(path).includes(Buffer.from(salt))).toBe(false)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })
})

describe('the one writing process', () => {
  it('is the only one, and named to the next', async () => {
    const child = await startHanging()
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'locked_by_other_process',
      pid: child.pid,
    })
    await kill(child)
  })

  it('is one store also within a process, until it is closed', async () => {
    const first = await openSqliteStore({ path })
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ pid: process.pid })
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ pid: process.pid })
    await first.close()
    await (await openSqliteStore({ path })).close()
  })

  it('may die: the lock ends with it, what was committed stays, the rest is gone', async () => {
    const child = await startHanging()
    await kill(child)
    const store = await openSqliteStore({ path })
    expect((await store.read.find('setting', {})).map(({ name }) => name)).toEqual(['a'])
    await store.check()
    await store.close()
  })
})

describe('faults', () => {
  it('of opening have a reason', async () => {
    const nowhere = openSqliteStore({ path: join(folder, 'no', 'record.db') })
    await expect(nowhere).rejects.toMatchObject({ reason: 'cannot_open' })
    writeFileSync(
      path,
      'this is a text, and longer than the header of a database would be. '.repeat(9),
    )
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ reason: 'not_a_database' })
  })

  it('of a commit leave it unknown, and the store says the truth afterwards', () => {
    const limited = `trap '' XFSZ; ulimit -f 2000; exec "$0" "$1" fill "$2"`
    const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, CHILD, path], {
      encoding: 'utf8',
    })
    const [failed, after] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(failed).toMatchObject({ kind: 'CommitUnknown' })
    expect(failed).toHaveProperty('stored')
    const { stored } = failed as { stored: number }
    expect(stored).toBeGreaterThan(0)
    expect(after).toEqual({ read: stored })
  })

  it('of a file that was taken away are noticed', async () => {
    const store = await openSqliteStore({ path })
    await store.check()
    renameSync(path, `${path}.away`)
    await expect(store.check()).rejects.toMatchObject({ reason: 'file_replaced' })
    const write = store.transact((tx) => tx.insert('setting', setting('lost')))
    await expect(write).rejects.toMatchObject({ reason: 'file_replaced' })
    renameSync(`${path}.away`, path)
    await store.transact((tx) => tx.insert('setting', setting('kept')))
    await store.close()
  })

  it('of a busy file fail one transaction and no more', async () => {
    const store = await openSqliteStore({ path })
    {
      using stranger = new DatabaseSync(path)
      stranger.exec('begin immediate')
      const blocked = store.transact((tx) => tx.insert('setting', setting('a')))
      await expect(blocked).rejects.toMatchObject({ reason: 'busy' })
    }
    await store.transact((tx) => tx.insert('setting', setting('b')))
    expect(await store.read.count('setting', {})).toBe(1)
    await store.close()
  })
})

describe('FaultyStore', () => {
  let store: RecordStore
  let faulty: FaultyStore
  beforeEach(async () => {
    store = await openSqliteStore({ path })
    faulty = new FaultyStore(store)
  })
  afterEach(() => store.close())

  it.each([
    ['before_commit', StoreUnavailable, 0],
    ['unavailable', StoreUnavailable, 0],
    ['unknown_lost', CommitUnknown, 0],
    ['unknown_stored', CommitUnknown, 1],
  ] as const)('meets %s once', async (fault, error, stored) => {
    faulty.failNext(fault)
    const insert = () => faulty.transact((tx) => tx.insert('setting', setting('a')))
    await expect(insert()).rejects.toThrow(error)
    expect(await faulty.read.count('setting', {})).toBe(stored)
    expect(faulty.faultsLeft).toBe(0)
    await faulty.transact((tx) => tx.put('setting', setting('a')))
    await faulty.check()
  })
})
