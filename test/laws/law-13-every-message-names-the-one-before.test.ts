import { expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import type { LedgerEntryRecord } from '../../src/ports/record-tables.ts'
import { TOKEN_TYPES } from '../../src/signing/token-type.ts'
import { verifyOurs } from '../../src/signing/verify-ours.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  keptPosts,
  lendKey,
  obedient,
  outcomeFor,
  person,
  sendToCase,
} from './support.ts'

const sameItem = (): Promise<{ ref: string }> => Promise.resolve({ ref: 'one-item' })

async function openAtWork(): Promise<Desk> {
  const desk = await openDesk({
    adapters: { transport: keptPosts() },
    callbackUrl: 'https://hotline.example/callback',
    platform: { resolve: sameItem, executors: { remove: obedient(), restore: obedient() } },
  })
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  return desk
}

async function payloadOf(
  desk: Desk,
  type:
    | 'decision.made'
    | 'decision.reversed'
    | 'action.executed'
    | 'action.reversed'
    | 'case.opened'
    | 'case.joined',
): Promise<Record<string, unknown>> {
  const [event] = await desk.madoguchi.internals.ctx.read.find('event', { type })
  return JSON.parse(new TextDecoder().decode(event!.payload)) as Record<string, unknown>
}

async function refsAt(desk: Desk, index: number): Promise<readonly string[]> {
  const entry = await desk.madoguchi.internals.ctx.read.get('ledgerEntry', { index })
  return parseEntry(entry!.bytes)!.refs
}

it('Every message names the one before it by the leaf hash of its entry: receipt the notice, decision its notices, action the decision, outcome the decision', async () => {
  const desk = await openAtWork()
  const { ctx } = desk.madoguchi.internals
  const { read, signer } = ctx
  const one = await sendToCase(desk, 'yamibaito_recruitment')
  const two = await sendToCase(
    desk,
    'yamibaito_recruitment',
    { id: 'another-01' },
    'https://hotline2.example/',
  )
  expect(two.record.id).toBe(one.record.id)
  const leaves: string[] = []
  for (const { accepted } of [one, two]) {
    const receipt = verifyOurs(accepted.receipt, TOKEN_TYPES.receipt, { keys: [signer.publicJwk] })
    const entry = Buffer.from(accepted.entry, 'base64')
    expect(parseEntry(entry)?.type).toBe('notice.accepted')
    expect(receipt['leaf_hash']).toBe(Buffer.from(leafHash(entry)).toString('base64url'))
    leaves.push(receipt['leaf_hash'] as string)
  }
  expect((await payloadOf(desk, 'case.opened'))['refs']).toEqual([leaves[0]])
  expect((await payloadOf(desk, 'case.joined'))['refs']).toEqual([leaves[1]])
  expect(
    codeOf(
      await decide(desk, one.record, person('a'), {
        actions: [{ kind: 'remove' }],
        ground: clause(),
      }),
    ),
  ).toBe('ok')
  const outcomes = [await outcomeFor(desk, one.accepted), await outcomeFor(desk, two.accepted)]
  const [decision] = await read.find('decision', {})
  expect([...((await payloadOf(desk, 'decision.made'))['refs'] as string[])].sort()).toEqual(
    [...leaves].sort(),
  )
  expect((await payloadOf(desk, 'action.executed'))['previous']).toBe(decision?.leafHash)
  for (const [index, outcome] of outcomes.entries()) {
    const claims = claimsOf(desk, outcome)
    expect(claims).toMatchObject({ previous: decision?.leafHash, leaf_hash: outcome.leafHash })
    expect(await refsAt(desk, outcome.entryIndex)).toEqual([leaves[index], decision?.leafHash])
  }
  // Delivered: names the outcome that was handed over.
  const [event] = await until(async () => {
    const rows = await read.find('event', { type: 'outcome.delivered' })
    return rows.length > 0 ? rows : undefined
  })
  expect(await refsAt(desk, event!.entryIndex!)).toEqual([outcomes[0]?.leafHash])
})

it('What is named always stands earlier in the log', async () => {
  const desk = await openAtWork()
  const sent = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, sent.record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  await outcomeFor(desk, sent.accepted)
  const entries = await desk.madoguchi.internals.ctx.read.ledgerEntries(0, 1_000)
  const indexOf = new Map(entries.map((entry: LedgerEntryRecord) => [entry.leafHash, entry.index]))
  let named = 0
  for (const { bytes, index } of entries)
    for (const ref of parseEntry(bytes)?.refs ?? []) {
      named += 1
      expect(indexOf.get(ref)).toBeLessThan(index)
    }
  expect(named).toBeGreaterThanOrEqual(2)
})

it('A revised outcome names the one that it supersedes', async () => {
  const clock = new TestClock()
  const desk = await openDesk({ adapters: { clock }, platform: { resolve: sameItem } })
  await desk.madoguchi.start({ work: true })
  const { read } = desk.madoguchi.internals.ctx
  // Nobody carries it out: the sender is told what was decided, and later what came of it.
  const sent = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, sent.record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  const action = await until(async () => (await read.find('action', { state: 'pending' }))[0])
  clock.advance(25 * HOUR)
  // The first look began as the timer fired, on the way; the second sees the end.
  for (let look = 0; look < 2; look += 1) await desk.madoguchi.internals.workers.reconcile()
  const first = await outcomeFor(desk, sent.accepted)
  expect(claimsOf(desk, first).outcome).toMatchObject({ status: 'under_review', revision: 1 })
  await desk.madoguchi.actions.settle(action.id, { kind: 'executed', at: clock.now() })
  const second = await until(async () => (await read.find('outcome', { revision: 2 }))[0])
  const claims = claimsOf(desk, second)
  expect(claims.outcome).toMatchObject({ status: 'deleted', revision: 2, supersedes: first.id })
  expect(claims.previous).toBe(claimsOf(desk, first).previous)
})

it('A reversal is not open: nobody can choose the counter-action', async () => {
  const desk = await openAtWork()
  const sent = await sendToCase(desk, 'yamibaito_recruitment')
  const answer = await decide(desk, sent.record, person('a'), {
    actions: [{ kind: 'restore' }],
    ground: clause(),
  })
  expect(codeOf(answer)).toBe('not_allowed')
})

it('The reversal names the decision, the undoing names what was done, the outcome names the reversal', async () => {
  const desk = await openAtWork()
  const { read } = desk.madoguchi.internals.ctx
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  const before = await outcomeFor(desk, accepted)
  const [made] = await read.find('event', { type: 'decision.made' })
  const [executed] = await read.find('event', { type: 'action.executed' })
  const reversed = await desk.madoguchi.cases.reverse(record.id, {
    commandId: 'reverse-1',
    expectedVersion: record.version + 1,
    by: person('b'),
    reason: 'own_recheck',
  })
  expect(codeOf(reversed)).toBe('ok')
  const after = await until(async () => {
    const newest = await outcomeFor(desk, accepted)
    return newest.revision > before.revision ? newest : undefined
  })
  const [reversal] = await read.find('event', { type: 'decision.reversed' })
  expect((await payloadOf(desk, 'decision.reversed'))['previous']).toBe(made?.leafHash)
  expect((await payloadOf(desk, 'action.reversed'))['previous']).toBe(executed?.leafHash)
  expect(claimsOf(desk, after)).toMatchObject({
    previous: reversal?.leafHash,
    outcome: { status: 'restored', supersedes: before.id },
  })
})

it('What a sender says later names its notice, a revision the one before, and a question the notice that it is about', async () => {
  const desk = await openAtWork()
  const { ctx } = desk.madoguchi.internals
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', {
    id: 'notice-0001',
  })
  const leafOf = async (id: `ntc_${string}`): Promise<string> =>
    (await ctx.read.get('notice', { id }))!.leafHash
  const leaf = await leafOf(accepted.id)
  const asked = { commandId: 'law-13-ask', noticeId: accepted.id, text: { en: 'Where?' } }
  expect(codeOf(await desk.madoguchi.cases.ask(record.id, { ...asked, by: person('a') }))).toBe(
    'ok',
  )
  const question = await outcomeFor(desk, accepted)
  expect(claimsOf(desk, question).previous).toBe(leaf)
  expect(await refsAt(desk, question.entryIndex)).toEqual([leaf])
  const message = { id: 'supplement-1', text: 'There.' }
  const { entry } = await desk.hotline.message('supplement', accepted.id, message)
  expect(parseEntry(Buffer.from(entry, 'base64'))?.refs).toEqual([leaf])
  const revised = await sendToCase(desk, 'yamibaito_recruitment', {
    id: 'notice-0002',
    supersedes: 'notice-0001',
  })
  const next = await leafOf(revised.accepted.id)
  expect(parseEntry(Buffer.from(revised.accepted.entry, 'base64'))?.refs).toEqual([leaf])
  const [superseded] = await ctx.read.find('event', { type: 'notice.superseded' })
  expect(await refsAt(desk, superseded!.entryIndex!)).toEqual([leaf, next])
})
