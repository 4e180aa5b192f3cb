import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ROOM = 4 * 2 ** 30
const NAME = /^madoguchi-tests-(\d+)$/

/**
 * Before any test: temporary files stand in memory where that has room. Stores come and go with every
 * test, and no test cuts the power: whether we ask for a sync is seen in the calls (test/chaos).
 */
export function setup(): (() => void) | undefined {
  if (!existsSync(MEMORY)) return undefined
  removeLeftovers()
  const { bavail, bsize } = statfsSync(MEMORY)
  if (bavail * bsize < ROOM) return undefined
  const folder = join(MEMORY, `madoguchi-tests-${String(process.pid)}`)
  mkdirSync(folder)
  // The user of the PostgreSQL server passes through.
  chmodSync(folder, 0o711)
  process.env['TMPDIR'] = folder
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = NAME.exec(name)?.[1]
    if (pid === undefined || existsSync(join('/proc', pid))) continue
    rmSync(join(MEMORY, name), { recursive: true, force: true })
  }
}
