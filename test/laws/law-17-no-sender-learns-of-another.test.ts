import { expect, it } from 'vitest'
import { readRegistration } from '../../src/app/read-registration.ts'
import { ownNotice, ownNotices } from '../../src/app/read-own-notices.ts'
import { HOTLINE, openDesk, until, type Desk } from '../support/desk.ts'
import { fixtureSenders } from '../support/fixtures.ts'
import { TestClock } from '../support/test-clock.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  keptPosts,
  lendKey,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
  without,
  type KeptPosts,
  type Sent,
} from './support.ts'

const OTHERS = ['https://hotline2.example/', 'https://saigai-kakunin.example/']

type Wish = Parameters<typeof decide>[3]

interface Told {
  readonly desk: Desk
  readonly endpoint: KeptPosts
  readonly caseId: string
  readonly said: string
  readonly status: string
  readonly delivered: string
}

/** Text without what is a number, a time or a hash of its own. */
function plain(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(/(ntc|cas|dec|act|out|rcp|dlv|evt)_[0-9a-f-]{36}/g, '$1')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'time')
    .replaceAll(/20\d\d年\d+月\d+日 \d+時\d+分/g, 'time')
    .replaceAll(/"(iat|receivedAt)":\d+/g, '"$1":0')
    .replaceAll(/[A-Za-z0-9_-]{43}/g, 'hash')
}

/** What the hotline is told of one item that it reported alone, or first, or last of three. */
async function told(
  before: readonly string[],
  after: readonly string[],
  wish: Wish,
  isTakenBack = false,
): Promise<Told> {
  const endpoint = keptPosts()
  const desk = await openDesk({
    adapters: { clock: new TestClock(), transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
    platform: {
      resolve: () => Promise.resolve({ ref: 'one-item' }),
      executors: { remove: obedient(), restore: obedient() },
    },
  })
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  const report = (sender: string, id: string) =>
    sendToCase(desk, 'yamibaito_recruitment', { id }, sender)
  for (const [index, sender] of before.entries()) await report(sender, `before-00${String(index)}`)
  const mine = await report(HOTLINE, 'my-own-notice-1')
  for (const [index, sender] of after.entries()) await report(sender, `after-000${String(index)}`)
  expect(await desk.madoguchi.internals.ctx.read.count('case', {})).toBe(1)
  expect(codeOf(await decide(desk, mine.record, person('a'), wish))).toBe('ok')
  if (isTakenBack) await takeBack(desk, mine)
  const claims = claimsOf(desk, await outcomeFor(desk, mine.accepted))
  const { ctx } = desk.madoguchi.internals
  const own = await ownNotice(ctx, HOTLINE, mine.accepted.id)
  expect(own.outcome).not.toBeNull()
  // Proofs hold hashes and the size of the log; both are of their own.
  const status = without(
    own,
    'receipt',
    'entry',
    'proof',
    'outcome',
    'outcomeEntry',
    'outcomeProof',
  )
  const posts = endpoint.posts.map(({ body }) => body).join('')
  return {
    desk,
    endpoint,
    caseId: mine.record.id,
    said: plain(claims),
    status: plain(status),
    delivered: posts,
  }
}

async function takeBack(desk: Desk, { accepted, record }: Sent): Promise<void> {
  const { read } = desk.madoguchi.internals.ctx
  await outcomeFor(desk, accepted)
  const { version: expectedVersion } = (await read.get('case', { id: record.id }))!
  const command = { commandId: 'take-back', by: person('b'), expectedVersion }
  const reversed = await desk.madoguchi.cases.reverse(record.id, {
    ...command,
    reason: 'new_facts',
  })
  expect(codeOf(reversed)).toBe('ok')
  await until(async () => ((await outcomeFor(desk, accepted)).revision === 2 ? true : undefined))
}

const WISHES: readonly (readonly [string, Wish])[] = [
  ['a measure', { actions: [{ kind: 'remove' }], ground: clause(), weightGiven: 'considered' }],
  ['no measure', { actions: [], declineReason: 'cannot_verify' }],
  ['gone already', { actions: [], alreadyGone: true }],
]

it.each(WISHES)(
  'No sender learns of another: told of %s, it is told the same, alone or with two others, first or last',
  async (_name, wish) => {
    const alone = await told([], [], wish)
    const first = await told([], OTHERS, wish)
    const last = await told(OTHERS, [], wish)
    for (const other of [first, last]) {
      expect(other.said).toBe(alone.said)
      expect(other.status).toBe(alone.status)
    }
    for (const { said, status, caseId } of [alone, first, last]) {
      expect(said).toContain(HOTLINE)
      const names = fixtureSenders
        .filter(({ id }) => id !== HOTLINE)
        .flatMap(({ id, name }) => [id, name])
      for (const word of [...names, caseId]) expect(said + status).not.toContain(word)
    }
  },
)

it('No sender learns of another: told that it was restored, it is told the same', async () => {
  const [, wish] = WISHES[0]!
  const alone = await told([], [], wish, true)
  const last = await told(OTHERS, [], wish, true)
  expect(alone.said).toContain('restored')
  expect([last.said, last.status]).toEqual([alone.said, alone.status])
})

it('Nobody reads what another sent, nor hears whether it is there', async () => {
  const { desk } = await told(OTHERS, [], { actions: [] })
  const { ctx } = desk.madoguchi.internals
  const [foreign] = await ctx.read.find('notice', { senderId: OTHERS[0]! })
  for (const id of [foreign!.id, foreign!.senderNoticeId, 'nothing-at-all'])
    expect(await thrown(ownNotice(ctx, HOTLINE, id))).toBe('not_found')
  expect(
    (await ownNotices(ctx, HOTLINE, { limit: 50 })).items.map(
      ({ senderNoticeId }) => senderNoticeId,
    ),
  ).toEqual(['my-own-notice-1'])
})

it('An id that another sender used is free for its own', async () => {
  const desk = await openDesk()
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  const id = 'the-same-id-01'
  const one = await sendToCase(desk, 'yamibaito_recruitment', { id })
  const two = await sendToCase(desk, 'bank_account_trade_declined', { id }, OTHERS[0])
  expect(two.accepted).toMatchObject({ replayed: false })
  expect(two.accepted.id).not.toBe(one.accepted.id)
})

it('What a sender is shown of itself is the same whatever others sent and how that was decided', async () => {
  const shown = async (others: readonly string[]): Promise<string> => {
    const desk = await openDesk({
      adapters: { clock: new TestClock() },
      platform: { resolve: () => Promise.resolve({ ref: 'one-item' }) },
    })
    await lendKey(desk)
    await desk.madoguchi.start({ work: true })
    const mine = await sendToCase(desk, 'yamibaito_recruitment', { id: 'my-own-notice-1' })
    for (const [at, sender] of others.entries())
      await sendToCase(desk, 'yamibaito_recruitment', { id: `of-others-${at}` }, sender)
    const wish = { actions: [], declineReason: 'insufficient_reasoning' }
    expect(codeOf(await decide(desk, mine.record, person('a'), wish))).toBe('ok')
    const own = await readRegistration(desk.madoguchi.internals.ctx, HOTLINE)
    for (const sender of OTHERS) expect(JSON.stringify(own)).not.toContain(sender)
    return JSON.stringify(own)
  }
  expect(await shown(OTHERS)).toBe(await shown([]))
})
