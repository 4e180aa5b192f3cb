import { expect, it } from 'vitest'
import type { HandlerCall } from '../../src/app/handlers.ts'
import type { Actor } from '../../src/app/actor.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { HandlerTable } from '../../src/app/handlers.ts'
import { reviveWork } from '../../src/app/revive-work.ts'
import { subscribe } from '../../src/app/subscribe.ts'
import type { WorkRecord } from '../../src/core/work.ts'
import { HANDLER_SCHEDULE } from '../../src/core/retry-schedule.ts'
import { SECOND } from '../../src/core/time.ts'
import { PermanentFailure } from '../../src/ports/platform.ts'
import { openTimedDesk, pause, readyCase, seen, seenAfter, type TimedDesk } from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const EVENT = 'notice.accepted'
const admin: Actor = SYSTEM

const rows = ({ ctx }: TimedDesk): Promise<WorkRecord[]> =>
  ctx.read.find('work', { kind: 'handle' })
const send = ({ hotline }: TimedDesk, id: string): Promise<{ id: `ntc_${string}` }> =>
  hotline.sendFixture(NOTICE, {
    id: `notice-${id}`,
    target: { url: `https://sns.example/posts/${id}` },
  })

/** Moves to the next attempt of the only row, once the one before is written down. */
async function tryNext(desk: TimedDesk, made: number): Promise<WorkRecord | undefined> {
  const row = await seen(async () => {
    const [now] = await rows(desk)
    return now?.attempt === made && now.leaseUntil === null ? now : undefined
  })
  desk.clock.advance(Math.max(0, row.nextAt - desk.clock.now()))
  const { workers } = desk.madoguchi.internals
  await workers.reconcile()
  await workers.reconcile()
  return seen(async () => {
    const [now] = await rows(desk)
    return now === undefined || (now.attempt === made + 1 && now.leaseUntil === null)
      ? (now ?? row)
      : undefined
  })
}

it('hears of events after it was first seen, with facts and no words of the notice', async () => {
  const desk = await openTimedDesk()
  const calls: HandlerCall[] = []
  await send(desk, 'before')
  desk.madoguchi.on(EVENT, 'page', (call) => {
    calls.push(call)
    return Promise.resolve()
  })
  await desk.madoguchi.start({ work: true })
  const after = await send(desk, 'after')
  await seen(() => Promise.resolve(calls.length === 1 ? true : undefined))
  await pause(20)
  expect(calls).toHaveLength(1)
  expect(calls[0]).toMatchObject({
    event: { type: EVENT },
    notice: { id: after.id, band: 1, form: 'illegal_information' },
    attempt: 1,
  })
  expect(JSON.stringify(calls[0])).not.toContain('sns.example')
  await seen(async () => ((await rows(desk)).length === 0 ? true : undefined))
})

it('a name that is known keeps its place across a restart', async () => {
  const desk = await openTimedDesk()
  const { ctx } = desk
  const heard: string[] = []
  const table = new HandlerTable()
  table.add(EVENT, 'page', () => Promise.resolve())
  await subscribe({ ...ctx, handlers: table })
  const [first] = await ctx.read.find('subscription', {})
  await send(desk, 'while-away')
  desk.madoguchi.on(EVENT, 'page', ({ notice }) => {
    heard.push(notice.id)
    return Promise.resolve()
  })
  await desk.madoguchi.start({ work: true })
  expect(await ctx.read.find('subscription', {})).toEqual([first])
  await seen(() => Promise.resolve(heard.length === 1 ? true : undefined))
})

it('work of a name that this process does not know stays for one that does', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock } = desk
  const table = new HandlerTable()
  table.add(EVENT, 'elsewhere', () => Promise.resolve())
  await subscribe({ ...ctx, handlers: table })
  const heard: unknown[] = []
  desk.madoguchi.on(EVENT, 'here', ({ event }) => {
    heard.push(event.id)
    return Promise.resolve()
  })
  await desk.madoguchi.start({ work: true })
  await send(desk, 'both')
  await seen(() => Promise.resolve(heard.length === 1 ? true : undefined))
  clock.advance(60 * SECOND)
  await desk.madoguchi.internals.workers.reconcile()
  await pause(30)
  expect(await rows(desk)).toMatchObject([{ groupKey: `${EVENT}/elsewhere`, attempt: 0 }])
  expect(heard).toHaveLength(1)
})

it('each name has its own attempts: one that fails holds up no other', async () => {
  const desk = await openTimedDesk()
  const heard: string[] = []
  desk.madoguchi.on(EVENT, 'broken', () => Promise.reject(new Error('with a URL in it')))
  desk.madoguchi.on(EVENT, 'sound', ({ notice }) => {
    heard.push(notice.id)
    return Promise.resolve()
  })
  await desk.madoguchi.start({ work: true })
  const accepted = await send(desk, 'x')
  await seen(() => Promise.resolve(heard.length === 1 ? true : undefined))
  await readyCase(desk.ctx, accepted.id)
  const row = await seen(async () =>
    (await rows(desk)).find(
      ({ lastCode, leaseUntil }) => lastCode === 'threw' && leaseUntil === null,
    ),
  )
  expect(row.groupKey).toBe(`${EVENT}/broken`)
  const wait = row.nextAt - desk.clock.now()
  expect(wait).toBeGreaterThanOrEqual(0.8 * HANDLER_SCHEDULE[1]!)
  expect(wait).toBeLessThanOrEqual(1.2 * HANDLER_SCHEDULE[1]!)
  expect(JSON.stringify([desk.log.lines, await rows(desk)])).not.toContain('with a URL in it')
})

it('is a dead letter after its schedule; a person may revive it', async () => {
  const desk = await openTimedDesk()
  const attempts: number[] = []
  let works = false
  desk.madoguchi.on(EVENT, 'page', ({ attempt }) => {
    attempts.push(attempt)
    return works ? Promise.resolve() : Promise.reject(new Error('x'))
  })
  await desk.madoguchi.start({ work: true })
  await send(desk, 'x')
  for (let made = 1; made < HANDLER_SCHEDULE.length; made += 1) await tryNext(desk, made)
  const [dead] = await rows(desk)
  expect(dead).toMatchObject({ state: 'dead', lastCode: 'threw', attempt: HANDLER_SCHEDULE.length })
  expect(attempts).toEqual(HANDLER_SCHEDULE.map((_, at) => at + 1))
  desk.clock.advance(1_000 * SECOND)
  await desk.madoguchi.internals.workers.reconcile()
  await pause(20)
  expect(attempts).toHaveLength(HANDLER_SCHEDULE.length)
  works = true
  await reviveWork(desk.ctx, admin, dead!.id)
  await seen(async () => ((await rows(desk)).length === 0 ? true : undefined))
  expect(attempts.at(-1)).toBe(1)
})

it('a permanent failure is a dead letter at once', async () => {
  const desk = await openTimedDesk()
  desk.madoguchi.on(EVENT, 'page', () => Promise.reject(new PermanentFailure('no_such_room')))
  await desk.madoguchi.start({ work: true })
  await send(desk, 'x')
  const dead = await seen(async () => (await rows(desk)).find(({ state }) => state === 'dead'))
  expect(dead).toMatchObject({ attempt: 1, lastCode: 'permanent', leaseUntil: null })
})

it('one that hangs is signalled, and blocks no intake', async () => {
  const desk = await openTimedDesk()
  const signals: AbortSignal[] = []
  desk.madoguchi.on(EVENT, 'page', ({ signal }) => {
    signals.push(signal)
    return new Promise(() => undefined)
  })
  await desk.madoguchi.start({ work: true })
  const accepted = await send(desk, 'x')
  await seen(() => Promise.resolve(signals.length === 1 ? true : undefined))
  await readyCase(desk.ctx, accepted.id)
  expect(signals[0]?.aborted).toBe(false)
  desk.clock.advance(30 * SECOND)
  expect(signals[0]?.aborted).toBe(true)
  const row = await seen(async () => (await rows(desk)).find(({ lastCode }) => lastCode !== null))
  expect(row).toMatchObject({ lastCode: 'timed_out', state: 'due' })
})

it('one name runs for one event at a time', async () => {
  const desk = await openTimedDesk()
  let running = 0
  let most = 0
  let done = 0
  desk.madoguchi.on(EVENT, 'page', async () => {
    running += 1
    most = Math.max(most, running)
    await pause(5)
    running -= 1
    done += 1
  })
  await desk.madoguchi.start({ work: true })
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => send(desk, `run-${id}`)))
  await seenAfter(desk.clock, SECOND, () => Promise.resolve(done === 5 ? true : undefined))
  expect(most).toBe(1)
})

it('refuses a name that is taken or is no name', () => {
  const table = new HandlerTable()
  const nothing = (): Promise<void> => Promise.resolve()
  table.add(EVENT, 'page', nothing)
  table.add('decision.made', 'page', nothing)
  expect(() => {
    table.add(EVENT, 'page', nothing)
  }).toThrow(expect.objectContaining({ code: 'already' }))
  for (const name of ['', 'Page', 'a/b', 'x'.repeat(65)])
    expect(() => {
      table.add(EVENT, name, nothing)
    }).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})
