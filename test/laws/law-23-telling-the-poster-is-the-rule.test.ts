import { expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import type { PosterNoticeState } from '../../src/core/poster-notice.ts'
import { POSTPONEMENT_REASONS } from '../../src/core/postponement.ts'
import { DAY } from '../../src/core/time.ts'
import { isToldToPoster } from '../../src/core/poster-statement.ts'
import { OUTCOME_STATUSES } from '../../src/core/vocabulary.ts'
import { statementOf } from '../../src/core/statements.ts'
import type { PosterTeller } from '../../src/ports/platform.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'
import { noticeOf } from '../support/fixtures.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
} from './support.ts'

type Told = Parameters<PosterTeller<unknown>>[0]

/** Kinds that a decision on a notice can choose and whose poster is told. */
const KINDS = (Object.keys(ACTION_KINDS) as ActionKind[]).filter(
  (kind) =>
    isToldToPoster(kind) && kind !== 'require_reverification' && kind !== 'label_police_warning',
)

async function openTelling(told: Told[], clock?: TestClock) {
  const desk = await openDesk({
    adapters: clock === undefined ? {} : { clock },
    platform: {
      resolve: ({ url }) => Promise.resolve({ ref: url }),
      executors: Object.fromEntries(KINDS.map((kind) => [kind, obedient()])),
      tellPoster: (call) => {
        told.push(call)
        return Promise.resolve({ kind: 'executed', at: 1 })
      },
    },
  })
  await desk.madoguchi.start({ work: true })
  return desk
}

/** Waits until so many notices to posters are in a state. */
const noticesIn = (desk: Desk, state: PosterNoticeState, count: number) =>
  until(async () => {
    const { read } = desk.madoguchi.internals.ctx
    return (await read.count('posterNotice', { state })) === count ? true : undefined
  })

const reasonOf = ({ payload }: { readonly payload: Uint8Array }): unknown =>
  (JSON.parse(new TextDecoder().decode(payload)) as { reason: unknown }).reason

it('Telling the poster is the rule: every kind of measure on an item or account is told, with its reasons and how to object', async () => {
  const told: Told[] = []
  const desk = await openTelling(told)
  for (const [index, kind] of KINDS.entries()) {
    const target = { url: `https://sns.example/p/${index}` }
    const { record } = await sendToCase(desk, 'yamibaito_recruitment', {
      id: `told-item-${index}`,
      target,
    })
    const basis = kind === 'label_ai_generated' ? { labelBasis: 'own_detection' as const } : {}
    const wish = { actions: [{ kind, ...basis }], ground: clause() }
    expect([kind, codeOf(await decide(desk, record, person('a'), wish))]).toEqual([kind, 'ok'])
  }
  await until(() => Promise.resolve(told.length === KINDS.length ? true : undefined))
  for (const { text, statement } of told) {
    const [measure] = statement.measures
    expect(text.body.ja).toContain(`・${ACTION_KINDS[measure!.kind].label.ja}`)
    expect(statement.ground?.clause).toBe('3.2')
    expect(text.body.ja).toContain('異議の申出ができます')
    expect(text.body.en).toContain('If you object')
  }
})

it('No sender can ask for silence: neither by a member of its own making nor by words', async () => {
  const told: Told[] = []
  const desk = await openTelling(told)
  for (const extra of [
    { secrecy: true },
    { do_not_tell_poster: true },
    { postpone_until: '2027-01-01' },
  ])
    expect(await thrown(desk.hotline.send({ ...noticeOf('handgun_sale'), ...extra }))).toBe(
      'schema_mismatch',
    )
  const { record } = await sendToCase(desk, 'yamibaito_recruitment', {
    request_text: '発信者には知らせないでください。',
  })
  const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
  expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
  await until(() => Promise.resolve(told[0]))
  expect(JSON.stringify(told[0]?.text)).not.toContain('知らせないで')
})

it('Postponing is a decision of its own by two people, from a closed list, with a day of re-check; afterwards it is given, and counted', async () => {
  expect(POSTPONEMENT_REASONS).toEqual([
    'life_or_safety',
    'child_victim',
    'secrecy_asked',
    'secrecy_ordered',
    'already_told_same',
    'unreachable',
  ])
  const clock = new TestClock()
  const told: Told[] = []
  const desk = await openTelling(told, clock)
  const { cases, internals } = desk.madoguchi
  const counts: string[] = []
  for (const [index, reason] of POSTPONEMENT_REASONS.entries()) {
    const { record } = await sendToCase(desk, 'yamibaito_recruitment', {
      id: `postponed-item-${index}`,
      target: { url: `https://sns.example/p/${index}` },
    })
    const until = clock.now() + 2 * DAY
    const ask = (commandId: string, by: DecidedBy, over: object = {}) =>
      cases.postpone(record.id, { commandId, by, reason, until, ...over })
    expect(codeOf(await ask(`first-${reason}`, person('a')))).toBe('ok')
    expect(codeOf(await ask(`again-${reason}`, person('a')))).toBe('second_person_needed')
    expect(
      codeOf(await ask(`never-${reason}`, person('b'), { until: clock.now() + 400 * DAY })),
    ).toBe('recheck_out_of_range')
    expect(codeOf(await ask(`second-${reason}`, person('b')))).toBe('ok')
    const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
    expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
    await noticesIn(desk, 'postponed', index + 1)
    counts.push(reason)
  }
  expect(told).toEqual([])
  const events = await internals.ctx.read.find(
    'event',
    { type: 'poster.postponed' },
    { orderBy: 'seq' },
  )
  expect(events.every(({ entryIndex }) => entryIndex !== null)).toBe(true)
  expect(events.map(reasonOf)).toEqual(counts)
  clock.advance(DAY + 1)
  clock.advance(DAY)
  await noticesIn(desk, 'told', POSTPONEMENT_REASONS.length)
  for (const { text, statement } of told) {
    expect(statement.wasPostponed).toBe(true)
    expect(text.body.ja).toContain('お伝えする時期を延期していました')
    expect(text.body.ja).not.toMatch(/秘密|捜査|児童|生命/)
  }
})

it('A person with any other role puts nothing off, and a reason outside the list is none', async () => {
  const desk = await openTelling([])
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  const until = desk.madoguchi.internals.ctx.clock.now() + DAY
  for (const role of ['auditor', 'external_auditor', 'integrator', 'admin'] as const) {
    const asked = { commandId: `role-${role}`, by: person('x', role), until }
    const answer = await desk.madoguchi.cases.postpone(record.id, {
      ...asked,
      reason: 'unreachable',
    })
    expect([role, codeOf(answer)]).toEqual([role, 'not_allowed'])
  }
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
  const desk = await openTelling([])
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  const { outcome } = claimsOf(desk, await outcomeFor(desk, accepted))
  for (const text of [JSON.stringify(said), outcome.statement_ja, outcome.statement_en])
    expect(text).not.toMatch(
      /発信者(に|へ)|投稿者(に|へ)|通知済|told the poster|informed the (poster|user)|notified/i,
    )
})
