import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exampleNotice, exampleNoticeNames } from '../../src/cli/example-files.ts'
import { SENDER_WORLD } from '../../src/cli/send-and-check.ts'
import { newFolder, runCommand } from '../support/command-line.ts'
import { toxicIn, toxicWordsOf } from './toxic-words.ts'
import type { ReferenceNotice } from '../../src/testing/fixtures.ts'

/** Names and places of the demonstration that aren't in its notices. */
const OTHER_WORDS = [
  'sns.example',
  'hotline.example',
  'みほん',
  'tantou-a',
  '見本庁',
  'サンプルSNS',
]

it('No media, no toxic words: the log of the demonstration holds no URL, host, token, name or content', async () => {
  const cwd = newFolder()
  const { code, out, err } = await runCommand(['demo', '--log', 'demo.log'], { cwd })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const log = readFileSync(join(cwd, 'demo.log'), 'utf8')
  const lines = log.trimEnd().split('\n')
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events.length).toBeGreaterThan(10)
  expect(log).not.toContain('[withheld]')
  const notices = exampleNoticeNames().map((name) => exampleNotice(name, SENDER_WORLD))
  const words = [
    ...OTHER_WORDS,
    ...notices.flatMap((notice) => toxicWordsOf(notice as ReferenceNotice)),
  ]
  expect(toxicIn(JSON.stringify(notices), words).length).toBeGreaterThan(30)
  for (const line of lines) {
    expect([line, toxicIn(line, words)]).toEqual([line, []])
    expect(line).not.toMatch(/https?:|hxxp|localhost|127\.0\.0\.1|eyJ|mdgo_|Bearer|BEGIN|\.example/)
  }
  const dead = out.replaceAll(/http:\/\/localhost:\d+\/madoguchi/g, '')
  expect(dead).toContain('hxxps://sns[.]example/')
  expect(dead).not.toMatch(/https?:\/\//)
})
