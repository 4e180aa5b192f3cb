import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { newFolder, runCommand } from '../support/command-line.ts'

const run = (...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(args, { cwd: newFolder() })

it('explains itself in both languages', async () => {
  const ja = await run('--help')
  const en = await run('--help', '--lang', 'en')
  expect([ja.code, en.code]).toEqual([0, 0])
  for (const { name } of COMMANDS) {
    expect(ja.out).toContain(name)
    expect(en.out).toContain(name)
  }
  expect(ja.out).toMatch(/案件を対応順に並べる/)
  expect(en.out).not.toMatch(/[\u3040-\u30ff]/)
})

it.each(COMMANDS)('$name explains itself in both languages', ({ options = {}, summary }) => {
  const texts = [summary, ...Object.values(options).map(({ text }) => text)]
  for (const { ja, en } of texts) {
    expect(ja).not.toBe('')
    expect(en).not.toMatch(/[\u3040-\u30ff]/)
  }
})

it('prints the help of one command', async () => {
  const { code, out, err } = await run('senders', 'add', '--help', '--lang', 'en')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('madoguchi senders add FILE')
  expect(out).toContain('--json')
})

describe('wrong use', () => {
  it.each([
    ['nothing', []],
    ['an unknown command', ['nonsense']],
    ['an unknown option', ['cases', 'list', '--nonsense']],
    ['an unknown language', ['cases', 'list', '--lang', 'fr']],
    ['an operand too few', ['cases', 'show']],
    ['an operand too many', ['demo', 'x']],
    ['a number out of bounds', ['cases', 'list', '--limit', '201']],
    ['missing settings', ['serve']],
    ['a misspelt group', ['sender', 'list']],
    ['a decision that is none', ['decide', 'cas_01920000-0000-7000-8000-000000000000']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await run(...args)).code).toBe(2)
  })

  it('names every setting that is missing, in the language that was asked for', async () => {
    const ja = await run('serve')
    const en = await run('serve', '--lang', 'en')
    for (const name of ['PUBLIC_URL', 'SIGNING_KEY', 'LOG_KEY']) {
      expect(ja.err).toContain(`MADOGUCHI_${name}: 必須です`)
      expect(en.err).toContain(`MADOGUCHI_${name}: is needed`)
    }
  })

  it('is told as JSON where JSON was asked for', async () => {
    const { code, out } = await run('serve', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'configuration' } })
  })
})

it('ends with 1 where there is nothing to work on', async () => {
  const { code, err } = await run('cases', 'list', '--dev')
  expect(code).toBe(1)
  expect(err).toContain('madoguchi -- dev')
})
