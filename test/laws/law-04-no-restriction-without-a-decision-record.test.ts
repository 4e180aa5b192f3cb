import { expect, it } from 'vitest'
import { SYSTEM } from '../../src/app/actor.ts'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { ROLES } from '../../src/core/vocabulary.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { parseEntry } from '../../src/ledger/entry.ts'
import { validateDecisionInput } from '../../src/schema/validate.ts'
import { openDesk } from '../support/desk.ts'
import {
  clause,
  codeOf,
  decide,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
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
