import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import type { GivenSettings } from '../../config/env.ts'
import { openScratchStore, placeOf, type StorePlace } from '../../open-store.ts'
import { DevFolder } from '../dev-folder.ts'
import { freePort } from '../free-port.ts'

/** What a demonstration stands on. Nothing of a real desk is read or changed. */
export interface DemoGround {
  readonly folder: DevFolder
  readonly publicUrl: string
  /** The record: a file in the folder, or a schema of its own in the database of `MADOGUCHI_STORE`. */
  readonly place: StorePlace
  readonly settings: GivenSettings
  /** Leaves nothing behind. */
  remove(): Promise<void>
}

/**
 * Makes a folder with keys and an empty store, on the database and the queue that `MADOGUCHI_STORE`
 * and `MADOGUCHI_QUEUE` name, if they name any.
 *
 * @throws StoreUnavailable, ConfigurationError.
 */
export async function prepareDemoGround(): Promise<DemoGround> {
  const given = loadConfig()
  const path = mkdtempSync(join(tmpdir(), 'madoguchi-demo-'))
  const removeFolder = (): void => {
    rmSync(path, { recursive: true, force: true })
  }
  try {
    const store = await openScratchStore(placeOf(given), path)
    const folder = new DevFolder(path).create()
    const publicUrl = `http://localhost:${await freePort(0)}/madoguchi`
    return {
      folder,
      publicUrl,
      place: store.place,
      settings: {
        ...folder.settings(publicUrl),
        MADOGUCHI_STORE: store.setting,
        MADOGUCHI_QUEUE: given.secrets.queueUrl?.reveal() ?? 'memory',
        MADOGUCHI_ISSUER: publicUrl,
        MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
      },
      remove: async () => {
        removeFolder()
        await store.drop()
      },
    }
  } catch (fault) {
    removeFolder()
    throw fault
  }
}
