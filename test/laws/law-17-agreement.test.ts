import { describe, expect, it } from 'vitest'
import { ownNotice, ownNotices } from '../../src/app/read-own-notices.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { NoticeRecord } from '../../src/core/notice.ts'
import { HOUR } from '../../src/core/time.ts'
import { HOTLINE, openDesk, until, type Desk } from '../support/desk.ts'
import { fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { TestClock } from '../support/test-clock.ts'
import {
  clause,
  codeOf,
  decide,
  keptPosts,
  lendKey,
  obedient,
  outcomeFor,
  person,
  readyCaseOf,
  sendToCase,
} from './support.ts'

const B = 'https://hotline2.example/'
const C = 'https://saigai-kakunin.example/'
const ITEM = 'yamibaito_recruitment'
const MINE = 'my-own-notice-1'
const A = person('a')

interface Room {
  readonly desk: Desk
  readonly clock: TestClock
  /** Asks the sender of a notice, and waits until it was told. */
  readonly ask: (record: CaseRecord, notice: Pick<NoticeRecord, 'id'>) => Promise<void>
}

type Step = (room: Room) => Promise<void>
const nothing: Step = () => Promise.resolve()
const report =
  (sender: string, id: string) =>
  ({ desk }: Room) =>
    sendToCase(desk, ITEM, { id }, sender)

/** What the two others do before and after the hotline's own notice. */
const AROUND: readonly (readonly [string, { readonly before: Step; readonly after: Step }])[] = [
  [
    'who reported before',
    {
      before: async (room) => {
        await report(B, 'notice-of-b')(room)
        await report(C, 'notice-of-c')(room)
      },
      after: nothing,
    },
  ],
  [
    'who joined after',
    {
      before: nothing,
      after: async (room) => {
        await report(B, 'notice-of-b')(room)
        await report(C, 'notice-of-c')(room)
      },
    },
  ],
  [
    'who withdrew, one before and one after',
    {
      before: async (room) => {
        await report(B, 'notice-of-b')(room)
        await room.desk.hotline.message(
          'withdrawal',
          'notice-of-b',
          { id: 'withdrawal-b' },
          { iss: B },
        )
        await report(B, 'notice-of-b2')(room)
      },
      after: async (room) => {
        await report(C, 'notice-of-c')(room)
        await room.desk.hotline.message(
          'withdrawal',
          'notice-of-c',
          { id: 'withdrawal-c' },
          { iss: C },
        )
        await room.desk.hotline.message(
          'withdrawal',
          'notice-of-b2',
          { id: 'withdrawal-b2' },
          { iss: B },
        )
      },
    },
  ],
  [
    'who sent revisions and supplements',
    {
      before: async (room) => {
        await report(B, 'notice-of-b')(room)
        await report(C, 'notice-of-c')(room)
      },
      after: async ({ desk }) => {
        const revised = { id: 'notice-of-b2', supersedes: 'notice-of-b' }
        await desk.hotline.send(noticeOf(ITEM, revised), { iss: B })
        const more = { id: 'supplement-c', text: '続報です。' }
        await desk.hotline.message('supplement', 'notice-of-c', more, { iss: C })
      },
    },
  ],
  [
    'who were asked, of whom one answered',
    {
      before: async (room) => {
        const b = await report(B, 'notice-of-b')(room)
        const c = await report(C, 'notice-of-c')(room)
        await room.ask(b.record, b.accepted)
        await room.ask(c.record, c.accepted)
      },
      after: async ({ desk }) => {
        const more = { id: 'supplement-c', text: '答えです。' }
        await desk.hotline.message('supplement', 'notice-of-c', more, { iss: C })
      },
    },
  ],
]

/** What the hotline itself does; its last notice is named in the end. */
const OWN: readonly (readonly [string, (room: Room, record: CaseRecord) => Promise<string>])[] = [
  ['only reported', () => Promise.resolve(MINE)],
  [
    'was asked and answered',
    async (room, record) => {
      const { id } = await ownNotice(room.desk.madoguchi.internals.ctx, HOTLINE, MINE)
      await room.ask(record, { id })
      room.clock.advance(HOUR)
      await room.desk.hotline.message('supplement', MINE, { id: 'my-answer-1', text: '答えです。' })
      return MINE
    },
  ],
  [
    'sent a revision',
    async ({ desk, clock }) => {
      clock.advance(HOUR)
      await desk.hotline.send(noticeOf(ITEM, { id: 'my-own-notice-2', supersedes: MINE }))
      return 'my-own-notice-2'
    },
  ],
]

/** Claims of a JWS, an entry, a proof: what they say, with what is of their own taken out. */
function normalised(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => normalised(each, name))
  if (typeof value === 'number') return /^iat$|At$/.test(name) ? 'time' : value
  if (typeof value === 'string') return normalisedText(value, name)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([each, inner]) => [each, normalised(inner, each)]),
  )
}

function normalisedText(text: string, name: string): unknown {
  const [, claims] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(text) ?? []
  if (claims !== undefined)
    return normalised(JSON.parse(Buffer.from(claims, 'base64url').toString()))
  if (/^(?:entry|outcomeEntry)$/.test(name))
    return normalised(JSON.parse(Buffer.from(text, 'base64').toString()))
  // Of a proof: its format; index, path and checkpoint are numbers and hashes of the log.
  if (/^(?:proof|outcomeProof)$/.test(name)) return text.split('\n')[0]
  return text
    .replaceAll(/\b([a-z]{3})_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '$1')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'time')
    .replaceAll(/20\d\d年\d+月\d+日 \d+時\d+分/g, 'time')
    .replaceAll(/^[\w-]{43}$/g, 'hash')
}

async function openRoom(): Promise<Room & { readonly said: () => string }> {
  const clock = new TestClock()
  const endpoint = keptPosts()
  const desk = await openDesk({
    adapters: { clock, transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
    platform: {
      resolve: () => Promise.resolve({ ref: 'one-item' }),
      executors: { remove: obedient() },
    },
  })
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  return {
    desk,
    clock,
    said: () => JSON.stringify(endpoint.posts),
    ask: async (record, notice) => {
      const text = { ja: '投稿の日時を教えてください。' }
      const commandId = `question-${notice.id}`
      const answer = await desk.madoguchi.cases.ask(record.id, {
        by: A,
        commandId,
        noticeId: notice.id,
        text,
      })
      expect(codeOf(answer)).toBe('ok')
      await outcomeFor(desk, notice)
    },
  }
}

/** Everything that the hotline reads and is told, step by step. */
async function transcript(
  around: { readonly before: Step; readonly after: Step },
  own: (typeof OWN)[number][1],
): Promise<{ readonly steps: readonly unknown[]; readonly raw: string }> {
  const room = await openRoom()
  const { desk } = room
  const { ctx } = desk.madoguchi.internals
  const raw: unknown[] = []
  const look = async (id: string): Promise<void> => {
    raw.push(await ownNotice(ctx, HOTLINE, id), await ownNotices(ctx, HOTLINE, { limit: 50 }))
  }
  await around.before(room)
  const accepted = await desk.hotline.send(noticeOf(ITEM, { id: MINE }))
  raw.push(accepted)
  const record = await readyCaseOf(desk, accepted)
  await look(MINE)
  await around.after(room)
  await look(MINE)
  const last = await own(room, record)
  await look(last)
  const wish = {
    actions: [{ kind: 'remove' as const }],
    ground: clause(),
    weightGiven: 'considered' as const,
  }
  expect(codeOf(await decide(desk, record, A, wish))).toBe('ok')
  const { id } = await ownNotice(ctx, HOTLINE, last)
  await until(async () =>
    (await ctx.read.count('outcome', { noticeId: id, status: 'deleted' })) === 1 ? true : undefined,
  )
  await look(last)
  const outcomes = await ctx.read.find('outcome', { senderId: HOTLINE }, { orderBy: 'entryIndex' })
  raw.push(...outcomes.map(({ jws }) => jws))
  return { steps: raw.map((each) => normalised(each)), raw: JSON.stringify(raw) + room.said() }
}

describe.each(OWN)('No sender learns of another: a hotline that %s', (_own, own) => {
  it.each(AROUND)('is told the same beside two others %s', async (_around, around) => {
    const alone = await transcript({ before: nothing, after: nothing }, own)
    const beside = await transcript(around, own)
    expect(beside.steps).toHaveLength(alone.steps.length)
    for (const [index, step] of alone.steps.entries()) expect(beside.steps[index]).toEqual(step)
    const others = fixtureSenders.filter(({ id }) => id !== HOTLINE)
    const words = [...others.flatMap(({ id, name }) => [id, name]), 'cas_', 'notice-of-', '続報']
    for (const word of words) expect(beside.raw).not.toContain(word)
  })
})
