import { expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { HOTLINE } from '../support/desk.ts'
import { openTimedDesk } from './support.ts'

const facts = { code: 'time_skew', senderId: HOTLINE, kid: 'k', bytes: 7 } as const

it('counts per hour and code, and writes once a second', async () => {
  const { ctx, clock, store } = await openTimedDesk()
  const hour = Math.floor(clock.now() / HOUR) * HOUR
  const before = store.transactions
  for (let at = 0; at < 50; at += 1) ctx.refusals.note({ code: 'signature_rejected' })
  ctx.refusals.note({ code: 'time_skew' })
  clock.advance(999)
  await store.quiet()
  expect(store.transactions).toBe(before)
  clock.advance(1)
  await store.quiet()
  expect(store.transactions).toBe(before + 1)
  expect(await ctx.read.find('refusalCount', {})).toEqual([
    { hour, code: 'signature_rejected', count: 50 },
    { hour, code: 'time_skew', count: 1 },
  ])
  clock.advance(HOUR)
  ctx.refusals.note({ code: 'time_skew' })
  await ctx.refusals.flush()
  expect(await ctx.read.count('refusalCount', { code: 'time_skew' })).toBe(2)
})

it('keeps the newest 200 diagnoses, also of one millisecond', async () => {
  const { ctx, clock } = await openTimedDesk()
  const note = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) ctx.refusals.note(facts)
    await ctx.refusals.flush()
  }
  await note(150)
  expect(await ctx.read.count('diagnosis', { senderId: HOTLINE })).toBe(150)
  clock.advance(10)
  await note(100)
  const rows = await ctx.read.find('diagnosis', { senderId: HOTLINE })
  expect(rows).toHaveLength(200)
  expect(rows.filter(({ at }) => at === clock.now())).toHaveLength(100)
  expect(new Set(rows.map(({ slot }) => slot)).size).toBe(200)
})

it('says so where it can not be written, and counts on', async () => {
  const { ctx, clock, store, log } = await openTimedDesk()
  ctx.refusals.note({ code: 'time_skew' })
  store.failNext('unavailable')
  clock.advance(1_000)
  await store.quiet()
  expect(log.lines.map(({ event }) => event)).toContain('refusals.not_written')
  ctx.refusals.note({ code: 'time_skew' })
  await ctx.refusals.flush()
  const [row] = await ctx.read.find('refusalCount', {})
  expect(row?.count).toBe(2)
})
