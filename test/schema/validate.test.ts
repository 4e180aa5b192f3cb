import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MadoguchiError } from '../../src/errors/madoguchi-error.ts'
import { SCHEMAS, type SchemaName } from '../../src/generated/schemas.ts'
import {
  validateAgainst,
  validateDecisionInput,
  validateNotice,
  validateSender,
  validateSenderKey,
  validateStandard,
} from '../../src/schema/validate.ts'
import {
  closedFixtures,
  generalRequestFixture,
  fixture,
  fixtureSenders,
  fixtureStandard,
  noticeOf,
  openFixtures,
} from '../support/fixtures.ts'

function refusalOf(body: () => unknown): MadoguchiError {
  try {
    body()
  } catch (error) {
    if (error instanceof MadoguchiError) return error
    throw error
  }
  throw new Error('was not refused')
}

const F1 = 'yamibaito_recruitment'
const F2 = 'handgun_sale'
const mismatch = (value: unknown) => {
  const refusal = refusalOf(() => validateNotice(value))
  expect(refusal.code).toBe('schema_mismatch')
  expect(refusal.details.errors).toHaveLength(1)
  return refusal.details.errors![0]!
}

test('every schema compiles in strict mode', () => {
  for (const name of Object.keys(SCHEMAS) as SchemaName[])
    expect(refusalOf(() => validateAgainst(name, undefined)).code).toBe('invalid_input')
})

describe('notices', () => {
  test('ten fixtures of the reference forms, one of a form that is not open', () => {
    expect(openFixtures).toHaveLength(10)
    expect(closedFixtures).toHaveLength(1)
  })

  test('those of agencies are valid and come back unchanged', () => {
    for (const notice of [fixture('agency_request_declined').notice, generalRequestFixture.notice])
      expect(validateNotice(notice)).toBe(notice)
  })

  test.each(openFixtures.map((each) => [each.key]))(
    '%s is valid and comes back unchanged',
    (key) => {
      const notice = fixture(key).notice
      expect(validateNotice(notice)).toBe(notice)
    },
  )

  test.each(closedFixtures.map((each) => [each.key]))('%s is not open', (key) => {
    expect(refusalOf(() => validateNotice(fixture(key).notice)).code).toBe('form_not_open')
  })

  test('an unknown form has a code of its own', () => {
    const refusal = refusalOf(() => validateNotice({ ...noticeOf(F1), form: 'takedown_order' }))
    expect(refusal.code).toBe('unknown_form')
    expect(JSON.stringify(refusal.details)).not.toContain('takedown_order')
  })

  test.each([
    [null, ''],
    [[], ''],
    ['text', ''],
    [{}, '/form'],
    [{ form: 1 }, '/form'],
  ])('%j is no notice', (value, pointer) => {
    expect(mismatch(value).pointer).toBe(pointer)
  })

  const common = ['id', 'category', 'reference_no', 'issued_on', 'target', 'content_description']
  test.each([
    ...[...common, 'reasoning', 'legal_provisions'].map((name) => [F1, name] as const),
    ...[...common, 'reasoning', 'guideline_category'].map((name) => [F2, name] as const),
  ])('%s without %s', (key, name) => {
    expect(mismatch(noticeOf(key, { [name]: undefined }))).toEqual({
      pointer: `/${name}`,
      keyword: 'required',
    })
  })

  test('law 6: form 2 with legal provisions is told of suspected_category', () => {
    expect(mismatch(noticeOf(F2, { legal_provisions: ['刑法'] }))).toEqual({
      pointer: '/legal_provisions',
      keyword: 'additionalProperties',
      hint: 'suspected_category',
    })
    const instead = { legal_provisions: ['刑法'], guideline_category: undefined }
    expect(mismatch(noticeOf(F2, instead)).hint).toBe('suspected_category')
    expect(validateNotice(noticeOf(F2, { suspected_category: 'controlled_drug_ad' }))).toBeDefined()
  })

  test('form 1 carries no class of form 2', () => {
    expect(mismatch(noticeOf(F1, { guideline_category: '類型①' })).hint).toBe('legal_provisions')
    expect(mismatch(noticeOf(F1, { suspected_category: 'x' })).hint).toBe('category')
  })

  test('a target needs a URL or a locator', () => {
    expect(mismatch(noticeOf(F1, { target: { site_name: 'サンプル' } }))).toEqual({
      pointer: '/target',
      keyword: 'anyOf',
    })
    expect(validateNotice(noticeOf(F1, { target: { locator: 'app:post/1' } }))).toBeDefined()
  })

  test.each([
    ['id', 'short', 'pattern'],
    ['id', 'ntc_0199-abcdef', 'pattern'],
    ['id', 'with space in it', 'pattern'],
    ['issued_on', '2026-02-29', 'format'],
    ['issued_on', '2026-13-01', 'format'],
    ['issued_on', '令和8年10月14日', 'format'],
    ['category', 'Crime Recruitment', 'pattern'],
    ['category', 'a'.repeat(65), 'maxLength'],
    ['reference_no', 'a\u0000b', 'pattern'],
    ['reference_no', '\ud800', 'pattern'],
    ['content_description', 'x'.repeat(10_001), 'maxLength'],
    ['content_description', 5, 'type'],
    ['reasoning', null, 'type'],
    ['contact_email', 'nobody', 'pattern'],
    ['legal_provisions', [], 'minItems'],
    ['language', '日本語', 'pattern'],
  ])('%s: fails', (name, value, keyword) => {
    const fault = mismatch(noticeOf(F1, { [name]: value }))
    expect(fault.pointer).toBe(`/${name}`)
    expect([keyword, 'minLength']).toContain(fault.keyword)
  })

  test('an open list takes an unknown category, and supersedes is known to the schema', () => {
    const notice = noticeOf(F1, { category: 'something_new', supersedes: 'earlier-0001' })
    expect(validateNotice(notice)).toBe(notice)
  })

  test('an element of a list is named by its index', () => {
    expect(mismatch(noticeOf(F1, { legal_provisions: ['刑法', 7] }))).toEqual({
      pointer: '/legal_provisions/1',
      keyword: 'type',
    })
  })
})

describe('ext', () => {
  test('takes unknown text members', () => {
    expect(validateNotice(noticeOf(F1, { ext: { urgency: 'life_risk' } }))).toBeDefined()
  })

  test.each([
    [{ urgency: { nested: true } }],
    [{ urgency: ['list'] }],
    [{ urgency: 1 }],
    [{ 'Bad Name': 'x' }],
    [{ elements: Array.from({ length: 51 }, () => 'x') }],
    [Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`m${i}`, 'x']))],
    [{ origin: 'rumour' }],
    [{ prior_addressees: ['angry'] }],
    [{ observed_at: 'yesterday at noon, or so' }],
  ])('refuses row %#', (ext) => {
    expect(mismatch(noticeOf(F1, { ext })).pointer).toMatch(/^\/ext/)
  })

  test('no error echoes a name or value of the input', () => {
    const secret = 'tanaka_taro_0312345678'
    for (const notice of [
      noticeOf(F1, { ext: { [secret]: 1 } }),
      noticeOf(F1, { [secret]: 1 }),
      noticeOf(F1, { target: { url: 'https://sns.example/1', [secret]: 1 } }),
      noticeOf(F1, { id: `${secret} ` }),
    ]) {
      const refusal = refusalOf(() => validateNotice(notice))
      expect(JSON.stringify([refusal.message, refusal.details])).not.toContain(secret)
    }
    expect(mismatch(noticeOf(F1, { ext: { [secret]: 1 } }))).toEqual({
      pointer: '/ext/*',
      keyword: 'type',
    })
  })
})

describe('prototype members', () => {
  test('do not stand in for own ones', () => {
    const { target, ...rest } = noticeOf(F1)
    const inherited = Object.assign(Object.create({ target }) as object, rest)
    expect(mismatch(inherited).pointer).toBe('/target')
    expect(mismatch(JSON.parse('{"__proto__":{"form":"public_order"}}')).pointer).toBe('/form')
  })
})

test('long hostile text is judged before anybody loses patience', () => {
  const long = `${'a-'.repeat(60_000)}!`
  for (const name of ['id', 'contact_email', 'language', 'category', 'request_text'])
    mismatch(noticeOf(F1, { [name]: long }))
  mismatch(noticeOf(F1, { target: { url: `https://${long}\u0000` } }))
})

describe('what the desk puts in', () => {
  const decline = {
    command_id: 'cmd-00000001',
    expected_version: 1,
    actions: [],
    awareness_cause: 'hotline_request',
    weight_given: 'considered',
  }

  test('law 5: a decline needs nothing that a measure does not', () => {
    expect(validateDecisionInput(decline)).toBe(decline)
    const ground = { kind: 'tos_clause', standard: 's', version: '1', clause: '3.2' }
    expect(
      validateDecisionInput({ ...decline, actions: [{ kind: 'remove' }], ground }),
    ).toBeDefined()
  })

  test.each([
    [{ actions: [{ kind: 'erase_everything' }] }, '/actions/0/kind'],
    [{ expected_version: -1 }, '/expected_version'],
    [{ weight_given: 'obeyed' }, '/weight_given'],
    [{ actions: [{ kind: 'remove', not_before: '2026-01-01' }] }, '/actions/0/not_before'],
    [{ voluntary: true }, ''],
    [{ ground: 5 }, '/ground'],
    [{ ground: { kind: 'tos_clause', standard: 's', version: '1' } }, '/ground/clause'],
    [{ public_note: { ja: 'x', en: 1 } }, '/public_note/en'],
  ])('refuses %j', (changes, pointer) => {
    const refusal = refusalOf(() => validateDecisionInput({ ...decline, ...changes }))
    expect(refusal.code).toBe('invalid_input')
    expect(refusal.details.errors?.[0]?.pointer).toBe(pointer)
  })

  test('senders and the standard of the fixtures', () => {
    for (const sender of fixtureSenders) expect(validateSender(sender)).toBe(sender)
    expect(validateStandard(fixtureStandard)).toBe(fixtureStandard)
    expect(refusalOf(() => validateSender({ ...fixtureSenders[0], id: 'http://x' })).code).toBe(
      'invalid_input',
    )
  })

  test('a key with a private member is refused', () => {
    const x = 'A'.repeat(43)
    expect(validateSenderKey({ kty: 'OKP', crv: 'Ed25519', x })).toBeDefined()
    expect(validateSenderKey({ kty: 'EC', crv: 'P-256', x, y: x, alg: 'ES256' })).toBeDefined()
    for (const key of [
      { kty: 'OKP', crv: 'Ed25519', x, d: x },
      { kty: 'OKP', crv: 'P-256', x },
      { kty: 'RSA', n: x },
      { kty: 'oct', k: x },
    ])
      expect(refusalOf(() => validateSenderKey(key)).code).toBe('invalid_input')
  })
})

test('the notices of examples/ are those of the fixtures', () => {
  for (const key of [F1, F2, 'drug_ad_gone', 'suspected_drug_ad_declined']) {
    const file = new URL(`../../examples/notices/${key}.json`, import.meta.url)
    expect(validateNotice(JSON.parse(readFileSync(file, 'utf8')))).toEqual(fixture(key).notice)
  }
})
