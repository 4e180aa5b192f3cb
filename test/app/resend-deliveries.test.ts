import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { resendDeliveries } from '../../src/app/resend-deliveries.ts'
import { resendDelivery } from '../../src/app/resend-delivery.ts'
import { formatTime, HOUR } from '../../src/core/time.ts'
import { HOTLINE } from '../support/desk.ts'
import { declinedOutcome, NOW, openPollDesk, poll } from './poll-support.ts'
import { expectSoundLog, seen, type TimedDesk } from './support.ts'

/** A desk with outcomes, an hour apart, that their sender refused. */
async function refused(count: number): Promise<{ desk: TimedDesk; ids: string[] }> {
  const desk = await openPollDesk()
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) {
    const { id } = await declinedOutcome(desk)
    await poll(desk, { ...NOW, setErrs: { [id]: { err: at === 0 ? 'invalid_key' : 'busy' } } })
    ids.push(id)
    desk.clock.advance(HOUR)
  }
  return { desk, ids }
}

const given = async ({ ctx }: TimedDesk): Promise<string[]> =>
  (await ctx.read.find('delivery', { state: 'given_up' }, { orderBy: 'id' })).map(({ id }) => id)

it('counts on a dry run, sends again once, and leaves out what is under way', async () => {
  const { desk, ids } = await refused(3)
  const { ctx } = desk
  const old = await given(desk)
  const dry = await resendDeliveries(ctx, SYSTEM, { dry_run: true })
  expect(dry).toEqual({ dryRun: true, count: 3, ids: old, more: false, nextCursor: null })
  expect((await poll(desk, NOW)).sets).toEqual({})
  const sent = await resendDeliveries(ctx, SYSTEM, {})
  expect(sent).toMatchObject({ dryRun: false, count: 3, more: false })
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual(ids)
  expect(await resendDeliveries(ctx, SYSTEM, {})).toMatchObject({ count: 0 })
  await poll(desk, { ...NOW, ack: ids })
  expect(await resendDeliveries(ctx, SYSTEM, {})).toMatchObject({ count: 0 })
  expect(await resendDeliveries(ctx, SYSTEM, { state: 'acknowledged' })).toMatchObject({ count: 3 })
  expect(await ctx.read.count('event', { type: 'delivery.resent' })).toBe(6)
  await expectSoundLog(ctx)
})

it('by range of time or of ids, by sender and by result', async () => {
  const { desk } = await refused(3)
  const { ctx } = desk
  const [first = '', second = '', third = ''] = await given(desk)
  const rows = await ctx.read.find('delivery', {}, { orderBy: 'id' })
  const at = rows.map(({ createdAt }) => formatTime(createdAt))
  const chosen = async (input: object): Promise<readonly string[]> =>
    (await resendDeliveries(ctx, SYSTEM, { ...input, dry_run: true })).ids
  expect(await chosen({ from: second })).toEqual([second, third])
  expect(await chosen({ to: second })).toEqual([first, second])
  expect(await chosen({ from: second, to: second })).toEqual([second])
  expect(await chosen({ from: at[1] })).toEqual([second, third])
  expect(await chosen({ to: at[1] })).toEqual([first, second])
  expect(await chosen({ result: 'poll_err_invalid_key' })).toEqual([first])
  expect(await chosen({ sender: HOTLINE, result: 'poll_err_busy' })).toEqual([second, third])
  expect(await chosen({ sender: 'https://nobody.example/' })).toEqual([])
  expect(await chosen({ state: 'delivered' })).toEqual([])
})

it.each([
  [{ from: 'yesterday' }, '/from'],
  [{ to: '2026-11-22' }, '/to'],
  [{ state: 'lost' }, '/state'],
  [{ cursor: '///' }, '/cursor'],
  [{ since: 1 }, ''],
])('refuses %j', async (input, pointer) => {
  const { ctx } = await openPollDesk()
  await expect(resendDeliveries(ctx, SYSTEM, input)).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [{ pointer }] },
  })
  const reviewer = { operator: 'tantou-a', role: 'reviewer' } as const
  await expect(resendDeliveries(ctx, reviewer, {})).rejects.toMatchObject({ code: 'not_allowed' })
})

it('takes at most a thousand in a call, and goes on behind them', async () => {
  const { desk } = await refused(1)
  const { ctx } = desk
  const { store } = desk.madoguchi.internals
  const [outcome] = await ctx.read.find('outcome', {})
  const [delivery] = await ctx.read.find('delivery', {})
  const [notice] = await ctx.read.find('notice', {})
  await store.transact(async (tx) => {
    for (let at = 0; at < 1_004; at += 1) {
      const noticeId = ctx.random.id('ntc')
      const id = ctx.random.id('out')
      const own = { senderNoticeId: `many-${String(at).padStart(8, '0')}` }
      await tx.insert('notice', { ...notice!, ...own, id: noticeId })
      await tx.insert('outcome', { ...outcome!, id, noticeId })
      const row = { ...delivery!, id: ctx.random.id('dlv'), outcomeId: id, noticeId }
      await tx.insert('delivery', row)
    }
  })
  const dry = await resendDeliveries(ctx, SYSTEM, { dry_run: true })
  expect(dry).toMatchObject({ count: 1_000, more: true })
  const rest = { dry_run: true, cursor: dry.nextCursor }
  expect(await resendDeliveries(ctx, SYSTEM, rest)).toMatchObject({ count: 5, more: false })
  expect(await resendDeliveries(ctx, SYSTEM, {})).toMatchObject({ count: 1_000, more: true })
  expect(await resendDeliveries(ctx, SYSTEM, {})).toMatchObject({ count: 5, more: false })
}, 60_000)

it('what waits to be fetched is sent where there is an endpoint by now', async () => {
  const desk = await openPollDesk()
  const { ctx } = desk
  await declinedOutcome(desk)
  const [waiting] = await ctx.read.find('delivery', {})
  const again = (): Promise<unknown> => resendDelivery(ctx, SYSTEM, waiting!.id)
  await expect(again()).rejects.toMatchObject({ code: 'already' })
  await changeSender(ctx, SYSTEM, HOTLINE, { callback_url: 'http://127.0.0.1:1/outcomes' })
  expect(await again()).toMatchObject({ id: waiting?.id, channel: 'push', state: 'waiting' })
  await seen(async () => {
    const row = await ctx.read.get('delivery', { id: waiting!.id })
    return row?.attempts === 1 ? true : undefined
  })
  await expect(again()).rejects.toMatchObject({ code: 'already' })
})
