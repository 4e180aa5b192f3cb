import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { listCases } from '../../src/app/list-cases.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readDeliveries } from '../../src/app/read-deliveries.ts'
import { readSenders } from '../../src/app/read-senders.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { laneOf } from '../../src/core/lane.ts'
import { statementOf } from '../../src/core/statements.ts'
import { LEGAL_NATURES, OUTCOME_STATUSES } from '../../src/core/vocabulary.ts'
import { RECEIPT_STATEMENT } from '../../src/signing/receipt.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { FIXED_SENTENCES, NATURES } from '../../src/generated/vocabularies.ts'
import { HOTLINE, openDesk, publicJwk } from '../support/desk.ts'
import { fixture, fixtureSenders } from '../support/fixtures.ts'
import {
  clause,
  claimsOf,
  decide,
  namesIn,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
  without,
} from './support.ts'

const STATUTORY_NAME =
  /(^|_)(due|deadline|sla|breach(ed)?|overdue|statutory_clock|kigen)(_|$)|(due|deadline|breach(ed)?)(At|On|By)$/i
const STATUTORY_WORD =
  /期限|法定期間|遅延|超過|deadline|overdue|breach|\bSLA\b|within \d+ (days|hours)/i

it('A statutory clock runs only in `statutory_rights`: no member of the open lanes speaks of a due date, and the own aim is a goal', async () => {
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  const lead = person('a', 'lead')
  const open = await readCase(ctx, lead, record.id)
  await decide(desk, record, lead, { actions: [{ kind: 'remove' }], ground: clause() })
  const outcome = claimsOf(desk, await outcomeFor(desk, accepted))
  const shown = [
    open,
    outcome,
    await readCase(ctx, lead, record.id),
    await listCases(ctx, lead, { state: 'decided', limit: 5 }),
    await ownNotice(ctx, HOTLINE, accepted.id),
    await readDeliveries(ctx, lead, { limit: 5 }),
    await readSenders(ctx, lead),
    await readStatistics(ctx, lead),
  ]
  expect(namesIn(shown)).toContain('goalAt')
  expect(namesIn(shown).filter((name) => STATUTORY_NAME.test(name))).toEqual([])
  // Words that the sender itself wrote are its own; all others are ours.
  const noticeWords = without(open.notices[0]!, 'document')
  expect(JSON.stringify([noticeWords, open.order, open.case, outcome])).not.toMatch(STATUTORY_WORD)
})

it('No schema of the wire has a member for one', () => {
  const names = Object.values(SCHEMAS).flatMap(namesOfSchema)
  expect(names).toContain('received_at')
  expect(names.filter((name) => STATUTORY_NAME.test(name))).toEqual([])
  expect(
    ['due_at', 'deadline', 'breachedAt', 'dueOn', 'sla'].every((name) => STATUTORY_NAME.test(name)),
  ).toBe(true)
})

it('No sentence promises or counts a time', () => {
  for (const status of OUTCOME_STATUSES)
    for (const nature of LEGAL_NATURES) {
      const facts = { status, asOf: 1, measures: [], declineReason: null }
      const { ja, en } = statementOf({
        facts,
        nature,
        receivedAt: 1,
        clause: null,
        publicNote: null,
      })
      expect(`${ja} ${en}`).not.toMatch(STATUTORY_WORD)
    }
  expect(`${RECEIPT_STATEMENT.ja} ${RECEIPT_STATEMENT.en}`).not.toMatch(STATUTORY_WORD)
  const open = NATURES.filter(({ id }) => id === 'voluntary_request')
  expect(JSON.stringify([open, FIXED_SENTENCES])).not.toMatch(STATUTORY_WORD)
})

it('The statutory procedure is not open: its forms are for another window, and nothing else leads there', async () => {
  const desk = await openDesk()
  for (const form of ['rights_request', 'inquiry'])
    expect(await thrown(desk.hotline.send({ ...fixture('handgun_sale').notice, form }))).toBe(
      'other_window',
    )
  const { ctx } = desk.madoguchi.internals
  const holder = { ...fixtureSenders[1]!, id: 'https://holder.example/', type: 'rights_holder' }
  await registerSender(ctx, SYSTEM, without(holder, 'nature'))
  await registerKey(ctx, SYSTEM, holder.id, publicJwk(desk.keys.hotline))
  expect(await thrown(desk.hotline.sendFixture('handgun_sale', {}, { iss: holder.id }))).toBe(
    'other_window',
  )
  expect(await ctx.read.count('notice', {})).toBe(0)
  expect(
    laneOf({ form: 'rights_request', senderType: 'rights_holder', nature: 'statutory_request' }),
  ).toBe('statutory_rights')
  expect(ctx.config.openLanes.has('statutory_rights')).toBe(false)
})
