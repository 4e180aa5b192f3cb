import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newKeys, openDesk } from '../support/desk.ts'
import { codeOf, expectSoundLog } from './support.ts'

it('begins the log once, and goes on with it only under the same key and origin', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-log-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const keys = newKeys()
  const first = await openDesk({ folder, keys })
  const { ctx } = first.madoguchi.internals
  expect(await expectSoundLog(ctx)).toBe(1)
  await first.madoguchi.close()

  const again = await openDesk({ folder, keys })
  expect(await expectSoundLog(again.madoguchi.internals.ctx)).toBe(1)
  await again.madoguchi.close()

  expect(await codeOf(openDesk({ folder, keys: newKeys() }))).toBe('log_mismatch')
  const elsewhere = { MADOGUCHI_ISSUER: 'https://other.example' }
  expect(await codeOf(openDesk({ folder, keys, settings: elsewhere }))).toBe('log_mismatch')

  // The signing key of receipts is another matter, and may change.
  const renewed = { ...newKeys(), log: keys.log }
  const last = await openDesk({ folder, keys: renewed })
  expect(await expectSoundLog(last.madoguchi.internals.ctx)).toBe(1)
})
