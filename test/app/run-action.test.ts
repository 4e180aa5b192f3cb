import { expect, it } from 'vitest'
import { settleAction } from '../../src/app/settle-action.ts'
import type { ActionRecord } from '../../src/core/action.ts'
import { EXECUTOR_SCHEDULE } from '../../src/core/retry-schedule.ts'
import { HOUR, SECOND } from '../../src/core/time.ts'
import { PermanentFailure, type Executor } from '../../src/ports/platform.ts'
import {
  GROUND,
  act,
  codeOf,
  decide,
  expectSoundLog,
  newGate,
  openTimedDesk,
  pause,
  readyCase,
  seen,
  seenAfter,
  type TimedDesk,
} from './support.ts'

type Call = Parameters<Executor<unknown>>[0]
const executed = (at: number): { kind: 'executed'; at: number } => ({ kind: 'executed', at })
const hang = (): Promise<never> => new Promise(() => undefined)

/** A case on which one measure was decided; `remove` is carried out by the given executor. */
async function decided(
  remove: ((call: Call, calls: readonly Call[]) => unknown) | undefined,
  settings: Record<string, string> = {},
): Promise<{ desk: TimedDesk; calls: Call[]; action: () => Promise<ActionRecord> }> {
  const calls: Call[] = []
  const executors =
    remove === undefined
      ? {}
      : {
          remove: (call: Call) => {
            calls.push(call)
            return remove(call, calls) as ReturnType<Executor<unknown>>
          },
        }
  const resolve = (): Promise<{ ref: unknown }> => Promise.resolve({ ref: { id: 7 } })
  const desk = await openTimedDesk({ platform: { resolve, executors }, settings })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const record = await readyCase(ctx, (await hotline.sendFixture('yamibaito_recruitment')).id)
  const { by } = await desk.operator('reviewer')
  expect(await act(desk, record.id, by, 'remove')).toMatchObject({ ok: true })
  const action = async (): Promise<ActionRecord> => (await ctx.read.find('action', {}))[0]!
  return { desk, calls, action }
}

const settledAs = (
  action: () => Promise<ActionRecord>,
  state: ActionRecord['state'],
): (() => Promise<ActionRecord | undefined>) => {
  return async () => {
    const now = await action()
    return now.state === state ? now : undefined
  }
}

it('calls the executor with its reference, key and attempt, and keeps when it was done', async () => {
  const { desk, calls, action } = await decided(({ attempt }) => Promise.resolve(executed(attempt)))
  const done = await seen(settledAs(action, 'executed'))
  expect(calls).toEqual([
    {
      ref: { id: 7 },
      actionId: done.id,
      idempotencyKey: done.idempotencyKey,
      attempt: 1,
      terms: {},
      signal: expect.any(AbortSignal),
    },
  ])
  expect(done).toMatchObject({ executedAt: 1, settledBy: 'executor', failureCode: null })
  const [event] = await desk.ctx.read.find('event', { type: 'action.executed' })
  expect(event?.entryIndex).toEqual(expect.any(Number))
})

it('tells the executor the terms of the measure, with the text of a label', async () => {
  const terms: unknown[] = []
  const desk = await openTimedDesk({
    platform: {
      executors: {
        label_informational: (call) => {
          terms.push(call.terms)
          return Promise.resolve(executed(1))
        },
      },
    },
  })
  await desk.madoguchi.start({ work: true })
  const { id } = await desk.hotline.sendFixture('yamibaito_recruitment')
  const record = await readyCase(desk.ctx, id)
  const { by } = await desk.operator('reviewer')
  const kind = 'label_informational'
  const wanted = { territory: ['JP'], template: 'rescue_119' }
  const endsAt = desk.clock.now() + 1_000
  await decide(desk, record.id, by, { actions: [{ kind, endsAt, ...wanted }], ground: GROUND })
  await seen(() => Promise.resolve(terms[0]))
  const text = { ja: '救助が必要なときは119番へ', en: 'If you need rescue, call 119.' }
  expect(terms).toEqual([{ ...wanted, endsAt, text }])
})

it('nothing is done in the future: the moment of another clock is cut to ours', async () => {
  const { desk, action } = await decided(() => Promise.resolve(executed(8e15)))
  expect((await seen(settledAs(action, 'executed'))).executedAt).toBe(desk.clock.now())
})

it.each<[string, (call: Call) => unknown, string]>([
  ['throws', () => Promise.reject(new Error('with a URL in it')), 'threw'],
  [
    'throws at once',
    () => {
      throw new Error('x')
    },
    'threw',
  ],
  ['gives nothing', () => Promise.resolve(undefined), 'bad_answer'],
  ['says true', () => Promise.resolve(true), 'bad_answer'],
  ['says another kind', () => Promise.resolve({ kind: 'done' }), 'bad_answer'],
  ['forgets the moment', () => Promise.resolve({ kind: 'executed' }), 'bad_answer'],
  ['lies about the moment', () => Promise.resolve(executed(Number.NaN)), 'bad_answer'],
])(
  'an executor that %s is called again under one key, then a person is asked',
  async (_what, remove, code) => {
    const { desk, calls, action } = await decided(remove)
    const failed = await seenAfter(desk.clock, 10 * 60 * SECOND, settledAs(action, 'failed'))
    expect(calls).toHaveLength(EXECUTOR_SCHEDULE.length)
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(calls.map(({ attempt }) => attempt)).toEqual(EXECUTOR_SCHEDULE.map((_, at) => at + 1))
    expect(failed.failureCode).toBe(code)
    const [record] = await desk.ctx.read.find('case', {})
    expect(record?.flags).toEqual(['action_failed'])
    expect(JSON.stringify(desk.log.lines)).not.toContain('with a URL in it')
    await expectSoundLog(desk.ctx)
  },
)

it('waits between attempts as the schedule says', async () => {
  const { desk, calls } = await decided(() => Promise.reject(new Error('x')))
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  await seen(async () => {
    const [row] = await desk.ctx.read.find('work', { kind: 'act' })
    return row?.leaseUntil === null ? true : undefined
  })
  const [row] = await desk.ctx.read.find('work', { kind: 'act' })
  const wait = (row?.nextAt ?? 0) - desk.clock.now()
  expect(wait).toBeGreaterThanOrEqual(0.8 * EXECUTOR_SCHEDULE[1]!)
  expect(wait).toBeLessThanOrEqual(1.2 * EXECUTOR_SCHEDULE[1]!)
})

it.each([
  [new PermanentFailure('item_locked'), 'item_locked'],
  [new PermanentFailure('https://sns.example/@somebody'), 'permanent'],
])('a permanent failure is final at once', async (failure, code) => {
  const { desk, calls, action } = await decided(() => Promise.reject(failure))
  expect((await seen(settledAs(action, 'failed'))).failureCode).toBe(code)
  expect(calls).toHaveLength(1)
  expect(await desk.ctx.read.count('work', { kind: 'act' })).toBe(0)
})

it('a hanging executor gets its signal before its lease ends, and is called again', async () => {
  const { desk, calls, action } = await decided((_call, all) =>
    all.length === 1 ? hang() : Promise.resolve(executed(5)),
  )
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  const [row] = await desk.ctx.read.find('work', { kind: 'act' })
  desk.clock.advance(44 * SECOND)
  expect(calls[0]?.signal.aborted).toBe(false)
  desk.clock.advance(SECOND)
  expect(calls[0]?.signal.aborted).toBe(true)
  expect(row?.leaseUntil).toBeGreaterThan(desk.clock.now())
  await seenAfter(desk.clock, SECOND, settledAs(action, 'executed'))
  expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2])
})

it('keeps the late word of an old attempt, and changes nothing by it', async () => {
  const gate = newGate()
  const { desk, calls, action } = await decided(async (_call, all) => {
    if (all.length > 1) throw new PermanentFailure('locked')
    await gate.opened
    return executed(5)
  })
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  desk.clock.advance(45 * SECOND)
  await seenAfter(desk.clock, SECOND, settledAs(action, 'failed'))
  gate.open()
  const late = await seen(async () => {
    const now = await action()
    return now.lateResults.length > 0 ? now : undefined
  })
  expect(late).toMatchObject({ state: 'failed', executedAt: null })
  expect(late.lateResults).toEqual([{ attempt: 1, result: 'executed', at: desk.clock.now() }])
  const [record] = await desk.ctx.read.find('case', {})
  expect(record?.flags).toEqual(['action_failed', 'late_result'])
})

it('a word that comes after its time is late even before the next attempt', async () => {
  const gate = newGate()
  const { desk, calls, action } = await decided(async (_call, all) => {
    if (all.length === 1) await gate.opened
    return executed(all.length)
  })
  const { clock, ctx } = desk
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  clock.advance(45 * SECOND)
  await seen(async () => {
    const [row] = await ctx.read.find('work', { kind: 'act' })
    return row?.lastCode === 'timed_out' ? true : undefined
  })
  gate.open()
  await seen(async () => ((await action()).lateResults.length === 1 ? true : undefined))
  expect((await action()).state).toBe('executing')
  // Nor has a number of before any weight, whoever says it.
  const { id } = await action()
  await settleAction(ctx, id, { kind: 'failed', code: 'x' }, { attempt: 0 })
  expect(await action()).toMatchObject({ state: 'executing', lateResults: [{}, { attempt: 0 }] })
  const done = await seenAfter(clock, SECOND, settledAs(action, 'executed'))
  expect(done).toMatchObject({ attempt: 2, executedAt: 2 })
})

it('an attempt whose lease was taken over has no word any more', async () => {
  const gates = [newGate(), newGate()]
  const { desk, calls, action } = await decided(async (_call, all) => {
    const mine = all.length
    await gates[mine - 1]?.opened
    return executed(mine)
  })
  const { ctx } = desk
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  const [row] = await ctx.read.find('work', { kind: 'act' })
  await ctx.committer.submit({
    name: 'test.lease',
    bytes: 0,
    locks: [],
    run: async (tx) => {
      await tx.update('work', { id: row!.id }, { leaseUntil: 1 })
      return { result: undefined, events: [], rings: ['act'] }
    },
  })
  await seen(() => Promise.resolve(calls.length === 2 ? true : undefined))
  gates[0]?.open()
  await seen(async () => ((await action()).lateResults.length === 1 ? true : undefined))
  expect((await action()).state).toBe('executing')
  gates[1]?.open()
  expect(await seen(settledAs(action, 'executed'))).toMatchObject({ attempt: 2, executedAt: 2 })
  expect(calls[0]?.idempotencyKey).toBe(calls[1]?.idempotencyKey)
})

it('one action of a target at a time, in the order of the decisions', async () => {
  const log: string[] = []
  const gates = new Map<string, ReturnType<typeof newGate>>()
  const step = async ({ idempotencyKey }: Call): Promise<{ kind: 'executed'; at: number }> => {
    const gate = newGate()
    gates.set(idempotencyKey, gate)
    log.push(idempotencyKey)
    await gate.opened
    return executed(1)
  }
  const resolve = (): Promise<{ ref: unknown }> => Promise.resolve({ ref: { id: 7 } })
  const executors = { remove: step, warn_poster: step, disable_access: step }
  const desk = await openTimedDesk({ platform: { resolve, executors } })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const illegal = await readyCase(ctx, (await hotline.sendFixture('yamibaito_recruitment')).id)
  // Life first in the order of cases, yet its later decision waits for the one before it.
  const life = await hotline.sendFixture('suicide_inducement_life_risk')
  const sibling = await readyCase(ctx, life.id)
  expect(sibling.targetKey).toBe(illegal.targetKey)
  const [one, two] = [await desk.operator('reviewer'), await desk.operator('lead')]
  await act(desk, illegal.id, one.by, 'remove', 'warn_poster')
  for (const { by } of [one, two]) await act(desk, sibling.id, by, 'disable_access')
  const all = await ctx.read.find('action', {})
  expect(all).toHaveLength(3)
  for (let at = 0; at < 3; at += 1) {
    await seen(() => Promise.resolve(log.length === at + 1 ? true : undefined))
    await madoguchi.internals.workers.reconcile()
    await pause(20)
    expect(log).toHaveLength(at + 1)
    gates.get(log[at]!)?.open()
  }
  const kinds = log.map((key) => all.find(({ idempotencyKey }) => idempotencyKey === key)?.kind)
  expect(kinds).toEqual(['remove', 'warn_poster', 'disable_access'])
})

it('waits out the undo window before the executor hears of it', async () => {
  const { desk, calls } = await decided(() => Promise.resolve(executed(1)), {
    MADOGUCHI_UNDO_WINDOW_SECONDS: '300',
  })
  for (let waited = 0; waited < 299; waited += 23) {
    desk.clock.advance(23 * SECOND)
    await pause(2)
  }
  expect(calls).toHaveLength(0)
  await seenAfter(desk.clock, SECOND, () => Promise.resolve(calls.length === 1 ? true : undefined))
})

it('a kind without an executor waits for an operator, who settles it once', async () => {
  const { desk, action } = await decided(undefined)
  const { id } = await seen(settledAs(action, 'pending'))
  const { settle } = desk.madoguchi.actions
  expect(await codeOf(settle(id, executed(Number.NaN)))).toBe('invalid_input')
  expect(await codeOf(settle(id, { kind: 'failed', code: 'see https://x' }))).toBe('invalid_input')
  await settle(id, executed(desk.clock.now()))
  expect(await action()).toMatchObject({ state: 'executed', settledBy: 'platform' })
  expect(await codeOf(settle(id, executed(desk.clock.now())))).toBe('already')
  expect(await codeOf(settle(desk.ctx.random.id('act'), executed(1)))).toBe('not_found')
})

it('what an executor left pending can also fail, and a planned action can not be settled', async () => {
  const { desk, action } = await decided(() => Promise.resolve({ kind: 'pending' }), {
    MADOGUCHI_UNDO_WINDOW_SECONDS: '60',
  })
  const { settle } = desk.madoguchi.actions
  const { id } = await action()
  expect(await codeOf(settle(id, executed(1)))).toBe('already')
  await seenAfter(desk.clock, 10 * SECOND, settledAs(action, 'pending'))
  await settle(id, { kind: 'failed', code: 'no_such_item' })
  expect(await action()).toMatchObject({ state: 'failed', failureCode: 'no_such_item' })
  const [record] = await desk.ctx.read.find('case', {})
  expect(record?.flags).toEqual(['action_failed'])
})

it('an action that failed for good keeps its notice under review', async () => {
  const { desk, action } = await decided(() => Promise.reject(new PermanentFailure('locked')))
  await seen(settledAs(action, 'failed'))
  expect(await desk.ctx.read.count('outcome', {})).toBe(0)
  const outcome = await seenAfter(
    desk.clock,
    HOUR,
    async () => (await desk.ctx.read.find('outcome', {}))[0],
  )
  expect(outcome.status).toBe('under_review')
  expect((await desk.ctx.read.find('decision', {}))[0]?.reported).toBe('under_review')
})
