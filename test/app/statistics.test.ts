import { describe, expect, it } from 'vitest'
import { countStatistics, type Counted } from '../../src/app/count-statistics.ts'
import { readRegistration } from '../../src/app/read-registration.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import type { Id } from '../../src/core/ids.ts'
import type { LaneTally } from '../../src/core/statistics/tally.ts'
import { RESULTS } from '../../src/core/statistics/told.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { act, codeOf, decide, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

const A: DecidedBy = { operator: 'a', role: 'reviewer' }
let sent = 0

async function open(): Promise<TimedDesk> {
  const desk = await openTimedDesk({
    platform: {
      executors: { remove: () => Promise.resolve({ kind: 'executed', at: desk.clock.now() }) },
      observe: ({ ref }) =>
        Promise.resolve({
          state: (ref as { id: string }).id.includes('gone') ? 'gone' : 'present',
        }),
    },
  })
  await desk.madoguchi.start({ work: true })
  return desk
}

async function send(desk: TimedDesk, path: string, changes: Record<string, unknown> = {}) {
  sent += 1
  const accepted = await desk.hotline.send(
    noticeOf('yamibaito_recruitment', {
      id: `counted-${String(sent).padStart(4, '0')}`,
      target: { url: `https://sns.example/${path}` },
      ...changes,
    }),
  )
  return { id: accepted.id, record: await readyCase(desk.ctx, accepted.id) }
}

/** The results of a lane, without zeros. */
async function results(
  desk: TimedDesk,
  query: Partial<Parameters<typeof countStatistics>[1]> = {},
): Promise<Record<string, number>> {
  return resultsOf(await count(desk, query))
}

function resultsOf({ tally }: Counted): Record<string, number> {
  const counts = tally.lanes.get('voluntary_illegal')?.results ?? []
  return Object.fromEntries(
    RESULTS.map((result, at) => [result, counts[at] ?? 0] as const).filter(([, n]) => n > 0),
  )
}

const count = (
  desk: TimedDesk,
  query: Partial<Parameters<typeof countStatistics>[1]> = {},
): Promise<Counted> =>
  countStatistics(desk.ctx, { from: 0, until: desk.clock.now() + DAY, ...query })

const executed = (desk: TimedDesk, caseId: Id<'cas'>) =>
  seen(async () =>
    (await desk.ctx.read.find('action', { caseId, kind: 'remove', state: 'executed' })).at(0),
  )

/** Reverses a decision; a person restores the item. */
async function takeBack(desk: TimedDesk, caseId: Id<'cas'>): Promise<void> {
  const { ctx, madoguchi, clock } = desk
  const decided = await ctx.read.get('case', { id: caseId })
  const taken = await madoguchi.cases.reverse(caseId, {
    by: A,
    commandId: 'take-it-back',
    expectedVersion: decided?.version ?? 0,
    reason: 'mistake',
  })
  expect(taken).toMatchObject({ ok: true })
  const restore = await seen(async () =>
    (await ctx.read.find('action', { kind: 'restore', state: 'pending' })).at(0),
  )
  await madoguchi.actions.settle(restore.id, { kind: 'executed', at: clock.now() })
}

/** What was counted of the lane of the fixtures; it is there. */
async function laneAt(desk: TimedDesk, size: number): Promise<LaneTally> {
  const { tally } = await count(desk, { size })
  return tally.lanes.get('voluntary_illegal')!
}

describe('statistics from events', () => {
  it('follow each notice to what became of it, and say again what an earlier log said', async () => {
    const desk = await open()
    const { clock } = desk
    const sizes: { readonly size: number; readonly said: Record<string, number> }[] = []
    const mark = async (): Promise<void> => {
      const { size } = await count(desk)
      sizes.push({ size, said: await results(desk) })
    }
    const one = await send(desk, 'one')
    const two = await send(desk, 'two')
    const gone = await send(desk, 'gone')
    await mark()
    clock.advance(HOUR)
    await act(desk, one.record.id, A, 'remove')
    await mark()
    await executed(desk, one.record.id)
    await decide(desk, two.record.id, A, { declineReason: 'cannot_verify' })
    await decide(desk, gone.record.id, A, { alreadyGone: true })
    await mark()
    clock.advance(HOUR)
    await takeBack(desk, one.record.id)
    await mark()

    expect(sizes.map(({ said }) => said)).toEqual([
      { open: 3 },
      { open: 3 },
      { gone_before_receipt: 1, measures: 1, no_measure: 1 },
      { gone_before_receipt: 1, no_measure: 2 },
    ])
    await send(desk, 'after-all-of-this')
    for (const { size, said } of sizes) expect(await results(desk, { size })).toEqual(said)
    expect(await results(desk, { size: 0 })).toEqual({})
    const lane = await laneAt(desk, sizes.at(-1)!.size)
    expect(lane.measures).toEqual([0, 0, 1])
    expect(lane.changed).toBe(1)
    expect(lane.times).toEqual({
      acknowledge: [0, 0, 0],
      decide: [HOUR, HOUR, HOUR],
      take_effect: [HOUR],
    })
    expect([...lane.notices.sender_type]).toEqual([
      ['hotline_state_commissioned', [0, 0, 1, 0, 0, 2]],
    ])
    expect([...lane.declines]).toEqual([
      ['restored', [1]],
      ['cannot_verify', [1]],
    ])
    expect([...lane.notices.provision_cited.keys()]).not.toEqual(['none'])
  })

  it('count a measure once, whoever else reported the item, and never for who came later', async () => {
    const desk = await open()
    const first = await send(desk, 'same')
    await send(desk, 'same')
    expect(await act(desk, first.record.id, A, 'remove')).toMatchObject({ ok: true })
    await executed(desk, first.record.id)
    const later = await send(desk, 'same')
    await decide(desk, later.record.id, A, {})
    expect(await results(desk)).toEqual({ measures: 2, no_measure: 1 })
    expect((await count(desk)).tally.lanes.get('voluntary_illegal')?.measures).toEqual([1, 0, 0])
  })

  it('count a revision with what it revises, wherever it went, and what was taken back', async () => {
    const desk = await open()
    const first = await send(desk, 'one', { id: 'revised-1' })
    const second = await send(desk, 'one', { id: 'revised-2', supersedes: 'revised-1' })
    expect(await results(desk)).toEqual({ open: 1 })
    await decide(desk, second.record.id, A, {})
    expect(first.record.id).toBe(second.record.id)
    expect(await results(desk)).toEqual({ no_measure: 1 })
    await send(desk, 'two', { id: 'taken-back-1' })
    await desk.hotline.message('withdrawal', 'taken-back-1', { id: 'withdrawal-1' })
    expect(await results(desk)).toEqual({ no_measure: 1, withdrawn: 1 })
  })

  it('follow a notice into the case that its own went into', async () => {
    const desk = await openTimedDesk({
      platform: {
        resolve: ({ url }) =>
          url.includes('unknown') ? Promise.resolve(null) : Promise.resolve({ ref: { id: 1 } }),
      },
    })
    await desk.madoguchi.start({ work: true })
    const known = await send(desk, 'known')
    const unknown = await send(desk, 'unknown')
    const lead: DecidedBy = { operator: 'l', role: 'lead' }
    const merged = await desk.madoguchi.cases.merge(known.record.id, {
      by: lead,
      commandId: 'merge-them',
      expectedVersion: known.record.version,
      other: unknown.record.id,
      otherVersion: unknown.record.version,
    })
    expect(merged).toMatchObject({ ok: true })
    await decide(desk, known.record.id, A, {})
    expect(await results(desk)).toEqual({ no_measure: 2 })
  })

  it('count what posters objected to, and what was changed for it', async () => {
    const desk = await open()
    const judge: DecidedBy = { operator: 'b', role: 'lead' }
    const object = async (path: string, verdict: 'uphold' | 'change' | null): Promise<void> => {
      const { record } = await send(desk, path)
      await act(desk, record.id, A, 'remove')
      await executed(desk, record.id)
      const { id } = await desk.madoguchi.appeals.open({
        commandId: `object-${path}`,
        from: { caseId: record.id },
        about: ['measure'],
        text: '再考を。',
      })
      if (verdict === null) return
      const expectedVersion = (await desk.ctx.read.get('case', { id: record.id }))?.version ?? 0
      const command = { commandId: `judge-${path}`, by: judge, expectedVersion, verdict }
      expect(await desk.madoguchi.appeals.decide(id, command)).toMatchObject({ ok: true })
    }
    await object('one', 'uphold')
    await object('two', 'change')
    await object('three', null)
    const before = await count(desk)
    const lane = before.tally.lanes.get('voluntary_illegal')
    expect([...(lane?.objections ?? [])]).toEqual([['poster', [1, 1, 1, 0]]])
    expect(lane?.changed).toBe(1)
    const { quality } = await readRegistration(desk.ctx, HOTLINE)
    expect(quality).toMatchObject({ closed: 3, counts: null })
  })

  it('leave out what is on trial', async () => {
    const desk = await open()
    await send(desk, 'test', { test: true })
    expect(await results(desk)).toEqual({})
  })
})

describe('statistics of a period', () => {
  it('take every notice that was received in it, however many, page by page', async () => {
    const desk = await openTimedDesk()
    const starts: number[] = []
    // Nothing is at work: notices are accepted, no more.
    for (let day = 0; day < 3; day += 1) {
      starts.push(desk.clock.now())
      for (let at = 0; at < 70; at += 1) {
        sent += 1
        await desk.hotline.send(
          noticeOf('yamibaito_recruitment', {
            id: `counted-${String(sent).padStart(4, '0')}`,
            target: { url: `https://sns.example/${sent}` },
          }),
        )
        desk.clock.advance(MINUTE)
      }
      desk.clock.advance(DAY - 70 * MINUTE)
    }
    const [first = 0, second = 0, third = 0] = starts
    expect(await results(desk)).toEqual({ open: 210 })
    expect(await results(desk, { from: first, until: second })).toEqual({ open: 70 })
    expect(await results(desk, { from: second, until: third })).toEqual({ open: 70 })
    expect(await results(desk, { from: second + 10 * MINUTE, until: third + 5 * MINUTE })).toEqual({
      open: 65,
    })
    expect(await results(desk, { from: third + DAY })).toEqual({})
  })

  it('are asked for by days in Japan; what is none, or no size of the log, is refused', async () => {
    const desk = await openTimedDesk()
    const lead: DecidedBy = { operator: 'l', role: 'lead' }
    const ask = (query: Parameters<typeof readStatistics>[2]) =>
      readStatistics(desk.ctx, lead, query)
    // The clock of the tests stands at 22 November 2026.
    expect(await ask({})).toMatchObject({ from: '2026-04-01', to: '2026-11-22', lanes: [] })
    expect(await ask({ to: '2026-03-31' })).toMatchObject({ from: '2025-04-01' })
    for (const wrong of [
      { from: '2026-02-30' },
      { to: '2026-13-01' },
      { from: '2026-11-23' },
      { size: 1_000_000 },
    ])
      expect(await codeOf(ask(wrong))).toBe('invalid_input')
    expect(await codeOf(readStatistics(desk.ctx, A, {}))).toBe('not_allowed')
    expect(await ask({ size: 0 })).toMatchObject({ size: 0, through: null, lanes: [] })
  })
})
