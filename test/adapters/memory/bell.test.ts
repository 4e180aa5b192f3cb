import { expect, it } from 'vitest'
import { createMemoryBell } from '../../../src/adapters/memory/bell.ts'
import { MadoguchiError } from '../../../src/errors/madoguchi-error.ts'
import { PermanentFailure } from '../../../src/ports/platform.ts'
import type { Logger } from '../../../src/ports/runtime.ts'
import { bellContract } from '../../contract/bell.ts'

const ONE = { intake: 1, act: 1, expire: 1, report: 1, tell: 1, deliver: 1, handle: 1 }
const record = (): Logger & { readonly lines: unknown[] } => {
  const lines: unknown[] = []
  const write = (event: string, fields?: unknown): void => {
    lines.push([event, fields])
  }
  return { lines, debug: write, info: write, warn: write, error: write }
}

bellContract('memory', () => createMemoryBell(record()))

it('tells of a failed ticket by code, never by message', async () => {
  const log = record()
  const bell = createMemoryBell(log)
  const thrown = [
    new Error('https://sns.example/1'),
    new MadoguchiError('store_unavailable'),
    new PermanentFailure('no_such_post'),
  ]
  await bell.start(() => Promise.reject(thrown.shift() ?? new Error()), ONE)
  await bell.ring('act', 3)
  await expect.poll(() => log.lines.length).toBe(3)
  await bell.stop()
  expect(log.lines).toEqual(
    ['internal_error', 'store_unavailable', 'no_such_post'].map((code) => [
      'ticket_failed',
      { kind: 'act', code },
    ]),
  )
})

it('leaves a kind with a bound of 0 to other processes', async () => {
  const bell = createMemoryBell(record())
  const kinds: string[] = []
  await bell.start((kind) => Promise.resolve(void kinds.push(kind)), { ...ONE, deliver: 0 })
  await bell.ring('deliver', 1)
  await bell.ring('act', 1)
  await expect.poll(() => kinds).toEqual(['act'])
  expect(await bell.waiting('deliver')).toBe(1)
  await bell.stop()
})

it('stays silent once stopped', async () => {
  const bell = createMemoryBell(record())
  let calls = 0
  await bell.ring('act', 3)
  await bell.stop()
  expect(await bell.waiting('act')).toBe(0)
  await bell.start(() => Promise.resolve(void (calls += 1)), ONE)
  await bell.ring('act', 3)
  expect([await bell.waiting('act'), calls]).toEqual([0, 0])
})
