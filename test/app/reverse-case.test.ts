import { describe, expect, it } from 'vitest'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { ActionKind } from '../../src/core/action-kind.ts'
import { SECOND } from '../../src/core/time.ts'
import { PermanentFailure } from '../../src/ports/platform.ts'
import { HOTLINE } from '../support/desk.ts'
import {
  act,
  codeOf,
  decide,
  expectSoundLog,
  newGate,
  pause,
  readyCase,
  seen,
  seenAfter,
} from './support.ts'
import { executed, KEY, Reversing, type Call } from './reversing.ts'

async function payloadOf({ desk }: Reversing, type: string): Promise<Record<string, unknown>> {
  const [event] = await desk.ctx.read.find('event', { type: type as never })
  return JSON.parse(new TextDecoder().decode(event!.payload)) as Record<string, unknown>
}

describe('a reversal of what was carried out', () => {
  it('is a counter-action under a key of its own, then an outcome that says restored, not why', async () => {
    const one = await Reversing.open({ remove: () => executed, restore: () => executed })
    const { desk, by, record } = one
    await act(desk, record.id, by, 'remove')
    const first = await one.outcome(1)
    expect(first.status).toBe('deleted')
    expect(await one.reverse()).toMatchObject({ ok: true, case: { state: 'reversing' } })
    const { decisionId } = await one.at('reversed')
    const [original, counter] = await one.actions()
    expect([original?.state, counter?.state]).toEqual(['reversed', 'executed'])
    expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'restore'])
    expect(one.calls[1]?.call).toMatchObject({
      ref: { id: 7 },
      actionId: counter?.id,
      reverses: { actionId: original?.id, kind: 'remove' },
    })
    expect(one.calls[0]?.call).not.toHaveProperty('reverses')
    expect(counter?.idempotencyKey).not.toBe(original?.idempotencyKey)
    const second = await one.outcome(2)
    expect(second).toMatchObject({ status: 'restored', supersedes: first.id, decisionId })
    const claims = Buffer.from(second.jws.split('.')[1]!, 'base64url').toString()
    expect(JSON.parse(claims)).toMatchObject({ outcome: { status: 'restored', measures: [] } })
    expect(claims).not.toMatch(/new_facts|社内の記録|"standard"/)
    expect(await ownNotice(desk.ctx, HOTLINE, first.noticeId)).toMatchObject({ status: 'restored' })
    const reading = await readCase(desk.ctx, by, record.id)
    expect(reading.decisions[1]).toMatchObject({
      reverses: reading.decisions[0]?.id,
      reversalReason: 'new_facts',
      internal_note: '社内の記録',
    })
    await expectSoundLog(desk.ctx)
  })

  it('each entry names the leaf of what it takes back', async () => {
    const one = await Reversing.open({ remove: () => executed, restore: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.action('remove', 'executed')
    await one.reverse()
    await one.at('reversed')
    const { read } = one.desk.ctx
    const [made] = await read.find('event', { type: 'decision.made' })
    const [done] = await read.find('event', { type: 'action.executed' }, { orderBy: 'seq' })
    expect(await payloadOf(one, 'decision.reversed')).toMatchObject({ previous: made?.leafHash })
    expect(await payloadOf(one, 'action.reversed')).toMatchObject({ previous: done?.leafHash })
    for (const type of ['decision.reversed', 'action.reversed'] as const)
      expect((await read.find('event', { type }))[0]?.entryIndex).toEqual(expect.any(Number))
  })

  it('before anybody was told: the only answer is that it was restored', async () => {
    const gate = newGate()
    const one = await Reversing.open({
      remove: () => executed,
      demote: async () => {
        await gate.opened
        return executed
      },
      restore: () => executed,
    })
    await act(one.desk, one.record.id, one.by, 'remove', 'demote')
    await one.action('demote', 'executing')
    await one.reverse()
    gate.open()
    await one.at('reversed')
    expect((await one.outcome(1)).status).toBe('restored')
    const log = one.calls.map(({ kind, call }) => `${kind} ${call.reverses?.kind ?? ''}`.trim())
    expect(log.slice(0, 2)).toEqual(['remove', 'demote'])
    expect(log.slice(2).sort()).toEqual(['restore demote', 'restore remove'])
    expect(await one.outcomes()).toHaveLength(1)
  })

  it('while an attempt runs that then fails: nobody waits for the next, which is not made', async () => {
    const gate = newGate()
    const one = await Reversing.open({
      remove: async () => {
        await gate.opened
        throw new Error('no answer')
      },
      restore: () => executed,
    })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.action('remove', 'executing')
    await one.reverse()
    gate.open()
    await one.at('reversed')
    expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'restore'])
    expect((await one.action('restore', 'executed')).state).toBe('executed')
  })

  it('a kind without executor waits for a person, who settles it', async () => {
    const one = await Reversing.open({ remove: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.outcome(1)
    await one.reverse()
    const counter = await one.action('restore', 'pending')
    expect((await one.state()).state).toBe('reversing')
    await one.desk.madoguchi.actions.settle(counter.id, executed)
    expect((await one.at('reversed')).flags).toEqual([])
    expect((await one.outcome(2)).status).toBe('restored')
  })

  it('what can’t be undone stays, and is told as it stands', async () => {
    const one = await Reversing.open({ warn_poster: () => executed })
    await act(one.desk, one.record.id, one.by, 'warn_poster')
    await one.outcome(1)
    expect(await one.reverse()).toMatchObject({ case: { state: 'reversed' } })
    expect((await one.outcome(2)).status).toBe('other_measure_taken')
    expect(await one.actions()).toHaveLength(1)
  })

  it('a counter-action that fails for good puts it before people, who ask again', async () => {
    let fails = true
    const one = await Reversing.open({
      remove: () => executed,
      restore: () => {
        if (fails) throw new PermanentFailure('locked')
        return executed
      },
    })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.outcome(1)
    await one.reverse()
    await one.action('restore', 'failed')
    expect(await one.state()).toMatchObject({ state: 'reversing', flags: ['action_failed'] })
    fails = false
    expect(await one.reverse()).toMatchObject({ ok: true })
    await one.at('reversed')
    expect((await one.outcome(2)).status).toBe('restored')
    const keys = one.calls.map(({ call }) => call.idempotencyKey)
    expect(new Set(keys).size).toBe(3)
    await expectSoundLog(one.desk.ctx)
  })

  it('a reversed case can be decided anew, and the new decision answers', async () => {
    const one = await Reversing.open({
      remove: () => executed,
      demote: () => executed,
      restore: () => executed,
    })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.outcome(1)
    await one.reverse()
    await one.outcome(2)
    expect(await act(one.desk, one.record.id, one.by, 'demote')).toMatchObject({ ok: true })
    expect((await one.outcome(3)).status).toBe('other_measure_taken')
    expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'restore', 'demote'])
  })
})

describe('取り消す（残り30秒）', () => {
  const WINDOW = { MADOGUCHI_UNDO_WINDOW_SECONDS: '30' }

  it.each<[string, readonly ActionKind[]]>([
    ['a measure', ['remove']],
    ['no measure', []],
  ])('%s: nothing is done, nobody is told, and the case waits again', async (_what, kinds) => {
    const one = await Reversing.open({ remove: () => executed }, WINDOW)
    const { desk, record, by } = one
    await (kinds.length > 0 ? act(desk, record.id, by, ...kinds) : decide(desk, record.id, by))
    desk.clock.advance(29 * SECOND)
    expect(await one.reverse()).toMatchObject({ ok: true, case: { state: 'ready' } })
    expect(await desk.ctx.read.count('work', {})).toBe(0)
    for (let step = 0; step < 10; step += 1) {
      desk.clock.advance(600 * SECOND)
      await pause()
    }
    expect([one.calls, await one.outcomes()]).toEqual([[], []])
    expect(await desk.ctx.read.openCase(record)).toMatchObject({ id: record.id })
    await decide(desk, record.id, by)
    expect(
      (await seenAfter(desk.clock, 30 * SECOND, async () => (await one.outcomes())[0])).status,
    ).toBe('no_measure')
    await expectSoundLog(desk.ctx)
  })

  it('one of the two who decided does it alone', async () => {
    const one = await Reversing.open({}, WINDOW, 'suicide_inducement_life_risk')
    const other = (await one.desk.operator('reviewer')).by
    for (const by of [one.by, other]) await act(one.desk, one.record.id, by, 'remove')
    expect(await one.reverse(other)).toMatchObject({
      case: { state: 'ready', decisionId: expect.any(String) as string },
    })
  })

  it('a notice that came meanwhile opened a round: the undone case goes into it', async () => {
    const one = await Reversing.open({}, WINDOW)
    await act(one.desk, one.record.id, one.by, 'remove')
    const { id } = await one.desk.hotline.sendFixture(KEY, { id: 'another-one-1' })
    const round = await readyCase(one.desk.ctx, id)
    expect(round).toMatchObject({ round: 2, previousCaseId: one.record.id })
    expect(await one.reverse()).toMatchObject({ case: { state: 'merged' } })
    const notices = await one.desk.ctx.read.find('notice', { caseId: round.id })
    expect(notices).toHaveLength(2)
    expect(await one.desk.ctx.read.get('case', { id: round.id })).toMatchObject({
      version: round.version + 1,
      position: one.record.position,
    })
    expect((await readCase(one.desk.ctx, one.by, round.id)).merged).toMatchObject([
      { id: one.record.id, state: 'merged' },
    ])
    await decide(one.desk, round.id, one.by)
    await seenAfter(one.desk.clock, 30 * SECOND, async () =>
      (await one.outcomes()).length === 2 ? true : undefined,
    )
  })
})

describe('an executor is on it when the decision is taken back', () => {
  async function underWay(
    remove: (call: Call) => unknown,
    restore: (call: Call) => unknown = () => executed,
  ): Promise<Reversing> {
    const one = await Reversing.open({ remove, restore })
    await act(one.desk, one.record.id, one.by, 'remove')
    await seen(() => Promise.resolve(one.calls.length > 0 ? true : undefined))
    return one
  }

  it('it finishes afterwards: it still ends reversed', async () => {
    const gate = newGate()
    const one = await underWay(async () => {
      await gate.opened
      return executed
    })
    await one.reverse()
    await pause(30)
    expect(one.calls).toHaveLength(1)
    gate.open()
    await one.at('reversed')
    expect((await one.actions()).map(({ state }) => state)).toEqual(['reversed', 'executed'])
    expect((await one.outcome(1)).status).toBe('restored')
  })

  it('both at once, again and again: it ends reversed, with one counter-action', async () => {
    for (let round = 0; round < 8; round += 1) {
      const gate = newGate()
      const one = await underWay(async () => {
        await gate.opened
        return executed
      })
      const { version } = await one.state()
      if (round % 2 === 0) gate.open()
      for (let step = 0; step < round; step += 1) await Promise.resolve()
      const reversal = one.reverse()
      gate.open()
      expect(await reversal).toMatchObject({ ok: true })
      const { version: after } = await one.at('reversed')
      expect(after).toBe(version + 2)
      expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'restore'])
    }
  })

  it('it can’t be done: nothing took effect, so the case waits for its decision again', async () => {
    const gate = newGate()
    const one = await underWay(async () => {
      await gate.opened
      throw new PermanentFailure('locked')
    })
    await one.reverse()
    gate.open()
    expect((await one.at('ready')).flags).toEqual([])
    expect(await one.desk.ctx.read.count('work', {})).toBe(0)
    expect(await one.outcomes()).toEqual([])
  })

  it('the attempt failed: no other one is made, and what it may have done is undone', async () => {
    const one = await underWay(() => Promise.reject(new Error('x')))
    await seen(async () => {
      const [row] = await one.desk.ctx.read.find('work', { kind: 'act' })
      return row?.leaseUntil === null ? true : undefined
    })
    await one.reverse()
    await one.at('reversed')
    expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'restore'])
    expect((await one.actions()).map(({ state }) => state)).toEqual(['reversed', 'executed'])
    expect(await payloadOf(one, 'action.reversed')).toMatchObject({ previous: null })
  })

  it('keeps the late word of an attempt that was given up, for a person', async () => {
    const gate = newGate()
    const one = await underWay(async () => {
      await gate.opened
      return executed
    })
    one.desk.clock.advance(45 * SECOND)
    await seen(async () => {
      const [row] = await one.desk.ctx.read.find('work', { kind: 'act' })
      return row?.leaseUntil === null ? true : undefined
    })
    await one.reverse()
    await one.at('reversed')
    gate.open()
    const late = await seen(async () => (await one.actions()).find((a) => a.lateResults.length > 0))
    expect(late).toMatchObject({ state: 'reversed', lateResults: [{ result: 'executed' }] })
    expect((await one.state()).flags).toEqual(['late_result'])
  })
})

describe('a measure that somebody else carries out', () => {
  const handlers: string[] = []

  it('is called off; nothing was done, so the case waits for its decision again', async () => {
    const one = await Reversing.open({})
    one.desk.madoguchi.on('action.cancelled', 'ads-desk', ({ caseId }) => {
      handlers.push(String(caseId))
      return Promise.resolve()
    })
    await one.desk.madoguchi.start({ work: true })
    await act(one.desk, one.record.id, one.by, 'remove')
    const { id } = await one.action('remove', 'pending')
    await one.reverse()
    expect((await one.at('ready')).flags).toEqual([])
    expect(await one.desk.ctx.read.get('action', { id })).toMatchObject({ state: 'cancelled' })
    await seen(() => Promise.resolve(handlers.includes(one.record.id) ? true : undefined))
    expect(await one.desk.ctx.read.count('work', { kind: 'report' })).toBe(0)
  })

  it('and was carried out all the same: it is undone too', async () => {
    const one = await Reversing.open({ restore: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    const { id } = await one.action('remove', 'pending')
    await one.reverse()
    const { settle } = one.desk.madoguchi.actions
    expect(await codeOf(settle(id, { kind: 'failed', code: 'gone' }))).toBe('already')
    await settle(id, executed)
    await one.action('remove', 'reversed')
    expect(one.calls.map(({ kind }) => kind)).toEqual(['restore'])
    expect(await codeOf(settle(id, executed))).toBe('already')
  })

  it('carried out after the case was decided anew: a person looks at it', async () => {
    const one = await Reversing.open({ demote: () => executed, restore: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    const { id } = await one.action('remove', 'pending')
    await one.reverse()
    await act(one.desk, one.record.id, one.by, 'demote')
    await one.action('demote', 'executed')
    await one.desk.madoguchi.actions.settle(id, executed)
    expect((await one.state()).flags).toEqual(['late_result'])
    expect(one.calls.map(({ kind }) => kind)).toEqual(['demote'])
  })
})

it('what a sibling decided stands: nothing is restored over it', async () => {
  const one = await Reversing.open({ remove: () => executed, restore: () => executed })
  const life = await one.desk.hotline.sendFixture('suicide_inducement_life_risk')
  const sibling = await readyCase(one.desk.ctx, life.id)
  const other = (await one.desk.operator('reviewer')).by
  await act(one.desk, one.record.id, one.by, 'remove')
  for (const by of [one.by, other]) await act(one.desk, sibling.id, by, 'remove')
  await seen(async () => ((await one.outcomes()).length === 2 ? true : undefined))
  expect(await one.reverse()).toMatchObject({ case: { state: 'reversed' } })
  expect((await one.outcome(2)).status).toBe('deleted')
  expect(one.calls.map(({ kind }) => kind)).toEqual(['remove', 'remove'])
  for (const by of [one.by, other]) {
    const { version: expectedVersion } = (await one.desk.ctx.read.get('case', { id: sibling.id }))!
    const command = { commandId: `both-${by.operator}`, by, expectedVersion }
    await one.desk.madoguchi.cases.reverse(sibling.id, { ...command, reason: 'own_recheck' })
  }
  await seen(() => Promise.resolve(one.calls.length === 3 ? true : undefined))
  expect(one.calls[2]?.kind).toBe('restore')
})

describe('commands at once', () => {
  it('of two reversals one is made', async () => {
    const one = await Reversing.open({ remove: () => executed, restore: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.outcome(1)
    const codes = (await Promise.all([one.reverse(), one.reverse()])).map((answer) =>
      answer.ok ? 'ok' : answer.refusal.code,
    )
    expect(codes.sort()).toEqual(['already', 'ok'])
  })

  it('the same command again gets the same answer, other content none', async () => {
    const one = await Reversing.open({ remove: () => executed, restore: () => executed })
    await act(one.desk, one.record.id, one.by, 'remove')
    await one.outcome(1)
    const command = {
      commandId: 'reverse-1',
      by: one.by,
      expectedVersion: (await one.state()).version,
      reason: 'own_recheck' as const,
    }
    const { reverse } = one.desk.madoguchi.cases
    const first = await reverse(one.record.id, command)
    await one.at('reversed')
    expect(await reverse(one.record.id, command)).toEqual(first)
    expect(await one.actions()).toHaveLength(2)
    expect(await codeOf(reverse(one.record.id, { ...command, reason: 'mistake' }))).toBe(
      'command_id_reused',
    )
  })
})
