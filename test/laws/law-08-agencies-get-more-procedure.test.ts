import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { changeSender } from '../../src/app/change-sender.ts'
import { enterLetter } from '../../src/app/enter-letter.ts'
import { agencyRequests } from '../../src/app/read-agency-requests.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readNames } from '../../src/app/read-names.ts'
import { admitLane, laneOf } from '../../src/core/lane.ts'
import { needsTwoPeople } from '../../src/core/transition/who-decides.ts'
import { LEGAL_NATURES, REFERENCE_FORMS } from '../../src/core/vocabulary.ts'
import { HOTLINE, openDesk, type Desk, type DeskOptions } from '../support/desk.ts'
import { fixture, noticeOf } from '../support/fixtures.ts'
import {
  clause,
  codeOf,
  decide,
  lendKey,
  obedient,
  outcomeFor,
  person,
  readyCaseOf,
  thrown,
  without,
  claimsOf,
} from './support.ts'

const AGENCY = 'https://agency.example/'
const AGENCY_TYPES = [
  'administrative_agency',
  'local_government',
  'human_rights_organ',
  'police_national',
  'police_prefectural',
]
const REQUEST = fixture('agency_request_declined').notice

async function open(options: DeskOptions = {}): Promise<Desk> {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } }, ...options })
  await desk.madoguchi.start({ work: true })
  await lendKey(desk)
  return desk
}

const ask = (desk: Desk, changes: Record<string, unknown> = {}) =>
  desk.hotline.send({ ...REQUEST, ...changes }, { iss: AGENCY })

it('Agencies get more procedure, not more power: what 行政手続法35条 asks of them is asked here too, on a form of their own', async () => {
  const desk = await open()
  const { ctx } = desk.madoguchi.internals
  for (const member of ['purpose', 'request_text', 'responsible_officer', 'power'])
    expect(await thrown(desk.hotline.send(without(REQUEST, member), { iss: AGENCY }))).toBe(
      'schema_mismatch',
    )
  for (const key of ['yamibaito_recruitment', 'handgun_sale'])
    expect(await thrown(desk.hotline.send(noticeOf(key), { iss: AGENCY }))).toBe(
      'form_not_for_sender',
    )
  expect(await ctx.read.count('notice', {})).toBe(0)
  const record = await readyCaseOf(desk, await ask(desk))
  expect(record).toMatchObject({ lane: 'agency', nature: 'administrative_guidance' })
  const [notice] = (await readCase(ctx, person('a'), record.id)).notices
  expect(notice).toMatchObject({
    natureSentence: { ja: '行政指導と評価しています。協力は任意です。二人で判断します。' },
    agency: {
      office: '見本省 表示適正局 表示課（架空）',
      competence: 'inside',
      powerInvoked: false,
      answerWantedOn: '2026-11-20',
      askedMeasure: '削除その他の適切な対応',
      statutesInCharge: ['不当景品類及び不当表示防止法'],
    },
  })
  // A person is named to whoever asks back, and that is recorded.
  expect(JSON.stringify(notice)).not.toContain('仮名')
  const [names] = await readNames(ctx, person('l', 'lead'), record.id)
  expect(names).toMatchObject({ officer: '仮名 九条' })
})

it('The forms of agencies are for them, and nobody else speaks as one', async () => {
  const desk = await open()
  expect(await thrown(desk.hotline.send(REQUEST))).toBe('form_not_for_sender')
  const raised = { nature: 'administrative_guidance', nature_reason: '理由', nature_document: '書' }
  await changeSender(desk.madoguchi.internals.ctx, SYSTEM, HOTLINE, raised)
  expect(await thrown(desk.hotline.sendFixture('handgun_sale'))).toBe('form_not_for_sender')
  expect((await readyCaseOf(desk, await desk.hotline.send(REQUEST))).lane).toBe('agency')
})

it('No nature and no form brings a body of the state into a voluntary lane', () => {
  for (const senderType of AGENCY_TYPES)
    for (const form of [...REFERENCE_FORMS, 'agency_request', 'general_request'] as const)
      for (const nature of LEGAL_NATURES)
        expect(laneOf({ form, senderType, nature })).not.toMatch(/^voluntary_/)
  const all = new Set(['voluntary_illegal', 'voluntary_public_order', 'agency'] as const)
  const query = {
    form: 'public_order',
    senderType: 'police_national',
    nature: 'voluntary_request',
  } as const
  expect(admitLane(query, all)).toEqual({ ok: false, code: 'form_not_for_sender' })
})

it('Two people decide, for a measure and for none; nothing happens by itself', async () => {
  expect(needsTwoPeople({ lane: 'agency', grave: false })).toBe(true)
  expect(needsTwoPeople({ lane: 'voluntary_illegal', grave: false })).toBe(false)
  const desk = await open()
  const { ctx, workers } = desk.madoguchi.internals
  const accepted = await ask(desk)
  const record = await readyCaseOf(desk, accepted)
  await workers.reconcile()
  expect(await ctx.read.count('decision', {})).toBe(0)
  const decline = { actions: [], awarenessCause: 'administrative_agency' } as const
  expect(codeOf(await decide(desk, record, person('a'), decline))).toBe('ok')
  expect(await ctx.read.count('decision', {})).toBe(0)
  expect((await ctx.read.get('case', { id: record.id }))?.state).toBe('awaiting_second')
  expect(codeOf(await decide(desk, record, person('a'), decline))).toBe('second_person_needed')
  expect(codeOf(await decide(desk, record, person('b'), decline))).toBe('ok')
  expect((await ctx.read.find('decision', {}))[0]).toMatchObject({ mode: 'human_two_person' })
  const { outcome } = claimsOf(desk, await outcomeFor(desk, accepted))
  expect(outcome).toMatchObject({ status: 'no_measure', nature: 'administrative_guidance' })
  expect(outcome.statement_ja).toContain('行政指導への任意の協力の要否')
})

it('A request outside the competence of its body is marked, can be asked back, and is counted; it is no less a request', async () => {
  const desk = await open()
  const { ctx } = desk.madoguchi.internals
  const record = await readyCaseOf(
    desk,
    await ask(desk, { legal_provisions: ['職業安定法第5条の4'] }),
  )
  const [notice] = (await readCase(ctx, person('a'), record.id)).notices
  expect(notice?.notes.map(({ id }) => id)).toContain('outside_competence')
  expect(notice?.agency?.competence).toBe('outside')
  const question = notice?.agency?.questions.find(({ id }) => id === 'competence')
  expect(question).toMatchObject({ basis: 'courtesy' })
  const asked = await desk.madoguchi.cases.ask(record.id, {
    by: person('a'),
    commandId: 'ask-back-1',
    noticeId: notice!.id,
    text: { ja: question!.ja, en: question!.en },
  })
  expect(codeOf(asked)).toBe('ok')
  const { counts } = await agencyRequests(ctx)
  expect(counts).toMatchObject([{ asked: 1, outsideCompetence: 1, underReview: 1 }])
})

it('What they asked and what became of it is counted for each half-year and can be published, without text, target or poster', async () => {
  const desk = await open()
  const { ctx } = desk.madoguchi.internals
  const first = await ask(desk)
  const record = await readyCaseOf(desk, first)
  await desk.madoguchi.cases.noteInfluence(record.id, {
    by: person('x', 'admin'),
    kind: 'disadvantage_hinted',
    note: '電話で不利益をほのめかされた',
    noticeId: first.id,
  })
  const measure = { actions: [{ kind: 'remove' as const }], ground: clause() }
  for (const name of ['a', 'b']) await decide(desk, record, person(name), measure)
  const again = await ask(desk, { id: 'agency-request-again', answer_wanted_on: undefined })
  await readyCaseOf(desk, again)
  const gone = await ask(desk, {
    id: 'agency-request-gone',
    target: { url: 'https://sns.example/posts/other' },
  })
  await readyCaseOf(desk, gone)
  const withdrawal = { id: 'withdrawal-0001', reason: '再検討のため' }
  await desk.hotline.message('withdrawal', gone.id, withdrawal, { iss: AGENCY })
  // What is tried out, and what isn't of an agency, isn't counted.
  await ask(desk, { id: 'agency-request-test', test: true })
  await desk.hotline.sendFixture('yamibaito_recruitment')

  const figures = await agencyRequests(ctx)
  expect(figures.counts).toEqual([
    {
      agency: '見本省 表示適正局 表示課（架空）',
      asked: 3,
      acted: 1,
      noMeasure: 0,
      alreadyGone: 0,
      underReview: 1,
      outsideCompetence: 0,
      powersMentioned: 0,
      dateDemanded: 2,
      repeated: 1,
      disadvantageHinted: 1,
      withdrawn: 1,
    },
  ])
  expect(figures.requests.map(({ result, measures }) => [result, measures])).toEqual([
    ['acted', ['remove']],
    ['under_review', []],
    ['withdrawn', []],
  ])
  const text = JSON.stringify(figures)
  for (const word of ['sns.example', '血圧', '仮名', '7306990876', '電話', first.id, record.id])
    expect([word, text.includes(word)]).toEqual([word, false])
  expect((await agencyRequests(ctx, '2020-H1')).counts).toEqual([])
})

it('A letter or a call of theirs takes the same way', async () => {
  const desk = await open()
  const { ctx } = desk.madoguchi.internals
  await changeSender(ctx, SYSTEM, AGENCY, { licensing_powers: true })
  const entered = await enterLetter(ctx, person('a'), {
    command_id: 'letter-of-agency',
    sender_id: AGENCY,
    source: 'phone',
    source_note: '代表番号に折り返して確認',
    arrived_on: '令和8年11月5日',
    notice: {
      ...without(without(without(REQUEST, 'id'), 'ext'), 'answer_wanted_on'),
      issued_on: '令和8年11月5日',
      power: { invoked: true },
    },
  })
  expect(entered).toMatchObject({ lane: 'agency', form: 'agency_request' })
  const record = await readyCaseOf(desk, entered)
  const [notice] = (await readCase(ctx, person('a'), record.id)).notices
  expect(notice?.notes.map(({ id }) => id)).toContain('power_invoked')
  expect(notice?.agency?.powerMissing).toEqual(['provision', 'requirements', 'reason'])
  // What was only said can be asked for in writing, as a right of the law to this body.
  expect(notice?.agency?.questions.map(({ id, basis }) => [id, basis])).toEqual([
    ['written_copy', 'right'],
    ['reasons', 'right'],
    ['withdrawal', 'courtesy'],
  ])
})
