import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { auditSourceOf } from '../../src/ledger/audit-source.ts'
import { auditLog } from '../../src/ledger/audit.ts'
import { verifierKeyOf } from '../../src/ledger/note.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { QUEUE_KIND, STORE_KIND } from '../support/backing.ts'
import { HOTLINE, newKeys, openDesk, until } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { post, startChild, type ChildDesk } from './child-desk.ts'

/** 50 on the embedded default, 10 on each other pair of a store and a queue. */
const KILLS = Number(
  process.env['TEST_KILLS'] ?? (STORE_KIND === 'sqlite' && QUEUE_KIND === 'memory' ? 50 : 10),
)
const SENDERS_AT_ONCE = 6

it(
  `loses nothing that was accepted and acts under one key, over ${String(KILLS)} kill -9`,
  { timeout: KILLS * 6_000 + 200_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'madoguchi-kill-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
    })
    const keys = newKeys()
    await prepare(folder, keys)
    const accepted = new Set<string>()
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = await startChild(folder, keys)
      const load = underLoad(child, keys, accepted, kill)
      // Every other time it is killed while it starts to take in, else in the middle of its work, at times
      // just after it acted.
      const [before, done] = [accepted.size, effectsIn(folder).length]
      if (kill % 2 === 1)
        await until(() => Promise.resolve(accepted.size > before ? true : undefined))
      if (kill % 4 === 3)
        await until(() => Promise.resolve(effectsIn(folder).length > done ? true : undefined))
      await new Promise((resume) => setTimeout(resume, Math.random() * 300))
      child.process.kill('SIGKILL')
      await once(child.process, 'exit')
      await load
    }
    expect(accepted.size).toBeGreaterThan(KILLS / 2)
    const desk = await openDesk({ folder, keys, isBare: true })
    const { read } = desk.madoguchi.internals.ctx
    for (const id of accepted) {
      const [notice] = await read.find('notice', { senderId: HOTLINE, senderNoticeId: id })
      expect(notice, id).toBeDefined()
    }
    await desk.madoguchi.start({ work: true })
    const withoutCase = (): Promise<number> => read.count('notice', { caseId: null })
    // On a server what the last kill left leased is free again after a minute.
    await until(async () => ((await withoutCase()) === 0 ? true : undefined), 150_000)
    expectOneKeyPerAction(folder)
    const audit = await auditLog(auditSourceOf(read), {
      origin: 'sns.example/madoguchi/1',
      keys: [verifierKeyOf(createKeySigner(keys.log), 'sns.example/madoguchi/1')],
    })
    expect(audit).toMatchObject({ ok: true })
  },
)

/** Registers the hotline once, with room for the load. */
async function prepare(folder: string, keys: ReturnType<typeof newKeys>): Promise<void> {
  const desk = await openDesk({ folder, keys, register: true })
  await changeSender(desk.madoguchi.internals.ctx, SYSTEM, HOTLINE, {
    agreed_rate_per_day: 1_000_000,
  })
  await desk.madoguchi.close()
}

/** Sends until the connection breaks; remembers what was answered with 202. */
async function underLoad(
  { port }: ChildDesk,
  keys: ReturnType<typeof newKeys>,
  accepted: Set<string>,
  kill: number,
): Promise<void> {
  const send = async (lane: number): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const id = `kill-${String(kill)}-${String(lane)}-${String(n)}`
      const notice = noticeOf('yamibaito_recruitment', {
        id,
        target: { url: `https://sns.example/posts/${id}` },
      })
      const status = await post(port, keys.hotline, notice).catch(() => 0)
      if (status === 0) return
      expect(status).toBe(202)
      accepted.add(id)
    }
  }
  await Promise.all(Array.from({ length: SENDERS_AT_ONCE }, (_, lane) => send(lane)))
}

/** What its executor did, a line each: action and key. */
function effectsIn(folder: string): string[] {
  const file = join(folder, 'effects.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

function expectOneKeyPerAction(folder: string): void {
  const lines = effectsIn(folder)
  const keysOf = new Map<string, Set<string>>()
  const actionsOf = new Map<string, Set<string>>()
  for (const line of lines) {
    const [action = '', key = ''] = line.split(' ')
    keysOf.set(action, (keysOf.get(action) ?? new Set()).add(key))
    actionsOf.set(key, (actionsOf.get(key) ?? new Set()).add(action))
  }
  expect(lines.length).toBeGreaterThan(0)
  expect([...keysOf.values()].filter((keys) => keys.size > 1)).toEqual([])
  expect([...actionsOf.values()].filter((actions) => actions.size > 1)).toEqual([])
}
