import { readFileSync } from 'node:fs'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/cli/commands.ts'
import { SETTINGS } from '../src/config/settings.ts'
import { ERRORS } from '../src/errors/madoguchi-error.ts'
import * as surface from '../src/index.ts'
import { openDesk } from './support/desk.ts'
import { appOf } from './support/http.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const HANDBOOK = ['embedding', 'operating'] as const
const LANGS = ['ja', 'en'] as const
const pages = HANDBOOK.flatMap((page) => LANGS.map((lang) => `docs/${page}.${lang}.md`))

/** Code of a page: blocks without their comments, so that both languages show the same. */
function blocks(text: string): string[] {
  return [...text.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, code = '']) =>
    code.replaceAll(/ *(\/\/|#) .*$/gm, '').trimEnd(),
  )
}

/** What stands in backquotes. */
const quoted = (text: string): string[] =>
  [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

describe.each(HANDBOOK)('docs/%s', (page) => {
  const [ja = '', en = ''] = LANGS.map((lang) => read(`docs/${page}.${lang}.md`))

  it('says the same in both languages: chapters, tables, code', () => {
    const outline = (text: string): string[] => text.match(/^(#+ |\| --)/gm) ?? []
    expect(outline(ja)).toEqual(outline(en))
    expect(blocks(ja)).toEqual(blocks(en))
  })
})

describe.each(pages)('%s', (path) => {
  const text = read(path)

  it('names commands, settings, codes, metrics and links that there are', async () => {
    const commands = [...text.matchAll(/\bmadoguchi ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)/g)].map(
      ([, words = '']) => words,
    )
    const names = new Set(COMMANDS.map(({ name }) => name))
    const known = (words: string): boolean =>
      names.has(words) || names.has(words.split(' ')[0] ?? '')
    expect(commands.filter((words) => !known(words))).toEqual([])

    const settings = new Set(SETTINGS.flatMap(({ name }) => [name as string, `${name}_FILE`]))
    const variables: string[] = text.match(/MADOGUCHI_[A-Z_]+/g) ?? []
    expect(variables.filter((name) => !settings.has(name))).toEqual([])

    const { text: metrics } = await supertest(appOf(await openDesk())).get('/ops/metrics')
    const named: string[] = text.match(/madoguchi_[a-z_]+/g) ?? []
    expect(named.filter((name) => !metrics.includes(`# TYPE ${name} `))).toEqual([])

    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(() => readFileSync(new URL(link, new URL('../docs/', import.meta.url)))).not.toThrow()

    const codes = [
      'schema_behind',
      'schema_ahead',
      'commit_unknown',
      'store_unavailable',
      'body_already_parsed',
    ]
    for (const code of codes.filter((each) => quoted(text).includes(each)))
      expect(Object.keys(ERRORS)).toContain(code)
  })
})

it('docs/embedding names only what the package gives', async () => {
  const { madoguchi } = await openDesk()
  for (const lang of LANGS) {
    const text = read(`docs/embedding.${lang}.md`)
    const listed = /`claim`[\s\S]*?`markBand0`/.exec(text)?.[0] ?? ''
    expect(quoted(listed).sort()).toEqual(Object.keys(madoguchi.cases).sort())
    for (const name of [
      'createMadoguchi',
      'senderRouter',
      'operatorRouter',
      'opsRouter',
      'executed',
      'pending',
      'PermanentFailure',
    ]) {
      expect(text).toContain(name)
      expect(Object.keys(surface)).toContain(name)
    }
  }
})
