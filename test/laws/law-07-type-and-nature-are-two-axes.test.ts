import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { defaultNatureOf, laneOf, legalNatureOf, natureAtReceipt } from '../../src/core/lane.ts'
import {
  LEGAL_NATURES,
  OPEN_FORMS,
  ROLES,
  type LegalNature,
  type Role,
} from '../../src/core/vocabulary.ts'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import { ILLEGAL_CATEGORIES, SENDER_TYPES } from '../../src/generated/vocabularies.ts'
import { HOTLINE, openDesk, type Desk } from '../support/desk.ts'
import { fixtureSenders } from '../support/fixtures.ts'
import { codeOf, person, sendToCase, thrown, without } from './support.ts'

const WHY = { nature_reason: '委託の範囲を確認した', nature_document: '文書第12号（架空）' }

function registration(type: string, nature?: LegalNature): Record<string, unknown> {
  const plain = without(fixtureSenders[1]!, 'nature')
  return { ...plain, id: 'https://new.example/', type, ...(nature === undefined ? {} : { nature }) }
}

async function register(desk: Desk, document: Record<string, unknown>): Promise<string> {
  return registerSender(desk.madoguchi.internals.ctx, SYSTEM, document).then(
    ({ nature }) => nature,
    (fault: unknown) =>
      fault instanceof MadoguchiError
        ? (fault.details.errors?.[0]?.pointer ?? fault.code)
        : 'fault',
  )
}

it('Sender type and legal nature are two axes: departing from the default of a type takes a reason and a document', async () => {
  const desk = await openDesk()
  expect(await register(desk, registration('hotline_private', 'administrative_guidance'))).toBe(
    '/nature_reason',
  )
  expect(
    await register(desk, {
      ...registration('hotline_private', 'administrative_guidance'),
      nature_reason: '理由',
    }),
  ).toBe('/nature_document')
  expect(
    await register(desk, {
      ...registration('hotline_private', 'administrative_guidance'),
      nature_document: '文書',
    }),
  ).toBe('/nature_reason')
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.get('sender', { id: 'https://new.example/' })).toBeUndefined()
  const full = { ...registration('hotline_private', 'administrative_guidance'), ...WHY }
  expect(await register(desk, full)).toBe('administrative_guidance')
  expect(await read.get('sender', { id: 'https://new.example/' })).toMatchObject({
    type: 'hotline_private',
    nature: 'administrative_guidance',
  })
})

it('Lowering it asks for the same', async () => {
  const desk = await openDesk()
  expect(await register(desk, registration('police_prefectural', 'voluntary_request'))).toBe(
    '/nature_reason',
  )
  expect(await register(desk, registration('police_prefectural'))).toBe('administrative_guidance')
})

it('Changing it later takes a person who may, a reason and a document, and all of it is kept in the ledger', async () => {
  const desk = await openDesk()
  const { ctx } = desk.madoguchi.internals
  const wish = { nature: 'administrative_guidance' }
  expect(await thrown(changeSender(ctx, SYSTEM, HOTLINE, wish))).toBe('invalid_input')
  for (const role of ROLES.filter((each) => each !== 'admin'))
    expect(
      await thrown(changeSender(ctx, { operator: 'x', role }, HOTLINE, { ...wish, ...WHY })),
    ).toBe('not_allowed')
  expect(
    await thrown(changeSender(ctx, SYSTEM, HOTLINE, { ...wish, type: 'police_national' })),
  ).toBe('invalid_input')
  const { type } = (await ctx.read.get('sender', { id: HOTLINE }))!
  await changeSender(ctx, { operator: 'kanri-1', role: 'admin' }, HOTLINE, { ...wish, ...WHY })
  expect(await ctx.read.get('sender', { id: HOTLINE })).toMatchObject({ type, ...wish })
  const [event] = await ctx.read.find('event', { type: 'sender.changed' })
  expect(event?.entryIndex).not.toBeNull()
  expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
    by: { operator: 'kanri-1', role: 'admin' },
    ...WHY,
    changes: { nature: { from: 'voluntary_request', to: 'administrative_guidance' } },
  })
})

it('The nature is what the platform assessed, for every type; and every type begins with its default', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SENDER_TYPES),
      fc.constantFrom(...LEGAL_NATURES),
      (row, nature) => {
        const sender = { type: row.id, nature }
        expect(legalNatureOf(sender)).toBe(nature)
        expect([row.id, defaultNatureOf(row.id)]).toEqual([row.id, row.default_nature])
      },
    ),
  )
  expect(defaultNatureOf('a_type_of_tomorrow')).toBe('voluntary_request')
})

it('One notice is raised or lowered by a person who may, with a reason and a document, and by nothing that it says', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { read } = desk.madoguchi.internals.ctx
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', {
    ext: { self_declared_nature: 'court_order', legal_nature: 'court_order' },
    request_text: '本書は裁判所の命令であり、拒むことはできない。',
  })
  expect(record).toMatchObject({ lane: 'voluntary_illegal', nature: 'voluntary_request' })
  const wish = { noticeId: accepted.id, nature: 'court_order', expectedVersion: 1 } as const
  const assess = (role: Role, why: { reason: string; document: string }) =>
    desk.madoguchi.cases
      .assessNature(record.id, {
        commandId: `law-7-${role}-${why.reason.length}-${why.document.length}`,
        by: person(`x-${role}`, role),
        ...wish,
        ...why,
      })
      .then(codeOf)
  const full = { reason: '決定書の写しを確認した', document: '令和8年（ヨ）第1号（架空）' }
  for (const role of ROLES.filter((each) => each !== 'legal' && each !== 'child_safety'))
    expect([role, await assess(role, full)]).toEqual([role, 'not_allowed'])
  for (const missing of ['reason', 'document'] as const)
    expect(await assess('legal', { ...full, [missing]: ' ' })).toBe('invalid_input')
  expect((await read.get('case', { id: record.id }))?.lane).toBe('voluntary_illegal')
  expect(await assess('legal', full)).toBe('ok')
  expect(await read.get('case', { id: record.id })).toMatchObject({
    lane: 'legal_desk',
    nature: 'court_order',
  })
  const events = await read.find('event', { type: 'nature.assessed' })
  expect(events.map(({ entryIndex }) => entryIndex !== null)).toEqual([true])
  expect(JSON.parse(new TextDecoder().decode(events[0]?.payload))).toMatchObject(full)
})

it('A category goes to the legal desk where the platform declared a duty of law for it, and only there', () => {
  const duties = [{ category: 'dating_site_solicitation', law: '法', from: '2026-04-01' }]
  const voluntary = { nature: 'voluntary_request' } as const
  for (const { id: category } of ILLEGAL_CATEGORIES)
    for (const form of OPEN_FORMS)
      for (const [declared, day] of [
        [[], '2026-11-01'],
        [duties, '2026-03-31'],
        [duties, '2026-11-01'],
      ] as const) {
        const nature = natureAtReceipt(voluntary, { form, category }, { duties: declared }, day)
        const isDuty =
          declared.length > 0 &&
          day > '2026-04-01' &&
          category === 'dating_site_solicitation' &&
          form === 'illegal_information'
        expect([category, form, day, nature]).toEqual([
          category,
          form,
          day,
          isDuty ? 'statutory_duty' : 'voluntary_request',
        ])
        const lane = laneOf({ form, senderType: 'hotline_private', nature })
        expect(lane === 'legal_desk').toBe(isDuty)
      }
})
