import { describe, expect, it } from 'vitest'
import { readAppeal, readAppeals } from '../../src/app/read-appeals.ts'
import { readCase } from '../../src/app/read-case.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import type { AppealAnswer } from '../../src/app/decide-appeal.ts'
import type { AppealRecord, AppealVerdict } from '../../src/core/appeal.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import type { Id } from '../../src/core/ids.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import { DAY } from '../../src/core/time.ts'
import { HOTLINE } from '../support/desk.ts'
import { codeOf, decide, expectSoundLog, GROUND, readyCase, seen } from './support.ts'
import { TellingDesk, type TellingOptions } from './telling.ts'

let commands = 0
const commandId = (): string => `appeal-command-${(commands += 1)}`
const WORDS = { ja: '引用の文脈も確認しました。', en: 'We looked at the quoted context too.' }

/** A case on which a post was removed and its poster told. */
async function removed(options: TellingOptions = {}): Promise<TellingDesk> {
  const one = await TellingDesk.open(options)
  await one.act('remove')
  await one.notice('told')
  return one
}

async function objects(
  one: TellingDesk,
  about: AppealRecord['about'] = ['measure'],
): Promise<Id<'apl'>> {
  const { id } = await one.notice('told')
  const from = { posterNoticeId: id }
  const text = '引用であり、勧誘ではありません。'
  return (await one.desk.madoguchi.appeals.open({ commandId: commandId(), from, about, text })).id
}

async function judge(
  one: TellingDesk,
  id: Id<'apl'>,
  verdict: AppealVerdict,
  by: DecidedBy = one.other,
  over: object = {},
): Promise<AppealAnswer> {
  const { version } = await one.state()
  const command = { commandId: commandId(), by, expectedVersion: version, verdict, words: WORDS }
  return one.desk.madoguchi.appeals.decide(id, { ...command, ...over })
}

const refusalOf = (answer: AppealAnswer): string => (answer.ok ? 'ok' : answer.refusal.code)
const appealAt = async (one: TellingDesk, id: Id<'apl'>): Promise<AppealRecord> =>
  (await one.desk.ctx.read.get('appeal', { id }))!
const outcomes = (one: TellingDesk): Promise<OutcomeRecord[]> =>
  one.desk.ctx.read.find('outcome', {}, { orderBy: 'revision' })
const claimsOf = ({ jws }: OutcomeRecord) =>
  (
    JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as {
      outcome: Record<string, unknown>
    }
  ).outcome

describe('an objection of the poster', () => {
  it('that is followed takes the decision back: restored, every outcome revised, the poster answered', async () => {
    const one = await removed()
    await seen(async () => ((await outcomes(one)).length === 1 ? true : undefined))
    const id = await objects(one)
    expect(await judge(one, id, 'change', one.by)).toMatchObject({
      refusal: { code: 'another_person_needed' },
    })
    expect(await judge(one, id, 'change')).toMatchObject({ ok: true, appeal: { state: 'changed' } })
    await one.notice('told', 'restored')
    const answer = await one.notice('told', 'appeal_answer')
    expect(answer.text?.body.ja).toContain('判断を変更しました')
    expect(answer.text?.body.ja).toContain(WORDS.ja)
    const [, revised] = await seen(async () => {
      const all = await outcomes(one)
      return all.length === 2 ? all : undefined
    })
    expect(revised).toMatchObject({ status: 'restored', revision: 2 })
    expect((await one.state()).state).toBe('reversed')
    const reading = await readCase(one.desk.ctx, one.by, one.record.id)
    expect(reading.decisions[1]).toMatchObject({
      reversalReason: 'appeal',
      by: [{ operator: one.other.operator }],
      id: (await appealAt(one, id)).reversalId,
    })
    const [received] = await one.desk.ctx.read.find('event', { type: 'appeal.received' })
    expect(await one.payloads('appeal.decided')).toMatchObject([
      { appeal: id, by: 'poster', result: 'changed', previous: received?.leafHash },
    ])
    expect(JSON.stringify(await one.payloads('appeal.received'))).not.toContain('引用')
    await expectSoundLog(one.desk.ctx)
  })

  it('that is not followed changes nothing but the answer', async () => {
    const one = await removed()
    const id = await objects(one, ['measure', 'request'])
    expect(await judge(one, id, 'uphold')).toMatchObject({
      ok: true,
      appeal: { state: 'upheld', reversalId: null },
    })
    const answer = await one.notice('told', 'appeal_answer')
    expect(answer.text?.body.ja).toContain('判断を維持しました')
    expect(answer.text?.body.ja).toContain('要請についてのお申出も記録しました')
    expect((await one.state()).state).toBe('decided')
    expect(await outcomes(one)).toHaveLength(1)
    expect(refusalOf(await judge(one, id, 'change'))).toBe('already')
  })

  it('is heard once for each decision, and about what stands', async () => {
    const one = await removed()
    await objects(one)
    expect(await codeOf(objects(one))).toBe('appealed_before')
    await one.reverse()
    await one.notice('told', 'restored')
    const { id } = (await one.notices()).find(({ kind }) => kind === 'measures')!
    const { appeals } = one.desk.madoguchi
    const again = { commandId: commandId(), about: ['measure'] as const, text: 'まだ不服です。' }
    expect(await codeOf(appeals.open({ ...again, from: { posterNoticeId: id } }))).toBe(
      'nothing_to_appeal',
    )
    expect(await codeOf(appeals.open({ ...again, from: { caseId: one.record.id } }))).toBe(
      'nothing_to_appeal',
    )
    const nowhere = 'pnt_01920000-0000-7000-8000-000000000000' as const
    expect(await codeOf(appeals.open({ ...again, from: { posterNoticeId: nowhere } }))).toBe(
      'not_found',
    )
  })

  it('the same command again gets the same answer; another under its id is refused', async () => {
    const one = await removed()
    const { id } = await one.notice('told')
    const command = {
      commandId: 'same-command',
      from: { posterNoticeId: id },
      about: ['measure'] as const,
      text: '再考を。',
    }
    const { appeals } = one.desk.madoguchi
    const first = await appeals.open(command)
    expect(await appeals.open(command)).toEqual(first)
    expect(await codeOf(appeals.open({ ...command, text: '別の文' }))).toBe('command_id_reused')
    const decideIt = {
      commandId: 'same-verdict',
      by: one.other,
      expectedVersion: (await one.state()).version,
      verdict: 'uphold' as const,
    }
    const decided = await appeals.decide(first.id, decideIt)
    expect(await appeals.decide(first.id, decideIt)).toEqual(decided)
    expect(await one.payloads('appeal.decided')).toHaveLength(1)
  })

  it('a decline, or a case that nobody decided, leaves its poster nothing to object to', async () => {
    const one = await TellingDesk.open()
    const command = () => ({
      commandId: commandId(),
      from: { caseId: one.record.id },
      about: ['measure'] as const,
      text: '?',
    })
    expect(await codeOf(one.desk.madoguchi.appeals.open(command()))).toBe('nothing_to_appeal')
    await decide(one.desk, one.record.id, one.by)
    expect(await codeOf(one.desk.madoguchi.appeals.open(command()))).toBe('nothing_to_appeal')
  })

  it('of a grave case is judged by two others, who do not see each other’s view', async () => {
    const one = await TellingDesk.open({ key: 'suicide_inducement_life_risk' })
    const says = { commandId: commandId(), by: one.by, poster: 'luring' } as const
    await one.desk.madoguchi.cases.assessPoster(one.record.id, says)
    await one.act('remove')
    const [first] = [one.by]
    one.by = one.other
    await one.act('remove')
    await one.notice('told')
    const id = await objects(one)
    expect(refusalOf(await judge(one, id, 'change', first))).toBe('another_person_needed')
    const third = (await one.desk.operator('reviewer')).by
    const fourth = (await one.desk.operator('reviewer')).by
    expect(await judge(one, id, 'change', third)).toMatchObject({
      appeal: { state: 'awaiting_second' },
    })
    const { ctx } = one.desk
    expect((await readAppeal(ctx, fourth, id)).opinions).toMatchObject([{ verdict: null }])
    expect((await readAppeal(ctx, third, id)).opinions).toMatchObject([{ verdict: 'change' }])
    expect(await judge(one, id, 'change', fourth)).toMatchObject({ appeal: { state: 'changed' } })
    await one.notice('told', 'restored')
    const { reversalId } = await appealAt(one, id)
    const reversal = await ctx.read.get('decision', { id: reversalId! })
    expect(reversal?.by.map(({ operator }) => operator)).toEqual([third.operator, fourth.operator])
  })

  it('of somebody who may be in distress is read first, and more than once', async () => {
    const one = await removed()
    await objects(one)
    const { desk } = one
    const accepted = await desk.hotline.sendFixture('suicide_inducement_life_risk', {
      target: { url: 'https://sns.example/posts/another-1' },
    })
    one.record = await readyCase(desk.ctx, accepted.id)
    await one.act('remove')
    await seen(() => Promise.resolve(one.told.length === 2 ? true : undefined))
    const from = { caseId: one.record.id }
    const about = ['measure'] as const
    for (const text of ['たすけて', 'まだいます'])
      await desk.madoguchi.appeals.open({ commandId: commandId(), from, about, text })
    const { items } = await readAppeals(desk.ctx, one.other, { limit: 2 })
    expect(items.map(({ band }) => band)).toEqual([0, 0])
    const page = await readAppeals(desk.ctx, one.other, { limit: 1 })
    const next = await readAppeals(desk.ctx, one.other, { limit: 5, cursor: page.nextCursor! })
    expect(next.items.map(({ band }) => band)).toEqual([0, 1])
    expect(
      await codeOf(
        readAppeals(desk.ctx, one.other, { limit: 1, cursor: page.nextCursor!.slice(2) }),
      ),
    ).toBe('invalid_input')
  })

  it('waits like everything else while telling is put off', async () => {
    const one = await removed()
    const id = await objects(one)
    const until = one.desk.clock.now() + DAY
    for (const by of [one.by, one.other]) {
      const ask = { commandId: commandId(), by, reason: 'secrecy_ordered', until } as const
      await one.desk.madoguchi.cases.postpone(one.record.id, ask)
    }
    await judge(one, id, 'uphold')
    await one.notice('postponed', 'appeal_answer')
    expect(one.told).toHaveLength(1)
  })
})

describe('an objection of a sender', () => {
  async function answered(
    options: TellingOptions = {},
    act: (one: TellingDesk) => Promise<unknown> = (one) => one.act('remove'),
  ) {
    const one = await TellingDesk.open(options)
    await act(one)
    const outcome = await seen(async () =>
      (await outcomes(one)).find(({ status }) => status !== 'under_review'),
    )
    return { one, outcome }
  }
  const decline = (one: TellingDesk) => decide(one.desk, one.record.id, one.by)
  const send = ({ desk }: TellingDesk, notice: string, id = 'my-objection-1') =>
    desk.hotline.message('appeal', notice, {
      id,
      text: '再度ご確認ください。https://sns.example/x',
    })

  it('that is not followed is answered by an outcome that says that somebody else looked', async () => {
    const { one, outcome } = await answered({}, decline)
    const accepted = await send(one, outcome.noticeId)
    expect(accepted.receipt).toContain('.')
    const [appeal] = await one.desk.ctx.read.find('appeal', {})
    expect(appeal).toMatchObject({
      by: 'sender',
      noticeId: outcome.noticeId,
      messageId: accepted.id,
    })
    expect(appeal?.entryIndex).toBeGreaterThan(0)
    expect((await readAppeal(one.desk.ctx, one.other, appeal!.id)).text).toContain('hxxps')
    expect(await judge(one, appeal!.id, 'uphold')).toMatchObject({ ok: true })
    const newer = await seen(async () =>
      (await outcomes(one)).find(({ revision }) => revision === 2),
    )
    expect(newer).toMatchObject({
      status: 'no_measure',
      supersedes: outcome.id,
      decisionId: outcome.decisionId,
    })
    const claims = claimsOf(newer)
    expect(claims).toMatchObject({ appeal: { id: appeal!.id, result: 'upheld' } })
    expect(claims['statement_ja']).toMatch(/^お申出を受け、.*判断を維持しました。引用の文脈/)
    expect((await ownNotice(one.desk.ctx, HOTLINE, outcome.noticeId)).messages).toMatchObject([
      { kind: 'appeal' },
    ])
    expect(await one.notices()).toEqual([])
    await expectSoundLog(one.desk.ctx)
  })

  it('that is followed opens a declined case again', async () => {
    const { one, outcome } = await answered({}, decline)
    await send(one, outcome.noticeId)
    const [appeal] = await one.desk.ctx.read.find('appeal', {})
    await judge(one, appeal!.id, 'change')
    expect((await one.state()).state).toBe('ready')
    const newer = await seen(async () =>
      (await outcomes(one)).find(({ revision }) => revision === 2),
    )
    expect(newer.status).toBe('under_review')
    expect(claimsOf(newer)).not.toHaveProperty('appeal')
    await one.act('remove')
    await seen(async () => (await outcomes(one)).find(({ status }) => status === 'deleted'))
    await one.notice('told')
  })

  it('is about a final outcome, of the notice’s own, once', async () => {
    const one = await TellingDesk.open({ executors: { remove: () => ({ kind: 'pending' }) } })
    const [notice] = await one.desk.ctx.read.find('notice', {})
    expect(await codeOf(send(one, notice!.id))).toBe('nothing_to_appeal')
    await one.act('remove')
    expect(await codeOf(send(one, notice!.id, 'my-objection-2'))).toBe('nothing_to_appeal')
    const [action] = await seen(async () => {
      const all = await one.desk.ctx.read.find('action', { state: 'pending' })
      return all.length > 0 ? all : undefined
    })
    await one.desk.madoguchi.actions.settle(action!.id, { kind: 'executed', at: 5 })
    await seen(async () => (await outcomes(one)).find(({ status }) => status === 'deleted'))
    const first = await send(one, notice!.id, 'my-objection-3')
    const again = await send(one, notice!.id, 'my-objection-3')
    expect(again).toMatchObject({ id: first.id, replayed: true })
    expect(await codeOf(send(one, notice!.id, 'my-objection-4'))).toBe('appealed_before')
    const bad = one.desk.hotline.message('appeal', notice!.id, { id: 'my-objection-5' })
    expect(await codeOf(bad)).toBe('schema_mismatch')
    await one.desk.hotline.message('withdrawal', notice!.id, { id: 'withdraw-it-1' })
    expect(await codeOf(send(one, notice!.id, 'my-objection-6'))).toBe('notice_withdrawn')
  })
})

describe('at once', () => {
  it('a change and a reversal: one of them takes the decision back, once', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const one = await removed()
      const id = await objects(one)
      const both = [() => judge(one, id, 'change'), () => one.reverse()]
      if (turn % 2 === 1) both.reverse()
      const answers = await Promise.all(both.map((run) => run()))
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      await one.notice('told', 'restored')
      expect(await one.desk.ctx.read.find('event', { type: 'decision.reversed' })).toHaveLength(1)
      expect((await one.notices()).filter(({ kind }) => kind === 'restored')).toHaveLength(1)
      const appeal = await appealAt(one, id)
      expect(['changed', 'overtaken']).toContain(appeal.state)
      expect(await one.payloads('appeal.decided')).toMatchObject([{ result: appeal.state }])
      await expectSoundLog(one.desk.ctx)
    }
  })

  it('two people who judge: the second is told that it is done', async () => {
    const one = await removed()
    const id = await objects(one)
    const third = (await one.desk.operator('reviewer')).by
    const answers = await Promise.all([judge(one, id, 'uphold'), judge(one, id, 'change', third)])
    expect(answers.map(refusalOf).sort()).toEqual(['already', 'ok'])
    expect(await one.payloads('appeal.decided')).toHaveLength(1)
  })

  it('what happened to the case since somebody looked is shown first', async () => {
    const one = await removed()
    const id = await objects(one)
    const [notice] = await one.desk.ctx.read.find('notice', {})
    const { version } = await one.state()
    await one.desk.hotline.message('withdrawal', notice!.id, { id: 'withdraw-it-2' })
    const stale = await judge(one, id, 'uphold', one.other, { expectedVersion: version })
    expect(stale).toMatchObject({
      refusal: { code: 'stale_version', difference: { version: version + 1 } },
    })
  })

  it('the end of a measure and a change: the measure is undone once, the poster hears of it once', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const one = await TellingDesk.open()
      const { clock, ctx } = one.desk
      const endsAt = clock.now() + DAY
      const actions = [{ kind: 'disable_access' as const, endsAt }]
      await decide(one.desk, one.record.id, one.by, { actions, ground: GROUND })
      await one.notice('told')
      const id = await objects(one)
      if (turn % 2 === 0) clock.advance(DAY)
      const judged = judge(one, id, 'change')
      if (turn % 2 === 1) clock.advance(DAY)
      const answer = await judged
      // Whoever was told that the case changed looks again.
      if (refusalOf(answer) === 'stale_version') await judge(one, id, 'change')
      const restored = await one.notice('told', 'restored')
      await one.desk.store.quiet()
      expect(restored.actionIds).toHaveLength(1)
      expect((await one.notices()).filter(({ kind }) => kind === 'restored')).toHaveLength(1)
      const counters = (await ctx.read.find('action', {})).filter(
        ({ reverses }) => reverses !== null,
      )
      expect(counters).toHaveLength(1)
      expect(await one.payloads('appeal.decided')).toHaveLength(1)
      await expectSoundLog(ctx)
    }
  })

  it('an objection to an interim measure is before whoever decides then', async () => {
    const one = await TellingDesk.open()
    const interim = {
      actions: [{ kind: 'disable_access' as const, interim: true as const }],
      ground: GROUND,
    }
    await decide(one.desk, one.record.id, one.by, interim)
    await one.notice('told')
    const id = await objects(one)
    expect(refusalOf(await judge(one, id, 'change'))).toBe('already')
    const reading = await readCase(one.desk.ctx, one.other, one.record.id)
    expect(reading.appeals).toMatchObject([{ id, state: 'open' }])
    await decide(one.desk, one.record.id, one.other)
    await one.notice('told', 'restored')
    expect((await appealAt(one, id)).state).toBe('overtaken')
  })

  it('a reversal without it leaves nothing to judge, and the poster hears of that', async () => {
    const one = await removed()
    const id = await objects(one)
    await one.reverse()
    expect((await appealAt(one, id)).state).toBe('overtaken')
    expect(await one.payloads('appeal.decided')).toMatchObject([
      { result: 'overtaken', decided_by: [] },
    ])
    await one.notice('told', 'restored')
    expect((await one.notices()).filter(({ kind }) => kind === 'appeal_answer')).toEqual([])
  })
})
