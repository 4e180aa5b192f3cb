import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { reportTarget } from '../../src/app/report-target.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { NoticeRecord } from '../../src/core/notice.ts'
import { MINUTE } from '../../src/core/time.ts'
import {
  codeOf,
  decide,
  openTimedDesk,
  readyCase,
  seen,
  seenAfter,
  type TimedDesk,
} from './support.ts'

const NOTICE = 'yamibaito_recruitment'
const hang = (): Promise<never> => new Promise(() => undefined)

/** What intake made of one notice, with a platform that may do anything. */
async function takeIn(
  platform: object,
  changes: Record<string, unknown> = {},
): Promise<{ desk: TimedDesk; notice: NoticeRecord; record: CaseRecord; tookMs: number }> {
  const desk = await openTimedDesk({ platform })
  const { ctx, clock, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const startedAt = clock.now()
  const accepted = await hotline.sendFixture(NOTICE, changes)
  await seenAfter(clock, 500, async () =>
    (await ctx.read.count('case', { state: 'ready' })) === 1 ? true : undefined,
  )
  const tookMs = clock.now() - startedAt
  const notice = await ctx.read.get('notice', { id: accepted.id })
  if (notice === undefined) throw new Error('not stored')
  return { desk, notice, record: await readyCase(ctx, accepted.id), tookMs }
}

const circle: Record<string, unknown> = {}
circle['self'] = circle

it.each<[string, () => unknown]>([
  ['hangs', hang],
  ['rejects', () => Promise.reject(new Error('down'))],
  [
    'throws at once',
    () => {
      throw new Error('down')
    },
  ],
  ['gives nothing', () => Promise.resolve(undefined)],
  ['gives a text', () => Promise.resolve('https://sns.example/')],
  ['gives no ref', () => Promise.resolve({})],
  ['gives null as ref', () => Promise.resolve({ ref: null })],
  ['gives a ref that is no JSON', () => Promise.resolve({ ref: { id: 1n } })],
  ['gives a ref in a circle', () => Promise.resolve({ ref: circle })],
  ['gives an instance of a class', () => Promise.resolve({ ref: new Map() })],
  ['gives a ref of 1 MB', () => Promise.resolve({ ref: { id: 'x'.repeat(1_000_000) } })],
  ['gives a key of 1 MB', () => Promise.resolve({ ref: { id: 1 }, key: 'x'.repeat(1_000_000) })],
  ['gives a key that is an object', () => Promise.resolve({ ref: { id: 1 }, key: {} })],
  ['gives a key that is broken text', () => Promise.resolve({ ref: { id: 1 }, key: '\ud800' })],
  ['gives an account that is a number', () => Promise.resolve({ ref: { id: 1 }, account: 7 })],
  ['gives an unknown surface', () => Promise.resolve({ ref: { id: 1 }, surface: 'dark' })],
])(
  'a resolver that %s blocks nothing: the notice gets a case of its own',
  async (_what, resolve) => {
    const { notice, record, tookMs, desk } = await takeIn({ resolve })
    expect(record.targetKey).toBe(`notice:${notice.id}`)
    expect(notice).toMatchObject({ targetRef: null, surface: null, observation: null })
    expect(tookMs).toBeLessThan(60_000)
    const tries = desk.log.lines.filter(({ event }) => event === 'target.lookup_failed')
    expect(tries.map(({ fields }) => fields['tries'])).toEqual([1, 2, 3])
  },
)

it('signals a resolver whose time is up, and takes the third answer', async () => {
  const signals: AbortSignal[] = []
  const { record, tookMs } = await takeIn({
    resolve: ({ signal }: { signal: AbortSignal }) => {
      signals.push(signal)
      return signals.length < 3 ? hang() : Promise.resolve({ ref: { id: 9 }, account: 'acc-9' })
    },
  })
  expect(record.targetKey).toBe('ref:{"id":9}')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false])
  expect(tookMs).toBeGreaterThanOrEqual(8_000)
})

const resolve = (): Promise<unknown> => Promise.resolve({ ref: { id: 1 } })

it.each<[string, () => unknown, object | null]>([
  ['hangs', hang, null],
  ['rejects', () => Promise.reject(new Error('down')), null],
  ['gives null', () => Promise.resolve(null), null],
  ['gives nothing', () => Promise.resolve(undefined), null],
  ['gives an unknown state', () => Promise.resolve({ state: 'burnt' }), null],
  [
    'tells',
    () => Promise.resolve({ state: 'gone', since: 5, by: 'poster', digest: 'd' }),
    {
      state: 'gone',
      since: 5,
      by: 'poster',
      digest: 'd',
    },
  ],
  [
    'adds what nobody asked for',
    () =>
      Promise.resolve({ state: 'present', since: 'yesterday', by: 'x'.repeat(1e6), poster: 'p' }),
    { state: 'present' },
  ],
])('an observer that %s blocks nothing', async (_what, observe, expected) => {
  const { notice } = await takeIn({ resolve, observe })
  expect(notice.observation).toEqual(expected)
  expect(notice.observedAt === null).toBe(expected === null)
  expect(notice.targetRef).toEqual({ id: 1 })
})

it('never looks at a private surface', async () => {
  let looks = 0
  const { notice } = await takeIn({
    resolve: () => Promise.resolve({ ref: { id: 1 }, surface: 'private' }),
    observe: () => {
      looks += 1
      return Promise.resolve({ state: 'present' })
    },
  })
  expect([looks, notice.surface, notice.observation]).toEqual([0, 'private', null])
})

it('asks nobody where there is no item, and none about a locator', async () => {
  let looks = 0
  const observe = (): Promise<unknown> => {
    looks += 1
    return Promise.resolve({ state: 'present' })
  }
  const gone = await takeIn({ resolve: () => Promise.resolve(null), observe })
  expect(gone.record.targetKey).toBe(`notice:${gone.notice.id}`)
  const elsewhere = { target: { locator: 'app: profile 12' } }
  const located = await takeIn(
    { resolve: () => Promise.reject(new Error('asked')), observe },
    elsewhere,
  )
  expect(located.record.targetKey).toBe(`notice:${located.notice.id}`)
  expect(located.desk.log.lines.filter(({ event }) => event === 'target.lookup_failed')).toEqual([])
  expect(looks).toBe(0)
  expect(gone.desk.log.lines.filter(({ event }) => event === 'target.lookup_failed')).toEqual([])
})

it('joins notices about one item, apart by procedure; a decided one opens round 2', async () => {
  const desk = await openTimedDesk({
    platform: { resolve: () => Promise.resolve({ ref: 1, key: 'k' }) },
  })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const send = async (key: string, id: string): Promise<CaseRecord> =>
    readyCase(ctx, (await hotline.sendFixture(key, { id: `notice-${id}` })).id)
  const first = await send(NOTICE, 'a')
  const joined = await send('drug_ad_gone', 'b')
  expect(joined).toMatchObject({ id: first.id, version: first.version + 1, state: 'ready' })
  const sibling = await send('handgun_sale', 'c')
  expect(sibling.id).not.toBe(first.id)
  expect(sibling).toMatchObject({ targetKey: 'ref:k', lane: 'voluntary_public_order', round: 1 })
  const { by } = await desk.operator('reviewer')
  expect(await decide(desk, first.id, by)).toMatchObject({ ok: true })
  const next = await send(NOTICE, 'd')
  expect(next).toMatchObject({ round: 2, previousCaseId: first.id, version: 1, targetKey: 'ref:k' })
  expect((await ctx.read.get('case', { id: sibling.id }))?.state).toBe('ready')
})

it.each([
  ['since before receipt', -1, 10 * MINUTE, 'gone_before_receipt'],
  ['looked at within a minute', undefined, 0, 'gone_before_receipt'],
  ['looked at later', undefined, 2 * MINUTE, 'gone_without_measure'],
  ['since after receipt', 1_000, 2 * MINUTE, 'gone_without_measure'],
] as const)('an item gone, %s, is reported as such', async (_what, since, lookAfter, status) => {
  const desk = await openTimedDesk({
    platform: {
      observe: () =>
        Promise.resolve({
          state: 'gone',
          by: 'poster',
          ...(since === undefined ? {} : { since: receivedAt + since }),
        }),
    },
  })
  const { clock, hotline, madoguchi } = desk
  const receivedAt = clock.now()
  const accepted = await hotline.sendFixture(NOTICE)
  clock.advance(lookAfter)
  await madoguchi.start({ work: true })
  expect(await outcomeOfGone(desk, accepted.id)).toBe(status)
})

it('an item that nobody found is reported as not located', async () => {
  const desk = await openTimedDesk({ platform: { resolve: () => Promise.resolve(null) } })
  await desk.madoguchi.start({ work: true })
  const accepted = await desk.hotline.sendFixture(NOTICE)
  expect(await outcomeOfGone(desk, accepted.id)).toBe('not_located')
})

async function outcomeOfGone(desk: TimedDesk, noticeId: NoticeRecord['id']): Promise<unknown> {
  const record = await readyCase(desk.ctx, noticeId)
  const { by } = await desk.operator('reviewer')
  expect(await decide(desk, record.id, by, { alreadyGone: true })).toMatchObject({ ok: true })
  const outcome = await seen(async () => (await desk.ctx.read.find('outcome', { noticeId }))[0])
  expect(outcome.jws).not.toContain('poster')
  return outcome.status
}

it('keeps what the platform tells of an item for its open cases', async () => {
  const { desk, notice } = await takeIn({ resolve })
  const { ctx, madoguchi } = desk
  expect(await madoguchi.targets.report({ id: 1 }, { state: 'gone', by: 'poster', since: 5 })).toBe(
    1,
  )
  const told = await ctx.read.get('notice', { id: notice.id })
  expect(told?.observation).toEqual({ state: 'gone', by: 'poster', since: 5 })
  expect(await madoguchi.targets.report({ id: 2 }, { state: 'gone' })).toBe(0)
  const lie = reportTarget(ctx, { id: 1 }, { state: 'burnt' } as never)
  expect(await codeOf(lie)).toBe('invalid_input')
})

it.each([
  ['a key of its own', { ref: { id: 1 }, key: 'post-1' }, { key: 'post-1' }, { key: 'post-2' }],
  ['a reference that looks so', { ref: { key: 'post-1' } }, { key: 'post-1' }, { key: 1 }],
])('finds the items of a platform that gives %s', async (_what, answer, known, unknown) => {
  const { desk, notice } = await takeIn({ resolve: () => Promise.resolve(answer) })
  const { report } = desk.madoguchi.targets
  expect(await report(known, { state: 'gone' })).toBe(1)
  expect(await report(unknown, { state: 'present' })).toBe(0)
  const told = await desk.ctx.read.get('notice', { id: notice.id })
  expect(told?.observation).toEqual({ state: 'gone' })
})

it('what joins while somebody looks is shown as looked at, and as read in that version', async () => {
  const resolve = (): Promise<{ ref: unknown }> => Promise.resolve({ ref: { id: 1 } })
  const desk = await openTimedDesk({ platform: { resolve } })
  const { ctx, hotline, madoguchi } = desk
  await madoguchi.start({ work: true })
  const { id } = await readyCase(ctx, (await hotline.sendFixture('yamibaito_recruitment')).id)
  const { by } = await desk.operator('reviewer')
  let looks = 0
  const submit = ctx.committer.submit.bind(ctx.committer)
  Object.assign(ctx.committer, {
    submit: async (command: Parameters<typeof submit>[0]) => {
      const committed = await submit(command)
      if (command.name === 'case.view' && looks++ === 0) {
        const later = await hotline.sendFixture('yamibaito_recruitment', { id: 'later-0001' })
        await readyCase(ctx, later.id)
      }
      return committed
    },
  })
  const shown = await readCase(ctx, by, id)
  expect(shown.notices).toHaveLength(2)
  for (const notice of shown.notices) expect(notice.firstViewedAt).toBe(desk.clock.now())
  const readings = await ctx.read.find('reading', { subject: id }, { orderBy: 'version' })
  expect(readings.map(({ version }) => version)).toEqual([1, shown.case.version])
})
