import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { readDeadLetters } from '../../src/app/read-dead-letters.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { PermanentFailure } from '../../src/ports/platform.ts'
import { codeOf, decide, expectSoundLog, newGate, pause, seen, seenAfter } from './support.ts'
import { executed, TellingDesk } from './telling.ts'

const textOf = ({
  text,
}: {
  text: { title: { ja: string }; body: { ja: string } } | null
}): string => `${text?.title.ja ?? ''}\n${text?.body.ja ?? ''}`

it('the poster is told once the measure took effect, by the executor of the platform', async () => {
  const one = await TellingDesk.open()
  await one.act('remove')
  const notice = await one.notice('told')
  const [call] = one.told
  expect(call).toMatchObject({
    ref: { id: 7 },
    account: 'account-7',
    posterNoticeId: notice.id,
    idempotencyKey: notice.id,
    attempt: 1,
    statement: { kind: 'measures', automated: false, measures: [{ kind: 'remove', at: 5 }] },
  })
  expect(call?.text).toEqual(notice.text)
  expect(textOf(notice)).toContain('・削除')
  expect(textOf(notice)).toContain(notice.id)
  expect(notice).toMatchObject({ toldAt: 5, toldBy: 'executor', failureCode: null })
  const [payload] = await one.payloads('poster.told')
  const decision = await one.desk.ctx.read.get('decision', { id: notice.decisionId })
  expect(payload).toMatchObject({
    poster_notice: notice.id,
    kind: 'measures',
    told_by: 'executor',
    postponed_for: null,
    actions: notice.actionIds,
    previous: decision?.leafHash,
  })
  expect(JSON.stringify(payload)).not.toContain('削除')
  await expectSoundLog(one.desk.ctx)
})

it('a decline tells nobody anything, nor does a measure on the service alone', async () => {
  const one = await TellingDesk.open({ executors: { user_advisory: () => executed } })
  await decide(one.desk, one.record.id, one.by)
  await seen(async () => (await one.desk.ctx.read.find('outcome', {}))[0])
  expect(await one.notices()).toEqual([])
  const two = await TellingDesk.open({ executors: { user_advisory: () => executed } })
  await two.act('user_advisory')
  await seen(async () => (await two.desk.ctx.read.find('outcome', {}))[0])
  expect(await two.notices()).toEqual([])
})

it('of several measures it tells at once, when the last of them took effect', async () => {
  const gate = newGate()
  const one = await TellingDesk.open({
    executors: {
      demote: async () => {
        await gate.opened
        return executed
      },
    },
  })
  await one.act('remove', 'demote')
  await seen(async () => {
    const all = await one.desk.ctx.read.find('action', { state: 'executed' })
    return all[0]
  })
  await one.desk.store.quiet()
  expect(one.told).toEqual([])
  gate.open()
  const notice = await one.notice('told')
  expect(notice.actionIds).toHaveLength(2)
  expect(await one.notices()).toHaveLength(1)
})

it('what takes longer than the patience of the platform is told apart, each measure once', async () => {
  const one = await TellingDesk.open({ executors: { demote: () => ({ kind: 'pending' }) } })
  const { desk } = one
  await one.act('remove', 'demote')
  await seenAfter(desk.clock, 10 * MINUTE, async () =>
    (await one.notices()).find(({ state }) => state === 'told'),
  )
  const [pending] = await desk.ctx.read.find('action', { state: 'pending' })
  expect(one.told).toHaveLength(1)
  expect(one.told[0]?.statement.measures.map(({ kind }) => kind)).toEqual(['remove'])
  await desk.madoguchi.actions.settle(pending!.id, executed)
  await seen(async () =>
    (await one.notices()).every(({ state }) => state === 'told') ? true : undefined,
  )
  expect(one.told.map(({ statement }) => statement.measures.map(({ kind }) => kind))).toEqual([
    ['remove'],
    ['demote'],
  ])
})

it('a measure that failed is not told', async () => {
  const one = await TellingDesk.open({
    executors: {
      remove: () => {
        throw new PermanentFailure('locked')
      },
    },
  })
  await one.act('remove')
  await one.notice('dropped')
  expect(one.told).toEqual([])
})

it('a restoration is told too, after the measure', async () => {
  const one = await TellingDesk.open()
  await one.act('remove')
  await one.notice('told')
  expect(await one.reverse()).toMatchObject({ ok: true })
  const notice = await one.notice('told', 'restored')
  expect(textOf(notice)).toContain('元の状態に戻しました。\n・削除')
  expect(one.told.map(({ statement }) => statement.kind)).toEqual(['measures', 'restored'])
  expect(notice.decisionId).toBe((await one.state()).decisionId)
  await expectSoundLog(one.desk.ctx)
})

it('what was undone before it was told is told once, as undone', async () => {
  const one = await TellingDesk.open({
    tell: ({ statement, attempt }) => {
      if (statement.kind === 'measures' && attempt < 9) throw new Error('no')
      return executed
    },
  })
  await one.act('remove')
  await seen(() => Promise.resolve(one.told[0]))
  await one.reverse()
  await one.notice('told', 'restored')
  await seenAfter(one.desk.clock, SECOND, async () =>
    (await one.notices()).find(({ kind, state }) => kind === 'measures' && state === 'dropped'),
  )
  await one.desk.store.quiet()
  expect(one.told.filter(({ statement }) => statement.kind === 'restored')).toHaveLength(1)
})

it('a part that was undone is left out of what is told of the rest, under another number', async () => {
  let fails = true
  const one = await TellingDesk.open({
    tell: () => {
      if (fails) throw new Error('no')
      return executed
    },
    executors: { warn_poster: () => executed },
  })
  await one.act('warn_poster', 'remove')
  await seen(() => Promise.resolve(one.told[0]))
  await one.reverse()
  await seen(async () => ((await one.state()).state === 'reversed' ? true : undefined))
  fails = false
  await seenAfter(one.desk.clock, SECOND, async () =>
    (await one.notices()).find(({ kind, state }) => kind === 'measures' && state === 'told'),
  )
  const kinds = (index: number) => one.told.at(index)?.statement.measures.map(({ kind }) => kind)
  expect(kinds(0)).toEqual(['warn_poster', 'remove'])
  const told = one.told.filter(
    ({ posterNoticeId }) => posterNoticeId !== one.told[0]?.posterNoticeId,
  )
  expect(
    told
      .map(({ statement }) => statement.measures.map(({ kind }) => kind))
      .flat()
      .sort(),
  ).toEqual(['remove', 'warn_poster'])
})

it('it is tried again with the same key and the same words, then a person is asked', async () => {
  const one = await TellingDesk.open({
    tell: () => {
      throw new Error('no route')
    },
  })
  await one.act('remove')
  await seenAfter(one.desk.clock, 10 * MINUTE, async () =>
    (await one.notices()).find(({ state }) => state === 'failed'),
  )
  expect(one.told.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(new Set(one.told.map((call) => `${call.idempotencyKey} ${call.text.body.ja}`)).size).toBe(
    1,
  )
  expect((await one.state()).flags).toEqual(['poster_not_told'])
  expect(await readDeadLetters(one.desk.ctx, { operator: 'i', role: 'integrator' })).toEqual([])
  const [notice] = await one.notices()
  expect(notice?.failureCode).toBe('threw')
  // A person writes to the poster, says so, and nobody has to look any more.
  await one.desk.madoguchi.posters.settle(notice!.id, executed)
  expect(await one.notice('told')).toMatchObject({ toldBy: 'platform', failureCode: null })
  expect((await one.state()).flags).toEqual([])
  expect(await codeOf(one.desk.madoguchi.posters.settle(notice!.id, executed))).toBe('already')
})

it('a platform that takes its time says later how it went', async () => {
  const one = await TellingDesk.open({ tell: () => ({ kind: 'pending' }) })
  await one.act('remove')
  const { id } = await one.notice('pending')
  await one.desk.madoguchi.posters.settle(id, { kind: 'failed', code: 'mailbox_full' })
  expect(await one.notice('failed')).toMatchObject({ failureCode: 'mailbox_full' })
  expect((await one.state()).flags).toEqual(['poster_not_told'])
  expect(await one.payloads('poster.not_told')).toMatchObject([{ failure: 'mailbox_full' }])
})

it('without an executor the case shows the words, and the platform tells by itself', async () => {
  const one = await TellingDesk.open({ tell: null })
  await one.act('remove')
  const { id } = await one.notice('by_platform')
  const { poster } = await readCase(one.desk.ctx, one.by, one.record.id)
  expect(poster.notices).toMatchObject([{ id, state: 'by_platform' }])
  expect(textOf(poster.notices[0]!)).toContain('・削除')
  expect(await one.payloads('poster.left_to_platform')).toMatchObject([{ poster_notice: id }])
  await one.desk.madoguchi.posters.settle(id, executed)
  expect((await one.notice('told')).toldBy).toBe('platform')
  expect(await one.payloads('poster.told')).toHaveLength(1)
})

it('an item that the platform does not know is left to the platform too', async () => {
  const one = await TellingDesk.open()
  const { desk } = one
  const accepted = await desk.hotline.sendFixture('handgun_sale', { id: 'unresolved-1' })
  await seen(async () => {
    const notice = await desk.ctx.read.get('notice', { id: accepted.id })
    return notice?.caseId ?? undefined
  })
  // Its notice was resolved; its reference is taken away as if `resolve` had said nothing.
  await desk.ctx.committer.submit({
    name: 'test',
    bytes: 1,
    locks: [],
    run: async (tx) => {
      await tx.update('notice', { id: accepted.id }, { targetRef: null })
      return { result: undefined, events: [] }
    },
  })
  const { caseId } = (await desk.ctx.read.get('notice', { id: accepted.id }))!
  const answer = await decide(desk, caseId!, one.by, {
    actions: [{ kind: 'demote' }],
    ground: {
      kind: 'published_standard_clause',
      standard: 'removal-standard',
      version: '2026-04-01',
      clause: '3.2',
    },
  })
  expect(answer).toMatchObject({ ok: true })
  const [action] = await seen(async () => {
    const pending = await desk.ctx.read.find('action', { state: 'pending' })
    return pending.length > 0 ? pending : undefined
  })
  await desk.madoguchi.actions.settle(action!.id, executed)
  expect((await one.notice('by_platform')).actionIds).toEqual([action!.id])
})

it('what is said while the executor is still at it stands', async () => {
  const gate = newGate()
  const one = await TellingDesk.open({
    tell: async () => {
      await gate.opened
      return executed
    },
  })
  await one.act('remove')
  const { id } = await one.notice('telling')
  await seen(() => Promise.resolve(one.told[0]))
  await one.desk.madoguchi.posters.settle(id, executed)
  gate.open()
  await pause()
  await one.desk.store.quiet()
  expect((await one.notice('told')).toldBy).toBe('platform')
  expect(await one.payloads('poster.told')).toHaveLength(1)
  expect(await one.desk.ctx.read.find('work', { kind: 'tell' })).toEqual([])
})

it('nothing is told of what is on trial', async () => {
  const one = await TellingDesk.open({ settings: { MADOGUCHI_MODE: 'observe' } })
  await one.act('remove')
  await seen(async () => (await one.desk.ctx.read.find('action', { state: 'simulated' }))[0])
  expect(await one.notices()).toEqual([])
})

it('only what is to be told can be settled, at a time and with a code', async () => {
  const one = await TellingDesk.open({ executors: { remove: () => ({ kind: 'pending' }) } })
  await one.act('remove')
  const { id } = await one.notice('due')
  const { posters } = one.desk.madoguchi
  expect(await codeOf(posters.settle(id, executed))).toBe('already')
  expect(await codeOf(posters.settle(id, { kind: 'failed', code: 'Not a code' }))).toBe(
    'invalid_input',
  )
  expect(await codeOf(posters.settle('pnt_01920000-0000-7000-8000-000000000000', executed))).toBe(
    'not_found',
  )
})

it('whoever may be seeking help is offered help first, and the account is left alone (R-22)', async () => {
  const help = [{ ja: '架空の相談電話', en: 'Fictional help line', contact: '0000-00-0000' }]
  const one = await TellingDesk.open({
    key: 'suicide_inducement_life_risk',
    procedures: { poster: { help } },
    executors: { suspend_account: () => executed },
  })
  const { cases } = one.desk.madoguchi
  expect(await one.act('suspend_account')).toMatchObject({ refusal: { code: 'help_comes_first' } })
  const says = { commandId: 'assess-poster-1', by: one.by, poster: 'seeking' } as const
  expect(await cases.assessPoster(one.record.id, says)).toMatchObject({
    case: { selfHarm: 'seeking' },
  })
  expect(await one.act('remove')).toMatchObject({ ok: true })
  const notice = await one.notice('told')
  expect(textOf(notice)).toMatch(/^架空|大切なお知らせ\nつらいお気持ち/)
  expect(textOf(notice)).toContain('・架空の相談電話 0000-00-0000')
  expect(textOf(notice)).not.toMatch(/警告|違反/)
  expect(one.told[0]?.statement.care).toBe('help_first')
  expect(await one.payloads('poster.assessed')).toMatchObject([{ poster: 'seeking' }])
  const { poster } = await readCase(one.desk.ctx, one.by, one.record.id)
  expect(poster.helpFirst).toBe(true)
})

it('who lures others is told like anybody, after two people decided', async () => {
  const one = await TellingDesk.open({ key: 'suicide_inducement_life_risk' })
  const says = { commandId: 'assess-poster-2', by: one.by, poster: 'luring' } as const
  await one.desk.madoguchi.cases.assessPoster(one.record.id, says)
  await one.act('remove')
  expect((await one.state()).state).toBe('awaiting_second')
  one.by = one.other
  await one.act('remove')
  expect(textOf(await one.notice('told'))).toContain('あなたの投稿に対する措置のお知らせ')
})
