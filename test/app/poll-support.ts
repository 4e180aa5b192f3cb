import { pollOutcomes, type PolledOutcomes } from '../../src/app/poll-outcomes.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import type { DeskOptions } from '../support/desk.ts'
import { decide, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

/** Asks as the registered hotline does; claims can be bent, the token given. */
export async function poll(
  desk: TimedDesk,
  question: unknown,
  options: {
    readonly claims?: Record<string, unknown>
    readonly token?: string
    readonly signal?: AbortSignal
  } = {},
): Promise<PolledOutcomes> {
  const { ctx, hotline } = desk
  const path = '/v1/outcomes/poll'
  const body = new TextEncoder().encode(JSON.stringify(question))
  const token = options.token ?? (await hotline.token(body, options.claims, 'POST', path))
  const inbound = { body, token, method: 'POST', contentType: 'application/json' }
  const signal = options.signal ?? new AbortController().signal
  return pollOutcomes(ctx, { ...inbound, url: `${ctx.config.publicUrl}${path}` }, signal)
}

export const NOW = { returnImmediately: true } as const

/** A desk at work, without an endpoint of the hotline unless one is given. */
export async function openPollDesk(options: DeskOptions = {}): Promise<TimedDesk> {
  const desk = await openTimedDesk(options)
  await desk.madoguchi.start({ work: true })
  return desk
}

let notices = 0

/** Sends a notice of its own and declines it; its outcome. */
export async function declinedOutcome(desk: TimedDesk): Promise<OutcomeRecord> {
  const { ctx, hotline } = desk
  notices += 1
  const { id } = await hotline.sendFixture('yamibaito_recruitment', {
    id: `poll-notice-${notices}`,
    target: { url: `https://sns.example/posts/${notices}` },
  })
  const { by } = await desk.operator('reviewer')
  await decide(desk, (await readyCase(ctx, id)).id, by, {})
  return seen(async () => (await ctx.read.find('outcome', { noticeId: id }))[0])
}
