import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { receiveNotice } from '../../src/app/receive-notice.ts'
import { revokeKey } from '../../src/app/revoke-key.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import type { RecordStore } from '../../src/ports/record-store.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { HOTLINE, newKeys, type DeskKeys } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { codeOf, expectSoundLog, newGate, openTimedDesk, seen, UnsteadySigner } from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const count = ({ read }: { read: RecordStore['read'] }): Promise<number> => read.count('notice', {})

it('answers the same notice twice in flight with one receipt', async () => {
  const { ctx, hotline } = await openTimedDesk()
  const both = await Promise.all([hotline.sendFixture(NOTICE), hotline.sendFixture(NOTICE)])
  expect(both[0].receipt).toBe(both[1].receipt)
  expect(both.map(({ replayed }) => replayed).sort()).toEqual([false, true])
  expect(await count(ctx)).toBe(1)
})

it('replays the stored receipt byte for byte, and moves no clock for it', async () => {
  const { ctx, clock, hotline } = await openTimedDesk()
  const first = await hotline.sendFixture(NOTICE)
  const clocks = await ctx.read.find('senderClock', {})
  const { size } = await ctx.ledger.head()
  clock.advance(HOUR)
  const again = await hotline.sendFixture(NOTICE)
  expect(again).toEqual({ ...first, replayed: true })
  expect(await ctx.read.find('senderClock', {})).toEqual(clocks)
  expect(await ctx.read.count('tokenId', {})).toBe(1)
  expect((await ctx.ledger.head()).size).toBe(size)
})

it('a replay may reuse its token; another notice may not', async () => {
  const { ctx, hotline } = await openTimedDesk()
  const jti = { jti: 'chosen-by-the-sender-0001' }
  const first = await hotline.send(noticeOf(NOTICE), jti)
  expect((await hotline.send(noticeOf(NOTICE), jti)).receipt).toBe(first.receipt)
  expect(await codeOf(hotline.send(noticeOf('drug_ad_gone'), jti))).toBe('token_reused')
  expect(await count(ctx)).toBe(1)
})

it('refuses the same id with another body', async () => {
  const { ctx, hotline } = await openTimedDesk()
  await hotline.sendFixture(NOTICE)
  const other = hotline.sendFixture(NOTICE, { reference_no: 'another' })
  expect(await codeOf(other)).toBe('notice_id_reused')
  expect(await count(ctx)).toBe(1)
})

it('others go on while one waits for its signature', async () => {
  const { signer, ctx, hotline } = await withSigner()
  const gate = newGate()
  signer.gate = gate.opened
  const slow = hotline.sendFixture(NOTICE)
  await seen(() => Promise.resolve(signer.asked > 0 ? true : undefined))
  signer.gate = undefined
  await hotline.sendFixture('drug_ad_gone')
  expect(await count(ctx)).toBe(1)
  gate.open()
  await slow
  expect(await count(ctx)).toBe(2)
})

it('stores nothing where the receipt can not be signed', async () => {
  const { signer, ctx, hotline } = await withSigner()
  const { size } = await ctx.ledger.head()
  signer.fails = true
  await expect(hotline.sendFixture(NOTICE)).rejects.toMatchObject({
    code: 'signer_unavailable',
    details: { retryAfterMs: 1_000 },
  })
  expect(await count(ctx)).toBe(0)
  expect(await ctx.read.find('senderClock', {})).toEqual([])
  expect((await ctx.ledger.head()).size).toBe(size)
  signer.fails = false
  expect((await hotline.sendFixture(NOTICE)).replayed).toBe(false)
})

it('tells the stored receipt later, where the log key failed after the commit', async () => {
  const keys = newKeys()
  const logSigner = new UnsteadySigner(createKeySigner(keys.log))
  const { ctx, hotline } = await openTimedDesk({ keys, adapters: { logSigner } })
  logSigner.fails = true
  expect(await codeOf(hotline.sendFixture(NOTICE))).toBe('signer_unavailable')
  expect(await count(ctx)).toBe(1)
  logSigner.fails = false
  const [stored] = await ctx.read.find('notice', {})
  const told = await hotline.sendFixture(NOTICE)
  expect(told).toMatchObject({ replayed: true, receipt: stored?.receipt, id: stored?.id })
})

it.each([
  ['unknown_stored', true],
  ['unknown_lost', false],
] as const)('after %s the same notice again tells', async (fault, isStored) => {
  const { ctx, store, hotline } = await openTimedDesk()
  store.failNext(fault)
  expect(await codeOf(hotline.sendFixture(NOTICE))).toBe('commit_unknown')
  const told = await hotline.sendFixture(NOTICE)
  expect(told.replayed).toBe(isStored)
  const [row] = await ctx.read.find('notice', {})
  expect(row?.receipt).toBe(told.receipt)
  expect(await count(ctx)).toBe(1)
  await expectSoundLog(ctx)
})

it('takes notices again as soon as the store is back', async () => {
  const { ctx, store, hotline } = await openTimedDesk()
  store.failNext('unavailable', 'before_commit')
  expect(await codeOf(hotline.sendFixture(NOTICE))).toBe('store_unavailable')
  expect(await codeOf(hotline.sendFixture(NOTICE))).toBe('store_unavailable')
  expect((await hotline.sendFixture(NOTICE)).replayed).toBe(false)
  await expectSoundLog(ctx)
})

it.each([
  ['a key revoked', 'key_revoked'],
  ['a sender suspended', 'sender_suspended'],
] as const)('sees %s between verification and commit', async (_what, code) => {
  const { signer, ctx, hotline } = await withSigner()
  const gate = newGate()
  signer.gate = gate.opened
  const sending = codeOf(hotline.sendFixture(NOTICE))
  await seen(() => Promise.resolve(signer.asked > 0 ? true : undefined))
  if (code === 'key_revoked') await revokeKey(ctx, SYSTEM, HOTLINE, hotline.kid)
  else await changeSender(ctx, SYSTEM, HOTLINE, { state: 'suspended' })
  gate.open()
  expect(await sending).toBe(code)
  expect(await count(ctx)).toBe(0)
})

it('refuses over the agreed rate, names the wait, and takes it then', async () => {
  const { ctx, clock, hotline } = await openTimedDesk()
  await changeSender(ctx, SYSTEM, HOTLINE, { agreed_rate_per_day: 1 })
  const send = (at: number): Promise<unknown> => hotline.sendFixture(NOTICE, { id: `notice-${at}` })
  await send(1)
  await send(2)
  const clocks = await ctx.read.find('senderClock', {})
  const refused = (await send(3).catch((fault: unknown) => fault)) as {
    code: string
    details: { retryAfterMs: number }
  }
  expect(refused).toMatchObject({ code: 'over_agreed_rate', details: { retryAfterMs: DAY } })
  expect(await ctx.read.find('senderClock', {})).toEqual(clocks)
  clock.advance(refused.details.retryAfterMs - 1)
  expect(await codeOf(send(3))).toBe('over_agreed_rate')
  clock.advance(1)
  await send(3)
})

it('takes a date of tomorrow in Japan, none of the day after', async () => {
  const { clock, hotline } = await openTimedDesk()
  // 00:00 UTC is 09:00 in Japan, on the same day.
  const send = (issued_on: string): Promise<unknown> =>
    codeOf(hotline.sendFixture(NOTICE, { id: `dated-${issued_on}`, issued_on }))
  expect(await send('2026-11-23')).toBe('none')
  expect(await send('2026-11-24')).toBe('issued_in_future')
  clock.advance(15 * HOUR)
  expect(await send('2026-11-24')).toBe('none')
  expect(await send('2026-02-30')).toBe('schema_mismatch')
})

it.each([
  ['https://SNS.Example/posts/1', 'none'],
  ['http://sns.example/posts/1', 'none'],
  ['https://sns.example:443/posts/1', 'none'],
  ['https://sns.example/posts/1?next=https://evil.example', 'none'],
  ['https://xn--wgv71a.example/1', 'none'],
  ['https://evil.example/posts/1', 'target_foreign'],
  ['https://sns.example.evil.example/', 'target_foreign'],
  ['https://sub.sns.example/', 'target_foreign'],
  ['https://sns.example./posts/1', 'target_foreign'],
  ['https://sns.example@evil.example/posts/1', 'target_foreign'],
  ['https://evil@sns.example/posts/1', 'target_foreign'],
  ['https://:x@sns.example/posts/1', 'target_foreign'],
  ['https://:@sns.example/posts/1', 'target_foreign'],
  ['https://sns.example\\@evil.example/posts/1', 'target_foreign'],
  ['https://sns.example\\.evil.example/posts/1', 'target_foreign'],
  ['https:///sns.example/posts/1', 'target_foreign'],
  ['https://sns.example/posts/@name', 'none'],
  ['https://sns.example:8443/posts/1', 'target_foreign'],
  ['http://sns.example:443/posts/1', 'target_foreign'],
  ['ftp://sns.example/posts/1', 'schema_mismatch'],
  ['https://xn--sns-cla.example/', 'target_foreign'],
])('%s: %s', async (url, expected) => {
  const hosts = ['sns.example', '日本.example']
  const { ctx, hotline } = await openTimedDesk({ platform: { hosts } })
  expect(await codeOf(hotline.sendFixture(NOTICE, { target: { url } }))).toBe(expected)
  expect(await count(ctx)).toBe(expected === 'none' ? 1 : 0)
})

it('keeps the bytes that were signed, and its receipt names their entry', async () => {
  const { ctx, hotline } = await openTimedDesk()
  const body = new TextEncoder().encode(`${JSON.stringify(noticeOf(NOTICE), null, 2)}\n`)
  const accepted = await hotline.sendBytes(body)
  const stored = await ctx.read.get('notice', { id: accepted.id })
  expect(stored?.body).toEqual(body)
  const entry = await ctx.read.get('ledgerEntry', { index: stored?.entryIndex ?? -1 })
  expect(entry?.leafHash).toBe(stored?.leafHash)
  expect(Buffer.from(entry?.bytes ?? []).toString('base64')).toBe(accepted.entry)
})

it('does not read the record again where the fault says nothing of a twin', async () => {
  const { ctx, store, hotline } = await openTimedDesk()
  const body = new TextEncoder().encode(JSON.stringify(noticeOf(NOTICE)))
  const token = await hotline.token(body)
  const url = `${ctx.config.publicUrl}/v1/notices`
  let looks = 0
  const find: typeof ctx.read.find = (table, where, page) => {
    if (table === 'notice') looks += 1
    return ctx.read.find(table, where, page)
  }
  const read = new Proxy(ctx.read, {
    get: (inner, name: keyof typeof ctx.read) =>
      name === 'find' ? find : (inner[name] as () => unknown).bind(inner),
  })
  store.failNext('unavailable')
  const inbound = { method: 'POST', url, body, token, contentType: 'application/json' }
  expect(await codeOf(receiveNotice({ ...ctx, read }, inbound))).toBe('store_unavailable')
  expect(looks).toBe(1)
})

async function withSigner(): Promise<
  Awaited<ReturnType<typeof openTimedDesk>> & { signer: UnsteadySigner }
> {
  const keys: DeskKeys = newKeys()
  const signer = new UnsteadySigner(createKeySigner(keys.signing))
  const desk = await openTimedDesk({ keys, adapters: { signer } })
  return { ...desk, signer }
}
