import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { registerKey } from '../../src/app/register-key.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/time.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { newKeys, publicJwk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import {
  act,
  decide,
  expectSoundLog,
  GROUND,
  newGate,
  openTimedDesk,
  pause,
  readyCase,
  seen,
  seenAfter,
  UnsteadySigner,
  type TimedDesk,
} from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const oneItem = { resolve: () => Promise.resolve({ ref: { id: 1 } }) }
const outcomes = ({ ctx }: TimedDesk): Promise<OutcomeRecord[]> =>
  ctx.read.find('outcome', {}, { orderBy: 'revision' })
const claims = ({ jws }: OutcomeRecord): Record<string, unknown> =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >

async function openCase(options: Parameters<typeof openTimedDesk>[0] = {}): Promise<{
  desk: TimedDesk
  caseId: `cas_${string}`
  by: { operator: string; role: 'reviewer' }
}> {
  const desk = await openTimedDesk({ platform: oneItem, ...options })
  await desk.madoguchi.start({ work: true })
  const record = await readyCase(desk.ctx, (await desk.hotline.sendFixture(NOTICE)).id)
  const { by } = await desk.operator('reviewer')
  return { desk, caseId: record.id, by: { ...by, role: 'reviewer' } }
}

it('tells the sender once every action is settled, and says which decision it reports', async () => {
  const { desk, caseId, by } = await openCase()
  const { ctx, madoguchi, clock } = desk
  await act(desk, caseId, by, 'remove', 'warn_poster')
  const pending = async (): Promise<unknown> =>
    (await ctx.read.count('action', { state: 'pending' })) === 2 ? true : undefined
  await seen(pending)
  const [first, second] = await ctx.read.find('action', {}, { orderBy: 'position' })
  await madoguchi.actions.settle(first!.id, { kind: 'executed', at: clock.now() })
  await pause(30)
  expect(await outcomes(desk)).toEqual([])
  await madoguchi.actions.settle(second!.id, { kind: 'executed', at: clock.now() })
  const outcome = await seen(async () => (await outcomes(desk))[0])
  const [decision] = await ctx.read.find('decision', {})
  expect(outcome).toMatchObject({ status: 'deleted', revision: 1, supersedes: null })
  expect(claims(outcome)).toMatchObject({
    previous: decision?.leafHash,
    leaf_hash: outcome.leafHash,
  })
  expect(decision?.reported).toBe('final')
  expect(await ctx.read.count('work', {})).toBe(0)
  // Nobody registered where to push it, so it waits to be polled.
  expect(await ctx.read.find('delivery', {})).toMatchObject([{ channel: 'poll', state: 'waiting' }])
})

it('reports an advice to users too, which is done to no item', async () => {
  const done = (): Promise<{ kind: 'executed'; at: number }> =>
    Promise.resolve({ kind: 'executed', at: 1 })
  const { desk, caseId, by } = await openCase({
    platform: { ...oneItem, executors: { user_advisory: done } },
  })
  await act(desk, caseId, by, 'user_advisory')
  const outcome = await seen(async () => (await outcomes(desk))[0])
  expect(outcome.status).toBe('other_measure_taken')
})

it('after the patience of the platform tells what was decided, later how it went', async () => {
  const { desk, caseId, by } = await openCase()
  const { ctx, madoguchi, clock } = desk
  await act(desk, caseId, by, 'remove')
  await seen(async () =>
    (await ctx.read.count('action', { state: 'pending' })) === 1 ? true : undefined,
  )
  clock.advance(DAY - 1)
  await madoguchi.internals.workers.reconcile()
  await pause(30)
  expect(await outcomes(desk)).toEqual([])
  const [early] = await seenAfter(clock, SECOND, async () => {
    const rows = await outcomes(desk)
    return rows.length > 0 ? rows : undefined
  })
  expect(early).toMatchObject({ status: 'under_review', revision: 1 })
  expect(claims(early!)['outcome']).toMatchObject({ measures: ['remove'] })
  clock.advance(3 * DAY)
  await madoguchi.internals.workers.reconcile()
  await pause(30)
  expect(await outcomes(desk)).toHaveLength(1)
  const [action] = await ctx.read.find('action', {})
  await madoguchi.actions.settle(action!.id, { kind: 'executed', at: clock.now() })
  const [, late] = await seen(async () => {
    const rows = await outcomes(desk)
    return rows.length > 1 ? rows : undefined
  })
  expect(late).toMatchObject({ status: 'deleted', revision: 2, supersedes: early?.id })
  expect(claims(late!)['outcome']).toMatchObject({ revision: 2, supersedes: early?.id })
  expect((await outcomes(desk))[0]?.jws).toBe(early?.jws)
})

it.each([
  ['no measure', {}],
  ['already gone', { alreadyGone: true }],
  ['a measure', { actions: [{ kind: 'remove' as const }], ground: GROUND }],
])('says nothing inside the undo window, after %s', async (_what, input) => {
  const executors = { remove: () => Promise.resolve({ kind: 'executed' as const, at: 1 }) }
  const { desk, caseId, by } = await openCase({
    platform: { ...oneItem, executors },
    settings: { MADOGUCHI_UNDO_WINDOW_SECONDS: '600', MADOGUCHI_OUTCOME_PATIENCE_HOURS: '1' },
  })
  const { clock, madoguchi } = desk
  await decide(desk, caseId, by, input)
  const endsAt = clock.now() + 10 * MINUTE
  for (let at = 0; at < 9; at += 1) {
    clock.advance(MINUTE)
    await pause()
  }
  clock.advance(endsAt - clock.now() - 1)
  await madoguchi.internals.workers.reconcile()
  await pause(20)
  expect(await outcomes(desk)).toEqual([])
  const outcome = await seenAfter(clock, SECOND, async () => (await outcomes(desk))[0])
  expect(clock.now()).toBeLessThan(endsAt + HOUR)
  expect(outcome.revision).toBe(1)
})

it('gives every sender of the case its own outcome, about its own notice alone', async () => {
  const { desk, caseId, by } = await openCase()
  const { ctx, hotline, keys } = desk
  const other = 'https://hotline2.example/'
  await registerKey(ctx, SYSTEM, other, publicJwk(keys.hotline))
  const joined = await hotline.send(noticeOf(NOTICE, { id: 'from-another' }), { iss: other })
  expect((await readyCase(ctx, joined.id)).id).toBe(caseId)
  await decide(desk, caseId, by, {})
  const both = await seen(async () => {
    const rows = await outcomes(desk)
    return rows.length === 2 ? rows : undefined
  })
  expect(both.map(({ senderId }) => senderId).sort()).toEqual(['https://hotline.example/', other])
  const said = both.map((row) => {
    const { outcome, aud } = claims(row) as { outcome: Record<string, unknown>; aud: string }
    expect(JSON.stringify(claims(row))).not.toContain(both.find((one) => one !== row)?.senderId)
    expect(aud).toBe(row.senderId)
    return { ...outcome, id: null }
  })
  expect(said[0]).toEqual(said[1])
})

it('waits for a signer that fails, and tells then', async () => {
  const keys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const { desk, caseId, by } = await openCase({ keys, adapters: { signer } })
  signer.fails = true
  await decide(desk, caseId, by, {})
  await seen(() =>
    Promise.resolve(desk.log.lines.some(({ event }) => event === 'work.failed') || undefined),
  )
  expect(await outcomes(desk)).toEqual([])
  signer.fails = false
  const outcome = await seenAfter(desk.clock, 5 * SECOND, async () => (await outcomes(desk))[0])
  expect(outcome.status).toBe('no_measure')
})

it('throws a draft away when an action was settled while it was signed', async () => {
  const keys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const { desk, caseId, by } = await openCase({ keys, adapters: { signer } })
  const { ctx, clock, madoguchi } = desk
  await act(desk, caseId, by, 'remove')
  const action = await seen(async () => (await ctx.read.find('action', { state: 'pending' }))[0])
  const gate = newGate()
  signer.gate = gate.opened
  clock.advance(DAY)
  const held = async (): Promise<unknown> =>
    (await ctx.read.find('work', { kind: 'report' }))[0]?.leaseUntil ?? undefined
  await seenAfter(clock, SECOND, held)
  await pause(20)
  await madoguchi.actions.settle(action.id, { kind: 'executed', at: clock.now() })
  gate.open()
  const first = await seen(async () => (await outcomes(desk))[0])
  expect(first).toMatchObject({ status: 'deleted', revision: 1 })
  await pause(20)
  expect(await outcomes(desk)).toHaveLength(1)
})

/** What was told of is taken back, and its notice goes into the round that another one opened. */
async function openTakenBack(): Promise<{
  desk: TimedDesk
  signer: UnsteadySigner
  early: OutcomeRecord
  takeBack: () => Promise<void>
  decideRound: () => Promise<unknown>
}> {
  const keys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const { desk, caseId, by } = await openCase({ keys, adapters: { signer } })
  const { ctx, clock, madoguchi } = desk
  await act(desk, caseId, by, 'remove')
  await seen(async () => (await ctx.read.find('action', { state: 'pending' }))[0])
  const early = await seenAfter(clock, HOUR, async () => (await outcomes(desk))[0])
  const { id } = await desk.hotline.sendFixture(NOTICE, { id: 'another-one-1' })
  const round = await readyCase(ctx, id)
  return {
    desk,
    signer,
    early,
    takeBack: async () => {
      const { version: expectedVersion } = (await ctx.read.get('case', { id: caseId }))!
      const reversed = await madoguchi.cases.reverse(caseId, {
        commandId: 'reverse-001',
        by,
        expectedVersion,
        reason: 'new_facts',
        internalNote: null,
      })
      expect(reversed).toMatchObject({ ok: true, case: { state: 'merged' } })
    },
    decideRound: async () => {
      expect(await decide(desk, round.id, by)).toMatchObject({ ok: true })
      return (await ctx.read.get('case', { id: round.id }))!.decisionId
    },
  }
}

const allTold =
  ({ ctx }: TimedDesk) =>
  async (): Promise<true | undefined> =>
    (await ctx.read.count('work', {})) === 0 ? true : undefined

it('two decisions that are told at once follow each other, and the later one has the last word', async () => {
  const { desk, signer, early, takeBack, decideRound } = await openTakenBack()
  const { ctx } = desk
  const gate = newGate()
  signer.gate = gate.opened
  await takeBack()
  const decisionId = await decideRound()
  await seen(async () => {
    const held = await ctx.read.find('work', { kind: 'report' })
    return held.filter(({ leaseUntil }) => leaseUntil !== null).length === 2 || undefined
  })
  await pause(20)
  gate.open()
  await seen(allTold(desk))
  const told = (await outcomes(desk)).filter(({ noticeId }) => noticeId === early.noticeId)
  expect(told.map(({ revision }) => revision)).toEqual(told.map((_, at) => at + 1))
  expect(told.map(({ supersedes }) => supersedes)).toEqual([
    null,
    ...told.slice(0, -1).map((outcome) => outcome.id),
  ])
  expect(told.at(-1)).toMatchObject({ decisionId, status: 'no_measure' })
  await expectSoundLog(ctx)
})

it('what comes to be told after a later decision was is not told any more', async () => {
  const { desk, signer, early, takeBack, decideRound } = await openTakenBack()
  signer.fails = true
  await takeBack()
  await seen(() =>
    Promise.resolve(desk.log.lines.some(({ event }) => event === 'work.failed') || undefined),
  )
  signer.fails = false
  const decisionId = await decideRound()
  await seen(async () => (await outcomes(desk))[2])
  await seenAfter(desk.clock, 5 * SECOND, allTold(desk))
  const told = (await outcomes(desk)).filter(({ noticeId }) => noticeId === early.noticeId)
  expect(told).toMatchObject([{ id: early.id }, { decisionId, supersedes: early.id }])
})
