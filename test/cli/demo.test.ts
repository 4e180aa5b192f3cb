import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newFolder, runCommand } from '../support/command-line.ts'

it.each([
  [
    'ja',
    ['措置をした場合', '措置なしとした場合', 'すでに掲載がなかった場合', '署名が合わない場合'],
  ],
  ['en', ['Acted on', 'Declined', 'Already gone', 'A signature that does not match']],
])('shows the whole way in %s, in time, and cleans up', async (lang, titles) => {
  const cwd = newFolder()
  const temporary = newFolder()
  const startedAt = performance.now()
  const ran = await runCommand(['demo', '--lang', lang], { cwd, env: { TMPDIR: temporary } })
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(performance.now() - startedAt).toBeLessThan(20_000)
  for (const title of titles) expect(ran.out).toContain(title)
  expect(ran.out).not.toContain('✗')
  expect(ran.out.match(/✓/g)?.length).toBeGreaterThan(30)
  expect(ran.out).not.toContain('https://sns.example')
  expect(ran.out).toContain('hxxps://sns[.]example')
  expect([...readdirSync(cwd), ...readdirSync(temporary)]).toEqual([])
})

it('tells machines the same, one JSON value a line', async () => {
  const { code, out } = await runCommand(['demo', '--json'], { cwd: newFolder() })
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event?: string; failed?: number; checks?: unknown })
  expect(code).toBe(0)
  expect(lines.at(-1)).toMatchObject({ event: 'finished', failed: 0 })
})
