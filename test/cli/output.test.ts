import { expect, it, vi } from 'vitest'
import { Output, printError } from '../../src/cli/output.ts'

/** What was printed while `print` ran. */
function printed(print: () => void): string {
  const lines: string[] = []
  const keep = (line: string): void => void lines.push(line)
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
  ]
  print()
  for (const spy of spies) spy.mockRestore()
  return lines.join('\n')
}

const hostile = 'a\u001b[2Jb\u009b31mc\rd\u202etxt.exe\u2066\ne\tf'
const plain = 'a\\u001b[2Jb\\u009b31mc\\u000dd\\u202etxt.exe\\u2066\ne\tf'

it('hands no command to a terminal, whatever somebody wrote into a notice', () => {
  const out = new Output({ lang: 'en', isJson: false })
  expect(
    printed(() => {
      out.say(hostile)
    }),
  ).toBe(plain)
  expect(
    printed(() => {
      printError(hostile)
    }),
  ).toBe(plain)
})

it('leaves JSON what it was', () => {
  const out = new Output({ lang: 'en', isJson: true })
  const line = printed(() => {
    out.record({ hostile })
  })
  expect(line).toMatch(/^[\u0020-\u007e]+$/)
  expect(JSON.parse(line)).toEqual({ hostile })
})
