import { expect, it } from 'vitest'
import type { CaseRecord } from '../../src/core/case.ts'
import { MINUTE } from '../../src/core/time.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import {
  act,
  codeOf,
  decide,
  expectSoundLog,
  GROUND,
  openTimedDesk,
  readyCase,
  seen,
  seenAfter,
  type TimedDesk,
} from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const GRAVE = 'handgun_sale'
const oneItem = { resolve: () => Promise.resolve({ ref: { id: 1 } }) }

async function withCase(key = NOTICE): Promise<{ desk: TimedDesk; record: CaseRecord }> {
  const settings = { MADOGUCHI_GRAVE_CATEGORIES: 'firearm_transfer' }
  const desk = await openTimedDesk({ platform: oneItem, settings })
  await desk.madoguchi.start({ work: true })
  const accepted = await desk.hotline.sendFixture(key)
  return { desk, record: await readyCase(desk.ctx, accepted.id) }
}

const command = (over: Partial<DecideCommand>): Pick<DecideCommand, 'commandId' | 'actions'> => ({
  commandId: 'the-command',
  actions: [],
  ...over,
})

it('gives a retried command the same answer, and does nothing twice', async () => {
  const { desk, record } = await withCase()
  const { madoguchi, ctx } = desk
  const { by } = await desk.operator('reviewer')
  await madoguchi.cases.claim(record.id, by)
  const given = { ...command({}), expectedVersion: record.version, by }
  const [first, twin] = await Promise.all([
    madoguchi.cases.decide(record.id, given),
    madoguchi.cases.decide(record.id, given),
  ])
  const later = await madoguchi.cases.decide(record.id, given)
  expect(first).toMatchObject({ ok: true, case: { state: 'decided' } })
  expect(twin).toEqual(first)
  expect(later).toEqual(first)
  expect(await ctx.read.count('decision', {})).toBe(1)
})

it.each<[string, Partial<DecideCommand>]>([
  ['another reason', { declineReason: 'context_lawful' }],
  ['another version', { expectedVersion: 9 }],
  ['another person', { by: { operator: 'somebody-else', role: 'reviewer' } }],
])('refuses a command id that comes again with %s', async (_what, over) => {
  const { desk, record } = await withCase()
  const { madoguchi } = desk
  const { by } = await desk.operator('reviewer')
  await madoguchi.cases.claim(record.id, by)
  const given = { ...command({}), expectedVersion: record.version, by }
  expect(await madoguchi.cases.decide(record.id, given)).toMatchObject({ ok: true })
  const other = madoguchi.cases.decide(record.id, { ...given, ...over })
  expect(await codeOf(other)).toBe('command_id_reused')
})

it('a refusal is no answer that is kept: the same command may succeed later', async () => {
  const { desk, record } = await withCase()
  const { madoguchi } = desk
  const { by } = await desk.operator('reviewer')
  const given = { ...command({}), expectedVersion: record.version, by }
  const refused = await madoguchi.cases.decide(record.id, given)
  expect(refused).toEqual({ ok: false, refusal: { code: 'not_claimed' } })
  await madoguchi.cases.claim(record.id, by)
  expect(await madoguchi.cases.decide(record.id, given)).toMatchObject({ ok: true })
})

it('shows what joined since, and then decides on all of it', async () => {
  const { desk, record } = await withCase()
  const { madoguchi, ctx, hotline } = desk
  const { by } = await desk.operator('reviewer')
  await madoguchi.cases.claim(record.id, by)
  const joined = await hotline.sendFixture('drug_ad_gone')
  await readyCase(ctx, joined.id)
  const given = { ...command({}), expectedVersion: record.version, by }
  const difference = {
    version: record.version + 1,
    state: 'ready',
    noticesSince: [joined.id],
    withdrawnSince: [],
    supersededSince: [],
    supplementsSince: [],
  }
  expect(await madoguchi.cases.decide(record.id, given)).toEqual({
    ok: false,
    refusal: { code: 'stale_version', difference },
  })
  const newer = { ...given, commandId: 'newer', expectedVersion: record.version + 1 }
  expect(await madoguchi.cases.decide(record.id, newer)).toMatchObject({ ok: true })
  const [decision] = await ctx.read.find('decision', { caseId: record.id })
  expect(decision?.noticeIds).toHaveLength(2)
  await seen(async () => ((await ctx.read.count('outcome', {})) === 2 ? true : undefined))
})

it('holds a case for whoever claimed it, until the lease ends', async () => {
  const { desk, record } = await withCase()
  const { madoguchi, clock, ctx } = desk
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  expect(await madoguchi.cases.claim(record.id, one.by)).toMatchObject({ ok: true })
  const claimUntil = clock.now() + ctx.config.claimLeaseMs
  const taken = { ok: false, refusal: { code: 'claimed_by_other', claimUntil } }
  expect(await madoguchi.cases.claim(record.id, two.by)).toEqual(taken)
  const given = { ...command({}), expectedVersion: record.version, by: two.by }
  expect(await madoguchi.cases.decide(record.id, given)).toEqual(taken)
  clock.advance(ctx.config.claimLeaseMs - 1)
  expect(await madoguchi.cases.claim(record.id, two.by)).toEqual(taken)
  clock.advance(1)
  const own = { ...command({}), expectedVersion: record.version, by: one.by }
  expect(await madoguchi.cases.decide(record.id, own)).toEqual({
    ok: false,
    refusal: { code: 'not_claimed' },
  })
  expect(await madoguchi.cases.claim(record.id, two.by)).toMatchObject({ ok: true })
  expect(await madoguchi.cases.decide(record.id, given)).toMatchObject({ ok: true })
})

it('names an unknown case', async () => {
  const desk = await openTimedDesk()
  const { by } = await desk.operator('reviewer')
  const id = desk.ctx.random.id('cas')
  expect(await codeOf(desk.madoguchi.cases.claim(id, by))).toBe('not_found')
})

const ON_ARMS = { ground: { ...GROUND, clause: '4.1' } } as const

it.each<[string, Partial<DecideCommand>]>([
  ['a measure', { actions: [{ kind: 'remove' }], ...ON_ARMS }],
  ['no measure', { actions: [] }],
  ['already gone', { alreadyGone: true }],
])('takes two people for %s on a grave case', async (_what, input) => {
  const { desk, record } = await withCase(GRAVE)
  const { ctx } = desk
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('second_reviewer')]
  expect(record.grave).toBe(true)
  const first = await decide(desk, record.id, one.by, input)
  expect(first).toMatchObject({ ok: true, case: { state: 'awaiting_second', decisionId: null } })
  expect(await ctx.read.count('action', {})).toBe(0)
  expect(await decide(desk, record.id, one.by, input)).toEqual({
    ok: false,
    refusal: { code: 'second_person_needed' },
  })
  const second = await decide(desk, record.id, two.by, input)
  expect(second).toMatchObject({ ok: true, case: { state: 'decided' } })
  const [decision] = await ctx.read.find('decision', {})
  expect(decision).toMatchObject({ mode: 'human_two_person', by: [one.by, two.by] })
  await expectSoundLog(ctx)
})

it('takes a third person, a lead, where two differ', async () => {
  const { desk, record } = await withCase(GRAVE)
  const { ctx } = desk
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  const [three, lead] = [await desk.operator('reviewer'), await desk.operator('lead')]
  await decide(desk, record.id, one.by, { actions: [{ kind: 'remove' }], ...ON_ARMS })
  const differs = await decide(desk, record.id, two.by, {})
  expect(differs).toMatchObject({ ok: true, case: { state: 'disagreed', decisionId: null } })
  expect(await ctx.read.count('decision', {})).toBe(0)
  const refused = { ok: false, refusal: { code: 'not_allowed' } }
  expect(await decide(desk, record.id, three.by, {})).toEqual(refused)
  const alone = await decide(desk, record.id, lead.by, { alreadyGone: true })
  expect(alone).toEqual({ ok: false, refusal: { code: 'second_person_needed' } })
  expect(await decide(desk, record.id, lead.by, {})).toMatchObject({ case: { state: 'decided' } })
  const [decision] = await ctx.read.find('decision', {})
  expect(decision?.by).toEqual([two.by, lead.by])
})

it('drops an opinion that was given before another notice joined', async () => {
  const { desk, record } = await withCase(GRAVE)
  const { hotline, ctx } = desk
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  await decide(desk, record.id, one.by, {})
  const joined = await hotline.sendFixture(GRAVE, { id: 'joins-later' })
  expect(await readyCase(ctx, joined.id)).toMatchObject({ state: 'ready', opinions: [] })
  expect(await decide(desk, record.id, two.by, {})).toMatchObject({
    case: { state: 'awaiting_second' },
  })
})

it('a new decision after a failed action cancels what has not begun, and reports alone', async () => {
  const failing = { remove: () => Promise.reject(new TypeError('down')) }
  const desk = await openTimedDesk({
    platform: { ...oneItem, executors: failing },
    settings: { MADOGUCHI_UNDO_WINDOW_SECONDS: '60' },
  })
  const { madoguchi, ctx, hotline, clock } = desk
  await madoguchi.start({ work: true })
  const accepted = await hotline.sendFixture(NOTICE)
  const record = await readyCase(ctx, accepted.id)
  const { by } = await desk.operator('reviewer')
  const later = clock.now() + 100 * 24 * 60 * MINUTE
  await decide(desk, record.id, by, {
    actions: [{ kind: 'remove' }, { kind: 'warn_poster', notBefore: later }],
    ground: GROUND,
  })
  const again = await act(desk, record.id, by, 'disable_access')
  expect(again).toEqual({ ok: false, refusal: { code: 'already' } })
  const flagged = await seenAfter(clock, 10 * MINUTE, async () => {
    const now = await ctx.read.get('case', { id: record.id })
    return now?.flags.length === 1 ? now : undefined
  })
  expect(flagged).toMatchObject({ state: 'decided', flags: ['action_failed'] })
  expect(await act(desk, record.id, by, 'disable_access')).toMatchObject({ ok: true })
  const [first, second] = await ctx.read.find('decision', {}, { orderBy: 'entryIndex' })
  expect(second?.replaces).toBe(first?.id)
  const states = await ctx.read.find('action', { decisionId: first!.id })
  expect(states.map(({ kind, state }) => [kind, state]).sort()).toEqual([
    ['remove', 'failed'],
    ['warn_poster', 'cancelled'],
  ])
  expect(await ctx.read.count('work', { subjectId: first!.id })).toBe(0)
  // Without an executor it waits for a person, who says that it is done.
  const [action] = await ctx.read.find('action', { decisionId: second!.id })
  clock.advance(2 * MINUTE)
  await seen(async () =>
    (await ctx.read.get('action', { id: action!.id }))?.state === 'pending' ? true : undefined,
  )
  await madoguchi.actions.settle(action!.id, { kind: 'executed', at: clock.now() })
  const outcomes = await seen(async () => {
    const rows = await ctx.read.find('outcome', { noticeId: accepted.id }, { orderBy: 'revision' })
    return rows.at(-1)?.status === 'access_blocked' ? rows : undefined
  })
  expect(outcomes.at(-1)?.decisionId).toBe(second?.id)
  await expectSoundLog(ctx)
})

it('covers every notice of a case, also beyond a page of the store', async () => {
  const { desk, record } = await withCase()
  const { ctx } = desk
  const [sample] = await ctx.read.find('notice', {})
  await ctx.committer.submit({
    name: 'test.many',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      for (let at = 0; at < 1_050; at += 1)
        await tx.insert('notice', {
          ...sample!,
          id: ctx.random.id('ntc'),
          senderNoticeId: `copy-${at}`,
          receiptId: ctx.random.id('rcp'),
        })
      return { result: undefined, events: [] }
    },
  })
  const { by } = await desk.operator('reviewer')
  expect(await decide(desk, record.id, by, {})).toMatchObject({ ok: true })
  const [decision] = await ctx.read.find('decision', {})
  expect(new Set(decision?.noticeIds).size).toBe(1_051)
  await seen(async () => ((await ctx.read.count('outcome', {})) === 1_051 ? true : undefined))
  await expectSoundLog(ctx)
})
