import { describe, expect, test } from 'vitest'
import { parseTime } from '../../src/core/time.ts'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import {
  fromAction,
  fromDecisionInput,
  fromSender,
  fromStandard,
  toDecisionCommand,
  toSender,
  toStandard,
} from '../../src/schema/to-core.ts'
import {
  validateAgainst,
  validateDecisionInput,
  validateSender,
  validateStandard,
} from '../../src/schema/validate.ts'
import { fixtureSenders, fixtureStandard } from '../support/fixtures.ts'

const full = {
  command_id: 'cmd-00000001',
  expected_version: 3,
  actions: [
    { kind: 'remove', not_before: '2026-11-22T01:02:03.456Z' },
    {
      kind: 'label_ai_generated',
      ends_at: '2026-11-23T01:02:03.456Z',
      territory: ['JP'],
      interim: true,
      label_basis: 'poster_statement',
      template: 'ai_generated',
    },
    { kind: 'warn_poster' },
  ],
  already_gone: false,
  ground: { kind: 'tos_clause', standard: 's', version: '1', clause: '3.2', provisions: ['x'] },
  awareness_cause: 'hotline_request',
  weight_given: 'relied_after_own_check',
  sender_finding: 'a',
  context_considered: 'b',
  decline_reason: null,
  public_note: { ja: 'あ', en: 'a' },
  internal_note: 'c',
}
const AT = parseTime('2026-11-22T01:02:03.456Z')!

const faultOf = (body: () => unknown): unknown => {
  try {
    body()
  } catch (error) {
    if (error instanceof MadoguchiError) return [error.code, error.details.errors?.[0]?.pointer]
    throw error
  }
  throw new Error('was not refused')
}

describe('decisions', () => {
  test('there and back', () => {
    const { command_id, expected_version, ...rest } = full
    const command = toDecisionCommand(validateDecisionInput(full))
    expect(command.commandId).toBe(command_id)
    expect(command.expectedVersion).toBe(expected_version)
    expect(command.input.actions[0]).toEqual({ kind: 'remove', notBefore: AT })
    expect(fromDecisionInput(command.input)).toEqual(rest)
  })

  test('the least that can be said is a decline without a reason', () => {
    const least = {
      command_id: 'cmd-00000002',
      expected_version: 1,
      actions: [],
      awareness_cause: 'hotline_request',
      weight_given: 'none',
    }
    const { input } = toDecisionCommand(validateDecisionInput(least))
    expect(input).toMatchObject({ actions: [], ground: null, declineReason: null })
    const gone = toDecisionCommand(validateDecisionInput({ ...least, already_gone: true }))
    expect(gone.input).toMatchObject({ alreadyGone: true, declineReason: null })
  })

  test('a moment that does not exist is refused by its place', () => {
    const leap = { kind: 'remove', not_before: '2026-12-31T23:59:60.000Z' }
    expect(
      faultOf(() => toDecisionCommand(validateDecisionInput({ ...full, actions: [leap] }))),
    ).toEqual(['invalid_input', '/actions/0/not_before'])
    const end = { kind: 'demote', ends_at: '2026-02-30T00:00:00.000Z' }
    expect(
      faultOf(() => toDecisionCommand(validateDecisionInput({ ...full, actions: [end] }))),
    ).toEqual(['invalid_input', '/actions/0/ends_at'])
  })
})

describe('senders', () => {
  test('there and back', () => {
    for (const document of fixtureSenders) {
      const sender = toSender(validateSender(document), AT)
      expect(sender).toMatchObject({ state: 'active', createdAt: AT, nature: document.nature })
      expect(fromSender(sender)).toEqual({
        tier_reason: null,
        accreditation: null,
        criteria: null,
        statutes_in_charge: null,
        licensing_powers: false,
        ...document,
        state: 'active',
        created_at: '2026-11-22T01:02:03.456Z',
      })
    }
  })

  test('what is known of a body, there and back', () => {
    const known = {
      ...fixtureSenders[0]!,
      tier_reason: { ja: '認定による', en: 'by accreditation' },
      accreditation: {
        granted_by: '架空の協議会',
        basis: '認定基準（架空）',
        from: '2026-04-01',
        to: '2027-03-31',
        review_on: '2027-01-31',
        roles: ['finds' as const, 'checks' as const],
        legal_form: '一般社団法人',
        funding: '会費',
        conflicts_of_interest: 'なし',
        report: { address: 'https://hotline.example/report', published_on: '2026-05-01' },
      },
      criteria: {
        address: 'https://hotline.example/criteria',
        version: '3',
        users_consulted: 'unknown' as const,
      },
    }
    expect(fromSender(toSender(validateSender(known), AT))).toMatchObject(known)
    const { report, ...without } = known.accreditation
    expect(report.published_on).toBe('2026-05-01')
    const bare = toSender(validateSender({ ...known, accreditation: without }), AT)
    expect(bare.accreditation).toMatchObject({ report: null, to: '2027-03-31' })
    const ended = { ...known, accreditation: { ...known.accreditation, to: '2026-03-31' } }
    expect(faultOf(() => toSender(validateSender(ended), AT))).toEqual([
      'invalid_input',
      '/accreditation/to',
    ])
  })

  test('law 7: the nature follows the type unless a person gives reason and document', () => {
    const { nature, ...agency } = fixtureSenders.find(
      (sender) => sender.type === 'administrative_agency',
    )!
    expect(nature).toBe('administrative_guidance')
    expect(toSender(agency, AT).nature).toBe('administrative_guidance')
    const lowered = { ...agency, nature: 'voluntary_request' as const }
    expect(faultOf(() => toSender(lowered, AT))).toEqual(['invalid_input', '/nature_reason'])
    const reasoned = { ...lowered, nature_reason: 'agreement of 2026-04-01' }
    expect(faultOf(() => toSender(reasoned, AT))).toEqual(['invalid_input', '/nature_document'])
    expect(toSender({ ...reasoned, nature_document: 'no. 12' }, AT).nature).toBe(
      'voluntary_request',
    )
    expect(toSender({ ...agency, type: 'new_kind' }, AT).nature).toBe('voluntary_request')
  })
})

test('standards, there and back', () => {
  expect(fromStandard(toStandard(validateStandard(fixtureStandard)))).toEqual(fixtureStandard)
})

test('an action as the desk reads it fits its schema and shows no target and no key', () => {
  const uuid = '0199c0de-0000-7000-8000-000000000001'
  const document = fromAction({
    id: `act_${uuid}`,
    decisionId: `dec_${uuid}`,
    caseId: `cas_${uuid}`,
    targetKey: 'secret-target',
    kind: 'remove',
    state: 'executed',
    position: 0,
    notBefore: null,
    endsAt: AT,
    endedAt: null,
    terms: { territory: ['JP'], labelBasis: 'own_detection', template: 'ai_generated' },
    idempotencyKey: 'secret-key',
    attempt: 1,
    executedAt: AT,
    settledBy: 'executor',
    failureCode: null,
    lateResults: [{ attempt: 1, result: 'executed', at: AT }],
    reverses: null,
  })
  expect(validateAgainst('action', document)).toBe(document)
  expect(JSON.stringify(document)).not.toContain('secret')
})
