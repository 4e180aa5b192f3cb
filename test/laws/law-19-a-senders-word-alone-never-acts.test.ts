import { expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { TIERS } from '../../src/core/vocabulary.ts'
import { DAY } from '../../src/core/time.ts'
import { fixtureSenders, openFixtures } from '../support/fixtures.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import { clause, codeOf, decide, lendKey, obedient, person, readyCaseOf } from './support.ts'

const ALL_KINDS = Object.keys(ACTION_KINDS) as ActionKind[]

it.each(TIERS)(
  "A sender's word alone never acts: no notice of a %s sender leads to a measure or decision by itself, however long nobody looks",
  async (tier) => {
    const clock = new TestClock()
    const calls: string[] = []
    const executors = Object.fromEntries(ALL_KINDS.map((kind) => [kind, obedient(calls)]))
    const desk = await openDesk({
      adapters: { clock },
      platform: { executors, observe: () => Promise.resolve({ state: 'present' }) },
    })
    await lendKey(desk)
    const { ctx, workers } = desk.madoguchi.internals
    for (const { id, tier: own } of fixtureSenders)
      if (own !== tier) await changeSender(ctx, SYSTEM, id, { tier })
    await desk.madoguchi.start({ work: true })
    const cases = []
    for (const { notice, sender_id } of openFixtures)
      cases.push(await readyCaseOf(desk, await desk.hotline.send(notice, { iss: sender_id })))
    // The word of several about one item is no more.
    for (const id of ['once-more-01', 'once-more-02', 'once-more-03'])
      cases.push(
        await readyCaseOf(desk, await desk.hotline.send({ ...openFixtures[0]!.notice, id })),
      )
    for (let day = 0; day < 7; day += 1) {
      clock.advance(DAY)
      await workers.reconcile()
    }
    for (const table of ['decision', 'action', 'outcome', 'delivery', 'work'] as const)
      expect([table, await ctx.read.count(table, {})]).toEqual([table, 0])
    expect(calls).toEqual([])
    for (const { id } of cases) expect((await ctx.read.get('case', { id }))?.state).toBe('ready')
  },
)

it('The same desk does act once a person decides', async () => {
  const calls: string[] = []
  const desk = await openDesk({ platform: { executors: { remove: obedient(calls) } } })
  await desk.madoguchi.start({ work: true })
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  expect(
    codeOf(
      await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() }),
    ),
  ).toBe('ok')
  const { read } = desk.madoguchi.internals.ctx
  await expect.poll(() => read.count('action', { state: 'executed' })).toBe(1)
  expect(calls).toHaveLength(1)
})

it('What the platform says of an item decides nothing either', async () => {
  const desk = await openDesk({
    platform: { resolve: () => Promise.resolve({ ref: { id: 'one' } }) },
  })
  await desk.madoguchi.start({ work: true })
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  expect(await desk.madoguchi.targets.report({ id: 'one' }, { state: 'gone', by: 'poster' })).toBe(
    1,
  )
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.get('case', { id: record.id })).toMatchObject({
    state: 'ready',
    decisionId: null,
  })
  expect((await read.get('sender', { id: HOTLINE }))?.tier).toBe('priority')
  expect(await read.count('outcome', {})).toBe(0)
})
