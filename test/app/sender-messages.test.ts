import { describe, expect, it } from 'vitest'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import { TOKEN_TYPES } from '../../src/signing/token-type.ts'
import { verifyOurs } from '../../src/signing/verify-ours.ts'
import { HOTLINE } from '../support/desk.ts'
import { person } from '../laws/support.ts'
import {
  act,
  codeOf,
  decide,
  expectSoundLog,
  pause,
  readyCase,
  seen,
  type TimedDesk,
} from './support.ts'
import { caseAt, noticeAt, NOTICE, openOneItem, OTHER, sendOne } from './support-messages.ts'

const A = person('a')
const withdraw = (desk: TimedDesk, notice: string, id = 'withdrawal-1') =>
  desk.hotline.message('withdrawal', notice, { id, reason: '誤って送りました。' })
const supplement = (desk: TimedDesk, notice: string, id = 'supplement-1') =>
  desk.hotline.message('supplement', notice, { id, text: '続報です。' })

/** Decides on the version that was seen, without looking again. */
const decideAt = (desk: TimedDesk, caseId: `cas_${string}`, expectedVersion: number) =>
  desk.madoguchi.cases.decide(caseId, {
    commandId: `at-${expectedVersion}-${caseId}`,
    expectedVersion,
    by: A,
    actions: [],
  })

describe('withdrawal', () => {
  it('before the decision: the notice no longer counts, and nothing is told about it', async () => {
    const desk = await openOneItem()
    const { ctx } = desk
    const mine = await sendOne(desk, 'notice-0001')
    desk.clock.advance(1_000)
    const other = await sendOne(desk, 'notice-0002', { iss: OTHER })
    await desk.madoguchi.cases.claim(mine.record.id, A)
    const accepted = await withdraw(desk, 'notice-0001')
    expect(await noticeAt(desk, mine.notice.id)).toMatchObject({
      state: 'withdrawn',
      leftVersion: 3,
    })
    const record = await caseAt(desk, mine.record.id)
    expect(record).toMatchObject({
      state: 'ready',
      version: 3,
      goalAt: other.notice.order.goalAt,
      position: other.notice.entryIndex,
      claimedBy: 'a',
    })
    expect(await decideAt(desk, record.id, 2)).toMatchObject({
      refusal: { difference: { version: 3, withdrawnSince: [mine.notice.id], noticesSince: [] } },
    })
    expect(await decideAt(desk, record.id, 3)).toMatchObject({ ok: true })
    const outcome = await seen(async () => (await ctx.read.find('outcome', {}))[0])
    expect(outcome.noticeId).toBe(other.notice.id)
    expect((await ctx.read.find('decision', {}))[0]?.noticeIds).toEqual([other.notice.id])
    const own = await ownNotice(ctx, HOTLINE, 'notice-0001')
    expect(own).toMatchObject({ status: 'withdrawn', outcome: null })
    expect(own.messages).toMatchObject([
      { id: accepted.id, kind: 'withdrawal', receipt: accepted.receipt, entry: accepted.entry },
    ])
    await expectSoundLog(ctx)
  })

  it('of the only notice closes the case without a decision; a later notice opens round 2', async () => {
    const desk = await openOneItem()
    const { ctx } = desk
    const { notice, record } = await sendOne(desk, 'notice-0001')
    await desk.madoguchi.cases.claim(record.id, A)
    await withdraw(desk, notice.id)
    const closed = await caseAt(desk, record.id)
    expect(closed).toMatchObject({
      state: 'withdrawn',
      version: 2,
      claimedBy: null,
      decisionId: null,
    })
    // The decider under whose hands it closed is told what changed; later it is simply closed.
    expect(await decideAt(desk, record.id, 1)).toMatchObject({
      refusal: {
        code: 'stale_version',
        difference: { state: 'withdrawn', withdrawnSince: [notice.id] },
      },
    })
    const refusals: CaseAnswer[] = [
      await decideAt(desk, record.id, 2),
      await desk.madoguchi.cases.claim(record.id, A),
      await desk.madoguchi.cases.markBand0(record.id, A),
    ]
    for (const answer of refusals) expect(answer).toMatchObject({ refusal: { code: 'already' } })
    const told = { by: A, service: '110', note: null } as const
    expect(await desk.madoguchi.cases.tellEmergency(record.id, told)).toMatchObject({ ok: true })
    const later = await sendOne(desk, 'notice-0002')
    expect(later.record).toMatchObject({ round: 2, previousCaseId: record.id, state: 'ready' })
    expect(await ctx.read.count('outcome', {})).toBe(0)
    const types = (await ctx.read.find('event', { caseId: record.id })).map(({ type }) => type)
    expect(types).toEqual(
      expect.arrayContaining(['notice.withdrawn', 'case.left', 'case.withdrawn']),
    )
  })

  it('after the decision: recorded and answered, the decision stands, a person is called', async () => {
    const desk = await openOneItem()
    const { ctx } = desk
    const { notice, record } = await sendOne(desk, 'notice-0001')
    await act(desk, record.id, A, 'remove')
    const before = await ctx.read.find('action', {})
    const { version } = await caseAt(desk, record.id)
    await withdraw(desk, 'notice-0001')
    expect(await caseAt(desk, record.id)).toMatchObject({
      state: 'decided',
      version: version + 1,
      flags: ['notice_withdrawn'],
    })
    expect(before[0]?.state).not.toBe('cancelled')
    expect((await ctx.read.find('decision', {}))[0]?.noticeIds).toEqual([notice.id])
    expect(await desk.madoguchi.cases.claim(record.id, A)).toMatchObject({ ok: true })
  })

  it('is done once, and nothing follows it', async () => {
    const desk = await openOneItem()
    await sendOne(desk, 'notice-0001')
    await withdraw(desk, 'notice-0001')
    expect(await codeOf(withdraw(desk, 'notice-0001', 'withdrawal-2'))).toBe('notice_withdrawn')
    expect(await codeOf(supplement(desk, 'notice-0001'))).toBe('notice_withdrawn')
    expect(await desk.ctx.read.count('message', {})).toBe(1)
    expect(await desk.ctx.read.count('tokenId', {})).toBe(2)
  })
})

describe('supplement', () => {
  it('must be seen by a decision, and drops opinions that were given without it', async () => {
    const settings = { MADOGUCHI_GRAVE_CATEGORIES: 'crime_recruitment' }
    const desk = await openOneItem({ settings })
    const { notice, record } = await sendOne(desk, 'notice-0001')
    await decide(desk, record.id, A)
    expect(await caseAt(desk, record.id)).toMatchObject({ state: 'awaiting_second', version: 2 })
    const accepted = await supplement(desk, 'notice-0001')
    const now = await caseAt(desk, record.id)
    expect(now).toMatchObject({ state: 'ready', version: 3, opinions: [] })
    expect([now.goalAt, now.position]).toEqual([record.goalAt, record.position])
    await desk.madoguchi.cases.claim(record.id, A)
    expect(await decideAt(desk, record.id, 2)).toMatchObject({
      refusal: { difference: { version: 3, supplementsSince: [accepted.id], noticesSince: [] } },
    })
    expect((await noticeAt(desk, notice.id)).order).toEqual(notice.order)
    expect(await desk.ctx.read.get('message', { id: accepted.id })).toMatchObject({
      caseVersion: 3,
    })
  })

  it('after the decision: recorded, and a person is called', async () => {
    const desk = await openOneItem()
    const { record } = await sendOne(desk, 'notice-0001')
    await decide(desk, record.id, A)
    await supplement(desk, 'notice-0001', 'supplement-1')
    await supplement(desk, 'notice-0001', 'supplement-2')
    expect((await caseAt(desk, record.id)).flags).toEqual(['notice_supplemented'])
  })

  it('is bounded for each notice, and moves no clock', async () => {
    const desk = await openOneItem()
    await sendOne(desk, 'notice-0001')
    const clocks = await desk.ctx.read.find('senderClock', {})
    const all = await Promise.all(
      Array.from({ length: 23 }, (_, n) =>
        codeOf(supplement(desk, 'notice-0001', `supplement-${n}`)),
      ),
    )
    expect(all.filter((code) => code === 'none')).toHaveLength(20)
    expect(all.filter((code) => code === 'too_many_messages')).toHaveLength(3)
    expect(await desk.ctx.read.find('senderClock', {})).toEqual(clocks)
  })

  it('names a question of its notice, or none', async () => {
    const desk = await openOneItem()
    await sendOne(desk, 'notice-0001')
    const answers = 'qst_01a2008d-7400-7393-b747-000221d1a3ac'
    const named = desk.hotline.message('supplement', 'notice-0001', {
      id: 'supplement-1',
      text: '…',
      answers,
    })
    expect(await codeOf(named)).toBe('question_unknown')
  })
})

describe('a message', () => {
  it('has a receipt like a notice: signed, naming its entry, which names the notice', async () => {
    const desk = await openOneItem()
    const { ctx } = desk
    const { notice } = await sendOne(desk, 'notice-0001')
    const accepted = await supplement(desk, 'notice-0001')
    const claims = verifyOurs(accepted.receipt, TOKEN_TYPES.receipt, {
      keys: [ctx.signer.publicJwk],
    })
    const message = await ctx.read.get('message', { id: accepted.id })
    expect(claims).toMatchObject({
      sub: 'supplement-1',
      notice: notice.id,
      message: accepted.id,
      leaf_hash: message?.leafHash,
      body_sha256: message?.bodySha256,
    })
    const entry = JSON.parse(Buffer.from(accepted.entry, 'base64').toString()) as { refs: string[] }
    expect(entry.refs).toEqual([notice.leafHash])
    expect(message?.entryIndex).toBeGreaterThan(notice.entryIndex)
    await expectSoundLog(ctx)
  })

  it('again gets the stored receipt; its id for anything else is taken', async () => {
    const desk = await openOneItem()
    const { hotline } = desk
    await sendOne(desk, 'notice-0001')
    await sendOne(desk, 'notice-0002')
    const [first, twin] = await Promise.all([
      supplement(desk, 'notice-0001'),
      supplement(desk, 'notice-0001'),
    ])
    expect([first.replayed, twin.replayed]).toEqual([false, true])
    expect([twin.id, twin.receipt]).toEqual([first.id, first.receipt])
    const taken = [
      hotline.message('supplement', 'notice-0001', { id: 'supplement-1', text: '別の内容' }),
      supplement(desk, 'notice-0002'),
      hotline.message('withdrawal', 'notice-0001', { id: 'supplement-1' }),
      supplement(desk, 'notice-0001', 'notice-0002'),
      hotline.sendFixture(NOTICE, { id: 'supplement-1' }),
    ]
    expect(await Promise.all(taken.map(codeOf))).toEqual(taken.map(() => 'notice_id_reused'))
    // A replay after the notice is gone still gets what was stored.
    await withdraw(desk, 'notice-0001')
    expect(await supplement(desk, 'notice-0001')).toMatchObject({ replayed: true })
    expect(await withdraw(desk, 'notice-0001')).toMatchObject({ replayed: true })
  })

  it('is about a notice of its own sender', async () => {
    const desk = await openOneItem()
    const { notice } = await sendOne(desk, 'notice-0001', { iss: OTHER })
    for (const id of [notice.id, 'notice-0001', 'nothing-at-all'])
      expect(await codeOf(withdraw(desk, id))).toBe('not_found')
    const iss = OTHER
    const theirs = desk.hotline.message(
      'withdrawal',
      'notice-0001',
      { id: 'withdrawal-1' },
      { iss },
    )
    expect(await codeOf(theirs)).toBe('none')
  })
})

describe('at once with a decision', () => {
  it.each(['withdrawal', 'supplement', 'revision', 'joining notice'] as const)(
    '%s: whoever commits first is seen by the other, in every round',
    async (what) => {
      const resolve = ({ url }: { url: string }) => Promise.resolve({ ref: url })
      const desk = await openOneItem({ platform: { resolve } })
      const { ctx } = desk
      let decidedFirst = 0
      const rounds = 12
      for (let round = 0; round < rounds; round += 1) {
        const target = { url: `https://sns.example/p/${round}` }
        const mine = await sendOne(desk, `mine-000-${round}`, { target })
        const other = await sendOne(desk, `other-00-${round}`, { iss: OTHER, target })
        const { version } = await caseAt(desk, mine.record.id)
        await desk.madoguchi.cases.claim(mine.record.id, A)
        const message = async (): Promise<unknown> => {
          if (what === 'withdrawal') return withdraw(desk, mine.notice.id, `message-${round}`)
          if (what === 'supplement') return supplement(desk, mine.notice.id, `message-${round}`)
          const sent = await desk.hotline.sendFixture(NOTICE, {
            id: `later-00-${round}`,
            target,
            ...(what === 'revision' ? { supersedes: mine.notice.id } : {}),
          })
          return readyCase(ctx, sent.id)
        }
        // Later from round to round, so that either may be the first; in the end surely the message.
        const sent = message()
        await (round === rounds - 1 ? sent : pause(round * 2))
        const [answer] = await Promise.all([decideAt(desk, mine.record.id, version), sent])
        const record = await caseAt(desk, mine.record.id)
        if (answer.ok) {
          decidedFirst += 1
          const decision = await ctx.read.get('decision', { id: record.decisionId! })
          expect([...decision!.noticeIds].sort()).toEqual([mine.notice.id, other.notice.id].sort())
          const flag = {
            withdrawal: ['notice_withdrawn'],
            supplement: ['notice_supplemented'],
            revision: ['notice_superseded'],
            'joining notice': [],
          }
          expect(record.flags).toEqual(flag[what])
          continue
        }
        if (answer.refusal.code !== 'stale_version') throw new Error(answer.refusal.code)
        const { difference } = answer.refusal
        const named = {
          withdrawal: 'withdrawnSince',
          supplement: 'supplementsSince',
          revision: 'supersededSince',
          'joining notice': 'noticesSince',
        } as const
        expect(difference[named[what]]).toHaveLength(1)
        expect(await decideAt(desk, record.id, record.version)).toMatchObject({ ok: true })
      }
      await expectSoundLog(ctx)
      expect(decidedFirst).toBeGreaterThan(0)
      expect(decidedFirst).toBeLessThan(rounds)
    },
  )
})
