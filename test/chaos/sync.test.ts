import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newKeys, openDesk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { post, startChild } from './child-desk.ts'

/** What the kernel saw of the answers with 202. */
interface Trace {
  readonly accepted: number
  /** Answers given while something written to the store was not synced yet. */
  readonly unsynced: number
}

/** Goes through the system calls in order: writes to the store, syncs of it, answers on sockets. */
function readTrace(text: string): Trace {
  let isDirty = false
  let accepted = 0
  let unsynced = 0
  for (const line of text.split('\n')) {
    if (/\b(pwrite64|write)\(\d+<[^>]*desk\.db(-wal)?>/.test(line)) isDirty = true
    else if (/\b(fsync|fdatasync)\(\d+<[^>]*desk\.db(-wal)?>/.test(line)) isDirty = false
    else if (line.includes('HTTP/1.1 202')) {
      accepted += 1
      if (isDirty) unsynced += 1
    }
  }
  return { accepted, unsynced }
}

async function traceNotices(sync: 'full' | 'off'): Promise<Trace> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-sync-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const keys = newKeys()
  const desk = await openDesk({ folder, keys, register: true })
  await desk.madoguchi.close()
  const output = join(folder, 'trace.txt')
  const calls = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg'
  const wrapper = ['strace', '-f', '-y', '-s', '24', '-e', calls, '-o', output]
  const child = await startChild(folder, keys, { DESK_WORK: 'off', DESK_SYNC: sync }, wrapper)
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, n) =>
      post(
        child.port,
        keys.hotline,
        noticeOf('yamibaito_recruitment', { id: `sync-${String(n)}-0000` }),
      ),
    ),
  )
  expect(new Set(answers)).toEqual(new Set([202]))
  process.kill(child.pid, 'SIGTERM')
  await once(child.process, 'exit')
  return readTrace(readFileSync(output, 'utf8'))
}

it(
  'syncs the store between the last write of a batch and its first 202',
  { timeout: 60_000 },
  async () => {
    expect(await traceNotices('full')).toEqual({ accepted: 24, unsynced: 0 })
  },
)

it('would notice a store that does not sync', { timeout: 60_000 }, async () => {
  const trace = await traceNotices('off')
  expect(trace.accepted).toBe(24)
  expect(trace.unsynced).toBeGreaterThan(0)
})
