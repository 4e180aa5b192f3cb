import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { statementOf } from '../../src/core/statements.ts'
import { natureSentences } from '../../src/core/vocabulary-lookup.ts'
import { LEGAL_NATURES, OUTCOME_STATUSES } from '../../src/core/vocabulary.ts'
import { RECEIPT_STATEMENT } from '../../src/signing/receipt.ts'
import { HOTLINE, openDesk, type Desk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import {
  acting,
  claimAndDecide,
  codeOf as refusalOf,
  declining,
  goneAlready,
  person as someone,
  readyCase,
} from '../core/case-builder.ts'
import { clause, codeOf, decide, person, sendToCase } from './support.ts'

async function openWithClock(
  settings: Record<string, string> = {},
): Promise<{ desk: Desk; clock: TestClock }> {
  const clock = new TestClock()
  const desk = await openDesk({ adapters: { clock }, settings })
  await desk.madoguchi.start({ work: true })
  return { desk, clock }
}

it("Knowing is a person's entry: received, first viewed and assessed are three facts, each with its own time", async () => {
  const { desk, clock } = await openWithClock()
  const { ctx } = desk.madoguchi.internals
  const receivedAt = clock.now()
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  const facts = async (): Promise<unknown[]> => {
    const notice = (await ctx.read.get('notice', { id: accepted.id }))!
    return [
      notice.receivedAt,
      notice.firstViewedAt,
      (await ctx.read.get('case', { id: record.id }))?.assessedAt,
    ]
  }
  expect(await facts()).toEqual([receivedAt, null, null])
  // Neither a list, nor machines, nor an auditor's look, nor the sender's own question is a view.
  clock.advance(60_000)
  await listCases(ctx, person('a'), { limit: 5 })
  await readCase(ctx, person('k', 'auditor'), record.id)
  await ownNotice(ctx, HOTLINE, accepted.id)
  await desk.madoguchi.cases.claim(record.id, person('a'))
  expect(await facts()).toEqual([receivedAt, null, null])
  clock.advance(60_000)
  const viewedAt = clock.now()
  await readCase(ctx, person('a'), record.id)
  expect(await facts()).toEqual([receivedAt, viewedAt, null])
  clock.advance(60_000)
  await readCase(ctx, person('b'), record.id)
  expect(await facts()).toEqual([receivedAt, viewedAt, null])
  clock.advance(60_000)
  const assessedAt = clock.now()
  expect(codeOf(await decide(desk, record, person('a'), { actions: [] }))).toBe('ok')
  expect(await facts()).toEqual([receivedAt, viewedAt, assessedAt])
  expect(new Set(await facts()).size).toBe(3)
})

it('Finding an item gone assesses nothing', async () => {
  const { desk } = await openWithClock()
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  expect(codeOf(await decide(desk, record, person('a'), { actions: [], alreadyGone: true }))).toBe(
    'ok',
  )
  expect(
    (await desk.madoguchi.internals.ctx.read.get('case', { id: record.id }))?.assessedAt,
  ).toBeNull()
})

it('No text of ours says that the platform knows or accepts unlawfulness', () => {
  const texts = OUTCOME_STATUSES.flatMap((status) =>
    LEGAL_NATURES.map((nature) => {
      const facts = { status, asOf: 1, measures: [], declineReason: null }
      const { ja, en } = statementOf({
        facts,
        nature,
        receivedAt: 1,
        clause: null,
        publicNote: null,
      })
      const { desk, answer } = natureSentences(nature)
      return `${ja} ${en} ${desk.ja} ${desk.en} ${answer?.ja ?? ''} ${answer?.en ?? ''}`
    }),
  )
  for (const text of [...texts, `${RECEIPT_STATEMENT.ja} ${RECEIPT_STATEMENT.en}`]) {
    expect(text).not.toMatch(
      /違法(な情報)?(と認め|であることを認|である(と|こと)を知|性を認)|を認識し|知りました|知り得/,
    )
    expect(text).not.toMatch(
      /\b(we know|we knew|aware (of|that)|acknowledge that|is unlawful|is illegal|actual knowledge)\b/i,
    )
  }
  expect(RECEIPT_STATEMENT.ja).toContain('内容の確認・評価及び対応の約束を意味しません')
})

it.each([
  ['a measure', { actions: [{ kind: 'disable_access' as const }], ground: clause('2.1') }],
  ['no measure', { actions: [] }],
  ['gone already', { actions: [], alreadyGone: true }],
])('For a grave category %s takes two people', async (_name, wish) => {
  const { desk } = await openWithClock()
  const { read } = desk.madoguchi.internals.ctx
  const { record } = await sendToCase(desk, 'csam_abstract')
  expect(record.grave).toBe(true)
  const [one, two] = [person('a', 'child_safety'), person('b', 'child_safety')]
  expect(codeOf(await decide(desk, record, one, wish))).toBe('ok')
  expect(await read.get('case', { id: record.id })).toMatchObject({
    state: 'awaiting_second',
    decisionId: null,
  })
  expect(await read.count('decision', {})).toBe(0)
  expect(codeOf(await decide(desk, record, one, wish))).toBe('second_person_needed')
  expect(await read.count('action', {})).toBe(0)
  expect(codeOf(await decide(desk, record, two, wish))).toBe('ok')
  const [decision] = await read.find('decision', {})
  expect(decision).toMatchObject({ mode: 'human_two_person', by: [one, two] })
})

const DIRECTIONS = [acting('remove'), declining, goneAlready] as const

it('One person never decides a grave case, in whichever direction, and an ordinary one takes one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DIRECTIONS),
      fc.constantFrom(...DIRECTIONS),
      fc.boolean(),
      (first, second, grave) => {
        const opened = claimAndDecide(readyCase({ grave }), someone('a'), first)
        if (!opened.ok) throw new Error(refusalOf(opened))
        expect(opened.decision === null).toBe(grave)
        if (!grave) return
        expect(refusalOf(claimAndDecide(opened.next, someone('a'), second))).toBe(
          'second_person_needed',
        )
        const next = claimAndDecide(opened.next, someone('b'), second)
        if (!next.ok) throw new Error(refusalOf(next))
        expect(next.next.state).toBe(first === second ? 'decided' : 'disagreed')
        expect(next.decision?.by.length ?? 2).toBe(2)
      },
    ),
  )
})
