import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { ROLES } from '../../src/core/vocabulary.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { validateDecisionInput } from '../../src/schema/validate.ts'
import { ADOPTER, labelRule, putIntoUse, SECOND } from '../app/policies-support.ts'
import { openDesk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import {
  clause,
  codeOf,
  decide,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  thrown,
} from './support.ts'

const ALL_KINDS = Object.keys(ACTION_KINDS) as ActionKind[]

it("No restriction without the platform's own decision record: every action that ran rests on one by a person, older than itself", async () => {
  const calls: string[] = []
  const executors = Object.fromEntries(ALL_KINDS.map((kind) => [kind, obedient(calls)]))
  const desk = await openDesk({ platform: { executors } })
  const { read } = desk.madoguchi.internals.ctx
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  expect(await read.count('action', {})).toBe(0)
  expect(calls).toEqual([])
  const answer = await decide(desk, record, person('hanrei-3'), {
    actions: [{ kind: 'remove' }, { kind: 'warn_poster' }],
    ground: clause(),
  })
  expect(codeOf(answer)).toBe('ok')
  await outcomeFor(desk, accepted)
  const actions = await read.find('action', {})
  expect(actions).toHaveLength(2)
  for (const action of actions) {
    const decision = await read.get('decision', { id: action.decisionId })
    expect(decision).toMatchObject({
      mode: 'human',
      by: [{ operator: 'hanrei-3', role: 'reviewer' }],
    })
    expect(decision?.input.actions.map(({ kind }) => kind)).toContain(action.kind)
    expect(action.idempotencyKey.startsWith(action.decisionId)).toBe(true)
    const [executed] = await read.find('event', {
      type: 'action.executed',
      decisionId: action.decisionId,
    })
    const [made] = await read.find('event', {
      type: 'decision.made',
      decisionId: action.decisionId,
    })
    expect(made?.entryIndex).toBe(decision?.entryIndex)
    expect(made?.entryIndex).toBeLessThan(executed?.entryIndex ?? -1)
    const entry = await read.get('ledgerEntry', { index: decision?.entryIndex ?? -1 })
    expect(entry && parseEntry(entry.bytes)?.pub).toMatchObject({
      mode: 'human',
      actions: ['remove', 'warn_poster'],
    })
  }
})

it("The mode of a decision is nobody's to choose: it follows from who decided", async () => {
  expect(namesOfSchema(SCHEMAS.decision)).not.toContain('mode')
  const wish = {
    command_id: 'c-00000001',
    expected_version: 1,
    actions: [],
    awareness_cause: 'other',
    weight_given: 'none',
  }
  expect(validateDecisionInput(wish)).toEqual(wish)
  expect(() => validateDecisionInput({ ...wish, mode: 'standing_policy' })).toThrow('invalid_input')
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  const smuggled = { actions: [], mode: 'standing_policy', by: person('a') }
  expect(codeOf(await decide(desk, record, person('a'), smuggled))).toBe('ok')
  const { read } = desk.madoguchi.internals.ctx
  expect((await read.find('decision', {})).map(({ mode }) => mode)).toEqual(['human'])
})

it('Whoever runs the system or audits it decides nothing, nor does the system itself', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment')
  const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
  const deciders: readonly string[] = ['reviewer', 'second_reviewer', 'lead', 'child_safety']
  const nobodys = [
    ...ROLES.filter((each) => !deciders.includes(each)).map((role) => person('x', role)),
    SYSTEM,
  ]
  expect(nobodys.length).toBeGreaterThan(2)
  for (const by of nobodys) {
    expect(codeOf(await decide(desk, record, by, wish))).toBe('not_allowed')
    // Not by leaving out the claim either.
    const command = {
      commandId: `direct-${by.operator}-${by.role}`,
      expectedVersion: record.version,
      by,
      ...wish,
    }
    expect(codeOf(await desk.madoguchi.cases.decide(record.id, command))).toBe('not_allowed')
  }
  const { read } = desk.madoguchi.internals.ctx
  expect(await read.count('decision', {})).toBe(0)
  expect(await read.count('action', {})).toBe(0)
})

it('A standing policy decides only what arrived after two people had adopted it, and names itself', async () => {
  const calls: string[] = []
  const desk = await openDesk({
    platform: {
      executors: { label_informational: obedient(calls) },
      resolve: ({ url }) => Promise.resolve({ ref: url }),
    },
  })
  const { read } = desk.madoguchi.internals.ctx
  const { policies } = desk.madoguchi
  await desk.madoguchi.start({ work: true })
  const early = await sendToCase(desk, 'yamibaito_recruitment', postOf(0))
  const { id, version } = await policies.add(labelRule, ADOPTER)
  await sendToCase(desk, 'yamibaito_recruitment', postOf(1))
  await policies.adopt({ id, version }, ADOPTER)
  // Adopted by one person, it is still nobody's decision.
  const between = await sendToCase(desk, 'yamibaito_recruitment', postOf(2))
  const refusal = policies.activate({ id, version }, ADOPTER)
  expect(await thrown(refusal)).toBe('second_person_needed')
  const { activeIndex } = await policies.activate({ id, version }, SECOND)
  const late = await sendToCase(desk, 'yamibaito_recruitment', postOf(3))
  expect([early, between, late].map(({ record }) => record.state)).toEqual([
    'ready',
    'ready',
    'decided',
  ])
  // What it could have been used on isn't taken up later either.
  await desk.madoguchi.internals.workers.reconcile()
  expect(await read.count('decision', {})).toBe(1)
  await outcomeFor(desk, late.accepted)
  const [adopted] = await read.find('event', { type: 'policy.adopted' })
  const [decision] = await read.find('decision', { mode: 'standing_policy' })
  const notice = await read.get('notice', { id: late.accepted.id })
  expect(decision).toMatchObject({ policy: { id, version }, by: [], noticeIds: [notice?.id] })
  expect(adopted?.entryIndex).toBeLessThan(activeIndex ?? -1)
  expect(activeIndex).toBeLessThan(notice?.position ?? -1)
  expect(notice?.entryIndex).toBeLessThan(decision?.entryIndex ?? -1)
  expect(calls).toEqual([`${decision?.id}.label_informational`])
})

it('A revision of a notice does not bring it under a policy that came after it', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  const first = await sendToCase(desk, 'yamibaito_recruitment')
  await putIntoUse(desk)
  const revised = await sendToCase(desk, 'yamibaito_recruitment', {
    id: 'a-revision-of-it',
    supersedes: noticeOf('yamibaito_recruitment')['id'],
  })
  expect(revised.accepted.id).not.toBe(first.accepted.id)
  expect(revised.record.state).toBe('ready')
  expect(await desk.madoguchi.internals.ctx.read.count('decision', {})).toBe(0)
})

it('Retired in the midst of arriving notices, a policy decides nothing behind its retirement in the log', async () => {
  const desk = await openDesk({ platform: { resolve: ({ url }) => Promise.resolve({ ref: url }) } })
  const { read } = desk.madoguchi.internals.ctx
  await desk.madoguchi.start({ work: true })
  const { id, version } = await putIntoUse(desk)
  const sent: Promise<unknown>[] = []
  for (let n = 0; n < 12; n += 1) {
    sent.push(sendToCase(desk, 'yamibaito_recruitment', postOf(n)))
    if (n === 6) sent.push(desk.madoguchi.policies.retire({ id, version }, ADOPTER))
  }
  await Promise.all(sent)
  const [retired] = await read.find('event', { type: 'policy.retired' })
  const decisions = await read.find('decision', { mode: 'standing_policy' })
  for (const { entryIndex } of decisions) expect(entryIndex).toBeLessThan(retired?.entryIndex ?? -1)
})

/** Another post for each number. */
function postOf(n: number): Record<string, unknown> {
  const target = { ...(noticeOf('yamibaito_recruitment')['target'] as object) }
  const url = `https://sns.example/@demo_${n}/posts/${n}`
  return { id: `notice-of-post-${n}`, target: { ...target, url } }
}
