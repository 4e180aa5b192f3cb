import { expect, it } from 'vitest'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { answerFaults, type GeneralAnswerInput } from '../../src/core/general-request.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { generalRequestFixture } from '../support/fixtures.ts'
import { People } from '../support/people.ts'
import { lendKey, person, thrown } from '../laws/support.ts'

const { notice: REQUEST, sender_id: AGENCY } = generalRequestFixture
const PATH = '/v1/general-requests'

const measures = REQUEST.measures.map(({ kind }, position) => ({
  position,
  answer: (['partly', 'considering', 'done', 'not_done'] as const)[position] ?? 'considering',
  text: `措置${position}についての当社の回答`,
  ...(kind === 'account_opening_verification'
    ? { effect_on_anonymous_speech: '匿名で発言する利用者への影響を踏まえて検討する' }
    : {}),
}))
const ANSWER = {
  command_id: 'answer-0001',
  applies_to_us: false,
  applies_reason: '記載された基準（平均月間アクティブユーザ数1,000万人以上）に当たらない',
  measures,
}

async function open(): Promise<{ desk: Desk; id: `ntc_${string}` }> {
  const desk = await openDesk()
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  const { id } = await desk.hotline.send(REQUEST, { iss: AGENCY })
  return { desk, id }
}

it('a request without an item is kept, and changes nothing: no case, no work, no decision, no measure', async () => {
  const { desk, id } = await open()
  const { ctx, workers } = desk.madoguchi.internals
  const before = await Promise.all(
    (['standard', 'policy', 'setting'] as const).map((table) => ctx.read.count(table, {})),
  )
  await workers.reconcile()
  await desk.madoguchi.requests.answer(id, ANSWER, person('l', 'lead'))
  await workers.reconcile()
  for (const table of ['case', 'work', 'decision', 'action', 'outcome', 'delivery'] as const)
    expect([table, await ctx.read.count(table, {})]).toEqual([table, 0])
  expect(
    await Promise.all(
      (['standard', 'policy', 'setting'] as const).map((table) => ctx.read.count(table, {})),
    ),
  ).toEqual(before)
  expect(await ctx.read.get('notice', { id })).toMatchObject({
    form: 'general_request',
    lane: 'agency',
    nature: 'administrative_guidance',
    caseId: null,
  })
  expect(await ownNotice(ctx, AGENCY, id)).toMatchObject({ status: 'received', outcome: null })
})

it('REQ-1 to REQ-7: what was asked, by whom it was relayed, to whom it is addressed, and the answer to each measure', async () => {
  const { desk, id } = await open()
  const { requests, internals } = desk.madoguchi
  const lead = person('l', 'lead')
  const fresh = await requests.report(id, lead)
  expect(fresh).toMatchObject({
    nature: 'administrative_guidance',
    relayedVia: '一般社団法人ソーシャルメディア利用環境整備機構（ＳＭＡＪ）',
    addressedTo: '平均月間アクティブユーザ数が 1,000万人以上であるＳＮＳ等を提供する企業',
    answer: null,
    answeredAt: null,
  })
  expect(fresh.selfDeclaredNature).toContain('行政指導に該当するものであり')
  expect(fresh.explanationAsked?.where).toContain('御説明いただく機会')
  expect(fresh.asked.map(({ answer }) => answer)).toEqual([null, null, null, null])

  await requests.answer(id, ANSWER, lead)
  const revised = { ...ANSWER, command_id: 'answer-0002', explained_on: '2026-11-20' }
  const second = await requests.answer(id, revised, lead)
  expect(await requests.answer(id, revised, lead)).toEqual(JSON.parse(JSON.stringify(second)))
  const report = await requests.report(id, lead)
  expect(report.answer).toMatchObject({
    revision: 2,
    appliesToUs: false,
    explainedOn: '2026-11-20',
    by: lead,
  })
  expect(report.asked.map(({ answer }) => [answer?.kind, answer?.answer])).toEqual([
    ['faster_removal', 'partly'],
    ['account_opening_verification', 'considering'],
    ['inquiry_readiness', 'done'],
    ['user_advisory', 'not_done'],
  ])
  expect(report.asked[1]?.answer?.effectOnAnonymousSpeech).toContain('匿名')

  const { read } = internals.ctx
  const events = await read.find('event', { type: 'general_request.answered' }, { orderBy: 'seq' })
  expect(events).toHaveLength(2)
  const notice = await read.get('notice', { id })
  const entry = await read.get('ledgerEntry', { index: events[1]!.entryIndex! })
  expect(parseEntry(entry!.bytes)).toMatchObject({
    type: 'general_request.answered',
    pub: { form: 'general_request', lane: 'agency' },
    refs: [notice!.leafHash, events[0]!.leafHash],
  })
  expect(parseEntry(entry!.bytes)?.pub).not.toHaveProperty('target')
})

it('M-20: a measure that touches whoever opens an account says what it does to anonymous speech', () => {
  const input: GeneralAnswerInput = {
    appliesToUs: true,
    appliesReason: '当たる',
    explainedOn: null,
    explanationNote: null,
    measures: [
      {
        position: 0,
        kind: 'account_opening_verification',
        answer: 'done',
        text: null,
        effectOnAnonymousSpeech: ' ',
      },
    ],
  }
  const pointers = (over: Partial<GeneralAnswerInput>, asked = 1): string[] =>
    answerFaults(asked, { ...input, ...over }).map(({ pointer }) => pointer)
  expect(pointers({})).toEqual(['/measures/0/effect_on_anonymous_speech'])
  const plain = { ...input.measures[0]!, kind: 'user_advisory', effectOnAnonymousSpeech: null }
  expect(pointers({ measures: [plain] })).toEqual([])
  expect(pointers({ measures: [plain], appliesReason: ' ' })).toEqual(['/applies_reason'])
  for (const wrong of [[], [plain, plain], [{ ...plain, position: 1 }]])
    expect(pointers({ measures: wrong })).toEqual(['/measures'])
  expect(pointers({ measures: [plain] }, 2)).toEqual(['/measures'])
})

it('is refused by name where the answer is none, and after it was withdrawn', async () => {
  const { desk, id } = await open()
  const { requests } = desk.madoguchi
  const lead = person('l', 'lead')
  const answer = (over: object, by = lead) =>
    thrown(requests.answer(id, { ...ANSWER, command_id: 'answer-0009', ...over }, by))
  expect(await answer({}, person('r'))).toBe('not_allowed')
  for (const over of [
    { measures: measures.slice(1) },
    { measures: 'all' },
    { measures: undefined },
    { measures: measures.map(({ position, answer: said }) => ({ position, answer: said })) },
    { measures: measures.map((each) => ({ ...each, answer: 'obeyed' })) },
    { explained_on: '2026-02-30' },
    { done: true },
  ])
    expect(await answer(over)).toBe('invalid_input')
  expect(await thrown(requests.report('ntc_x', lead))).toBe('not_found')
  const withdrawal = { id: 'withdrawal-0001', reason: '再検討のため' }
  await desk.hotline.message('withdrawal', id, withdrawal, { iss: AGENCY })
  expect(await answer({})).toBe('notice_withdrawn')
})

it('is listed, read and answered over HTTP', async () => {
  const people = await People.open()
  await lendKey(people.desk)
  const { id } = await people.desk.hotline.send(REQUEST, { iss: AGENCY })
  const listed = await people.call('reviewer', 'get', PATH, PATH)
  expect(listed.body.items).toMatchObject([{ id, measures: 4, answered_at: null }])
  const path = `${PATH}/${id}`
  expect((await people.call('lead', 'get', path, `${PATH}/{id}`)).status).toBe(200)
  const answered = await people.call(
    'lead',
    'post',
    `${path}/answer`,
    `${PATH}/{id}/answer`,
    ANSWER,
  )
  expect(answered.status).toBe(200)
  const report = await people.call('auditor', 'get', path, `${PATH}/{id}`)
  expect(report.body.asked[3].answer).toMatchObject({ kind: 'user_advisory', answer: 'not_done' })
})
