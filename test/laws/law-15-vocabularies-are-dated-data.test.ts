import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { categoryRow, isValidOn } from '../../src/core/vocabulary-lookup.ts'
import {
  ILLEGAL_CATEGORIES,
  PUBLIC_ORDER_CATEGORIES,
  VOCABULARIES,
} from '../../src/generated/vocabularies.ts'
import { openDesk } from '../support/desk.ts'
import { person, sendToCase } from './support.ts'

it.each([
  ['illegal_information', 'yamibaito_recruitment', 'crime_recruitment', '2025-02-28', false],
  ['illegal_information', 'yamibaito_recruitment', 'crime_recruitment', '2025-03-01', true],
  ['public_order', 'handgun_sale', 'crime_recruitment_pre2025', '2023-09-28', false],
  ['public_order', 'handgun_sale', 'crime_recruitment_pre2025', '2025-02-28', true],
  ['public_order', 'handgun_sale', 'crime_recruitment_pre2025', '2025-03-01', false],
])(
  'Vocabularies are dated data, chosen by `issued_on`: a %s notice (%s) of %s issued on %s is known: %s',
  async (form, key, category, issued_on, isKnown) => {
    const desk = await openDesk()
    await desk.madoguchi.start({ work: true })
    const { accepted, record } = await sendToCase(desk, key, {
      category,
      issued_on,
    })
    const view = await readCase(desk.madoguchi.internals.ctx, person('a'), record.id)
    // Unknown on that day or not, the id is kept as the sender wrote it.
    expect(view.notices[0]).toMatchObject({ id: accepted.id, form, category, issuedOn: issued_on })
    expect(view.notices[0]?.categoryRow?.id).toBe(isKnown ? category : undefined)
  },
)

it('The day of receipt chooses nothing, nor does the order of the rows', () => {
  const days = fc
    .integer({ min: 0, max: 3_650 })
    .map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10))
  const lists = [
    ['illegal_information', ILLEGAL_CATEGORIES],
    ['public_order', PUBLIC_ORDER_CATEGORIES],
  ] as const
  fc.assert(
    fc.property(fc.constantFrom(...lists), fc.nat(40), days, ([form, rows], at, day) => {
      const row = rows[at % rows.length]!
      const found = categoryRow(form, row.id, day)
      expect(found?.id).toBe(isValidOn(row, day) ? row.id : undefined)
      if (found !== undefined) {
        expect(found.valid_from === null || found.valid_from <= day).toBe(true)
        expect(found.valid_to === null || day <= found.valid_to).toBe(true)
      }
    }),
  )
})

it('Every row of every list has its days and its source, and no two of one id are valid on one day', () => {
  for (const [name, rows] of Object.entries(VOCABULARIES))
    for (const row of rows) {
      expect([name, row.id, row.source.length > 0]).toEqual([name, row.id, true])
      for (const day of [row.valid_from, row.valid_to])
        if (day !== null)
          expect([name, row.id, day]).toEqual([
            name,
            row.id,
            expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
          ])
      const twins = rows.filter(({ id }) => id === row.id)
      const firstDay = row.valid_from ?? '0000-01-01'
      expect(twins.filter((twin) => isValidOn(twin, firstDay))).toEqual([row])
    }
})
