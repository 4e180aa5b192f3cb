import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newClusterFolder, OVER, RUN_PID } from './postgres-cluster.ts'

/** Variable with the folder of the cluster that all test files of a run share. */
export const SHARED_FOLDER = 'TEST_POSTGRES_FOLDER'

/** Before any test: only a folder. The first test that wants a database starts the server in it. */
export function setup(): () => Promise<void> {
  const folder = newClusterFolder()
  process.env[SHARED_FOLDER] = folder
  process.env[RUN_PID] = String(process.pid)
  return async () => {
    if (!existsSync(join(folder, 'data'))) {
      rmSync(folder, { recursive: true, force: true })
      return
    }
    writeFileSync(join(folder, OVER), '')
    for (let tries = 0; existsSync(folder) && tries < 100; tries += 1) await pause(100)
  }
}
