import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { OUTCOME_NATURE_SENTENCES, statementOf } from '../../src/core/statements.ts'
import { natureSentences } from '../../src/core/vocabulary-lookup.ts'
import {
  INFLUENCE_KINDS,
  LEGAL_NATURES,
  ORDERS,
  OUTCOME_STATUSES,
  ROLES,
} from '../../src/core/vocabulary.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import {
  claimsOf,
  codeOf,
  decide,
  namesIn,
  namesOfSchema,
  outcomeFor,
  person,
  sendToCase,
  web,
} from './support.ts'
import supertest from 'supertest'

const FLAG = /voluntar|ninni|free_?will|certif|uncoerced|independent/i
const CERTIFIES = /を証明|であることを保証|圧力はなか|certif|guarantee|free will|without pressure/i

it('The record shows, it does not certify: no schema, message, view or entry has a flag "voluntary"', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [] })
  const claims = claimsOf(desk, await outcomeFor(desk, accepted))
  const entries = (await ctx.read.ledgerEntries(0, 1_000)).map(
    ({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  )
  const payloads = (await ctx.read.find('event', {})).map(
    ({ payload }) => JSON.parse(Buffer.from(payload).toString()) as unknown,
  )
  const lead = person('a', 'lead')
  const shown = [
    claims,
    entries,
    payloads,
    await readCase(ctx, lead, record.id),
    await listCases(ctx, lead, { state: 'decided', limit: 5 }),
    await ownNotice(ctx, HOTLINE, accepted.id),
  ]
  expect(namesIn(shown)).toContain('nature')
  expect(namesIn(shown).filter((name) => FLAG.test(name))).toEqual([])
  expect(
    Object.values(SCHEMAS)
      .flatMap(namesOfSchema)
      .filter((name) => FLAG.test(name)),
  ).toEqual([])
})

it('An outcome states the assessed nature and the sentence that follows from it', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  for (const [key, wish] of [
    ['yamibaito_recruitment', { actions: [] }],
    ['handgun_sale', { actions: [], alreadyGone: true }],
  ] as const) {
    const { accepted, record } = await sendToCase(desk, key)
    expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
    const { outcome } = claimsOf(desk, await outcomeFor(desk, accepted))
    const { ja, en } = OUTCOME_NATURE_SENTENCES.voluntary_request
    expect(outcome.nature).toBe('voluntary_request')
    expect(outcome.statement_ja).toContain(ja)
    expect(outcome.statement_en).toContain(en)
  }
})

it('The sentence follows from the nature alone, and no sentence certifies anything', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OUTCOME_STATUSES),
      fc.constantFrom(...LEGAL_NATURES),
      (status, nature) => {
        const facts = { status, asOf: 1, measures: [], declineReason: null }
        const said = statementOf({ facts, nature, receivedAt: 1, clause: null, publicNote: null })
        const own = OUTCOME_NATURE_SENTENCES[nature].ja
        const isMeasure = ['deleted', 'access_blocked', 'other_measure_taken'].includes(status)
        for (const other of LEGAL_NATURES) {
          const { ja } = OUTCOME_NATURE_SENTENCES[other]
          // That a duty of law was met is said where something was done.
          const isSaid = ja === own && (nature !== 'statutory_duty' || isMeasure)
          if (ja !== '') expect(said.ja.includes(ja)).toBe(isSaid)
        }
        expect(
          `${said.ja} ${said.en} ${natureSentences(nature).desk.ja} ${natureSentences(nature).desk.en}`,
        ).not.toMatch(CERTIFIES)
      },
    ),
  )
  // Under an order nothing is called voluntary.
  for (const nature of ['statutory_request', 'statutory_duty', ...ORDERS] as const)
    expect(OUTCOME_NATURE_SENTENCES[nature].ja).not.toContain('任意')
})

it('Anyone of the desk can note an influence, at any time, on an open case and a decided one; nothing of the case changes by it', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { read } = desk.madoguchi.internals.ctx
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  let noted = 0
  const noteAll = async (): Promise<void> => {
    const before = await read.get('case', { id: record.id })
    // An external auditor is nobody of the desk.
    for (const role of ROLES.filter((one) => one !== 'external_auditor'))
      for (const kind of INFLUENCE_KINDS) {
        const answer = await desk.madoguchi.cases.noteInfluence(record.id, {
          by: person(`x-${role}`, role),
          kind,
          note: '電話で期日を示された',
          noticeId: accepted.id,
        })
        expect([role, kind, codeOf(answer)]).toEqual([role, kind, 'ok'])
        noted += 1
      }
    expect(await read.get('case', { id: record.id })).toEqual(before)
  }
  await noteAll()
  await decide(desk, record, person('a'), { actions: [] })
  await outcomeFor(desk, accepted)
  await noteAll()
  const events = await read.find('event', { type: 'influence.noted' })
  expect(events).toHaveLength(noted)
  for (const { entryIndex } of events.slice(0, 5)) {
    const entry = await read.get('ledgerEntry', { index: entryIndex! })
    const { type, pub, refs } = parseEntry(entry!.bytes)!
    expect([type, Object.keys(pub), refs]).toEqual(['influence.noted', ['kind'], []])
  }
})

it('By HTTP too: an auditor and an admin may note what they heard', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  for (const role of ['auditor', 'admin', 'integrator'] as const) {
    const { token } = await desk.operator(role)
    const answer = await supertest(web(desk))
      .post(`/staff/v1/cases/${record.id}/influence`)
      .set('authorization', `Bearer ${token}`)
      .send({ kind: 'date_demanded', note: '今週中にと言われた' })
    expect([role, answer.status]).toEqual([role, 200])
  }
})
