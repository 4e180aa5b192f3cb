import { expect, it } from 'vitest'
import { newKeys, openDesk, until, type Desk, type DeskKeys } from '../support/desk.ts'
import { testDatabase } from '../support/postgres.ts'
import { freshRedis } from '../support/redis.ts'

const EVENT = 'notice.accepted'

interface Store {
  readonly database: string
  readonly keys: DeskKeys
  readonly queue?: string
}

/** One more process on a store that several share, with a handler of a name of its own. */
async function join(
  { database, keys, queue }: Store,
  options: { readonly name?: string; readonly isFirst?: boolean } = {},
): Promise<{ readonly desk: Desk; readonly heard: string[] }> {
  const desk = await openDesk({
    keys,
    isBare: options.isFirst !== true,
    settings: { MADOGUCHI_STORE: database },
    ...(queue === undefined ? {} : { queue }),
  })
  const heard: string[] = []
  if (options.name !== undefined)
    desk.madoguchi.on(EVENT, options.name, ({ notice: { id } }) => {
      heard.push(id)
      return Promise.resolve()
    })
  return { desk, heard }
}

const send = async (desk: Desk, count: number): Promise<string[]> => {
  const sent = Array.from({ length: count }, (_, at) =>
    desk.hotline.sendFixture('yamibaito_recruitment', {
      id: `notice-${at}`,
      target: { url: `https://sns.example/posts/${at}` },
    }),
  )
  return (await Promise.all(sent)).map(({ id }) => id).sort()
}

const rung = ({ log }: Desk): string[] =>
  log.lines.filter(({ level }) => level !== 'info').map(({ event }) => event)

it.each(['Redis', 'no queue between them'])(
  'two processes with handlers of different names: each hears its own, once; with %s',
  async (between) => {
    const queue = between === 'Redis' ? { queue: (await freshRedis()).url } : {}
    const store: Store = { database: await testDatabase(), keys: newKeys(), ...queue }
    const front = await join(store, { isFirst: true })
    const pager = await join(store, { name: 'pager' })
    const mailer = await join(store, { name: 'mailer' })
    for (const { desk } of [pager, mailer]) await desk.madoguchi.start({ work: true })
    await front.desk.madoguchi.start({ work: false })
    const ids = await send(front.desk, 12)
    const { read } = front.desk.madoguchi.internals.ctx
    await until(async () => ((await read.count('work', {})) === 0 ? true : undefined), 20_000)
    for (const { heard } of [pager, mailer]) expect([...heard].sort()).toEqual(ids)
    expect(await read.count('case', {})).toBe(12)
    for (const { desk } of [front, pager, mailer]) expect(rung(desk)).toEqual([])
  },
)

it('through Redis a process hears of what another accepted at once, not at its next look', async () => {
  const { url: queue } = await freshRedis()
  const store: Store = { database: await testDatabase(), keys: newKeys(), queue }
  const front = await join(store, { isFirst: true })
  const pager = await join(store, { name: 'pager' })
  await pager.desk.madoguchi.start({ work: true })
  await front.desk.madoguchi.start({ work: false })
  await send(front.desk, 1)
  await until(() => Promise.resolve(pager.heard.length === 1 || undefined))
  // Its next look is five seconds after the last, which was now at the latest.
  const before = performance.now()
  await front.desk.hotline.sendFixture('drug_ad_gone')
  const { read } = front.desk.madoguchi.internals.ctx
  await until(() => Promise.resolve(pager.heard.length === 2 || undefined))
  await until(async () => ((await read.count('case', {})) === 2 ? true : undefined))
  expect(performance.now() - before).toBeLessThan(1_500)
})

it('work for a name that nobody here knows wakes nobody', async () => {
  const store: Store = { database: await testDatabase(), keys: newKeys() }
  const gone = await join(store, { name: 'gone', isFirst: true })
  await gone.desk.madoguchi.start({ work: false })
  const here = await join(store, { name: 'here' })
  await here.desk.madoguchi.start({ work: true })
  await send(gone.desk, 3)
  const { ctx, workers } = here.desk.madoguchi.internals
  await until(() => Promise.resolve(here.heard.length === 3 || undefined), 20_000)
  // What it heard is also written down as done, which rings for the next of its own.
  const own = { kind: 'handle', groupKey: `${EVENT}/here` } as const
  await until(async () => ((await ctx.read.count('work', own)) === 0 ? true : undefined))
  const rungKinds: string[] = []
  Object.assign(ctx.bell, {
    ring: (kind: string) => {
      rungKinds.push(kind)
      return Promise.resolve()
    },
  })
  await workers.reconcile()
  await workers.reconcile()
  expect(rungKinds).not.toContain('handle')
  expect(await ctx.read.find('work', { kind: 'handle' })).toMatchObject([
    { groupKey: `${EVENT}/gone`, attempt: 0 },
    { groupKey: `${EVENT}/gone`, attempt: 0 },
    { groupKey: `${EVENT}/gone`, attempt: 0 },
  ])
})
