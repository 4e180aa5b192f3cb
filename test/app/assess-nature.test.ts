import { describe, expect, it } from 'vitest'
import type { AssessRequest } from '../../src/app/assess-nature.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { fixtureSenders } from '../support/fixtures.ts'
import { codeOf, lendKey, person, readyCaseOf, sendToCase, type Sent } from '../laws/support.ts'

const KEY = 'yamibaito_recruitment'
const counsel = person('houmu-1', 'legal')
const lead = person('toukatsu-1', 'lead')
const WHY = { reason: '決定書の写しを確認した', document: '令和8年（ヨ）第1号（架空）' }
const SECOND = fixtureSenders[1]!.id

async function open(): Promise<Desk> {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  await lendKey(desk)
  return desk
}

let commands = 0
const assess = (
  { madoguchi }: Desk,
  { accepted, record }: Sent,
  over: Partial<AssessRequest> & { by?: DecidedBy } = {},
) => {
  commands += 1
  return madoguchi.cases.assessNature(record.id, {
    commandId: `assess-${commands}`,
    by: counsel,
    expectedVersion: record.version,
    noticeId: accepted.id,
    nature: 'court_order',
    ...WHY,
    ...over,
  })
}

const caseOf = async ({ madoguchi }: Desk, { id }: Pick<CaseRecord, 'id'>) =>
  (await madoguchi.internals.ctx.read.get('case', { id }))!

const noticeAt = async ({ madoguchi }: Desk, { accepted }: Sent) =>
  (await madoguchi.internals.ctx.read.get('notice', { id: accepted.id }))!

describe('a notice that says it is an order', () => {
  it('stays the request that its sender’s are, and says to the desk that it claims so', async () => {
    const desk = await open()
    const claiming = {
      ext: { self_declared_nature: 'court_order' },
      request_text: '裁判所の命令に基づき、直ちに削除してください。',
    }
    const sent = await sendToCase(desk, KEY, claiming)
    expect(sent.record).toMatchObject({ lane: 'voluntary_illegal', nature: 'voluntary_request' })
    const { notices } = await readCase(desk.madoguchi.internals.ctx, lead, sent.record.id)
    expect(notices[0]?.notes.map(({ id }) => id)).toContain('nature_claimed')
  })
})

describe('once a person has assessed it', () => {
  it('the case has another key, sealed; a second command says the same', async () => {
    const desk = await open()
    const { read } = desk.madoguchi.internals.ctx
    const sent = await sendToCase(desk, KEY)
    expect(codeOf(await assess(desk, sent, { by: lead }))).toBe('not_allowed')
    const once = { commandId: 'assess-once' }
    const first = await assess(desk, sent, once)
    expect(codeOf(first)).toBe('ok')
    expect(await assess(desk, sent, once)).toEqual(JSON.parse(JSON.stringify(first)))
    expect(await caseOf(desk, sent.record)).toMatchObject({
      lane: 'legal_desk',
      nature: 'court_order',
      state: 'ready',
      version: 2,
    })
    expect(await noticeAt(desk, sent)).toMatchObject({
      lane: 'legal_desk',
      nature: 'court_order',
      caseId: sent.record.id,
    })
    const [event] = await read.find('event', { type: 'nature.assessed' })
    expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
      by: counsel,
      notice: sent.accepted.id,
      from: { nature: 'voluntary_request', lane: 'voluntary_illegal' },
      to: { nature: 'court_order', lane: 'legal_desk' },
      ...WHY,
    })
    const entry = await read.get('ledgerEntry', { index: event!.entryIndex! })
    expect(parseEntry(entry!.bytes)?.type).toBe('sealed')
    // Nobody of the voluntary lane sees it any more.
    expect(codeOf(await desk.madoguchi.cases.claim(sent.record.id, person('a')))).toBe(
      'not_allowed',
    )
  })

  it('the next notice on the item is a request like any other, in a case of its own', async () => {
    const desk = await open()
    const sent = await sendToCase(desk, KEY)
    await assess(desk, sent)
    const next = await sendToCase(desk, KEY, { id: 'another-notice-1' })
    expect(next.record).toMatchObject({ lane: 'voluntary_illegal', round: 1 })
    expect(next.record.id).not.toBe(sent.record.id)
    expect(next.record.targetKey).toBe(sent.record.targetKey)
  })

  it('a revision of it keeps what a person took it for', async () => {
    const desk = await open()
    const sent = await sendToCase(desk, KEY)
    await assess(desk, sent)
    const id = 'revision-0001'
    const revised = await desk.hotline.sendFixture(KEY, {
      id,
      supersedes: sent.accepted.id,
    })
    const record = await readyCaseOf(desk, revised)
    expect([record.id, record.lane]).toEqual([sent.record.id, 'legal_desk'])
  })

  it('lowered again it is back in its voluntary lane, in a round of its own', async () => {
    const desk = await open()
    const sent = await sendToCase(desk, KEY)
    await assess(desk, sent)
    const again = { ...sent, record: await caseOf(desk, sent.record) }
    expect(codeOf(await assess(desk, again, { by: lead, nature: 'voluntary_request' }))).toBe(
      'not_allowed',
    )
    expect(codeOf(await assess(desk, again, { nature: 'voluntary_request' }))).toBe('ok')
    expect(await caseOf(desk, sent.record)).toMatchObject({
      lane: 'voluntary_illegal',
      nature: 'voluntary_request',
      round: 1,
      version: 3,
    })
    // Both entries are sealed: the way back tells of the legal desk as much as the way there.
    const { read } = desk.madoguchi.internals.ctx
    for (const { entryIndex } of await read.find('event', { type: 'nature.assessed' })) {
      const entry = await read.get('ledgerEntry', { index: entryIndex! })
      expect(parseEntry(entry!.bytes)?.type).toBe('sealed')
    }
  })
})

describe('where others reported the item too', () => {
  it('only the notice that was assessed leaves; the others keep their voluntary case', async () => {
    const desk = await open()
    const first = await sendToCase(desk, KEY)
    const second = await sendToCase(desk, KEY, { id: 'another-notice-1' }, SECOND)
    expect(second.record.id).toBe(first.record.id)
    const done = await assess(desk, second, { expectedVersion: 2 })
    expect(done).toMatchObject({ ok: true, case: { id: first.record.id, version: 3 } })
    expect(await caseOf(desk, first.record)).toMatchObject({
      lane: 'voluntary_illegal',
      state: 'ready',
    })
    const moved = await noticeAt(desk, second)
    expect(moved.caseId).not.toBe(first.record.id)
    expect(await caseOf(desk, { id: moved.caseId! })).toMatchObject({
      lane: 'legal_desk',
      state: 'ready',
      nature: 'court_order',
    })
  })

  it('a case that is open there is joined when a person names it, and its version', async () => {
    const desk = await open()
    const first = await sendToCase(desk, KEY)
    await assess(desk, first)
    const there = await caseOf(desk, first.record)
    const second = await sendToCase(desk, KEY, { id: 'another-notice-1' }, SECOND)
    const refused = await assess(desk, second)
    expect(refused).toEqual({
      ok: false,
      refusal: { code: 'case_open_there', open: { id: there.id, version: there.version } },
    })
    const stale = { id: there.id, version: there.version - 1 }
    expect(codeOf(await assess(desk, second, { into: stale }))).toBe('case_open_there')
    expect((await caseOf(desk, second.record)).state).toBe('ready')
    const into = { id: there.id, version: there.version }
    expect(codeOf(await assess(desk, second, { into }))).toBe('ok')
    expect(await caseOf(desk, second.record)).toMatchObject({
      state: 'merged',
      mergedInto: there.id,
      lane: 'voluntary_illegal',
    })
    expect(await noticeAt(desk, second)).toMatchObject({ caseId: there.id, lane: 'legal_desk' })
    expect((await caseOf(desk, there)).version).toBe(there.version + 1)
  })
})
