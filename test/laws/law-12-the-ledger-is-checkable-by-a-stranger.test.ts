import { expect, it } from 'vitest'
import { auditLog, type AuditResult } from '../../src/ledger/audit.ts'
import { auditSourceOf } from '../../src/ledger/audit-source.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { LEDGERED_EVENTS, isLedgered } from '../../src/core/event.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { checkByStranger } from './sigstore.ts'
import {
  clause,
  decide,
  keptPosts,
  obedient,
  person,
  sendToCase,
  type KeptPosts,
  type Sent,
} from './support.ts'
import { toxicIn, toxicWordsOf } from './toxic-words.ts'

interface Walked extends Sent {
  readonly desk: Desk
  readonly vkey: string
  readonly endpoint: KeptPosts
}

/** A loop from the notice to the delivered outcome. */
async function walk(): Promise<Walked> {
  const endpoint = keptPosts()
  const desk = await openDesk({
    adapters: { transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
    platform: { executors: { remove: obedient() } },
  })
  await desk.madoguchi.start({ work: true })
  const sent = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, sent.record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  const { ctx } = desk.madoguchi.internals
  await until(async () => (await ctx.read.find('delivery', { state: 'delivered' }))[0])
  return { desk, vkey: ctx.ledger.verifierKey, endpoint, ...sent }
}

function audit({ desk, vkey }: Walked): Promise<AuditResult> {
  const { ctx, store } = desk.madoguchi.internals
  return auditLog(auditSourceOf(store.read), {
    origin: ctx.ledger.origin,
    keys: [parseVkey(vkey)!],
  })
}

it("The ledger is checkable by a stranger, offline, from the entries that he was given: by other people's code and the log's key alone", async () => {
  const { vkey, accepted, endpoint, desk } = await walk()
  const pushed = JSON.parse(endpoint.posts[0]!.body) as { entry: string; proof: string }
  for (const { entry, proof } of [accepted, pushed])
    expect(checkByStranger(vkey, entry, proof).size).toBeGreaterThan(0n)
  expect(() => checkByStranger(vkey, pushed.entry, accepted.proof)).toThrow()
  const other = await openDesk({ isBare: true })
  expect(other.madoguchi.internals.ctx.ledger.verifierKey).not.toBe(vkey)
  expect(() =>
    checkByStranger(
      other.madoguchi.internals.ctx.ledger.verifierKey,
      accepted.entry,
      accepted.proof,
    ),
  ).toThrow()
  expect(desk.madoguchi.internals.ctx.ledger.origin).toBe('sns.example/madoguchi/1')
})

it('Every ledgered event has exactly one entry, and the whole log fits', async () => {
  const walked = await walk()
  const { read } = walked.desk.madoguchi.internals.ctx
  const events = await read.find('event', {}, { orderBy: 'seq' })
  const indexes = events.filter(({ type }) => isLedgered(type)).map(({ entryIndex }) => entryIndex)
  expect(indexes).toEqual(indexes.map((_, index) => index))
  expect(
    events.filter(({ type }) => !isLedgered(type)).every(({ leafHash }) => leafHash === null),
  ).toBe(true)
  expect(new Set(LEDGERED_EVENTS).has('decision.made')).toBe(true)
  expect(await audit(walked)).toMatchObject({ ok: true, size: indexes.length })
})

it('It survives the erasure of personal data: with payloads and secrets gone, log, proofs and receipts still hold', async () => {
  const walked = await walk()
  const { desk, vkey, accepted } = walked
  const { store } = desk.madoguchi.internals
  const secrets = await store.read.find('secret', {})
  expect(secrets.length).toBeGreaterThan(8)
  await store.transact(async (tx) => {
    for (const { leafHash, name } of secrets) await tx.delete('secret', { leafHash, name })
    for (const { id } of await tx.find('event', {}))
      await tx.update('event', { id }, { payload: new Uint8Array() })
  })
  expect(await audit(walked)).toMatchObject({ ok: true })
  expect(checkByStranger(vkey, accepted.entry, accepted.proof).size).toBeGreaterThan(0n)
  const again = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  expect(again).toMatchObject({ replayed: true, receipt: accepted.receipt, entry: accepted.entry })
  checkByStranger(vkey, again.entry, again.proof)
})

it('Nothing that would have to be erased stands in an entry', async () => {
  const { desk } = await walk()
  const { read } = desk.madoguchi.internals.ctx
  const entries = (await read.ledgerEntries(0, 1_000))
    .map(({ bytes }) => Buffer.from(bytes).toString())
    .join('\n')
  expect(
    toxicIn(
      entries,
      toxicWordsOf(noticeOf('yamibaito_recruitment')).filter(
        (word) => !'sns.example/madoguchi/1'.includes(word),
      ),
    ),
  ).toEqual([])
  expect(entries).not.toMatch(/hotline\.example|"(ntc|cas|dec|act|out)_/)
})

it('A changed entry is found, and named', async () => {
  const walked = await walk()
  const { store } = walked.desk.madoguchi.internals
  await store.transact(async (tx) => {
    const row = (await tx.get('ledgerEntry', { index: 8 }))!
    const text = Buffer.from(row.bytes).toString().replace('"type":"', '"type":"x')
    await tx.update('ledgerEntry', { index: 8 }, { bytes: new Uint8Array(Buffer.from(text)) })
  })
  expect(await audit(walked)).toEqual({ ok: false, what: 'entry_hash_mismatch', index: 8 })
})
