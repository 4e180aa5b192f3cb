import { onTestFinished } from 'vitest'
import { createBullmqBell } from '../../../src/adapters/bullmq/bell.ts'
import { createMemoryBell } from '../../../src/adapters/memory/bell.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { WorkKind } from '../../../src/core/work.ts'
import type { Bell } from '../../../src/ports/bell.ts'
import { KeptLog } from '../../support/desk.ts'

export const PREFIX = 'madoguchi:test'
export const ONE: Readonly<Record<WorkKind, number>> = {
  intake: 1,
  act: 1,
  report: 1,
  tell: 1,
  deliver: 1,
  expire: 1,
  handle: 1,
}

export interface TestBell {
  readonly bell: Bell
  readonly log: KeptLog
  /** Kinds of the tickets that this bell handed out. */
  readonly heard: WorkKind[]
}

/** A bell on a Redis, as one process has it; started where `isDeaf` doesn't say otherwise. */
export async function openBell(
  url: string,
  { prefix = PREFIX, isDeaf = false, concurrency = ONE } = {},
): Promise<TestBell> {
  const log = new KeptLog()
  const here = createMemoryBell(log)
  const bell = await createBullmqBell({ url, prefix, log, clock: systemClock, here })
  onTestFinished(() => bell.stop())
  const heard: WorkKind[] = []
  const hear = (kind: WorkKind): Promise<void> => Promise.resolve(void heard.push(kind))
  if (!isDeaf) await bell.start(hear, concurrency)
  return { bell, log, heard }
}
