import { describe, expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readDelivery } from '../../src/app/read-delivery.ts'
import { readNames } from '../../src/app/read-names.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { enterLetter } from '../../src/app/enter-letter.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import { HOUR } from '../../src/core/time.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { HOTLINE, openDesk, until, type Desk, type DeskOptions } from '../support/desk.ts'
import { fixtureSenders } from '../support/fixtures.ts'
import { letterOf } from '../support/letters.ts'
import {
  claimsOf,
  codeOf,
  decide,
  obedient,
  outcomeFor,
  person,
  readyCaseOf,
  sendToCase,
  thrown,
  without,
} from '../laws/support.ts'

const DATING = { category: 'dating_site_solicitation' }
const DUTY = { ...DATING, law: '出会い系サイト規制法12条1項', from: '2026-04-01' }
const LAW = { result: 'complied', document: DUTY.law } as const
const counsel = person('houmu-1', 'legal')
const COURT = 'https://court.example/'

async function open(options: DeskOptions = {}): Promise<Desk> {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } }, ...options })
  await desk.madoguchi.start({ work: true })
  return desk
}

/** The entries of everything that happened to a case and its notices, by event type. */
async function entriesOf(desk: Desk, { id }: CaseRecord) {
  const { read } = desk.madoguchi.internals.ctx
  const notices = await read.find('notice', { caseId: id })
  const events = [
    ...(await read.find('event', { caseId: id })),
    ...(
      await Promise.all(notices.map(({ id: noticeId }) => read.find('event', { noticeId })))
    ).flat(),
  ]
  const ledgered = [...new Map(events.map((event) => [event.id, event])).values()].filter(
    ({ entryIndex }) => entryIndex !== null,
  )
  return Promise.all(
    ledgered.map(async ({ type, entryIndex, at }) => {
      const row = await read.get('ledgerEntry', { index: entryIndex ?? -1 })
      return { type, at, entry: parseEntry(row!.bytes)! }
    }),
  )
}

describe('a duty of law', () => {
  it('puts its category before the legal desk, from its day on; everything else stays voluntary', async () => {
    const none = await open()
    expect((await sendToCase(none, 'yamibaito_recruitment', DATING)).record).toMatchObject({
      lane: 'voluntary_illegal',
      nature: 'voluntary_request',
    })
    const later = await open({ procedures: { duties: [{ ...DUTY, from: '2999-01-01' }] } })
    expect((await sendToCase(later, 'yamibaito_recruitment', DATING)).record.lane).toBe(
      'voluntary_illegal',
    )
    const desk = await open({ procedures: { duties: [DUTY] } })
    expect((await sendToCase(desk, 'yamibaito_recruitment', DATING)).record).toMatchObject({
      lane: 'legal_desk',
      nature: 'statutory_duty',
    })
    expect((await sendToCase(desk, 'drug_ad_gone')).record.lane).toBe('voluntary_illegal')
    // The other form claims nothing illegal, whatever its category is called.
    expect((await sendToCase(desk, 'handgun_sale', DATING)).record.lane).toBe(
      'voluntary_public_order',
    )
  })

  it('is met by the legal desk, sealed in the ledger, and told as what it is', async () => {
    const desk = await open({ procedures: { duties: [DUTY] } })
    const { ctx } = desk.madoguchi.internals
    const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', DATING)
    const legal = { ...LAW, result: 'complied' } as const
    const wish = { actions: [{ kind: 'remove' as const }] }
    for (const role of ['reviewer', 'lead', 'child_safety'] as const)
      expect(codeOf(await decide(desk, record, person('x', role), { ...wish, legal }))).toBe(
        'not_allowed',
      )
    expect(codeOf(await decide(desk, record, counsel, { actions: [] }))).toBe('invalid_input')
    expect(codeOf(await decide(desk, record, counsel, { ...wish, legal }))).toBe('ok')

    const outcome = await outcomeFor(desk, accepted)
    expect(claimsOf(desk, outcome).outcome).toMatchObject({
      status: 'deleted',
      nature: 'statutory_duty',
      statement_ja: '対象情報の削除を実施しました。法令に基づき対応しました。',
    })
    const own = await ownNotice(ctx, HOTLINE, accepted.id)
    expect(own.status).toBe('deleted')

    const entries = await until(async () => {
      const all = await entriesOf(desk, record)
      return all.some(({ type }) => type === 'outcome.issued') ? all : undefined
    })
    expect(entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'notice.accepted',
        'case.opened',
        'decision.made',
        'action.executed',
        'outcome.issued',
      ]),
    )
    for (const { type, at, entry } of entries) {
      const { type: sealed, pub, refs } = entry
      expect([type, sealed, pub, refs]).toEqual([type, 'sealed', {}, []])
      expect([type, entry.at % HOUR, at - entry.at < HOUR]).toEqual([type, 0, true])
    }
    // What the seal covers is committed to, and can be shown by whoever may.
    const [event] = await ctx.read.find('event', { caseId: record.id, type: 'decision.made' })
    expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
      input: { legal },
      sealed: { type: 'decision.made', pub: { lane: 'legal_desk', actions: ['remove'] } },
    })
  })

  it('is seen by nobody else: not in lists, not as a sibling, not by its delivery', async () => {
    const desk = await open({ procedures: { duties: [DUTY] } })
    const { ctx } = desk.madoguchi.internals
    const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', DATING)
    const { record: sibling } = await sendToCase(desk, 'yamibaito_recruitment', {
      id: 'another-notice-1',
    })
    expect(sibling.targetKey).toBe(record.targetKey)
    const seenBy = async (role: Parameters<typeof person>[1]) => {
      const actor = person('x', role)
      const { items } = await listCases(ctx, actor, { limit: 10 })
      const [own] = items.filter(({ id }) => id === sibling.id)
      return {
        cases: items.map(({ id }) => id).sort(),
        beside: own?.facts?.siblings,
        siblings: (await readCase(ctx, actor, sibling.id)).siblings.map(({ id }) => id),
      }
    }
    const both = [record.id, sibling.id].sort()
    for (const role of ['reviewer', 'lead', 'child_safety'] as const)
      expect([role, await seenBy(role)]).toEqual([
        role,
        { cases: [sibling.id], beside: 0, siblings: [] },
      ])
    for (const role of ['legal', 'auditor'] as const)
      expect([role, await seenBy(role)]).toEqual([
        role,
        { cases: both, beside: 1, siblings: [record.id] },
      ])
    const lead = person('x', 'lead')
    expect((await listCases(ctx, lead, { lane: 'legal_desk', limit: 10 })).items).toEqual([])
    expect(await thrown(readCase(ctx, lead, record.id))).toBe('not_found')
    expect(await thrown(readNames(ctx, lead, record.id))).toBe('not_found')
    expect((await readCase(ctx, counsel, record.id)).case.nature).toBe('statutory_duty')

    await decide(desk, record, counsel, { actions: [], legal: { ...LAW, result: 'impossible' } })
    expect((await outcomeFor(desk, accepted)).status).toBe('no_measure')
    const [delivery] = await ctx.read.find('delivery', { noticeId: accepted.id })
    expect(await thrown(readDelivery(ctx, lead, delivery!.id))).toBe('not_found')
    expect((await readDelivery(ctx, counsel, delivery!.id)).outcome).toContain('.')
    expect(
      (await listCases(ctx, lead, { state: 'decided', limit: 10 })).items.map(({ id }) => id),
    ).toEqual([])
    expect(
      (await listCases(ctx, counsel, { state: 'decided', limit: 10 })).items.map(({ id }) => id),
    ).toEqual([record.id])
  })
})

describe('a court order that came as a letter', () => {
  it('is before the legal desk from the start; what came of it is told by nobody but the legal desk', async () => {
    const desk = await open()
    const { ctx, workers } = desk.madoguchi.internals
    await registerSender(ctx, SYSTEM, {
      ...without(fixtureSenders[1]!, 'nature'),
      id: COURT,
      type: 'prosecutor_or_court',
    })
    const entered = await enterLetter(
      ctx,
      counsel,
      letterOf('yamibaito_recruitment', {}, { sender_id: COURT }),
    )
    expect(entered.lane).toBe('legal_desk')
    const record = await readyCaseOf(desk, entered)
    expect(record.nature).toBe('court_order')
    const legal = { result: 'complied', document: '令和8年（ヨ）第1号（架空）' } as const
    expect(
      codeOf(await decide(desk, record, counsel, { actions: [{ kind: 'remove' }], legal })),
    ).toBe('ok')
    await until(async () =>
      (await ctx.read.count('action', { state: 'executed' })) === 1 ? true : undefined,
    )
    await until(async () => {
      await workers.reconcile()
      return (await ctx.read.count('work', {})) === 0 ? true : undefined
    })
    expect(await ctx.read.count('outcome', {})).toBe(0)
    for (const { entry } of await entriesOf(desk, record)) expect(entry.type).toBe('sealed')
  })
})
