import { expect, it } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { admitLane, laneOf } from '../../src/core/lane.ts'
import { LEGAL_NATURES, OPEN_FORMS } from '../../src/core/vocabulary.ts'
import { needsTwoPeople } from '../../src/core/transition/who-decides.ts'
import { HOTLINE, openDesk } from '../support/desk.ts'
import { closedFixtures, fixture, noticeOf } from '../support/fixtures.ts'
import { lendKey, thrown } from './support.ts'

const AGENCY = 'https://agency.example/'
const AGENCY_TYPES = [
  'administrative_agency',
  'local_government',
  'human_rights_organ',
  'police_national',
  'police_prefectural',
]

it('Agencies get more procedure, not more power: until theirs is open nothing of theirs is taken in, least of all as a voluntary request', async () => {
  const desk = await openDesk()
  await lendKey(desk)
  const { read } = desk.madoguchi.internals.ctx
  const request = closedFixtures.find(({ lane }) => lane === 'agency')!
  expect(await thrown(desk.hotline.send(request.notice, { iss: AGENCY }))).toBe('form_not_open')
  for (const key of ['yamibaito_recruitment', 'handgun_sale'])
    expect(await thrown(desk.hotline.send(noticeOf(key), { iss: AGENCY }))).toBe('form_not_open')
  expect(await read.count('notice', {})).toBe(0)
  // The same bytes of a hotline are taken.
  expect((await desk.hotline.send(noticeOf('handgun_sale'))).id).toMatch(/^ntc_/)
})

it('A sender of another type whose nature was raised to guidance is no exception', async () => {
  const desk = await openDesk()
  const raised = {
    nature: 'administrative_guidance',
    nature_reason: '理由',
    nature_document: '文書',
  }
  await changeSender(desk.madoguchi.internals.ctx, SYSTEM, HOTLINE, raised)
  expect(await thrown(desk.hotline.sendFixture('handgun_sale'))).toBe('form_not_open')
})

it('The forms of agencies are refused, whoever sends them', async () => {
  const desk = await openDesk()
  for (const form of ['agency_request', 'general_request'])
    expect(await thrown(desk.hotline.send({ ...fixture('handgun_sale').notice, form }))).toBe(
      'form_not_open',
    )
})

it('No nature and no form brings a body of the state into a voluntary lane', () => {
  for (const senderType of AGENCY_TYPES)
    for (const form of OPEN_FORMS)
      for (const nature of LEGAL_NATURES)
        expect(laneOf({ form, senderType, nature })).not.toMatch(/^voluntary_/)
  const open = new Set(['voluntary_illegal', 'voluntary_public_order'] as const)
  const query = {
    form: 'public_order',
    senderType: 'police_national',
    nature: 'voluntary_request',
  } as const
  expect(admitLane(query, open)).toEqual({ ok: false, code: 'form_not_open' })
})

it('When it opens, two people decide there', () => {
  expect(needsTwoPeople({ lane: 'agency', grave: false })).toBe(true)
  expect(needsTwoPeople({ lane: 'voluntary_illegal', grave: false })).toBe(false)
})
