import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTINGS } from '../src/config/settings.ts'
import { may } from '../src/core/permissions.ts'
import { FORMS, OPEN_FORMS, ROLES, type Bilingual, type Role } from '../src/core/vocabulary.ts'
import { ERRORS, type ErrorCode } from '../src/errors/madoguchi-error.ts'
import { PROBLEM_STATUS, RETRYABLE } from '../src/http/problem-status.ts'
import { openDesk } from './support/desk.ts'
import { guardedOperations } from './support/desk-endpoints.ts'

/** The words of the glossary. */
const word: Readonly<Record<Role, string>> = {
  reviewer: '判断担当',
  second_reviewer: '二次確認担当',
  lead: '統括担当',
  child_safety: '児童保護担当',
  auditor: '監査担当',
  external_auditor: '外部監査担当',
  legal: '法務担当',
  integrator: '連携担当',
  admin: 'システム管理担当',
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** Cells of the table rows of a page, without its head. */
function rows(page: string): string[][] {
  return read(page)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '))
}

it('docs/errors.md has every code with all that the catalogue says of it, and no other', async () => {
  const [head = ''] = read('docs/errors.md').split('### `')
  const blocks = Object.entries(ERRORS).map(([code, { title, cause, remedy }]) => {
    const row = (name: string, { ja, en }: Bilingual): string => `| ${name} | ${ja} | ${en} |`
    const again = RETRYABLE.has(code as ErrorCode)
    return [
      `### \`${code}\``,
      '',
      `| HTTP ${PROBLEM_STATUS[code as ErrorCode]} | 日本語 | English |`,
      '| --- | --- | --- |',
      row('意味 · meaning', title),
      row('考えられる原因 · likely cause', cause),
      row('対処 · what to do', remedy),
      row('そのまま再送 · same again', {
        ja: again ? '成功することがあります' : '結果は変わりません',
        en: again ? 'may succeed' : 'changes nothing',
      }),
      '',
    ].join('\n')
  })
  // `npx vitest run test/docs.test.ts -u` writes the blocks anew.
  await expect(head + blocks.join('\n')).toMatchFileSnapshot('../docs/errors.md')
})

it('openapi.yaml has every code with its status, and no other', () => {
  const { components } = parse(read('openapi.yaml')) as {
    components: { schemas: { ErrorCode: { oneOf: { const: string; 'x-status': number }[] } } }
  }
  const listed = components.schemas.ErrorCode.oneOf.map((each) => [each.const, each['x-status']])
  expect(Object.fromEntries(listed)).toEqual(PROBLEM_STATUS)
  expect(listed).toHaveLength(Object.keys(ERRORS).length)
})

it('every text of the catalogue is in its language, and says another thing than the others', () => {
  for (const [code, texts] of Object.entries(ERRORS)) {
    const { title, cause, remedy } = texts
    for (const { ja, en } of [title, cause, remedy]) {
      expect(ja, code).toMatch(/[\u3040-\u30ff]/)
      expect(en, code).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    }
    expect(new Set([title.en, cause.en, remedy.en]).size, code).toBe(3)
  }
})

it('docs/permissions.md has every operation of the desk with who may call it, and no other', async () => {
  const [head = ''] = read('docs/permissions.md').split('| operation')
  const columns = ROLES.map((role) => `${word[role]}<br>\`${role}\``)
  const rows = guardedOperations(await openDesk()).map(({ method, path, permission }) =>
    [
      `\`${method.toUpperCase()} ${path}\``,
      `\`${permission}\``,
      ...ROLES.map((role) => (may(role, permission) ? '○' : '–')),
    ].join(' | '),
  )
  const table = [
    ['operation · 操作', 'row · 権限', ...columns].join(' | '),
    Array.from({ length: ROLES.length + 2 }, () => '---').join(' | '),
    ...rows,
  ]
  // `npx vitest run test/docs.test.ts -u` writes the table anew.
  const text = `${head}${table.map((row) => `| ${row} |`).join('\n')}\n`
  await expect(text).toMatchFileSnapshot('../docs/permissions.md')
})

it('docs/settings.md lists every setting with its default, and no other', () => {
  const settings = SETTINGS.map(({ name, default: byDefault, secret, text }) => [
    `\`${name}\`${secret ? ' (`…_FILE`)' : ''}`,
    byDefault === null ? '–' : `\`${byDefault}\``,
    `${text.ja}<br>${text.en}`,
  ])
  expect(rows('docs/settings.md')).toEqual(settings)
})

it('docs/scope.md names every form that is not open', () => {
  const [closed = ''] = read('docs/scope.md')
    .split('\n')
    .filter((line) => line.includes('(forms · 書式)'))
  for (const form of FORMS) {
    expect(closed.includes(`\`${form}\``), form).toBe(!OPEN_FORMS.some((open) => open === form))
  }
})
