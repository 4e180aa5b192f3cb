import { describe, expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import type { ActionKind } from '../../src/core/action-kind.ts'
import type { DecisionInput } from '../../src/core/decision.ts'
import type { EventType } from '../../src/core/event.ts'
import { DAY, HOUR, SECOND } from '../../src/core/time.ts'
import { PermanentFailure } from '../../src/ports/platform.ts'
import { executed, Reversing, type Executors } from './reversing.ts'
import {
  decide,
  expectSoundLog,
  GROUND,
  newGate,
  pause,
  readyCase,
  seen,
  seenAfter,
} from './support.ts'

const ALL: Executors = {
  demote: () => executed,
  disable_access: () => executed,
  restore: () => executed,
}

/** Decides for measures that end in a day. */
async function forADay(one: Reversing, ...kinds: ActionKind[]): Promise<void> {
  const endsAt = one.desk.clock.now() + DAY
  const actions = kinds.map((kind) => ({ kind, endsAt }))
  expect(await decide(one.desk, one.record.id, one.by, { actions, ground: GROUND })).toMatchObject({
    ok: true,
  })
}

async function payloads(one: Reversing, type: EventType): Promise<Record<string, unknown>[]> {
  const events = await one.desk.ctx.read.find('event', { type }, { orderBy: 'seq' })
  return events.map(
    ({ payload }) => JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>,
  )
}

const calls = (one: Reversing): string[] =>
  one.calls.map(({ kind, call }) => `${kind} ${call.reverses?.kind ?? ''}`.trim())

describe('the end of a measure', () => {
  it('comes by itself: a counter-action, an entry, and an outcome that says so', async () => {
    const one = await Reversing.open(ALL)
    await forADay(one, 'disable_access')
    const first = await one.outcome(1)
    expect(first.status).toBe('access_blocked')
    one.desk.clock.advance(DAY - SECOND)
    await one.desk.store.quiet()
    expect(calls(one)).toEqual(['disable_access'])
    one.desk.clock.advance(SECOND)
    const second = await one.outcome(2)
    expect(second).toMatchObject({ status: 'restored', supersedes: first.id })
    expect(calls(one)).toEqual(['disable_access', 'restore disable_access'])
    const [original, counter] = await one.actions()
    expect([original, counter]).toMatchObject([
      { state: 'reversed', endedAt: one.desk.clock.now() },
      { state: 'executed', decisionId: original?.decisionId, endsAt: null },
    ])
    expect(await one.state()).toMatchObject({ state: 'decided', flags: [] })
    const { read } = one.desk.ctx
    const [done] = await read.find('event', { type: 'action.executed' }, { orderBy: 'seq' })
    expect(await payloads(one, 'action.expired')).toMatchObject([
      { action: original?.id, counter: counter?.id, step: 'counter', previous: done?.leafHash },
    ])
    const [entry] = await read.find('event', { type: 'action.expired' })
    expect(entry?.entryIndex).toEqual(expect.any(Number))
    expect(await read.count('work', { kind: 'expire' })).toBe(0)
    await expectSoundLog(one.desk.ctx)
  })

  it('of one of two leaves the other, and says what stands', async () => {
    const one = await Reversing.open(ALL)
    const endsAt = one.desk.clock.now() + DAY
    const actions = [{ kind: 'demote', endsAt } as const, { kind: 'disable_access' } as const]
    await decide(one.desk, one.record.id, one.by, { actions, ground: GROUND })
    await one.outcome(1)
    one.desk.clock.advance(DAY)
    expect((await one.outcome(2)).status).toBe('access_blocked')
    expect(calls(one).slice(2)).toEqual(['restore demote'])
  })

  it('of a measure on an account is told to nobody (law 22)', async () => {
    const one = await Reversing.open({ suspend_account: () => executed, restore: () => executed })
    await forADay(one, 'suspend_account')
    await one.outcome(1)
    one.desk.clock.advance(DAY)
    await one.action('suspend_account', 'reversed')
    await one.desk.store.quiet()
    expect(await one.outcomes()).toHaveLength(1)
  })

  it('before anybody carried it out: it is called off, and a person looks', async () => {
    const one = await Reversing.open({ restore: () => executed })
    await forADay(one, 'disable_access')
    const { id } = await one.action('disable_access', 'pending')
    one.desk.clock.advance(DAY)
    await one.action('disable_access', 'cancelled')
    expect((await one.state()).flags).toEqual(['action_failed'])
    expect(await payloads(one, 'action.expired')).toMatchObject([
      { step: 'cancel', was: 'pending' },
    ])
    // It was done all the same: then it is undone.
    await one.desk.madoguchi.actions.settle(id, executed)
    await one.action('disable_access', 'reversed')
    expect(calls(one)).toEqual(['restore disable_access'])
  })

  it('a counter-action that fails for good puts it before people, who reverse it', async () => {
    let fails = true
    const one = await Reversing.open({
      ...ALL,
      restore: () => {
        if (fails) throw new PermanentFailure('locked')
        return executed
      },
    })
    await forADay(one, 'demote')
    await one.outcome(1)
    one.desk.clock.advance(DAY)
    await one.action('restore', 'failed')
    expect((await one.state()).flags).toEqual(['action_failed'])
    fails = false
    expect(await one.reverse()).toMatchObject({ ok: true })
    await one.at('reversed')
    expect((await one.outcome(2)).status).toBe('restored')
    await expectSoundLog(one.desk.ctx)
  })
})

describe('an executor is on it when the end comes', () => {
  async function underWay(run: () => unknown): Promise<Reversing> {
    const one = await Reversing.open({ ...ALL, demote: run })
    const endsAt = one.desk.clock.now() + 10 * SECOND
    await decide(one.desk, one.record.id, one.by, {
      actions: [{ kind: 'demote', endsAt }],
      ground: GROUND,
    })
    await seen(() => Promise.resolve(one.calls[0]))
    return one
  }

  it('it finishes afterwards: it is undone', async () => {
    const gate = newGate()
    const one = await underWay(async () => {
      await gate.opened
      return executed
    })
    one.desk.clock.advance(10 * SECOND)
    await seen(async () => ((await payloads(one, 'action.expired')).length > 0 ? true : undefined))
    expect(calls(one)).toEqual(['demote'])
    gate.open()
    await one.action('demote', 'reversed')
    expect(calls(one)).toEqual(['demote', 'restore demote'])
  })

  it('it hands it on: nobody has to do what would be over at once', async () => {
    const gate = newGate()
    const one = await underWay(async () => {
      await gate.opened
      return { kind: 'pending' }
    })
    one.desk.clock.advance(10 * SECOND)
    await seen(async () => ((await payloads(one, 'action.expired')).length > 0 ? true : undefined))
    gate.open()
    await one.action('demote', 'cancelled')
  })

  it('between two attempts: no other one is made, and what it may have done is undone', async () => {
    const one = await underWay(() => Promise.reject(new Error('x')))
    await seen(async () => {
      const [row] = await one.desk.ctx.read.find('work', { kind: 'act' })
      return row?.leaseUntil === null ? true : undefined
    })
    const tries = one.calls.length
    one.desk.clock.advance(10 * SECOND)
    await seenAfter(one.desk.clock, SECOND, async () =>
      (await one.actions()).find(({ state }) => state === 'reversed'),
    )
    const after = calls(one).slice(tries)
    expect(after.indexOf('restore demote')).toBe(after.length - 1)
    expect(after.length).toBeLessThanOrEqual(2)
  })
})

describe('a sibling', () => {
  async function both(siblingActs: DecisionInput['actions']): Promise<{
    one: Reversing
    undo: () => Promise<void>
  }> {
    const one = await Reversing.open(ALL)
    const life = await one.desk.hotline.sendFixture('suicide_inducement_life_risk')
    const sibling = await readyCase(one.desk.ctx, life.id)
    const people = [one.by, (await one.desk.operator('reviewer')).by]
    await forADay(one, 'demote')
    await one.outcome(1)
    for (const by of people)
      await decide(one.desk, sibling.id, by, { actions: siblingActs, ground: GROUND })
    await seen(async () => ((await one.outcomes()).length === 2 ? true : undefined))
    const undo = async (): Promise<void> => {
      for (const by of people) {
        const found = await one.desk.ctx.read.get('case', { id: sibling.id })
        await one.desk.madoguchi.cases.reverse(sibling.id, {
          commandId: `undo-${by.operator}`,
          by,
          expectedVersion: found?.version ?? 0,
          reason: 'own_recheck',
        })
      }
    }
    return { one, undo }
  }

  it('decided it too: it stands, and ends with that decision, told to both', async () => {
    const { one, undo } = await both([{ kind: 'demote' }])
    one.desk.clock.advance(DAY)
    await seen(async () => ((await payloads(one, 'action.expired')).length > 0 ? true : undefined))
    await one.desk.store.quiet()
    expect(await payloads(one, 'action.expired')).toMatchObject([{ step: 'keep', counter: null }])
    expect(calls(one)).toEqual(['demote', 'demote'])
    expect(await one.outcomes()).toHaveLength(2)
    await undo()
    await seenAfter(one.desk.clock, 5 * SECOND, async () =>
      (await one.outcomes()).length === 4 ? true : undefined,
    )
    expect(calls(one).slice(2)).toEqual(['restore demote'])
    const [own] = await one.actions()
    expect(own?.state).toBe('reversed')
    const told = (await one.outcomes()).slice(2).map(({ status }) => status)
    expect(told).toEqual(['restored', 'restored'])
    await expectSoundLog(one.desk.ctx)
  })

  it('was to do it and didn’t: what stood for its sake is undone then', async () => {
    const one = await Reversing.open({
      ...ALL,
      demote: ({ idempotencyKey }) => {
        if (keys.size > 0 && !keys.has(idempotencyKey)) return { kind: 'pending' }
        keys.add(idempotencyKey)
        return executed
      },
    })
    const keys = new Set<string>()
    const life = await one.desk.hotline.sendFixture('suicide_inducement_life_risk')
    const sibling = await readyCase(one.desk.ctx, life.id)
    await forADay(one, 'demote')
    await one.outcome(1)
    for (const by of [one.by, (await one.desk.operator('reviewer')).by])
      await decide(one.desk, sibling.id, by, { actions: [{ kind: 'demote' }], ground: GROUND })
    const pending = await seen(
      async () =>
        (await one.desk.ctx.read.find('action', { caseId: sibling.id, state: 'pending' }))[0],
    )
    one.desk.clock.advance(DAY)
    await seen(async () => ((await payloads(one, 'action.expired')).length > 0 ? true : undefined))
    await one.desk.store.quiet()
    expect(calls(one)).toEqual(['demote', 'demote'])
    await one.desk.madoguchi.actions.settle(pending.id, { kind: 'failed', code: 'not_possible' })
    await one.action('demote', 'reversed')
    expect(calls(one).slice(2)).toEqual(['restore demote'])
  })
})

describe('at once', () => {
  it('the end and a reversal: it is undone once, in whatever order they come', async () => {
    for (let round = 0; round < 6; round += 1) {
      const one = await Reversing.open(ALL)
      await forADay(one, 'demote')
      await one.outcome(1)
      const reversal = round % 2 === 0 ? one.reverse() : undefined
      for (let step = 0; step < round; step += 1) await Promise.resolve()
      one.desk.clock.advance(DAY)
      await (reversal ?? one.reverse())
      await one.at('reversed')
      await one.desk.store.quiet()
      expect(calls(one)).toEqual(['demote', 'restore demote'])
      expect((await one.actions()).map(({ state }) => state)).toEqual(['reversed', 'executed'])
      await expectSoundLog(one.desk.ctx)
    }
  })

  it('its transaction is lost, or nobody knows: it ends once all the same', async () => {
    for (const fault of ['before_commit', 'unknown_stored', 'unknown_lost', 'aborted'] as const) {
      const one = await Reversing.open(ALL)
      await forADay(one, 'demote')
      await one.outcome(1)
      await pause(20)
      one.desk.store.failNext(fault, fault)
      one.desk.clock.advance(DAY)
      for (let step = 0; step < 40 && (await one.outcomes()).length < 2; step += 1) {
        await one.desk.store.quiet()
        one.desk.clock.advance(10 * SECOND)
      }
      expect((await one.outcome(2)).status, fault).toBe('restored')
      expect(new Set(one.calls.map(({ call }) => call.idempotencyKey)).size).toBe(2)
      expect(await payloads(one, 'action.expired')).toHaveLength(1)
      await expectSoundLog(one.desk.ctx)
    }
  })
})

describe('an interim measure', () => {
  const interim = async (one: Reversing): Promise<void> => {
    const actions = [{ kind: 'disable_access', interim: true } as const]
    expect(
      await decide(one.desk, one.record.id, one.by, { actions, ground: GROUND }),
    ).toMatchObject({ ok: true, case: { state: 'ready' } })
    expect((await one.outcome(1)).status).toBe('interim_measure')
  }
  const listed = async (one: Reversing): Promise<unknown> => {
    const { items } = await listCases(one.desk.ctx, one.by, { interim: true, limit: 10 })
    return items.map(({ id, facts }) => [id, facts?.interimUntil])
  }

  it('that nobody decides on ends within a day: under review, and still offered', async () => {
    const one = await Reversing.open(ALL)
    await interim(one)
    expect(await listed(one)).toEqual([[one.record.id, one.desk.clock.now() + DAY]])
    one.desk.clock.advance(DAY)
    expect((await one.outcome(2)).status).toBe('under_review')
    expect(await listed(one)).toEqual([])
    expect(calls(one)).toEqual(['disable_access', 'restore disable_access'])
    expect(await one.state()).toMatchObject({ state: 'ready', interimUntil: one.desk.clock.now() })
    await decide(one.desk, one.record.id, one.by)
    one.desk.clock.advance(SECOND)
    expect((await one.outcome(3)).status).toBe('no_measure')
    await one.desk.store.quiet()
    expect(calls(one)).toHaveLength(2)
    await expectSoundLog(one.desk.ctx)
  })

  it('that a decision confirms goes on under it, whatever hour it is', async () => {
    const one = await Reversing.open(ALL)
    await interim(one)
    const actions = [{ kind: 'disable_access' } as const]
    await decide(one.desk, one.record.id, one.by, { actions, ground: GROUND })
    expect((await one.outcome(2)).status).toBe('access_blocked')
    one.desk.clock.advance(2 * DAY)
    await one.desk.store.quiet()
    expect(calls(one)).toEqual(['disable_access', 'disable_access'])
    expect(await one.outcomes()).toHaveLength(2)
    expect(await one.reverse()).toMatchObject({ ok: true })
    await one.at('reversed')
    expect(calls(one).slice(2)).toEqual(['restore disable_access'])
  })

  it('that a decision doesn’t want is undone at once, and told with it', async () => {
    const gate = newGate()
    const one = await Reversing.open({
      ...ALL,
      restore: async () => {
        await gate.opened
        return executed
      },
    })
    await interim(one)
    await decide(one.desk, one.record.id, one.by)
    await one.action('restore', 'executing')
    await one.desk.store.quiet()
    expect(await one.outcomes()).toHaveLength(1)
    gate.open()
    expect((await one.outcome(2)).status).toBe('no_measure')
    expect(await one.state()).toMatchObject({ state: 'decided' })
    await expectSoundLog(one.desk.ctx)
  })

  it('its end and a decision at once: undone once, or not at all', async () => {
    for (let round = 0; round < 6; round += 1) {
      const one = await Reversing.open(ALL)
      await interim(one)
      const confirms = round % 2 === 0
      const actions = confirms ? [{ kind: 'disable_access' } as const] : []
      const input = confirms ? { actions, ground: GROUND } : { actions }
      await one.desk.madoguchi.cases.claim(one.record.id, one.by)
      const { version } = await one.state()
      one.desk.clock.jump(DAY - 60 * SECOND)
      const deciding = one.desk.madoguchi.cases.decide(one.record.id, {
        commandId: `race-${round}-${one.record.id}`,
        expectedVersion: version,
        by: one.by,
        ...input,
      })
      for (let step = 0; step < round; step += 1) await Promise.resolve()
      one.desk.clock.advance(60 * SECOND)
      await deciding
      await one.desk.store.quiet()
      one.desk.clock.advance(HOUR)
      await one.desk.store.quiet()
      const restores = calls(one).filter((name) => name.startsWith('restore')).length
      expect(restores).toBeLessThanOrEqual(1)
      if (!confirms) expect(restores).toBe(1)
      await expectSoundLog(one.desk.ctx)
    }
  })
})
