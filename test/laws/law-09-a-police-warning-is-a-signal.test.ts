import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { readSignals, readSignalTotals } from '../../src/app/read-signals.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { ACTION_KINDS } from '../../src/core/action-kind.ts'
import type { ActionRecord } from '../../src/core/action.ts'
import { laneOf } from '../../src/core/lane.ts'
import { RECHECK_MS } from '../../src/core/own-lists.ts'
import { OUTCOME_NATURE_SENTENCES } from '../../src/core/statements.ts'
import { DAY } from '../../src/core/time.ts'
import type { PolicyDocument, ProceduresDocument } from '../../src/generated/types.ts'
import { ADOPTER, labelRule, putIntoUse, SECOND } from '../app/policies-support.ts'
import { codeOf, openTimedDesk, seen, type TimedDesk } from '../app/support.ts'
import { openDesk, publicJwk } from '../support/desk.ts'
import { fixture, fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { clause, decide, obedient, person, readyCaseOf, thrown, without } from './support.ts'

const POLICE = 'https://police.example/'
const ACCOUNT = '@mihon_pref_police_cyber'
const OTHER = '@mihon2_police'
const POST = { id: '/@demo_haitatsu/posts/7309000412' }

const listed = (account: string, checked_on = '2026-11-01'): ListedAccount => ({
  account,
  name: { ja: '見本県警察（架空）', en: 'Mihon police (fictional)' },
  proof: '公式サイトの掲載と電話で確認',
  listed_by: ['toukatsu-a', 'toukatsu-b'],
  checked_on,
})
type ListedAccount = NonNullable<ProceduresDocument['police_accounts']>[number]

const optIn: PolicyDocument = {
  ...labelRule,
  id: 'label-police-warnings',
  when: { forms: ['individual_warning'], signal: 'police_warning' },
  effect: { kind: 'measures', measures: [{ kind: 'label_police_warning', hours: 720 }] },
  ground: { ...clause(), kind: 'police_warning_label_policy' },
}

async function open(calls: string[] = []): Promise<TimedDesk> {
  const label = obedient(calls)
  const desk = await openTimedDesk({
    platform: { executors: { label_police_warning: label, restore: label } },
    procedures: { police_accounts: [listed(ACCOUNT), listed(OTHER)] },
  })
  await desk.madoguchi.start({ work: true })
  return desk
}

const labelIn = (desk: TimedDesk, state: ActionRecord['state']): Promise<ActionRecord> =>
  seen(async () => {
    await desk.madoguchi.internals.workers.reconcile()
    return (await desk.ctx.read.find('action', { kind: 'label_police_warning', state }))[0]
  })

it('A police warning on a post is a signal: what the platform saw itself, and without a policy of its own nothing comes of it', async () => {
  const calls: string[] = []
  const desk = await open(calls)
  const noted = await desk.madoguchi.signals.report(POST, { account: ACCOUNT })
  expect(noted).toMatchObject({ labelled: false })
  await desk.madoguchi.internals.workers.reconcile()
  for (const table of ['notice', 'case', 'decision', 'action', 'outcome', 'work'] as const)
    expect([table, await desk.ctx.read.count(table, {})]).toEqual([table, 0])
  expect(calls).toEqual([])
  const [event] = await desk.ctx.read.find('event', { type: 'signal.noted' })
  expect(event?.entryIndex).not.toBeNull()
})

it('Under an opted-in policy it leads to the label and nothing else, without an answer to anybody', async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  const { signals } = desk.madoguchi
  expect(await signals.report(POST, { account: ACCOUNT })).toMatchObject({ labelled: true })
  const label = await labelIn(desk, 'executed')
  expect(label).toMatchObject({ endsAt: desk.clock.now() + 30 * DAY })
  const [record] = await desk.ctx.read.find('case', {})
  expect(record).toMatchObject({
    lane: 'signal',
    form: 'individual_warning',
    nature: 'public_warning',
    state: 'decided',
  })
  const [decision] = await desk.ctx.read.find('decision', {})
  expect(decision).toMatchObject({
    mode: 'standing_policy',
    policy: { id: optIn.id, version: 1 },
    noticeIds: [],
    input: { awarenessCause: 'police', weightGiven: 'none' },
  })
  // Its poster is told; the police hear nothing, for nobody sent anything.
  expect(await desk.ctx.read.count('posterNotice', { kind: 'measures' })).toBe(1)
  for (const table of ['notice', 'outcome', 'delivery'] as const)
    expect([table, await desk.ctx.read.count(table, {})]).toEqual([table, 0])
  expect(await desk.ctx.read.count('restriction', {})).toBe(0)
  // Said again it is the same; on another post of the account nothing happens by it.
  expect(await signals.report(POST, { account: ACCOUNT })).toMatchObject({ labelled: true })
  expect(await desk.ctx.read.count('signal', {})).toBe(1)
  expect(await desk.ctx.read.count('action', {})).toBe(1)
})

it('The label ends with the last warning, and does not come again', async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  const { signals } = desk.madoguchi
  await signals.report(POST, { account: ACCOUNT })
  await signals.report(POST, { account: OTHER })
  await labelIn(desk, 'executed')
  expect(await signals.end(POST, { account: ACCOUNT })).toBe(true)
  await desk.madoguchi.internals.workers.reconcile()
  expect(await desk.ctx.read.count('action', { kind: 'restore' })).toBe(0)
  expect(await signals.end(POST, { account: OTHER })).toBe(true)
  await seen(async () => {
    await desk.madoguchi.internals.workers.reconcile()
    return (await desk.ctx.read.find('action', { kind: 'restore', state: 'executed' }))[0]
  })
  expect(await signals.end(POST, { account: OTHER })).toBe(false)
  expect(await signals.report(POST, { account: ACCOUNT })).toMatchObject({ labelled: false })
})

it('The label ends after 30 days by itself', async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  await desk.madoguchi.signals.report(POST, { account: ACCOUNT })
  await labelIn(desk, 'executed')
  desk.clock.advance(30 * DAY)
  await seen(async () => {
    await desk.madoguchi.internals.workers.reconcile()
    return (await desk.ctx.read.find('action', { kind: 'restore', state: 'executed' }))[0]
  })
})

it('The label ends when its poster objects, before anybody has judged the objection', async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  await desk.madoguchi.signals.report(POST, { account: ACCOUNT })
  const { caseId } = await labelIn(desk, 'executed')
  const { state } = await desk.madoguchi.appeals.open({
    commandId: 'objection-0001',
    from: { caseId },
    about: ['measure'],
    text: '友人の荷物を受け取っただけです。',
  })
  expect(state).not.toBe('changed')
  await seen(async () => {
    await desk.madoguchi.internals.workers.reconcile()
    return (await desk.ctx.read.find('action', { kind: 'restore', state: 'executed' }))[0]
  })
  // Another warning brings it back no more.
  const again = await desk.madoguchi.signals.report(POST, { account: OTHER })
  expect(again).toMatchObject({ labelled: false })
})

it("Only accounts that two people verified count, for half a year each; a sender's word for it never does", async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  const { signals } = desk.madoguchi
  expect(await codeOf(signals.report(POST, { account: '@somebody' }))).toBe('account_not_listed')
  const surface = 'private'
  expect(await codeOf(signals.report(POST, { account: ACCOUNT, surface }))).toBe('not_allowed')
  expect(await codeOf(signals.report(undefined, { account: ACCOUNT }))).toBe('invalid_input')
  desk.clock.advance(RECHECK_MS)
  expect(await codeOf(signals.report(POST, { account: ACCOUNT }))).toBe('account_not_listed')
  expect(await desk.ctx.read.count('signal', {})).toBe(0)
  const alone = { ...listed(ACCOUNT), listed_by: ['toukatsu-a', 'toukatsu-a'] }
  const opening = openDesk({ procedures: { police_accounts: [alone] } })
  await expect(opening).rejects.toThrow()
})

it('No policy may do more on a warning, and no person puts the label on anything', async () => {
  const desk = await open()
  const { policies } = desk.madoguchi
  for (const kind of ['demote', 'remove', 'demonetize_account', 'label_interstitial'] as const) {
    const measures = [{ kind, hours: 24 }]
    const wide = await policies.add({ ...optIn, effect: { kind: 'measures', measures } }, ADOPTER)
    expect(await thrown(policies.adopt(wide, SECOND))).toBe('policy_not_adoptable')
  }
  const record = await readyCaseOf(desk, await desk.hotline.sendFixture('yamibaito_recruitment'))
  const wish = { actions: [{ kind: 'label_police_warning' as const }], ground: clause() }
  expect(await decide(desk, record, person('a'), wish)).toMatchObject({
    ok: false,
    refusal: { code: 'not_allowed' },
  })
})

it('What became of warned posts is told in totals of five and more, and of no single one', async () => {
  const desk = await open()
  await putIntoUse(desk, optIn)
  const { signals, targets } = desk.madoguchi
  for (let n = 1; n <= 10; n += 1) await signals.report({ id: n }, { account: ACCOUNT })
  const totals = (): Promise<unknown> =>
    readSignalTotals(desk.ctx, person('lead', 'lead'), { from: null, until: null })
  for (let n = 1; n <= 4; n += 1) await targets.report({ id: n }, { state: 'gone', by: 'poster' })
  expect(await totals()).toEqual({ noted: 10, labelled: 10, goneLater: null })
  await targets.report({ id: 5 }, { state: 'gone' })
  expect(await totals()).toEqual({ noted: 10, labelled: 10, goneLater: 5 })
  // Six of ten would tell of the four that are still there.
  await targets.report({ id: 6 }, { state: 'gone' })
  expect(await totals()).toMatchObject({ goneLater: null })
  const { items } = await readSignals(desk.ctx, person('a'), { limit: 20 })
  expect(items).toHaveLength(10)
  expect(JSON.stringify(items)).not.toMatch(/gone|poster|ref:|ended/)
})

it('A message that claims a warning asks for nothing that the desk could answer', async () => {
  const called: string[] = []
  const desk = await openDesk({
    platform: { executors: { label_police_warning: obedient(called) } },
  })
  const { ctx, workers } = desk.madoguchi.internals
  const plain = without(fixtureSenders[1]!, 'nature')
  await registerSender(ctx, SYSTEM, { ...plain, id: POLICE, type: 'police_prefectural' })
  await registerKey(ctx, SYSTEM, POLICE, publicJwk(desk.keys.hotline))
  await putIntoUse(desk, optIn)
  await desk.madoguchi.start({ work: true })
  const warning = fixture('police_individual_warning_labelled').notice
  for (const iss of [POLICE, fixtureSenders[0]!.id])
    expect(await thrown(desk.hotline.send(warning, { iss }))).toBe('form_not_open')
  for (const key of ['yamibaito_recruitment', 'handgun_sale'])
    expect(await thrown(desk.hotline.send(noticeOf(key), { iss: POLICE }))).toBe(
      'form_not_for_sender',
    )
  await workers.reconcile()
  for (const table of ['notice', 'case', 'decision', 'action', 'outcome', 'work'] as const)
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
