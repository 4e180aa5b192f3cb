import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { expect, it, onTestFinished } from 'vitest'
import { ConfigurationError } from '../../src/config/faults.ts'
import { DEFAULT_PROCEDURES, dutyFor } from '../../src/core/procedures.ts'
import type { ProceduresDocument } from '../../src/generated/types.ts'
import { loadProcedures } from '../../src/load-procedures.ts'
import { openDesk } from '../support/desk.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const DUTY = {
  category: 'dating_site_solicitation',
  law: '出会い系サイト規制法12条1項',
  from: '2026-04-01',
}
const FULL: ProceduresDocument = {
  designated: true,
  commissioned_is_public_body: true,
  duties: [DUTY],
  windows: { rights_requests: 'https://sns.example/rights', inquiries: 'legal@sns.example' },
  four_eyes: [{ eyes: 'before_execution', sender_types: ['hotline_private'], reversible: false }],
}

/** What was told of a profile that can't be one. */
function told(text: string): ConfigurationError {
  try {
    loadProcedures({ procedures: text })
  } catch (fault) {
    if (fault instanceof ConfigurationError) return fault
    throw fault
  }
  throw new Error('it was taken')
}

it('is off, or the safest, where nothing is said', () => {
  expect(loadProcedures({ procedures: null }).procedures).toEqual(DEFAULT_PROCEDURES)
  expect(loadProcedures({ procedures: '{}' }).procedures).toEqual(DEFAULT_PROCEDURES)
  expect(loadProcedures({ procedures: JSON.stringify(FULL) }).procedures).toEqual({
    ...DEFAULT_PROCEDURES,
    designated: true,
    commissionedIsPublicBody: true,
    duties: [DUTY],
    windows: { rightsRequests: 'https://sns.example/rights', inquiries: 'legal@sns.example' },
    fourEyes: [{ eyes: 'before_execution', senderTypes: ['hotline_private'], reversible: false }],
  })
})

it('puts a duty on its category alone, from its day on', () => {
  const { procedures } = loadProcedures({ procedures: null }, FULL)
  expect(dutyFor(procedures, DUTY.category, '2026-03-31')).toBeUndefined()
  expect(dutyFor(procedures, DUTY.category, '2026-04-01')).toEqual(DUTY)
  expect(dutyFor(procedures, 'gambling', '2026-04-01')).toBeUndefined()
})

it.each([
  ['{"designated":"yes"}', '/designated'],
  ['{"designatd":true}', undefined],
  ['{"duties":[{"category":"gambling","law":"x","from":"2026-02-30"}]}', '/duties/0/from'],
  ['{"windows":{"inquiries":""}}', '/windows/inquiries'],
  ['{', undefined],
])('a profile with a mistake keeps the desk from starting: %s', (text, pointer) => {
  const [fault] = told(text).faults
  expect(fault).toMatchObject({ variable: 'MADOGUCHI_PROCEDURES_FILE', code: 'bad_procedures' })
  if (pointer !== undefined) expect(told(text).message).toContain(pointer)
  expect(told(text).message).not.toMatch(/designatd|02-30/)
})

it('comes from a file, or from the code of the platform, and a change of it is in the ledger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const file = join(folder, 'procedures.json')
  writeFileSync(file, JSON.stringify(FULL))
  const settings = { MADOGUCHI_PROCEDURES_FILE: file }

  const empty = await openDesk({ folder })
  const { keys } = empty
  await empty.madoguchi.start({ work: false })
  await empty.madoguchi.close()
  const full = await openDesk({ folder, keys, settings })
  await full.madoguchi.start({ work: false })
  const token = (await full.operator('integrator')).token
  const answer = await supertest(appOf(full))
    .get(`${STAFF}/v1/procedures`)
    .set('authorization', `Bearer ${token}`)
  expectMatchesOpenapi(answer, 'get', '/v1/procedures')
  expect(answer.body).toEqual(FULL)
  await full.madoguchi.close()

  const shuffled = Object.fromEntries(Object.entries(FULL).reverse())
  for (const procedures of [shuffled, { designated: true }]) {
    const desk = await openDesk({ folder, keys, settings, procedures })
    await desk.madoguchi.start({ work: false })
    await desk.madoguchi.close()
  }
  const last = await openDesk({ folder, keys })
  const { read } = last.madoguchi.internals.ctx
  const changes = await read.find('event', { type: 'procedures.changed' }, { orderBy: 'seq' })
  expect(changes.every(({ entryIndex }) => entryIndex !== null)).toBe(true)
  expect(
    changes.map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)) as unknown),
  ).toEqual([
    { v: 1, from: {}, to: FULL, by: 'configuration' },
    { v: 1, from: FULL, to: { designated: true }, by: 'configuration' },
  ])
})
