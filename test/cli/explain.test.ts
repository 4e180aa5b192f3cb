import { expect, it } from 'vitest'
import { ERRORS } from '../../src/errors/madoguchi-error.ts'
import { newFolder, runCommand } from '../support/command-line.ts'

const explain = (...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(['explain', ...args], { cwd: newFolder() })

it('lists every code', async () => {
  const { code, out } = await explain('--json')
  const { items } = JSON.parse(out) as { items: { code: string }[] }
  expect([code, items.map((item) => item.code)]).toEqual([0, Object.keys(ERRORS)])
  const plain = await explain('--lang', 'en')
  for (const each of Object.keys(ERRORS)) expect(plain.out).toContain(each)
  expect(plain.out).not.toMatch(/[\u3040-\u30ff]/)
})

it('explains one code in both languages, or in the one that is asked for', async () => {
  const { cause, remedy, title } = ERRORS.commit_unknown
  const both = await explain('commit_unknown')
  const flat = both.out.replaceAll(/\n */g, ' ')
  expect(both.code).toBe(0)
  for (const text of [title, cause, remedy]) {
    expect(flat.replaceAll(' ', '')).toContain(text.ja.replaceAll(' ', ''))
    expect(flat).toContain(text.en)
  }
  expect((await explain('commit_unknown', '--lang', 'en')).out).not.toMatch(/[\u3040-\u30ff]/)
  expect((await explain('commit_unknown', '--lang', 'ja')).out).not.toContain(title.en)
  expect(JSON.parse((await explain('commit_unknown', '--json')).out)).toEqual({
    code: 'commit_unknown',
    status: 503,
    retryable: true,
    title,
    cause,
    remedy,
  })
})

it('ends with 1 for a code that is none, without repeating it', async () => {
  const { code, out, err } = await explain('constructor')
  expect(code).toBe(1)
  expect(out + err).not.toContain('constructor')
})
