import { expect } from 'vitest'
import type { ActionRecord } from '../../src/core/action.ts'
import { isOpen, type CaseRecord } from '../../src/core/case.ts'
import type { DecisionRecord } from '../../src/core/decision.ts'
import { isLedgered } from '../../src/core/event.ts'
import { isIllegalityGround } from '../../src/core/grounds.ts'
import { expectSoundLog } from '../app/support.ts'
import type { DeskUnderTest } from './desk-under-test.ts'

/** What holds after any steps in any order; each names the law of design that it is. */
export async function expectLaws(under: DeskUnderTest): Promise<void> {
  await expectAcceptedKept(under)
  await expectOneCaseAProcedure(under)
  await expectDecisions(under)
  await expectActions(under)
  await expectOutcomes(under)
  await expectLedger(under)
}

/** Law 1: what had a receipt is there, and the same bytes again get the same receipt. */
async function expectAcceptedKept(under: DeskUnderTest): Promise<void> {
  for (const { id } of under.accepted)
    expect(await under.ctx.read.get('notice', { id }), id).toBeDefined()
  for (const [id, { body, iss }] of under.sent) {
    const again = await under.desk.hotline.sendBytes(body, { iss })
    expect(again.replayed, id).toBe(true)
    const first = under.accepted.find((each) => each.id === again.id)
    if (first !== undefined) expect(again.receipt).toBe(first.receipt)
  }
}

/** One open case for one target under one procedure; every live notice is in one. */
async function expectOneCaseAProcedure(under: DeskUnderTest): Promise<void> {
  const cases = await under.cases()
  const keys = cases.filter(isOpen).map(({ targetKey, lane, form }) => [targetKey, lane, form])
  expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length)
  const known = new Set<string>(cases.map(({ id }) => id))
  for (const { id, caseId, state } of await under.ctx.read.find('notice', {}))
    if (state === 'live') expect(known.has(caseId ?? ''), id).toBe(true)
}

/** Laws 4, 5, 6, 8 and 24. */
async function expectDecisions(under: DeskUnderTest): Promise<void> {
  const { read } = under.ctx
  const cases = new Map((await under.cases()).map((record) => [record.id, record]))
  for (const decision of await read.find('decision', {})) {
    const record = cases.get(decision.caseId)
    if (record === undefined) throw new Error('a decision without its case')
    await expectDecider(under, decision, record)
    const { ground, actions, declineReason, alreadyGone } = decision.input
    if (record.form === 'public_order' && ground !== null)
      expect(isIllegalityGround(ground)).toBe(false)
    const declines = decision.reverses === null && actions.length === 0 && !alreadyGone
    expect(declineReason !== null).toBe(declines)
  }
}

async function expectDecider(
  { ctx }: DeskUnderTest,
  decision: DecisionRecord,
  { grave, lane }: CaseRecord,
): Promise<void> {
  const people = new Set(decision.by.map(({ operator }) => operator))
  expect(people.size).toBe(decision.by.length)
  if (decision.mode === 'standing_policy') {
    expect(decision.policy).not.toBeNull()
    expect(lane).not.toBe('agency')
  } else {
    expect(decision.policy).toBeNull()
    expect(people.size).toBeGreaterThanOrEqual(grave || lane === 'agency' ? 2 : 1)
  }
  for (const id of decision.noticeIds) {
    const notice = await ctx.read.get('notice', { id })
    expect(notice?.entryIndex).toBeLessThan(decision.entryIndex)
  }
}

/** Laws 4 and 19, and one key for one action. */
async function expectActions({ ctx, effects }: DeskUnderTest): Promise<void> {
  const actions = new Map<string, ActionRecord>(
    (await ctx.read.find('action', {})).map((row) => [row.id, row]),
  )
  const decisions = new Set((await ctx.read.find('decision', {})).map(({ id }) => id))
  for (const { decisionId } of actions.values()) expect(decisions.has(decisionId)).toBe(true)
  for (const { actionId, key, kind } of effects) {
    const action = actions.get(actionId)
    expect([action?.idempotencyKey, action?.kind]).toEqual([key, kind])
  }
}

/** Outcomes of a notice follow each other without a gap, and each rests on what was decided. */
async function expectOutcomes({ ctx }: DeskUnderTest): Promise<void> {
  for (const { id } of await ctx.read.find('notice', {})) {
    const outcomes = await ctx.read.find('outcome', { noticeId: id }, { orderBy: 'revision' })
    expect(outcomes.map(({ revision }) => revision)).toEqual(outcomes.map((_, at) => at + 1))
    for (const [at, outcome] of outcomes.entries()) {
      expect(outcome.supersedes).toBe(outcomes[at - 1]?.id ?? null)
      expect(outcome.decisionId === null).toBe(outcome.questionId !== null)
    }
  }
}

/** Laws 12 and 13: the log is sound, and every ledgered event has one entry. */
async function expectLedger({ ctx }: DeskUnderTest): Promise<void> {
  const size = await expectSoundLog(ctx)
  const events = (await ctx.read.find('event', {})).filter(({ type }) => isLedgered(type))
  expect(new Set(events.map(({ entryIndex }) => entryIndex)).size).toBe(events.length)
  expect(events.length).toBe(size)
}
