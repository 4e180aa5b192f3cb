import { expect, it } from 'vitest'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { laneOf } from '../../src/core/lane.ts'
import { OUTCOME_NATURE_SENTENCES } from '../../src/core/statements.ts'
import { ACTION_KINDS } from '../../src/core/action-kind.ts'
import { openDesk, publicJwk } from '../support/desk.ts'
import { fixture, fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { thrown, without } from './support.ts'

const POLICE = 'https://police.example/'

it('A police warning on a post is a signal: its procedure is not open, so it is refused and leaves nothing to act on', async () => {
  const called: string[] = []
  const desk = await openDesk({
    platform: {
      executors: {
        label_police_warning: () => {
          called.push('label')
          return Promise.resolve({ kind: 'executed', at: 1 })
        },
      },
    },
  })
  const { ctx, workers } = desk.madoguchi.internals
  const plain = without(fixtureSenders[1]!, 'nature')
  await registerSender(ctx, SYSTEM, { ...plain, id: POLICE, type: 'police_prefectural' })
  await registerKey(ctx, SYSTEM, POLICE, publicJwk(desk.keys.hotline))
  await desk.madoguchi.start({ work: true })
  const warning = fixture('police_individual_warning_labelled').notice
  for (const iss of [POLICE, fixtureSenders[0]!.id])
    expect(await thrown(desk.hotline.send(warning, { iss }))).toBe('form_not_open')
  for (const key of ['yamibaito_recruitment', 'handgun_sale'])
    expect(await thrown(desk.hotline.send(noticeOf(key), { iss: POLICE }))).toBe(
      'form_not_for_sender',
    )
  await workers.reconcile()
  for (const table of [
    'notice',
    'case',
    'decision',
    'action',
    'outcome',
    'delivery',
    'work',
  ] as const)
    expect([table, await ctx.read.count(table, {})]).toEqual([table, 0])
  expect(called).toEqual([])
})

it('It has a lane of its own, a label that can be lifted and changes no visibility, and no words for an answer', () => {
  for (const senderType of ['police_national', 'police_prefectural', 'hotline_private'])
    expect(laneOf({ form: 'individual_warning', senderType, nature: 'public_warning' })).toBe(
      'signal',
    )
  expect(ACTION_KINDS.label_police_warning).toMatchObject({ visibility: 'none', reversible: true })
  expect(OUTCOME_NATURE_SENTENCES.public_warning).toEqual({ ja: '', en: '' })
})
