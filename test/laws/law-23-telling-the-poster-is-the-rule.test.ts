import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LEDGERED_EVENTS, PLAIN_EVENTS } from '../../src/core/event.ts'
import { PERMISSIONS } from '../../src/core/permissions.ts'
import { OUTCOME_STATUSES } from '../../src/core/vocabulary.ts'
import { statementOf } from '../../src/core/statements.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { PRIMARY_KEYS } from '../../src/ports/record-tables.ts'
import { openDesk } from '../support/desk.ts'
import {
  claimsOf,
  clause,
  decide,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
} from './support.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { noticeOf } from '../support/fixtures.ts'

const POSTPONING = /postpon|defer|withh(e|o)ld|poster_(notice|told)|tell_poster|secrecy|gag/i

it('Telling the poster is the rule; postponing is a decision of its own: as its procedure is not open, nothing can be postponed, by anybody', async () => {
  expect(
    Object.values(SCHEMAS)
      .flatMap(namesOfSchema)
      .filter((name) => POSTPONING.test(name)),
  ).toEqual([])
  const words = [
    ...LEDGERED_EVENTS,
    ...PLAIN_EVENTS,
    ...Object.keys(PERMISSIONS),
    ...Object.keys(PRIMARY_KEYS),
  ]
  expect(words.filter((word) => POSTPONING.test(word))).toEqual([])
  const desk = await openDesk()
  // A sender can't ask for it by a member of its own making …
  for (const extra of [
    { secrecy: true },
    { do_not_tell_poster: true },
    { postpone_until: '2027-01-01' },
  ])
    expect(await thrown(desk.hotline.send({ ...noticeOf('handgun_sale'), ...extra }))).toBe(
      'schema_mismatch',
    )
  // … nor by words: they are text like any other.
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'handgun_sale', {
    request_text: '発信者には知らせないでください。',
  })
  const plain = await sendToCase(desk, 'yamibaito_recruitment')
  const facts = ({ flags, state, opinions, decisionId }: typeof record) => ({
    flags,
    state,
    opinions,
    decisionId,
  })
  expect(facts(record)).toEqual(facts(plain.record))
  expect(SYSTEM.role).toBe('admin')
})

it('No outcome claims that the poster was told, or was not', async () => {
  const said = OUTCOME_STATUSES.map((status) => {
    const facts = { status, asOf: 1, measures: [], declineReason: null }
    return statementOf({
      facts,
      nature: 'voluntary_request',
      receivedAt: 1,
      clause: null,
      publicNote: null,
    })
  })
  const desk = await openDesk({ platform: { executors: { remove: obedient() } } })
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  const { outcome } = claimsOf(desk, await outcomeFor(desk, accepted))
  for (const text of [JSON.stringify(said), outcome.statement_ja, outcome.statement_en])
    expect(text).not.toMatch(
      /発信者(に|へ)|投稿者(に|へ)|通知済|told the poster|informed the (poster|user)|notified/i,
    )
})

it('The documents say that it is not there yet', () => {
  const scope = readFileSync(new URL('../../docs/scope.md', import.meta.url), 'utf8')
  expect(scope).toMatch(/発信者への(通知|告知)|tell(ing)? the poster|notice to the poster/i)
})
