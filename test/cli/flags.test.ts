import { expect, it } from 'vitest'
import { readFlags } from '../../src/cli/flags.ts'
import { UsageError } from '../../src/cli/usage-error.ts'

const text = { ja: '', en: '' }
const SPECS = {
  name: { value: 'NAME', text },
  kind: { value: 'KIND', multiple: true, text },
  count: { value: 'N', text },
  quick: { text },
} as const

it('reads options and operands', () => {
  const flags = readFlags(['FILE', '--name', 'a', '--kind', 'x', '--kind', 'y', '--quick'], SPECS)
  expect(flags.operand(0, 'FILE')).toBe('FILE')
  expect(flags.need('name')).toBe('a')
  expect(flags.all('kind')).toEqual(['x', 'y'])
  expect(flags.is('quick')).toBe(true)
  expect(flags.is('json')).toBe(false)
})

it.each([
  ['an unknown option', ['--nonsense']],
  ['an option without its value', ['--name']],
  ['a switch with a value', ['--quick=1']],
])('refuses %s', (_, args) => {
  expect(() => readFlags(args, SPECS)).toThrow(UsageError)
})

it('refuses numbers out of bounds, unknown words and what is missing', () => {
  const flags = readFlags(['--count', '11', '--name', 'c'], SPECS)
  expect(() => flags.integer('count', 1, 10, 1)).toThrow(UsageError)
  expect(() => flags.oneOf('name', ['a', 'b'], 'a')).toThrow(UsageError)
  expect(() => flags.operand(0, 'FILE')).toThrow(UsageError)
  expect(() => readFlags([], SPECS).need('name')).toThrow(UsageError)
})

it('never repeats a value that was typed', () => {
  try {
    readFlags(['--nonsense=hush'], SPECS)
  } catch (fault) {
    expect((fault as UsageError).text.ja).not.toContain('hush')
    expect((fault as UsageError).text.en).not.toContain('hush')
  }
  expect.assertions(2)
})
