import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { defang } from '../../src/app/defang.ts'
import { readDelivery } from '../../src/app/read-delivery.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { checkOutcome } from '../../src/cli/hotline/check-outcome.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { fixtureSenders } from '../support/fixtures.ts'
import { HOTLINE, newKeys, publicJwk } from '../support/desk.ts'
import { declinedOutcome, NOW, openPollDesk, poll } from './poll-support.ts'
import { act, expectSoundLog, readyCase, seen } from './support.ts'

it('gives an outcome with its entry and proof, in every answer until it is acknowledged', async () => {
  const desk = await openPollDesk()
  const { ctx } = desk
  const outcome = await declinedOutcome(desk)
  const first = await poll(desk, NOW)
  expect(first.sets).toEqual({ [outcome.id]: outcome.jws })
  expect(first).not.toHaveProperty('moreAvailable')
  const proven = first.ledger[outcome.id]!
  const notice = await ctx.read.get('notice', { id: outcome.noticeId })
  const { checks } = checkOutcome(
    {
      issuer: ctx.config.issuer,
      noticesUrl: '',
      pollUrl: '',
      registrationUrl: '',
      window: { toleranceSeconds: 300, leadSeconds: 60, lifeSeconds: 300 },
      jwks: { keys: [ctx.signer.publicJwk] },
      logOrigin: ctx.ledger.origin,
      logKey: parseVkey(ctx.ledger.verifierKey)!,
    },
    HOTLINE,
    { outcome: outcome.jws, ...proven },
    notice?.leafHash,
  )
  expect(checks.length).toBeGreaterThan(3)
  expect(checks.filter(({ holds }) => !holds)).toEqual([])

  expect((await poll(desk, NOW)).sets).toEqual(first.sets)
  expect((await poll(desk, { ...NOW, ack: [outcome.id] })).sets).toEqual({})
  expect((await poll(desk, NOW)).sets).toEqual({})
  const [delivery] = await ctx.read.find('delivery', {})
  expect(delivery).toMatchObject({
    state: 'acknowledged',
    channel: 'poll',
    lastResult: 'poll_ack',
    attempts: 0,
    doneAt: desk.clock.now(),
  })
  const events = await ctx.read.find('event', { type: 'outcome.acknowledged' })
  expect(events).toHaveLength(1)
  const entry = await ctx.read.get('ledgerEntry', { index: events[0]!.entryIndex! })
  expect(parseEntry(entry!.bytes)?.refs).toEqual([outcome.leafHash])
  await expectSoundLog(ctx)
})

it('gives the oldest first, as many as asked for, and says that there are more', async () => {
  const desk = await openPollDesk()
  const made = []
  for (let at = 0; at < 3; at += 1) made.push(await declinedOutcome(desk))
  const [first, second, third] = made.map(({ id }) => id)
  const two = await poll(desk, { ...NOW, maxEvents: 2 })
  expect(Object.keys(two.sets)).toEqual([first, second])
  expect(two.moreAvailable).toBe(true)
  const rest = await poll(desk, { ...NOW, maxEvents: 2, ack: [first, second] })
  expect(Object.keys(rest.sets)).toEqual([third])
  expect(rest).not.toHaveProperty('moreAvailable')
})

it('only acknowledges with maxEvents 0, and waits for nothing then', async () => {
  const desk = await openPollDesk()
  const { id } = await declinedOutcome(desk)
  expect(await poll(desk, { maxEvents: 0 })).toEqual({ sets: {}, ledger: {}, moreAvailable: true })
  expect(await poll(desk, { maxEvents: 0, ack: [id] })).toEqual({ sets: {}, ledger: {} })
})

it('leaves out an outcome that a newer one stands for', async () => {
  const pending = (): Promise<{ kind: 'pending'; externalRef: string }> =>
    Promise.resolve({ kind: 'pending', externalRef: 'ticket-1' })
  const desk = await openPollDesk({ platform: { executors: { remove: pending } } })
  const { ctx, clock, hotline, madoguchi } = desk
  const record = await readyCase(ctx, (await hotline.sendFixture('yamibaito_recruitment')).id)
  const { by } = await desk.operator('reviewer')
  await act(desk, record.id, by, 'remove')
  const [action] = await seen(async () => {
    const found = await ctx.read.find('action', { state: 'pending' })
    return found.length === 1 ? found : undefined
  })
  clock.advance(ctx.config.outcomePatienceMs)
  const { workers } = madoguchi.internals
  await workers.reconcile()
  await seen(async () => ((await ctx.read.count('outcome', {})) === 1 ? true : undefined))
  const [older] = await ctx.read.find('outcome', {})
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([older?.id])
  await madoguchi.actions.settle(action!.id, { kind: 'executed', at: clock.now() })
  const newer = await seen(async () => (await ctx.read.find('outcome', { revision: 2 }))[0])
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([newer.id])
  for (const [outcome, state] of [
    [older, 'skipped'],
    [newer, 'waiting'],
  ] as const)
    expect(await ctx.read.find('delivery', { outcomeId: outcome!.id })).toMatchObject([{ state }])
  // Acknowledging the old one, which it may have fetched just before, touches nothing.
  expect(Object.keys((await poll(desk, { ...NOW, ack: [older!.id] })).sets)).toEqual([newer.id])
  expect(await ctx.read.count('event', { type: 'outcome.acknowledged' })).toBe(0)
})

it('keeps why a sender does not take an outcome: the code for the desk, the words for who may decide', async () => {
  const desk = await openPollDesk()
  const { ctx } = desk
  const { id } = await declinedOutcome(desk)
  const words = '署名を検証できません https://hotline.example/why'
  const setErrs = { [id]: { err: 'invalid_key', description: words } }
  expect((await poll(desk, { ...NOW, setErrs })).sets).toEqual({})
  const [delivery] = await ctx.read.find('delivery', {})
  expect(delivery).toMatchObject({ state: 'given_up', lastResult: 'poll_err_invalid_key' })
  expect(await ctx.read.count('event', { type: 'outcome.given_up' })).toBe(1)
  const reviewer = { operator: 'tantou-a', role: 'reviewer' } as const
  expect(await readDelivery(ctx, reviewer, delivery!.id)).toMatchObject({
    said: defang(words),
  })
  expect(defang(words)).not.toBe(words)
  expect(await ctx.read.find('reading', {})).toMatchObject([{ subject: delivery!.id }])
  await expect(
    readDelivery(ctx, { operator: 'kansa', role: 'auditor' }, delivery!.id),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  expect(JSON.stringify(desk.log.lines)).not.toContain('hotline.example')
  await expectSoundLog(ctx)
})

it('passes over ids that are unknown, settled, or of somebody else', async () => {
  const desk = await openPollDesk()
  const { ctx } = desk
  const { id } = await declinedOutcome(desk)
  const other = fixtureSenders.find((sender) => sender.id !== HOTLINE)!.id
  const { hotline: key } = newKeys()
  const { kid } = await registerKey(ctx, SYSTEM, other, publicJwk(key))
  const question = { ...NOW, ack: [id, 'out_unknown', 'ntc_x'] }
  const token = await makeRequestToken({
    privateKey: key,
    kid,
    issuer: other,
    audience: ctx.config.issuer,
    method: 'POST',
    url: `${ctx.config.publicUrl}/v1/outcomes/poll`,
    body: new TextEncoder().encode(JSON.stringify(question)),
    contentType: 'application/json',
    now: ctx.clock.now(),
    jti: ctx.random.id('evt'),
  })
  expect(await poll(desk, question, { token })).toEqual({ sets: {}, ledger: {} })
  expect(Object.keys((await poll(desk, NOW)).sets)).toEqual([id])
})

describe('may be asked again as it is', () => {
  it('the same bytes under the same token', async () => {
    const desk = await openPollDesk()
    const { ctx } = desk
    const { id } = await declinedOutcome(desk)
    const spent = async (): Promise<number> => ctx.read.count('tokenId', {})
    const before = await spent()
    await poll(desk, NOW, { claims: { jti: 'the-same-poll-again' } })
    expect(await spent()).toBe(before)
    const claims = { jti: 'the-same-ack-once-more' }
    const [a, b] = await Promise.all([
      poll(desk, { ...NOW, ack: [id] }, { claims }),
      poll(desk, { ...NOW, ack: [id] }, { claims }),
    ])
    expect([a.sets, b.sets]).toEqual([{}, {}])
    expect((await poll(desk, { ...NOW, ack: [id] }, { claims })).sets).toEqual({})
    expect(await spent()).toBe(before + 1)
    expect(await ctx.read.count('event', { type: 'outcome.acknowledged' })).toBe(1)
  })

  it('but a token id that settled something settles nothing else', async () => {
    const desk = await openPollDesk()
    const { ctx } = desk
    const first = await declinedOutcome(desk)
    const second = await declinedOutcome(desk)
    const claims = { jti: 'one-poll-settles-once' }
    await poll(desk, { ...NOW, ack: [first.id] }, { claims })
    await expect(poll(desk, { ...NOW, ack: [second.id] }, { claims })).rejects.toMatchObject({
      code: 'token_reused',
    })
    expect(await ctx.read.count('event', { type: 'outcome.acknowledged' })).toBe(1)
  })
})

it.each<[string, unknown, string]>([
  ['an array', [], ''],
  ['an unknown member', { maxevents: 1 }, ''],
  ['a negative number', { maxEvents: -1 }, '/maxEvents'],
  ['a fraction', { maxEvents: 1.5 }, '/maxEvents'],
  ['a text for a number', { maxEvents: '1' }, '/maxEvents'],
  ['a number for a boolean', { returnImmediately: 1 }, '/returnImmediately'],
  ['one id instead of a list', { ack: 'out_1' }, '/ack'],
  ['no text in ack', { ack: [1] }, '/ack'],
  ['an id with other characters', { ack: ['あ'] }, '/ack'],
  ['too many ids', { ack: Array.from({ length: 201 }, (_, at) => `out_${at}`) }, '/ack'],
  ['a list of errors', { setErrs: [] }, '/setErrs'],
  ['no object in setErrs', { setErrs: { out_1: 'invalid_key' } }, ''],
  ['an error without a code', { setErrs: { out_1: {} } }, '/err'],
  ['an error with another code', { setErrs: { out_1: { err: 'Not a code' } } }, '/err'],
  [
    'words without end',
    { setErrs: { out_1: { err: 'x', description: 'あ'.repeat(501) } } },
    '/description',
  ],
  ['an unknown member of an error', { setErrs: { out_1: { err: 'x', url: 'y' } } }, ''],
  ['both at once', { ack: ['out_1'], setErrs: { out_1: { err: 'x' } } }, '/setErrs'],
  [
    'too many errors',
    {
      setErrs: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`o${at}`, { err: 'x' }])),
    },
    '/setErrs',
  ],
  ['an id of an error with other characters', { setErrs: { あ: { err: 'x' } } }, '/setErrs'],
])('refuses %s', async (_what, question, pointer) => {
  const desk = await openPollDesk()
  const size = await desk.ctx.read.count('event', {})
  await expect(poll(desk, question)).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [{ pointer }] },
  })
  expect(await desk.ctx.read.count('event', {})).toBe(size)
  expect(await desk.ctx.read.count('tokenId', {})).toBe(0)
})
