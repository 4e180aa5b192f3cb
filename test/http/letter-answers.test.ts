import express from 'express'
import { describe, expect, it } from 'vitest'
import { draftOutcome } from '../../src/app/draft-outcome.ts'
import { scheduleDelivery, withdrawOutcome } from '../../src/app/schedule-delivery.ts'
import {
  answerOf,
  decideLetter,
  enter,
  idOf,
  letterOf,
  LETTERS,
  storedOf,
} from '../support/letters.ts'
import { People } from '../support/people.ts'
import { serve } from '../support/raw-http.ts'

describe('the answer to a letter', () => {
  it('says what the outcome says, is sent by hand, and never pushed', async () => {
    const pushed: string[] = []
    const hotline = express().use((req, res) => {
      pushed.push(req.url)
      res.end()
    })
    const callbackUrl = `http://127.0.0.1:${await serve(hotline)}/outcomes`
    const people = await People.open({ callbackUrl })
    const { ctx } = people.desk.madoguchi.internals
    const id = idOf(await enter(people, letterOf('yamibaito_recruitment')))
    const path = `${LETTERS}/${id}`
    const early = await people.call('reviewer', 'get', `${path}/answer`, `${LETTERS}/{id}/answer`)
    expect([early.status, early.body.code]).toEqual([409, 'no_answer_yet'])

    const receipt = await people.call('lead', 'get', `${path}/receipt`, `${LETTERS}/{id}/receipt`)
    expect(receipt.body.ja).toContain('みほんインターネット・ホットライン（架空） 御中')
    expect(receipt.body.ja).toContain('内容の確認・評価及び対応の約束を意味しません')
    expect(receipt.body.ja).toContain('到達日　2026年11月1日')
    expect(receipt.text).not.toMatch(/sns\.example\/@|即日|見本 花子|tantou/)

    await decideLetter(people, id, {
      declineReason: 'not_illegal_own_assessment',
      internalNote: '社内だけの理由',
      publicNote: { ja: '公開の説明です。', en: 'A public note.' },
    })
    const answer = await answerOf(people, id)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      revision: 1,
      status: 'no_measure',
      delivery: { channel: 'hand', state: 'waiting', attempts: 0, next_at: null, handed: null },
    })
    for (const words of [
      '対応結果の回答',
      '整理番号　違R8-01482',
      'みほんインターネット・ホットライン（架空） 御中',
      '対応結果　措置なし',
      'ご依頼への対応は任意であり',
      '公開の説明です。',
    ])
      expect(answer.body.ja).toContain(words)
    expect(answer.body.en).toContain('A public note.')
    expect(answer.text).not.toMatch(/社内だけ|sokujitsu|即日|見本 花子|例示/)

    const exported = await ctx.read.find('reading', { what: 'export' })
    expect(exported).toMatchObject([{ subject: id, role: 'reviewer' }])

    const sent = (changes: object) =>
      people.call('reviewer', 'post', `${path}/answer-sent`, `${LETTERS}/{id}/answer-sent`, {
        command_id: 'sent-00001',
        outcome_id: answer.body.outcome_id,
        way: 'post',
        sent_on: '令和8年11月2日',
        ...changes,
      })
    expect((await sent({ sent_on: '2999-01-01' })).body.code).toBe('invalid_input')
    expect((await sent({ sent_on: '平成31年5月1日' })).body.code).toBe('date_impossible')
    expect((await sent({ outcome_id: 'out_1' })).body.code).toBe('not_found')
    const done = await sent({ sent_on: undefined })
    expect(done.body).toMatchObject({
      state: 'delivered',
      last_result: 'by_hand',
      handed: { way: 'post', by: { role: 'reviewer' }, note: null },
    })
    expect((await sent({ sent_on: undefined })).body).toEqual(done.body)
    expect((await sent({ command_id: 'sent-00002', sent_on: undefined })).body.code).toBe('already')
    const [event] = await ctx.read.find('event', { type: 'outcome.delivered' })
    expect(event?.leafHash).not.toBeNull()
    expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
      result: 'by_hand',
      by_hand: { way: 'post', by: { role: 'reviewer' } },
    })
    const resend = await people.call(
      'lead',
      'post',
      `/v1/deliveries/${(done.body as { id: string }).id}/resend`,
      '/v1/deliveries/{id}/resend',
    )
    expect(resend.body.code).toBe('answered_by_hand')
    expect(pushed).toEqual([])
  })

  it('of a newer outcome takes the place of one that waits, and what was sent stays sent', async () => {
    const people = await People.open()
    const { ctx } = people.desk.madoguchi.internals
    const id = idOf(await enter(people, letterOf('yamibaito_recruitment')))
    await decideLetter(people, id, { declineReason: 'unspecified' })
    const first = await answerOf(people, id)
    const [decision] = await ctx.read.find('decision', {})
    // What a reversal will do: the decision is reported once more.
    const draft = (await draftOutcome(ctx, decision!, [], id, true))!
    expect(draft.channel).toBe('hand')
    await ctx.committer.submit({
      name: 'test',
      bytes: 1,
      locks: [],
      run: () =>
        Promise.resolve({
          result: undefined,
          events: [
            {
              ...draft.event,
              indexed: async (tx, index) => {
                const outcome = { ...draft.outcome, entryIndex: index }
                await tx.insert('outcome', outcome)
                await withdrawOutcome(ctx, tx, outcome.supersedes!)
                await scheduleDelivery(ctx, tx, outcome, draft.order, draft.channel)
              },
            },
          ],
        }),
    })
    const second = await answerOf(people, id)
    expect(second.body).toMatchObject({ revision: 2, supersedes: first.body.outcome_id })
    expect(second.body.ja).toContain('訂正回答')
    expect(second.body.ja).toContain(String(first.body.outcome_id))
    const old = await ctx.read.get('delivery', { id: first.body.delivery.id as `dlv_${string}` })
    expect(old?.state).toBe('skipped')
    const late = await people.call(
      'reviewer',
      'post',
      `${LETTERS}/${id}/answer-sent`,
      `${LETTERS}/{id}/answer-sent`,
      {
        command_id: 'sent-00001',
        outcome_id: first.body.outcome_id,
        way: 'fax',
        note: '誤って先に',
      },
    )
    expect(late.body).toMatchObject({ state: 'delivered', handed: { way: 'fax' } })
  })

  it('counts arrival from the day of the letter, not from the typing', async () => {
    const people = await People.open({
      platform: {
        observe: () =>
          Promise.resolve({ state: 'gone', since: Date.parse('2026-11-02T00:00:00Z') }),
      },
    })
    const id = idOf(await enter(people, letterOf('drug_ad_gone')))
    await decideLetter(people, id, { alreadyGone: true })
    expect((await answerOf(people, id)).body.status).toBe('gone_without_measure')

    const later = await enter(
      people,
      letterOf(
        'drug_ad_gone',
        { reference_no: '後', target: { url: 'https://sns.example/b' } },
        { command_id: 'letter-0002', arrived_on: '2026-11-03' },
      ),
    )
    await decideLetter(people, idOf(later), { alreadyGone: true })
    const answer = await answerOf(people, idOf(later))
    expect(answer.body.status).toBe('gone_before_receipt')
    expect(answer.body.ja).toContain('通知の到達時点（2026年11月3日）')
    expect(answer.body.en).toContain('When the notice arrived (2026-11-03)')
  })

  it('on a no-view case is for child_safety; the receipt tells nothing of it (law 11)', async () => {
    const people = await People.open()
    const id = idOf(await enter(people, letterOf('csam_abstract')))
    await storedOf(people.desk, id)
    const path = `${LETTERS}/${id}/answer`
    const refused = await people.call('lead', 'get', path, `${LETTERS}/{id}/answer`)
    expect([refused.status, refused.body.code]).toEqual([403, 'not_allowed'])
    const allowed = await people.call('child_safety', 'get', path, `${LETTERS}/{id}/answer`)
    expect(allowed.body.code).toBe('no_answer_yet')
    const receipt = await people.call(
      'lead',
      'get',
      `${LETTERS}/${id}/receipt`,
      `${LETTERS}/{id}/receipt`,
    )
    expect(receipt.text).not.toMatch(/児童|demo-0000|18歳/)
    expect(JSON.stringify(people.desk.log.lines)).not.toMatch(/児童|demo-0000|hotline\.example/)
  })

  it.each(['receipt', 'answer'])('there is no %s of a signed notice or of none', async (what) => {
    const people = await People.open()
    const { id: signed } = await people.desk.hotline.sendFixture('yamibaito_recruitment')
    for (const each of [signed, 'ntc_none']) {
      const path = `${LETTERS}/${each}/${what}`
      const response = await people.call('reviewer', 'get', path, `${LETTERS}/{id}/${what}`)
      expect([response.status, response.body.code]).toEqual([404, 'not_found'])
    }
  })
})
