import { describe, expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { DAY, MINUTE } from '../../src/core/time.ts'
import { HOTLINE } from '../support/desk.ts'
import { codeOf, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

const REASON = '社内の確認を待つ'

interface Setting {
  readonly desk: TimedDesk
  readonly record: CaseRecord
  readonly a: DecidedBy
  readonly b: DecidedBy
}

async function withCase(key = 'yamibaito_recruitment'): Promise<Setting> {
  const desk = await openTimedDesk()
  await desk.madoguchi.start({ work: true })
  const record = await readyCase(desk.ctx, (await desk.hotline.sendFixture(key)).id)
  const [a, b] = [await desk.operator('reviewer'), await desk.operator('reviewer')]
  return { desk, record, a: a.by, b: b.by }
}

const queueOf = async ({ ctx }: TimedDesk, actor: DecidedBy, held = false): Promise<string[]> =>
  (await listCases(ctx, actor, { limit: 50, held })).items.map(({ id }) => id)

const caseOf = async ({ ctx }: TimedDesk, { id }: CaseRecord): Promise<CaseRecord> =>
  (await ctx.read.get('case', { id }))!

async function hold({ desk, record, a }: Setting, commandId = 'hold-0001'): Promise<void> {
  const { madoguchi, clock } = desk
  await madoguchi.cases.claim(record.id, a)
  const { version } = await caseOf(desk, record)
  const command = { commandId, by: a, expectedVersion: version, until: clock.now() + DAY }
  expect(await madoguchi.cases.hold(record.id, { ...command, reason: REASON })).toMatchObject({
    ok: true,
  })
}

describe('a case that is set aside', () => {
  it('leaves the queue until its time, and stands where it stood', async () => {
    const setting = await withCase()
    const { desk, record, a } = setting
    await hold(setting)
    expect(await queueOf(desk, a)).toEqual([])
    expect(await queueOf(desk, a, true)).toEqual([record.id])
    expect(await caseOf(desk, record)).toMatchObject({
      goalAt: record.goalAt,
      position: record.position,
      version: record.version,
    })
    expect((await readCase(desk.ctx, a, record.id)).case).toMatchObject({ holdReason: REASON })
    desk.clock.advance(DAY)
    expect(await queueOf(desk, a)).toEqual([record.id])
    expect((await readCase(desk.ctx, a, record.id)).case).toMatchObject({
      holdUntil: null,
      holdReason: null,
    })
  })

  it('comes back when another notice joins it, or a person resumes it', async () => {
    const setting = await withCase()
    const { desk, record, b } = setting
    await hold(setting)
    await desk.hotline.sendFixture('yamibaito_recruitment', { id: 'another-one-1' })
    await seen(async () => ((await caseOf(desk, record)).version > record.version ? 1 : undefined))
    expect(await queueOf(desk, b)).toEqual([record.id])
    await hold(setting, 'hold-0002')
    expect(await queueOf(desk, b)).toEqual([])
    const resume = { commandId: 'resume-01', by: b }
    expect(await desk.madoguchi.cases.resume(record.id, resume)).toMatchObject({ ok: true })
    expect(await queueOf(desk, b)).toEqual([record.id])
  })

  it('a notice that joined first stops the hold: nobody sets aside what they have not seen', async () => {
    const { desk, record, a } = await withCase()
    await desk.madoguchi.cases.claim(record.id, a)
    const { id } = await desk.hotline.sendFixture('yamibaito_recruitment', { id: 'another-one-1' })
    await seen(async () => ((await caseOf(desk, record)).version > record.version ? 1 : undefined))
    const { version: expectedVersion } = record
    const until = desk.clock.now() + DAY
    const command = { commandId: 'hold-0001', by: a, expectedVersion, until, reason: REASON }
    expect(await desk.madoguchi.cases.hold(record.id, command)).toMatchObject({
      ok: false,
      refusal: { code: 'stale_version', difference: { noticesSince: [id] } },
    })
  })

  it('nothing of it is told: not to the sender, not in the figures', async () => {
    const setting = await withCase()
    const { desk, record } = setting
    const lead = await desk.operator('lead')
    const [notice] = await desk.ctx.read.find('notice', { caseId: record.id })
    const outside = async (): Promise<string> =>
      JSON.stringify([
        { ...(await ownNotice(desk.ctx, HOTLINE, notice!.id)), proof: null },
        await readStatistics(desk.ctx, lead.by),
      ])
    const before = await outside()
    const entries = await desk.ctx.read.count('ledgerEntry', {})
    await hold(setting)
    expect(await outside()).toBe(before)
    expect(await desk.ctx.read.count('ledgerEntry', {})).toBe(entries)
    expect(JSON.stringify(desk.log.lines)).not.toContain(REASON)
  })
})

describe('引き継ぐ', () => {
  it('gives it to a named person, who reads the note', async () => {
    const { desk, record, a, b } = await withCase()
    const { madoguchi, ctx } = desk
    await madoguchi.cases.claim(record.id, a)
    desk.clock.advance(MINUTE)
    const command = { commandId: 'hand-0001', by: a, to: b.operator, note: '第2段落を確認' }
    expect(await madoguchi.cases.handOver(record.id, command)).toMatchObject({
      ok: true,
      case: { claimedBy: b.operator, claimUntil: desk.clock.now() + ctx.config.claimLeaseMs },
    })
    expect((await readCase(ctx, b, record.id)).handover).toMatchObject({
      by: a,
      to: b,
      note: '第2段落を確認',
    })
    expect(await madoguchi.cases.claim(record.id, a)).toMatchObject({
      ok: false,
      refusal: { code: 'claimed_by_other' },
    })
  })

  it('to nobody that isn’t there, and to nobody who was removed', async () => {
    const { desk, record, a, b } = await withCase()
    await desk.madoguchi.cases.claim(record.id, a)
    const { ctx } = desk
    await ctx.committer.submit({
      name: 'test.remove',
      bytes: 0,
      locks: [],
      run: async (tx) => {
        const [row] = await tx.find('operator', { name: b.operator })
        await tx.update('operator', { id: row!.id }, { state: 'removed' })
        return { result: undefined, events: [] }
      },
    })
    for (const to of [b.operator, 'nobody'])
      expect(
        await codeOf(
          desk.madoguchi.cases.handOver(record.id, { commandId: `hand-to-${to}`, by: a, to }),
        ),
      ).toBe('invalid_input')
  })
})

it('of a release and a claim at once, both orders hold', async () => {
  const { desk, record, a, b } = await withCase()
  const { cases } = desk.madoguchi
  await cases.claim(record.id, a)
  const [early, , late] = await Promise.all([
    cases.claim(record.id, b),
    cases.release(record.id, { commandId: 'release-1', by: a }),
    cases.claim(record.id, b),
  ])
  expect(early).toMatchObject({ ok: false, refusal: { code: 'claimed_by_other' } })
  expect(late).toMatchObject({ ok: true, case: { claimedBy: b.operator } })
})

it('each command is done once: the same again gets the same answer, other content none', async () => {
  const { desk, record, a, b } = await withCase()
  const { cases } = desk.madoguchi
  await cases.claim(record.id, a)
  const until = desk.clock.now() + DAY
  const hand = { commandId: 'hand-0001', by: a, to: b.operator }
  const held = { commandId: 'hold-0001', by: b, expectedVersion: 1, until, reason: REASON }
  const commands = [
    () => cases.handOver(record.id, hand),
    () => cases.hold(record.id, held),
    () => cases.resume(record.id, { commandId: 'resume-01', by: b }),
  ]
  for (const run of commands) {
    const first = await run()
    expect(first).toMatchObject({ ok: true })
    const events = await desk.ctx.read.count('event', {})
    expect(await run()).toEqual(first)
    expect(await desk.ctx.read.count('event', {})).toBe(events)
  }
  await cases.claim(record.id, a)
  const release = { commandId: 'release-1', by: a }
  expect(await cases.release(record.id, release)).toEqual(await cases.release(record.id, release))
  for (const other of [
    () => cases.handOver(record.id, { ...hand, note: 'x' }),
    () => cases.hold(record.id, { ...held, until: until + 1 }),
    () => cases.resume(record.id, { commandId: 'resume-01', by: a }),
    () => cases.release(record.id, { commandId: 'hold-0001', by: a }),
  ])
    expect(await codeOf(other())).toBe('command_id_reused')
})
