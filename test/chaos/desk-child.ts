/**
 * A front desk in a process of its own, to be killed: real HTTP, real store, workers on. Its executor
 * writes each effect, synced, to a file; its "person" removes the item of every case that is ready.
 *
 * Environment: DESK_FOLDER, DESK_STORE, DESK_QUEUE, DESK_SIGNING, DESK_LOG (PEM), DESK_SYNC=off for a store that doesn't sync.
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '../../src/adapters/sql/sqlite/open-sqlite-store.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { listen } from '../../src/listen.ts'
import type { Madoguchi } from '../../src/madoguchi.ts'
import type { RecordStore } from '../../src/ports/record-store.ts'
import { assemble } from '../../src/server.ts'

const env = (name: string): string => process.env[name] ?? ''
const folder = env('DESK_FOLDER')
const path = join(folder, 'desk.db')
const PERSON: DecidedBy = { operator: 'person', role: 'reviewer' }

/** A store that passes its own check although it doesn't sync: for showing that a test would notice. */
async function unsafeStore(): Promise<RecordStore> {
  const store = await openSqliteStore({ path, unsafeSynchronousForTest: true })
  return {
    read: store.read,
    transact: (body) => store.transact(body),
    check: () => Promise.resolve(),
    close: () => store.close(),
  }
}

function writeEffect(actionId: string, idempotencyKey: string): void {
  const file = openSync(join(folder, 'effects.txt'), 'a')
  appendFileSync(file, `${actionId} ${idempotencyKey}\n`)
  fsyncSync(file)
  closeSync(file)
}

async function decideAll(madoguchi: Madoguchi): Promise<void> {
  const { ctx } = madoguchi.internals
  const ready = await ctx.read.queue({ states: ['ready'], limit: 20 })
  for (const { id } of ready) {
    const claimed = await madoguchi.cases.claim(id, PERSON)
    if (!claimed.ok) continue
    await madoguchi.cases.decide(id, {
      commandId: `decide-${id}-${String(claimed.case.version)}`,
      expectedVersion: claimed.case.version,
      by: PERSON,
      actions: [{ kind: 'remove' }, { kind: 'warn_poster' }],
      ground: {
        kind: 'published_standard_clause',
        standard: 'removal-standard',
        version: '2026-04-01',
        clause: '3.2',
      },
    })
  }
}

const madoguchi = await assemble({
  platform: {
    hosts: ['sns.example'],
    resolve: ({ url }) => Promise.resolve({ ref: { id: new URL(url).pathname } }),
    executors: {
      remove: ({ actionId, idempotencyKey }) => {
        writeEffect(actionId, idempotencyKey)
        return Promise.resolve({ kind: 'executed', at: Date.now() })
      },
      warn_poster: ({ actionId, idempotencyKey }) => {
        writeEffect(actionId, idempotencyKey)
        return Promise.resolve({ kind: 'executed', at: Date.now() })
      },
    },
  },
  settings: {
    MADOGUCHI_STORE: env('DESK_STORE'),
    MADOGUCHI_QUEUE: env('DESK_QUEUE'),
    MADOGUCHI_PUBLIC_URL: 'https://sns.example/madoguchi',
    MADOGUCHI_SIGNING_KEY: env('DESK_SIGNING'),
    MADOGUCHI_LOG_KEY: env('DESK_LOG'),
    MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
    MADOGUCHI_LOG_LEVEL: 'silent',
  },
  adapters: env('DESK_SYNC') === 'off' ? { store: await unsafeStore() } : {},
})
const servers = await listen(madoguchi, {
  host: '127.0.0.1',
  port: 0,
  opsPort: 0,
  mountPath: '/madoguchi',
})
await madoguchi.start({ work: env('DESK_WORK') !== 'off' })
const person = setInterval(() => {
  decideAll(madoguchi).catch(() => undefined)
}, 50)
process.on('SIGTERM', () => {
  clearInterval(person)
  void servers.close()
})
process.stdout.write(`${JSON.stringify({ port: servers.port, pid: process.pid })}\n`)
