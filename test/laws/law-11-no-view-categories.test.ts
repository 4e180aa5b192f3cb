import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listCases } from '../../src/app/list-cases.ts'
import { readCase } from '../../src/app/read-case.ts'
import { ROLES } from '../../src/core/vocabulary.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { fixture, noticeOf } from '../support/fixtures.ts'
import { codeOf, namesOfSchema, person, sendToCase, thrown } from './support.ts'
import { toxicIn, toxicWordsOf } from './toxic-words.ts'

async function noViewCase(): Promise<{ desk: Desk; sent: Awaited<ReturnType<typeof sendToCase>> }> {
  const desk = await openDesk()
  await desk.madoguchi.start({ work: true })
  return { desk, sent: await sendToCase(desk, 'csam_abstract') }
}

it('A case of a no-view category stands in every list without a word about it, and opens for child_safety alone', async () => {
  const { desk, sent } = await noViewCase()
  const { ctx } = desk.madoguchi.internals
  const words = [...toxicWordsOf(noticeOf('csam_abstract')), 'child_porn', '児童']
  for (const role of ['reviewer', 'second_reviewer', 'lead', 'auditor', 'child_safety'] as const) {
    const { items } = await listCases(ctx, person('a', role), { limit: 10 })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ noView: true })
    const { facts, ...line } = items[0]!
    expect(toxicIn(JSON.stringify(line), words)).toEqual([])
    expect(
      toxicIn(
        JSON.stringify(facts),
        words.filter((word) => !/child_porn/.test(word)),
      ),
    ).toEqual([])
    if (role !== 'child_safety') expect(facts).toBeNull()
  }
  for (const role of ROLES.filter((each) => each !== 'child_safety')) {
    expect(await thrown(readCase(ctx, person('a', role), sent.record.id))).toBe('not_allowed')
    expect(codeOf(await desk.madoguchi.cases.claim(sent.record.id, person('a', role)))).toBe(
      'not_allowed',
    )
  }
  const view = await readCase(ctx, person('a', 'child_safety'), sent.record.id)
  expect(view.notices).toHaveLength(1)
  expect(JSON.stringify(desk.log.lines)).not.toMatch(/child_porn|児童/)
})

it('The same item reported under another category is hidden with it, whichever came first', async () => {
  const { target } = noticeOf('csam_abstract')
  for (const order of [
    ['handgun_sale', 'csam_abstract'],
    ['csam_abstract', 'handgun_sale'],
  ] as const) {
    const desk = await openDesk()
    await desk.madoguchi.start({ work: true })
    for (const key of order) await sendToCase(desk, key, { target })
    const { ctx } = desk.madoguchi.internals
    const cases = await ctx.read.find('case', {})
    expect(cases.map(({ noView }) => noView)).toEqual([true, true])
    for (const { id } of cases)
      expect(await thrown(readCase(ctx, person('a', 'reviewer'), id))).toBe('not_allowed')
    const { items } = await listCases(ctx, person('a', 'reviewer'), { limit: 10 })
    expect(items.map(({ facts }) => facts)).toEqual([null, null])
  }
})

it('A notice carries text alone: no member takes media, and none can be added', async () => {
  const names = Object.values(SCHEMAS).flatMap(namesOfSchema)
  expect(names).toContain('content_description')
  expect(
    names.filter((name) =>
      /attach|image|media|thumb|screenshot|binary|base64|data_url|phash/i.test(name),
    ),
  ).toEqual([])
  expect(JSON.stringify(SCHEMAS)).not.toMatch(
    /"content(Encoding|MediaType)"|"format":\s*"(binary|byte)"/,
  )
  const desk = await openDesk()
  for (const extra of [{ attachments: ['AAAA'] }, { image: 'data:image/png;base64,AAAA' }])
    expect(await thrown(desk.hotline.send({ ...noticeOf('handgun_sale'), ...extra }))).toBe(
      'schema_mismatch',
    )
})

const SEXUAL_DETAIL =
  /全裸|裸体|裸の|性器|性交|陰部|胸部|下半身|下着|水着|姿態|局部|\bnude|\bnaked|genital|\bsexual act|underwear/i

/** Every text file under the folders that hold fixtures, examples and documents. */
function textsUnder(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|md|ts|html|yaml|mjs)$/.test(entry.name))
    .filter(({ parentPath }) => !parentPath.includes('node_modules'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }))
}

it('No fixture, example or document holds sexual detail about a child', () => {
  const root = new URL('../../', import.meta.url).pathname
  const texts = ['examples', 'docs'].flatMap((folder) => textsUnder(join(root, folder)))
  expect(texts.some(({ text }) => text.includes(fixture('csam_abstract').key))).toBe(true)
  for (const { name, text } of texts)
    expect([name, SEXUAL_DETAIL.exec(text)?.[0]]).toEqual([name, undefined])
})
