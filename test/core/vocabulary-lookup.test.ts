import { describe, expect, test } from 'vitest'
import {
  categoryRow,
  declineReason,
  DEFAULT_BAND0_CATEGORIES,
  DEFAULT_GRAVE_CATEGORIES,
  DEFAULT_NO_VIEW_CATEGORIES,
  fixedSentence,
  groundRow,
  label,
  natureSentences,
  senderTypeRow,
} from '../../src/core/vocabulary-lookup.ts'
import { LEGAL_NATURES, type LegalNature } from '../../src/core/vocabulary.ts'

describe('law 15: the list of the day of issue', () => {
  test.each([
    ['illegal_information', 'crime_recruitment', '2025-02-28', false],
    ['illegal_information', 'crime_recruitment', '2025-03-01', true],
    ['public_order', 'crime_recruitment_pre2025', '2023-09-28', false],
    ['public_order', 'crime_recruitment_pre2025', '2023-09-29', true],
    ['public_order', 'crime_recruitment_pre2025', '2025-02-28', true],
    ['public_order', 'crime_recruitment_pre2025', '2025-03-01', false],
    ['illegal_information', 'illegal_online_gambling', '2025-09-24', false],
    ['illegal_information', 'illegal_online_gambling', '2025-09-25', true],
    ['illegal_information', 'firearm_transfer', '2026-11-02', false],
    ['public_order', 'firearm_transfer', '2026-11-02', true],
    ['agency_request', 'misleading_ad', '2026-11-02', true],
    ['general_request', 'firearm_transfer', '2026-11-02', true],
    ['individual_warning', 'misleading_ad', '2026-11-02', false],
    ['illegal_information', 'unheard_of', '2026-11-02', false],
  ] as const)('%s %s on %s: %s', (form, id, day, known) => {
    expect(categoryRow(form, id, day)?.id).toBe(known ? id : undefined)
  })
})

test('labels in both languages, other for what a list does not know', () => {
  expect(label('illegal-categories', 'credential_phishing', 'en')).toBe('Phishing for credentials')
  expect(label('outcome-statuses', 'no_measure', 'ja')).toBe('措置なし')
  expect(label('grounds', 'made_up', 'ja')).toBe('その他')
  expect(label('grounds', 'made_up', 'en')).toBe('Other')
})

test('reasons for no measure', () => {
  expect(declineReason('cannot_verify')?.sentence_ja).toContain('確認できませんでした')
  expect(declineReason('poster_dispute_pending')?.outward).toBe(false)
  expect(declineReason('made_up')).toBeUndefined()
})

test('every nature has a line for the desk; only requests and duties have an answer', () => {
  for (const nature of LEGAL_NATURES) expect(natureSentences(nature).desk.ja).toMatch(/。$/)
  expect(() => natureSentences('unheard_of' as LegalNature)).toThrow(RangeError)
  const answering = LEGAL_NATURES.filter((nature) => natureSentences(nature).answer !== null)
  expect(answering).toEqual([
    'voluntary_request',
    'administrative_guidance',
    'statutory_request',
    'statutory_duty',
  ])
})

test('fixed sentences, grounds and sender types', () => {
  expect(fixedSentence('receipt').ja).toContain('到達したことを示す')
  expect(() => fixedSentence('thanks')).toThrow(RangeError)
  expect(groundRow('illegal_own_assessment')).toMatchObject({
    illegality: true,
    forms: ['illegal_information'],
  })
  expect(senderTypeRow('police_national')?.default_nature).toBe('administrative_guidance')
  expect(senderTypeRow('made_up')).toBeUndefined()
})

test('shipped tables', () => {
  expect([...DEFAULT_BAND0_CATEGORIES].sort()).toEqual([
    'disaster_false_rescue',
    'suicide_assistance',
    'suicide_inducement',
  ])
  const child = [
    'child_pornography_display',
    'child_pornography_offer',
    'suspected_child_pornography',
  ]
  expect([...DEFAULT_GRAVE_CATEGORIES].sort()).toEqual(child)
  expect([...DEFAULT_NO_VIEW_CATEGORIES].sort()).toEqual(child)
})
