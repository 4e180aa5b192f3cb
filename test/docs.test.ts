import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SETTINGS } from '../src/config/settings.ts'
import { FORMS, OPEN_FORMS } from '../src/core/vocabulary.ts'
import { ERRORS, type ErrorCode } from '../src/errors/madoguchi-error.ts'
import { PROBLEM_STATUS } from '../src/http/problem-status.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** Cells of the table rows of a page, without its head. */
function rows(page: string): string[][] {
  return read(page)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '))
}

it('docs/errors.md lists every code with its status, text and remedy, and no other', () => {
  const codes = (Object.keys(ERRORS) as ErrorCode[]).map((code) => {
    const { title, remedy } = ERRORS[code]
    const both = ({ ja, en }: { ja: string; en: string }): string => `${ja}<br>${en}`
    return [`\`${code}\``, String(PROBLEM_STATUS[code]), both(title), both(remedy)]
  })
  expect(rows('docs/errors.md')).toEqual(codes)
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
