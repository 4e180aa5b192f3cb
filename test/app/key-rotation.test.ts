import type { KeyObject } from 'node:crypto'
import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { activateKey } from '../../src/app/activate-key.ts'
import { readSender } from '../../src/app/read-senders.ts'
import { receiveNotice } from '../../src/app/receive-notice.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { retireKey } from '../../src/app/retire-key.ts'
import { revokeKey } from '../../src/app/revoke-key.ts'
import { publicJwkOf } from '../../src/cli/key-files.ts'
import { HOUR, formatTime } from '../../src/core/time.ts'
import { generatePrivateKey } from '../../src/signing/key-pem.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { HOTLINE } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { declinedOutcome, NOW, openPollDesk, poll } from './poll-support.ts'
import { codeOf, expectSoundLog, openTimedDesk, type TimedDesk } from './support.ts'

let sent = 0

/** `accepted`, or the code of the refusal of a notice that a key signed. */
async function send({ ctx }: TimedDesk, privateKey: KeyObject): Promise<string> {
  sent += 1
  const url = `${ctx.config.publicUrl}/v1/notices`
  const body = new TextEncoder().encode(
    JSON.stringify(noticeOf('handgun_sale', { id: `rotation-${sent}` })),
  )
  const content = { method: 'POST', url, body, contentType: 'application/json' } as const
  const token = await makeRequestToken({
    ...content,
    privateKey,
    rsaAlgorithm: 'PS256',
    kid: String(publicJwkOf(privateKey, 'PS256')['kid']),
    issuer: HOTLINE,
    audience: ctx.config.issuer,
    now: ctx.clock.now(),
    jti: ctx.random.id('evt'),
  })
  try {
    await receiveNotice(ctx, { ...content, token })
    return 'accepted'
  } catch (fault) {
    return (fault as { code: string }).code
  }
}

const stateOf = async ({ ctx }: TimedDesk, kid: string): Promise<string | undefined> =>
  (await readSender(ctx, SYSTEM, HOTLINE)).keys.find((key) => key.kid === kid)?.state

it('a sender goes over from one key to the next without a gap', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, keys, hotline } = desk
  const old = { key: keys.hotline, kid: hotline.kid }
  const next = generatePrivateKey('PS256')
  const { kid } = await registerKey(ctx, SYSTEM, HOTLINE, {
    ...publicJwkOf(next, 'PS256'),
    not_before: formatTime(clock.now() + HOUR),
  })
  expect(await send(desk, next)).toBe('key_not_active')
  // Whoever doesn't hold the key hears nothing of its state.
  const stranger = generatePrivateKey('PS256')
  expect(await send(desk, stranger)).toBe('signature_rejected')

  clock.advance(HOUR)
  expect(await stateOf(desk, kid)).toBe('active')
  expect([await send(desk, old.key), await send(desk, next)]).toEqual(['accepted', 'accepted'])

  const retireAt = formatTime(clock.now() + 2 * HOUR)
  await retireKey(ctx, SYSTEM, HOTLINE, old.kid, { retire_at: retireAt })
  expect(await stateOf(desk, old.kid)).toBe('retiring')
  expect([await send(desk, old.key), await send(desk, next)]).toEqual(['accepted', 'accepted'])

  clock.advance(2 * HOUR)
  expect([await send(desk, old.key), await send(desk, next)]).toEqual(['key_revoked', 'accepted'])
  expect(await stateOf(desk, old.kid)).toBe('revoked')
  await expectSoundLog(ctx)
})

it('a key waits to be activated by a person; that changes no other key', async () => {
  const desk = await openTimedDesk()
  const { ctx, keys, hotline } = desk
  const next = generatePrivateKey('ES256')
  const input = { ...publicJwkOf(next), not_before: null }
  const { kid } = await registerKey(ctx, SYSTEM, HOTLINE, input)
  expect(await send(desk, next)).toBe('key_not_active')
  await activateKey(ctx, SYSTEM, HOTLINE, kid)
  expect([await send(desk, keys.hotline), await send(desk, next)]).toEqual(['accepted', 'accepted'])
  await retireKey(ctx, SYSTEM, HOTLINE, hotline.kid, {})
  expect(await send(desk, keys.hotline)).toBe('accepted')
  await revokeKey(ctx, SYSTEM, HOTLINE, hotline.kid)
  expect([await send(desk, keys.hotline), await send(desk, next)]).toEqual([
    'key_revoked',
    'accepted',
  ])
  for (const type of ['key.activated', 'key.retired', 'key.revoked'] as const) {
    const [event] = await ctx.read.find('event', { type })
    expect(event?.entryIndex, type).toEqual(expect.any(Number))
  }
  await expectSoundLog(ctx)
})

it('no step leads back, and none is taken twice', async () => {
  const { ctx, clock, hotline } = await openTimedDesk()
  const code = async (step: Promise<unknown>): Promise<string> =>
    step.then(
      () => 'done',
      (fault: unknown) => (fault as { code: string }).code,
    )
  const key = [HOTLINE, hotline.kid] as const
  expect(await code(activateKey(ctx, SYSTEM, ...key))).toBe('already')
  const past = { retire_at: formatTime(clock.now()) }
  expect(await code(retireKey(ctx, SYSTEM, ...key, past))).toBe('invalid_input')
  expect(await code(retireKey(ctx, SYSTEM, ...key, {}))).toBe('done')
  expect(await code(retireKey(ctx, SYSTEM, ...key, {}))).toBe('already')
  expect(await code(activateKey(ctx, SYSTEM, ...key))).toBe('key_state_conflict')
  expect(await code(revokeKey(ctx, SYSTEM, ...key))).toBe('done')
  expect(await code(revokeKey(ctx, SYSTEM, ...key))).toBe('already')
  expect(await code(retireKey(ctx, SYSTEM, ...key, {}))).toBe('key_state_conflict')
  expect(await code(activateKey(ctx, SYSTEM, HOTLINE, 'unknown'))).toBe('not_found')
  const other = { ...publicJwkOf(generatePrivateKey('EdDSA')), not_before: formatTime(0) }
  expect(await code(registerKey(ctx, SYSTEM, HOTLINE, other))).toBe('invalid_input')
  const auditor = { operator: 'kansa', role: 'auditor' } as const
  expect(await code(retireKey(ctx, auditor, ...key, {}))).toBe('not_allowed')
})

it('a key that ends while its notice is in flight is seen at the commit', async () => {
  const desk = await openTimedDesk()
  const { ctx, clock, keys, hotline } = desk
  const retireAt = clock.now() + HOUR
  await retireKey(ctx, SYSTEM, HOTLINE, hotline.kid, { retire_at: formatTime(retireAt) })
  clock.advance(HOUR - 1)
  // The signature is checked before, and its receipt is signed, when the hour ends.
  const { signer } = ctx
  const sign = signer.sign.bind(signer)
  const accepting = send(
    {
      ...desk,
      ctx: {
        ...ctx,
        signer: {
          ...signer,
          sign: async (bytes) => {
            clock.advance(1)
            return sign(bytes)
          },
        },
      },
    },
    keys.hotline,
  )
  expect(await accepting).toBe('key_revoked')
  expect(await ctx.read.count('notice', {})).toBe(0)
})

it.each(['outcome.poll', 'notice.supplement', 'notice.withdrawal'] as const)(
  'a key revoked between the check of its signature and the commit changes nothing: %s',
  async (name) => {
    const desk = await openPollDesk()
    const { ctx, hotline } = desk
    const { id, noticeId } = await declinedOutcome(desk)
    const submit = ctx.committer.submit.bind(ctx.committer)
    Object.assign(ctx.committer, {
      submit: async (command: Parameters<typeof submit>[0]) => {
        if (command.name === name) await revokeKey(ctx, SYSTEM, HOTLINE, hotline.kid)
        return submit(command)
      },
    })
    const asked = {
      'outcome.poll': () => poll(desk, { ...NOW, ack: [id] }),
      'notice.supplement': () =>
        hotline.message('supplement', noticeId, { id: 'message-1', text: '続報' }),
      'notice.withdrawal': () => hotline.message('withdrawal', noticeId, { id: 'message-1' }),
    }[name]
    expect(await codeOf(asked())).toBe('key_revoked')
    expect(await ctx.read.get('outcome', { id })).toMatchObject({ awaited: true })
    expect(await ctx.read.get('notice', { id: noticeId })).toMatchObject({ state: 'live' })
    expect(await ctx.read.count('message', {})).toBe(0)
  },
)
