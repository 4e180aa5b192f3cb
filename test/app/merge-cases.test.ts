import { describe, expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import {
  codeOf,
  decide,
  expectSoundLog,
  openTimedDesk,
  readyCase,
  seen,
  type TimedDesk,
} from './support.ts'

const KEY = 'yamibaito_recruitment'

interface Two {
  readonly desk: TimedDesk
  readonly a: CaseRecord
  readonly b: CaseRecord
  readonly by: DecidedBy
}

/** Two notices about one item; the platform resolves those whose ids are given. */
async function two(resolved: readonly string[] = []): Promise<Two> {
  const desk = await openTimedDesk({
    platform: {
      resolve: ({ url }) => {
        const ref = new URL(url).searchParams.get('known')
        return Promise.resolve(ref === null ? null : { ref: { id: ref } })
      },
    },
  })
  await desk.madoguchi.start({ work: true })
  const send = async (id: string): Promise<CaseRecord> => {
    const known = resolved.includes(id) ? `?known=${id}` : ''
    const target = { url: `https://sns.example/p/1${known}` }
    return readyCase(desk.ctx, (await desk.hotline.sendFixture(KEY, { id, target })).id)
  }
  const [a, b] = [await send('notice-a'), await send('notice-b')]
  return { desk, a, b, by: (await desk.operator('reviewer')).by }
}

const caseOf = async ({ ctx }: TimedDesk, { id }: CaseRecord): Promise<CaseRecord> =>
  (await ctx.read.get('case', { id }))!

const command = (
  { by }: Two,
  expectedVersion: number,
  other: CaseRecord,
  commandId = 'merge-001',
): Parameters<TimedDesk['madoguchi']['cases']['merge']>[1] => ({
  commandId,
  by,
  expectedVersion,
  other: other.id,
  otherVersion: other.version,
})

describe('two cases whose item the platform does not know', () => {
  it('become one; every notice of it is answered by its one decision', async () => {
    const one = await two()
    const { desk, a, b, by } = one
    expect(a.targetKey).not.toBe(b.targetKey)
    const { cases } = desk.madoguchi
    expect(await cases.merge(a.id, command(one, 1, b))).toMatchObject({
      ok: true,
      case: { id: a.id, version: 2, state: 'ready' },
    })
    expect(await caseOf(desk, b)).toMatchObject({ state: 'merged', mergedInto: a.id })
    const queue = await listCases(desk.ctx, by, { limit: 50 })
    expect(queue.items.map(({ id }) => id)).toEqual([a.id])
    const reading = await readCase(desk.ctx, by, a.id)
    expect(reading.notices).toHaveLength(2)
    expect(reading.merged).toMatchObject([{ id: b.id, state: 'merged' }])
    await decide(desk, a.id, by)
    const outcomes = await seen(async () => {
      const found = await desk.ctx.read.find('outcome', {})
      return found.length === 2 ? found : undefined
    })
    expect(new Set(outcomes.map(({ decisionId }) => decisionId)).size).toBe(1)
    const [event] = await desk.ctx.read.find('event', { type: 'case.merged' })
    expect(event).toMatchObject({ caseId: a.id, entryIndex: expect.any(Number) as number })
    await expectSoundLog(desk.ctx)
  })

  it('a case of the known item stays, whichever was named', async () => {
    const one = await two(['notice-b'])
    const { desk, a, b } = one
    expect(await desk.madoguchi.cases.merge(a.id, command(one, 1, b))).toMatchObject({
      case: { id: b.id },
    })
    expect(await caseOf(desk, a)).toMatchObject({ state: 'merged', mergedInto: b.id })
  })

  it('two known items stay two', async () => {
    const one = await two(['notice-a', 'notice-b'])
    expect(await one.desk.madoguchi.cases.merge(one.a.id, command(one, 1, one.b))).toMatchObject({
      refusal: { code: 'not_mergeable' },
    })
  })

  it('what is no-view for one is so for every case of the item', async () => {
    const one = await two(['notice-a'])
    const { desk, a, b } = one
    const target = { url: 'https://sns.example/p/1?known=notice-a' }
    const other = await desk.hotline.sendFixture('suicide_inducement_life_risk', { target })
    const sibling = await readyCase(desk.ctx, other.id)
    expect(sibling.targetKey).toBe(a.targetKey)
    await desk.ctx.committer.submit({
      name: 'test.hide',
      bytes: 0,
      locks: [],
      run: async (tx) => {
        await tx.update('case', { id: b.id }, { noView: true })
        return { result: undefined, events: [] }
      },
    })
    const { by } = await desk.operator('child_safety')
    expect(await desk.madoguchi.cases.merge(a.id, { ...command(one, 1, b), by })).toMatchObject({
      ok: true,
      case: { noView: true },
    })
    expect(await caseOf(desk, sibling)).toMatchObject({ noView: true })
  })
})

describe('merging and something else at once', () => {
  it('a decision and a merge: whichever came first, the other is refused', async () => {
    const one = await two()
    const { desk, a, b, by } = one
    await desk.madoguchi.cases.claim(a.id, by)
    const decision = { commandId: 'decide-01', expectedVersion: 1, by, actions: [] }
    const answers = await Promise.all([
      desk.madoguchi.cases.decide(a.id, decision),
      desk.madoguchi.cases.merge(a.id, command(one, 1, b)),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const second = await two()
    await second.desk.madoguchi.cases.claim(second.a.id, second.by)
    await second.desk.madoguchi.cases.merge(second.a.id, command(second, 1, second.b))
    const late = { ...decision, by: second.by }
    expect(await second.desk.madoguchi.cases.decide(second.a.id, late)).toMatchObject({
      refusal: {
        code: 'stale_version',
        difference: { version: 2, noticesSince: [expect.any(String) as string] },
      },
    })
  })

  it('merged both ways at once it is done once', async () => {
    const one = await two()
    const { merge } = one.desk.madoguchi.cases
    const answers = await Promise.all([
      merge(one.a.id, command(one, 1, one.b)),
      merge(one.b.id, command(one, 1, one.a, 'merge-002')),
    ])
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))
    expect(codes.sort()).toEqual(['not_mergeable', 'ok'])
  })

  it('the same command again gets the same answer, other content none', async () => {
    const one = await two()
    const { merge } = one.desk.madoguchi.cases
    const asked = command(one, 1, one.b)
    const first = await merge(one.a.id, asked)
    expect(await merge(one.a.id, asked)).toEqual(first)
    expect(await codeOf(merge(one.a.id, { ...asked, otherVersion: 2 }))).toBe('command_id_reused')
    const nowhere = one.desk.ctx.random.id('cas')
    expect(await codeOf(merge(one.a.id, { ...asked, other: nowhere }))).toBe('not_found')
  })
})
