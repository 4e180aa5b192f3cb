import { expect, it } from 'vitest'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { newKeys } from '../support/desk.ts'
import { codeOf, openTimedDesk, seen, UnsteadySigner } from './support.ts'

const TEN_MINUTES = 600_000

it('keeps the checkpoint that an answer held, and no other', async () => {
  const { ctx, hotline } = await openTimedDesk()
  const accepted = await hotline.sendFixture('yamibaito_recruitment')
  await ctx.refusals.flush()
  const { size } = await ctx.ledger.head()
  expect(await ctx.read.find('checkpoint', {})).toEqual([])
  // It goes along with whatever is committed next.
  await hotline.sendFixture('drug_ad_gone')
  const kept = await ctx.read.find('checkpoint', {})
  expect(kept.map((row) => row.size)).toEqual([size])
  expect(accepted.proof.endsWith(`\n\n${kept[0]?.note}`)).toBe(true)
})

it('keeps one every ten minutes when nobody asks, and none twice', async () => {
  const { ctx, clock, madoguchi, hotline } = await openTimedDesk()
  const count = (): Promise<number> => ctx.read.count('checkpoint', {})
  await madoguchi.start({ work: true })
  await seen(async () => ((await count()) === 1 ? true : undefined))
  await madoguchi.internals.workers.reconcile()
  const first = await count()
  // The log grows without an answer: intake opens a case.
  await hotline.sendFixture('yamibaito_recruitment')
  await seen(async () => ((await ctx.read.count('case', {})) === 1 ? true : undefined))
  await madoguchi.internals.workers.reconcile()
  const second = await count()
  expect(second - first).toBe(1)
  clock.advance(TEN_MINUTES - 1)
  await madoguchi.internals.workers.reconcile()
  await madoguchi.internals.workers.reconcile()
  expect(await count()).toBe(second)
  clock.advance(1)
  await madoguchi.internals.workers.reconcile()
  await madoguchi.internals.workers.reconcile()
  expect(await count()).toBe(second + 1)
  const { size } = await ctx.ledger.head()
  expect(await ctx.read.get('checkpoint', { size })).toBeDefined()
  clock.advance(3 * TEN_MINUTES)
  await madoguchi.internals.workers.reconcile()
  expect(await count()).toBe(second + 1)
})

it('signs a size once, and again after its signer failed', async () => {
  const keys = newKeys()
  const logSigner = new UnsteadySigner(createKeySigner(keys.log))
  const { ctx } = await openTimedDesk({ keys, adapters: { logSigner }, isBare: true })
  const { size } = await ctx.ledger.head()
  logSigner.fails = true
  expect(await codeOf(ctx.ledger.checkpoint(size))).toBe('signer_unavailable')
  logSigner.fails = false
  const notes = await Promise.all([ctx.ledger.checkpoint(size), ctx.ledger.checkpoint(size)])
  expect(notes[0]).toBe(notes[1])
  expect(logSigner.signatures).toBe(1)
})
