import { expect, it } from 'vitest'
import { reviewItems, type Accreditation, type BodyRecord } from '../../src/core/accreditation.ts'

const DAY = '2026-11-22'
const held: Accreditation = {
  grantedBy: '架空の協議会',
  basis: '信頼できる団体の認定基準',
  from: '2026-04-01',
  to: null,
  reviewOn: '2027-04-01',
  roles: ['finds'],
  legalForm: '一般社団法人',
  funding: '会費',
  conflictsOfInterest: 'なし',
  report: { address: 'https://dantai.example/report', publishedOn: '2026-05-01' },
}
const body = (accreditation: Partial<Accreditation> | null, more: Partial<BodyRecord> = {}) => ({
  type: 'trusted_flagger',
  criteria: { address: 'https://dantai.example/', version: '1', usersConsulted: 'yes' } as const,
  accreditation: accreditation === null ? null : { ...held, ...accreditation },
  ...more,
})

it.each([
  [body({}), []],
  [body(null), ['accreditation_missing']],
  [body(null, { type: 'hotline_private' }), []],
  [body({ from: '2026-11-23' }), ['accreditation_not_begun']],
  [body({ from: DAY, to: DAY }), []],
  [body({ to: '2026-11-21' }), ['accreditation_ended']],
  [body({ reviewOn: DAY }), ['review_due']],
  [body({ report: null }), ['report_missing']],
  [body({ report: { address: 'https://dantai.example/', publishedOn: '2025-05-22' } }), []],
  [
    body({ report: { address: 'https://dantai.example/', publishedOn: '2025-05-21' } }),
    ['report_old'],
  ],
  [body({}, { criteria: null }), ['criteria_missing']],
] as const)('what a person should look at: %#', (record, items) => {
  expect(reviewItems(record, DAY)).toEqual(items)
})
