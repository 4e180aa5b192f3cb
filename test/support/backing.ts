import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { openStore, placeOf } from '../../src/open-store.ts'
import type { RecordStore } from '../../src/ports/record-store.ts'
import { freshPostgres } from './postgres.ts'
import { freshRedis } from './redis.ts'

/** Which store the desks of this run stand on: the same tests pass on each. */
export const STORE_KIND = process.env['TEST_STORE'] === 'postgres' ? 'postgres' : 'sqlite'

/** Which bell wakes its workers. */
export const QUEUE_KIND = process.env['TEST_QUEUE'] === 'redis' ? 'redis' : 'memory'

/** How long a test waits for what real workers do; a server is asked over a socket. */
export const PATIENCE_MS = STORE_KIND === 'sqlite' ? 10_000 : 60_000

/** A folder that is gone when the test ends. */
export function temporaryFolder(name = 'desk'): string {
  const folder = mkdtempSync(join(tmpdir(), `madoguchi-${name}-`))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** `MADOGUCHI_STORE` of the desk that lives in a folder: the same folder, the same store. */
export async function storeUrlIn(folder: string): Promise<string> {
  if (STORE_KIND === 'sqlite') return `sqlite:${join(folder, 'desk.db')}`
  const file = join(folder, 'database-url')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const { url, drop } = await freshPostgres()
  onTestFinished(drop)
  writeFileSync(file, url)
  return url
}

/** `MADOGUCHI_QUEUE` of that desk: a Redis of its own, or memory. */
export async function queueUrlIn(folder: string): Promise<string> {
  if (QUEUE_KIND === 'memory') return 'memory'
  const file = join(folder, 'redis-url')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const { url } = await freshRedis()
  writeFileSync(file, url)
  return url
}

/** A real store, opened by itself; to be wrapped. */
export async function openBareStore(folder = temporaryFolder()): Promise<RecordStore> {
  const { config, secrets } = loadConfig({ given: { MADOGUCHI_STORE: await storeUrlIn(folder) } })
  return openStore(placeOf({ config, secrets }))
}
