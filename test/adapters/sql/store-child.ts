import { writeSync } from 'node:fs'
import { openSqliteStore } from '../../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import { CommitUnknown, StoreUnavailable } from '../../../src/ports/record-store.ts'

/** A process of its own with the store at `argv[3]`, which does what `argv[2]` says. */
const say = (line: string) => writeSync(1, `${line}\n`)
const [, , task, path = ''] = process.argv

/** Commits `a`, then waits inside a transaction that has written `b`. */
async function hang(): Promise<void> {
  const store = await openSqliteStore({ path })
  await store.transact((tx) => tx.insert('setting', { name: 'a', value: 'committed' }))
  await store.transact(async (tx) => {
    await tx.insert('setting', { name: 'b', value: 'not committed' })
    say('written')
    const longAfterTheTest = 600_000
    await new Promise((resolve) => setTimeout(resolve, longAfterTheTest))
  })
}

/** Commits rows until the limit on the size of a file stops it; says what the store said. */
async function fill(): Promise<void> {
  const store = await openSqliteStore({ path })
  let stored = 0
  try {
    for (;;) {
      const name = `row ${stored}`
      await store.transact((tx) => tx.insert('setting', { name, value: 'x'.repeat(50_000) }))
      stored += 1
    }
  } catch (error) {
    const kind = error instanceof CommitUnknown || error instanceof StoreUnavailable
    say(JSON.stringify({ stored, kind: kind ? error.name : String(error) }))
  }
  say(JSON.stringify({ read: await store.read.count('setting', {}) }))
  await store.close()
}

await (task === 'hang' ? hang() : fill())
