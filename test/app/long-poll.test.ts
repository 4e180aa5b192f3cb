import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { MAX_POLL_MS } from '../../src/app/poll-outcomes.ts'
import { WaitingPolls } from '../../src/app/waiting-polls.ts'
import { revokeKey } from '../../src/app/revoke-key.ts'
import { SECOND } from '../../src/core/time.ts'
import { HOTLINE } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import { declinedOutcome, openPollDesk, poll } from './poll-support.ts'
import { pause, seen, type TimedDesk } from './support.ts'

const inPlace = ({ ctx }: TimedDesk, count: number): Promise<true> =>
  seen(() => Promise.resolve(ctx.polls.count === count ? true : undefined))

it('waits, and ends at once when an outcome is issued in this process', async () => {
  const desk = await openPollDesk()
  const asked = poll(desk, {})
  await inPlace(desk, 1)
  const startedAt = desk.clock.now()
  const { id } = await declinedOutcome(desk)
  expect(Object.keys((await asked).sets)).toEqual([id])
  expect(desk.clock.now()).toBe(startedAt)
  expect(desk.ctx.polls.count).toBe(0)
})

it('finds within two seconds what another process issued', async () => {
  const desk = await openPollDesk()
  // Nobody tells, as if it were issued elsewhere.
  desk.ctx.polls.tell = () => undefined
  const asked = poll(desk, {})
  await inPlace(desk, 1)
  const { id } = await declinedOutcome(desk)
  await pause(20)
  expect(desk.ctx.polls.count).toBe(1)
  desk.clock.advance(2 * SECOND)
  expect(Object.keys((await asked).sets)).toEqual([id])
})

it('answers with nothing after 25 seconds', async () => {
  const desk = await openPollDesk()
  let isDone = false
  const asked = poll(desk, {}).finally(() => (isDone = true))
  await inPlace(desk, 1)
  for (let ms = 0; ms < MAX_POLL_MS; ms += SECOND) {
    expect(isDone).toBe(false)
    desk.clock.advance(SECOND)
    await pause(5)
  }
  expect(await asked).toEqual({ sets: {}, ledger: {} })
  expect(desk.ctx.polls.count).toBe(0)
})

it('gives a sender two places, and the place of one who hung up to another', async () => {
  const desk = await openPollDesk()
  const gone = new AbortController()
  const first = poll(desk, {}, { signal: gone.signal })
  const second = poll(desk, {})
  await inPlace(desk, 2)
  await expect(poll(desk, {})).rejects.toMatchObject({
    code: 'too_many_polls',
    details: { retryAfterMs: 5 * SECOND },
  })
  expect((await poll(desk, { returnImmediately: true })).sets).toEqual({})
  gone.abort()
  expect((await first).sets).toEqual({})
  const third = poll(desk, {})
  await inPlace(desk, 2)
  desk.ctx.polls.close()
  expect((await second).sets).toEqual({})
  expect((await third).sets).toEqual({})
})

it('a desk that closes answers those who wait, and lets nobody wait any more', async () => {
  const desk = await openPollDesk()
  const asked = poll(desk, {})
  await inPlace(desk, 1)
  desk.ctx.polls.close()
  expect((await asked).sets).toEqual({})
  expect((await poll(desk, {})).sets).toEqual({})
})

it.each([
  ['key_revoked', (desk: TimedDesk) => revokeKey(desk.ctx, SYSTEM, HOTLINE, desk.hotline.kid)],
  [
    'sender_suspended',
    (desk: TimedDesk) => changeSender(desk.ctx, SYSTEM, HOTLINE, { state: 'suspended' }),
  ],
])('gives nothing where it is %s meanwhile', async (code, change) => {
  const desk = await openPollDesk()
  // Of a notice that was accepted before, and is decided after.
  const told = desk.ctx.polls.tell.bind(desk.ctx.polls)
  desk.ctx.polls.tell = () => undefined
  const asked = poll(desk, {})
  asked.catch(() => undefined)
  await inPlace(desk, 1)
  await declinedOutcome(desk)
  await change(desk)
  told([HOTLINE])
  await expect(asked).rejects.toMatchObject({ code })
})

it('bounds the places of all senders together', () => {
  const polls = new WaitingPolls(new TestClock())
  const { signal } = new AbortController()
  for (let at = 0; at < 128; at += 1) {
    polls.enter(`https://${at}.example/`, signal)
    polls.enter(`https://${at}.example/`, signal)
  }
  expect(() => polls.enter('https://one-more.example/', signal)).toThrow(
    expect.objectContaining({ code: 'overloaded' }) as Error,
  )
})

it('news that comes while nobody looks is not lost', async () => {
  const clock = new TestClock()
  const polls = new WaitingPolls(clock)
  const place = polls.enter(HOTLINE, new AbortController().signal)
  polls.tell([HOTLINE, 'https://nobody.example/'])
  await place.news(2 * SECOND)
  expect(clock.timers).toBe(0)
  place.leave()
  place.leave()
  expect(polls.count).toBe(0)
})
