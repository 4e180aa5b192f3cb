import { generateKeyPairSync } from 'node:crypto'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { formatId } from '../../src/core/ids.ts'
import type { Random } from '../../src/ports/runtime.ts'
import type { TableName, Tables } from '../../src/ports/record-tables.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { testDatabase } from '../support/postgres.ts'
import { TestClock } from '../support/test-clock.ts'
import { GROUND, readyCase, seen } from './support.ts'

const ed25519 = () => generateKeyPairSync('ed25519').privateKey
/** Keys whose signatures hold nothing random. */
const KEYS = { signing: ed25519(), log: ed25519(), hotline: ed25519() }

/** The same bytes in every run, so that salts and identifiers are the same. */
function seededRandom(clock: TestClock): Random {
  let turn = 0
  const bytes = (length: number): Uint8Array => {
    turn += 1
    const block = createHash('sha512').update(`seed ${turn}`).digest()
    return Uint8Array.from(block.subarray(0, length))
  }
  return { bytes, id: (prefix) => formatId(prefix, clock.now(), bytes(10)) }
}

const rowsOf = <T extends TableName>(desk: Desk, table: T): Promise<Tables[T][]> =>
  desk.madoguchi.internals.ctx.read.find(table, {})

/** A desk that takes notices, decides one for a measure and one against, and issues outcomes. */
async function work(settings: Record<string, string>): Promise<Desk> {
  const clock = new TestClock()
  const random = seededRandom(clock)
  const remove = () => Promise.resolve({ kind: 'executed', at: clock.now() } as const)
  const platform = { executors: { remove } }
  const desk = await openDesk({ keys: KEYS, platform, settings, adapters: { clock, random } })
  const { madoguchi, hotline } = desk
  const { ctx } = madoguchi.internals
  await madoguchi.start({ work: true })
  const { by } = await desk.operator('reviewer')
  const keys = ['yamibaito_recruitment', 'bank_account_trade_declined', 'yamibaito_recruitment']
  for (const [at, key] of keys.entries()) {
    clock.advance(1_000)
    const { id } = await hotline.send(
      noticeOf(key, { id: `same-in-both-${at}`, target: { url: `https://sns.example/p/${at}` } }),
    )
    const { id: caseId } = await readyCase(ctx, id)
    if (at === 0) continue
    await madoguchi.cases.claim(caseId, by)
    const found = await ctx.read.get('case', { id: caseId })
    const decided = await madoguchi.cases.decide(caseId, {
      commandId: `command-${at}`,
      expectedVersion: found?.version ?? 0,
      by,
      actions: at === 1 ? [] : [{ kind: 'remove' }],
      ...(at === 1 ? {} : { ground: GROUND }),
    })
    expect(decided).toMatchObject({ ok: true })
    await seen(async () => ((await rowsOf(desk, 'outcome')).length >= at ? true : undefined))
  }
  return desk
}

it('the same input and salts give byte-identical ledger, tiles, root, receipts and outcomes on both', async () => {
  const embedded = await work({})
  const database = await work({ MADOGUCHI_STORE: await testDatabase() })
  for (const table of ['ledgerEntry', 'ledgerTile', 'ledgerState', 'secret', 'event'] as const)
    expect(await rowsOf(database, table), table).toEqual(await rowsOf(embedded, table))
  for (const table of ['notice', 'case', 'decision', 'outcome', 'senderClock'] as const)
    expect(await rowsOf(database, table), table).toEqual(await rowsOf(embedded, table))
  const entries = await rowsOf(database, 'ledgerEntry')
  expect(entries.length).toBeGreaterThan(12)
  expect(await rowsOf(database, 'outcome')).toHaveLength(2)
})
