import { describe, expect, it } from 'vitest'
import type { AppContext } from '../../src/app/context.ts'
import { countStatistics } from '../../src/app/count-statistics.ts'
import { readLetterAnswer, readLetterReceipt } from '../../src/app/answer-letter.ts'
import { enterLetter } from '../../src/app/enter-letter.ts'
import { describeDesk } from '../../src/app/describe-desk.ts'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import type { Acceptance } from '../../src/app/receive-notice.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { RECEIPT_STATEMENT } from '../../src/signing/receipt.ts'
import { validateAgainst } from '../../src/schema/validate.ts'
import { openBareStore } from '../support/backing.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { letterOf } from '../support/letters.ts'
import {
  act,
  codeOf,
  CountedStore,
  decide,
  expectSoundLog,
  openTimedDesk,
  pause,
  readyCase,
  seen,
  seenAfter,
  type TimedDesk,
} from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const OBSERVE = { settings: { MADOGUCHI_MODE: 'observe' } }

/** Outlives the desks that use it one after the other; it is in a temporary folder. */
class KeptStore extends CountedStore {
  override close(): Promise<void> {
    return Promise.resolve()
  }
}

/** Forms of the notices that statistics count, one for each. */
async function countedForms(ctx: AppContext): Promise<string[]> {
  const { tally } = await countStatistics(ctx, { from: 0, until: Number.MAX_SAFE_INTEGER })
  return [...tally.lanes.values()].flatMap(({ notices }) =>
    [...notices.form].flatMap(([form, counts]) =>
      counts.flatMap((count) => Array.from({ length: count }, () => form)),
    ),
  )
}

interface Watched extends TimedDesk {
  readonly store: KeptStore
  readonly called: string[]
}

/** A desk for one item, whose executor is watched. */
async function open(
  options: Parameters<typeof openTimedDesk>[0] = {},
  kept?: KeptStore,
): Promise<Watched> {
  const called: string[] = []
  const store = kept ?? new KeptStore(await openBareStore())
  const platform = {
    resolve: () => Promise.resolve({ ref: { id: 1 } }),
    executors: {
      remove: ({ idempotencyKey }: { readonly idempotencyKey: string }) => {
        called.push(idempotencyKey)
        return Promise.resolve({ kind: 'executed', at: 1 } as const)
      },
    },
  }
  const desk = await openTimedDesk({ ...options, platform }, store)
  await desk.madoguchi.start({ work: true })
  return { ...desk, store, called }
}

/** The same store and keys, opened again by another configuration. */
async function reopen(
  desk: Watched,
  options: Parameters<typeof openTimedDesk>[0],
): Promise<Watched> {
  await desk.madoguchi.internals.workers.stop()
  return open({ ...options, keys: desk.keys, register: false }, desk.store)
}

const send = (desk: Watched, test: boolean, id = 'notice-0001'): Promise<Acceptance> =>
  desk.hotline.send(noticeOf(NOTICE, { id, ...(test ? { test } : {}) }))

const claimsOf = (jws: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >

const reviewer = async (desk: Watched) => (await desk.operator('reviewer')).by

async function settled(desk: Watched, caseId: CaseRecord['id']): Promise<readonly unknown[]> {
  await seen(async () => {
    const found = await desk.ctx.read.find('action', { caseId })
    return found.some(({ state }) => state === 'planned' || state === 'executing')
      ? undefined
      : found
  })
  const actions = await desk.ctx.read.find('action', { caseId }, { orderBy: 'position' })
  return actions.map(({ kind, state }) => [kind, state])
}

describe('試験用の通知', () => {
  it('goes the whole way, and nothing comes of it outside', async () => {
    const desk = await open()
    const { ctx, hotline } = desk
    const accepted = await send(desk, true)
    const claims = claimsOf(accepted.receipt)
    expect(claims).toMatchObject({ trial: 'test' })
    expect(claims['statement_ja']).toContain(RECEIPT_STATEMENT.ja)
    expect(claims['statement_ja']).toContain('試験用の通知')
    expect(validateAgainst('receipt', claims)).toBe(claims)
    const entry = parseEntry(Buffer.from(accepted.entry, 'base64'))
    expect(entry?.pub).toMatchObject({ trial: 'test' })

    const record = await readyCase(ctx, accepted.id)
    const by = await reviewer(desk)
    expect(await act(desk, record.id, by, 'remove', 'warn_poster')).toMatchObject({ ok: true })
    expect(await settled(desk, record.id)).toEqual([
      ['remove', 'simulated'],
      ['warn_poster', 'simulated'],
    ])
    expect(desk.called).toEqual([])
    desk.clock.advance(48 * HOUR)
    await pause(30)
    expect(await ctx.read.count('outcome', {})).toBe(0)
    expect(await ctx.read.count('work', {})).toBe(0)
    expect(await ownNotice(ctx, HOTLINE, accepted.id)).toMatchObject({
      status: 'received',
      trial: 'test',
      outcome: null,
    })
    const types = (await ctx.read.find('event', { caseId: record.id })).map(({ type }) => type)
    expect(types).toContain('action.simulated')
    expect(types).not.toContain('action.executed')
    // The same notice again is a replay of the same receipt.
    const again = await hotline.send(noticeOf(NOTICE, { id: 'notice-0001', test: true }))
    expect(again).toMatchObject({ receipt: accepted.receipt, replayed: true })
    await expectSoundLog(ctx)
  })

  it('never meets a real one: its own case, list, clock and sight', async () => {
    const desk = await open({
      settings: {
        MADOGUCHI_NO_VIEW_CATEGORIES: 'crime_recruitment',
        MADOGUCHI_BAND0_CATEGORIES: 'crime_recruitment',
      },
    })
    const { ctx } = desk
    const test = await readyCase(ctx, (await send(desk, true, 'notice-test')).id)
    const plain = noticeOf('handgun_sale', { id: 'notice-real' })
    const real = await readyCase(ctx, (await desk.hotline.send(plain)).id)
    expect(test).toMatchObject({ trial: 'test', noView: true, band: 0 })
    expect(real).toMatchObject({ trial: null, noView: false, band: 1 })
    expect(test.targetKey).not.toBe(real.targetKey)
    expect(await ctx.read.find('case', { targetKey: real.targetKey })).toHaveLength(1)

    const actor = await reviewer(desk)
    const ids = async (query: Partial<Parameters<typeof listCases>[2]>): Promise<string[]> =>
      (await listCases(ctx, actor, { limit: 10, ...query })).items.map(({ id }) => id)
    expect(await ids({})).toEqual([real.id])
    expect(await ids({ tests: true })).toEqual([test.id])

    const clocks = await ctx.read.find('senderClock', { senderId: HOTLINE })
    expect(clocks.map(({ band }) => band).sort()).toEqual([1, 2])
    expect(await countedForms(ctx)).toEqual(['public_order'])
  })

  it('comes, decided, in the list of tests only', async () => {
    const desk = await open()
    const { ctx } = desk
    const actor = await reviewer(desk)
    const ids: string[] = []
    for (const [at, test] of [true, false, true, false].entries()) {
      const record = await readyCase(ctx, (await send(desk, test, `notice-000${at}`)).id)
      await decide(desk, record.id, actor)
      desk.clock.advance(1)
      ids.push(record.id)
    }
    const decided = async (tests: boolean): Promise<unknown> =>
      (
        await listCases(ctx, actor, {
          limit: 10,
          state: 'decided',
          ...(tests ? { tests: true as const } : {}),
        })
      ).items.map(({ id }) => id)
    expect(await decided(false)).toEqual([ids[3], ids[1]])
    expect(await decided(true)).toEqual([ids[2], ids[0]])
  })

  it('has as many as the agreed rate, and keeps no real one waiting', async () => {
    const desk = await open()
    const { ctx } = desk
    const sender = await ctx.read.get('sender', { id: HOTLINE })
    const before = await ctx.read.get('senderClock', { senderId: HOTLINE, band: 1 })
    expect(before).toBeUndefined()
    await ctx.committer.submit({
      name: 'test.flood',
      bytes: 0,
      locks: [],
      run: async (tx) => {
        await tx.put('senderClock', {
          senderId: HOTLINE,
          band: 3,
          tat: ctx.clock.now() + 48 * HOUR,
        })
        return { result: undefined, events: [] }
      },
    })
    await expect(
      desk.hotline.send(noticeOf('handgun_sale', { id: 'notice-test', test: true })),
    ).rejects.toMatchObject({ code: 'over_agreed_rate' })
    const real = await desk.hotline.send(noticeOf('handgun_sale', { id: 'notice-real' }))
    const stored = await ctx.read.get('notice', { id: real.id })
    expect(stored?.order.slotAt).toBe(stored?.receivedAt)
    expect(sender?.agreedRatePerDay).toBeGreaterThan(0)
  })
})

describe('試行モード', () => {
  it('records decisions, calls no executor, and sends a receipt that says so and no outcome', async () => {
    const desk = await open(OBSERVE)
    const { ctx } = desk
    const accepted = await send(desk, false)
    expect(claimsOf(accepted.receipt)).toMatchObject({ trial: 'observe' })
    const record = await readyCase(ctx, accepted.id)
    const by = await reviewer(desk)
    const question = { commandId: 'q', noticeId: accepted.id, by, text: { en: 'When?' } }
    expect(await desk.madoguchi.cases.ask(record.id, question)).toMatchObject({
      refusal: { code: 'not_allowed' },
    })
    expect(await act(desk, record.id, by, 'remove')).toMatchObject({ ok: true })
    expect(await settled(desk, record.id)).toEqual([['remove', 'simulated']])
    const [decision] = await ctx.read.find('decision', {})
    expect(decision).toMatchObject({ trial: 'observe', reported: 'nothing' })
    desk.clock.advance(48 * HOUR)
    await pause(30)
    expect([desk.called, await ctx.read.count('outcome', {})]).toEqual([[], 0])
    expect(await countedForms(ctx)).toEqual([])
    expect(await describeDesk(ctx)).toMatchObject({ mode: 'observe' })
  })

  it('holds for a letter, too: its receipt says so, and there is no answer to mail', async () => {
    const desk = await open(OBSERVE)
    const { ctx } = desk
    const by = await reviewer(desk)
    const { id } = await enterLetter(ctx, by, letterOf(NOTICE))
    const receipt = await readLetterReceipt(ctx, by, id)
    expect(receipt.ja).toContain('試行')
    expect(receipt.en).toContain('no outcome is sent')
    const record = await readyCase(ctx, id)
    expect(record.trial).toBe('observe')
    expect(await act(desk, record.id, by, 'remove')).toMatchObject({ ok: true })
    expect(await settled(desk, record.id)).toEqual([['remove', 'simulated']])
    desk.clock.advance(48 * HOUR)
    await pause(30)
    expect([desk.called, await ctx.read.count('outcome', {})]).toEqual([[], 0])
    expect(await codeOf(readLetterAnswer(ctx, by, id))).toBe('no_answer_yet')
    expect(await countedForms(ctx)).toEqual([])
  })

  it('is written into the ledger when it begins and ends, and starts nothing old', async () => {
    const watching = await open(OBSERVE)
    const { ctx } = watching
    const accepted = await send(watching, false)
    const record = await readyCase(ctx, accepted.id)
    await act(watching, record.id, await reviewer(watching), 'remove')
    await settled(watching, record.id)

    const acting = await reopen(watching, {})
    const changes = await acting.ctx.read.find(
      'event',
      { type: 'mode.changed' },
      { orderBy: 'seq' },
    )
    const told = changes.map(
      ({ payload }) => JSON.parse(new TextDecoder().decode(payload)) as unknown,
    )
    expect(told).toEqual([
      { v: 1, from: 'act', to: 'observe', by: 'configuration' },
      { v: 1, from: 'observe', to: 'act', by: 'configuration' },
    ])
    expect(changes.every(({ entryIndex }) => entryIndex !== null)).toBe(true)
    acting.clock.advance(48 * HOUR)
    await pause(30)
    expect(acting.called).toEqual([])
    expect(await acting.ctx.read.count('outcome', {})).toBe(0)
    // The item is real now: a new notice has a case of its own, and is acted on.
    const next = await readyCase(acting.ctx, (await send(acting, false, 'notice-0002')).id)
    expect(next).toMatchObject({ trial: null, round: 1 })
    await act(acting, next.id, await reviewer(acting), 'remove')
    await seenAfter(
      acting.clock,
      MINUTE,
      async () => (await acting.ctx.read.find('outcome', {}))[0],
    )
    expect(acting.called).toHaveLength(1)
    await expectSoundLog(acting.ctx)
  })

  it('leaves a case that was accepted before to be decided again, when the desk acts', async () => {
    const before = await open()
    const accepted = await send(before, false)
    const record = await readyCase(before.ctx, accepted.id)
    const watching = await reopen(before, OBSERVE)
    await act(watching, record.id, await reviewer(watching), 'remove')
    expect(await settled(watching, record.id)).toEqual([['remove', 'simulated']])
    const left = await watching.ctx.read.get('case', { id: record.id })
    expect(left).toMatchObject({ state: 'decided', trial: null, flags: ['only_observed'] })

    const acting = await reopen(watching, {})
    await act(acting, record.id, await reviewer(acting), 'remove')
    const [outcome] = await seenAfter(acting.clock, MINUTE, async () => {
      const found = await acting.ctx.read.find('outcome', {})
      return found.length === 0 ? undefined : found
    })
    expect(outcome?.status).toBe('deleted')
    expect(acting.called).toHaveLength(1)
    expect(await acting.ctx.read.get('case', { id: record.id })).toMatchObject({ flags: [] })
  })

  it('does not begin what was decided before: it fails, and a person looks again', async () => {
    const before = await open({ settings: { MADOGUCHI_UNDO_WINDOW_SECONDS: '3600' } })
    const record = await readyCase(before.ctx, (await send(before, false)).id)
    await act(before, record.id, await reviewer(before), 'remove')
    const watching = await reopen(before, OBSERVE)
    const failed = await seenAfter(watching.clock, HOUR, async () => {
      const [found] = await watching.ctx.read.find('action', { state: 'failed' })
      return found
    })
    expect(failed.failureCode).toBe('only_observed')
    expect(watching.called).toEqual([])
    const flagged = await watching.ctx.read.get('case', { id: record.id })
    expect(flagged?.flags).toEqual(['action_failed'])
  })
})
