import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { newClone, paste } from './support/pasted-shell.ts'
import { runSql, testDatabase } from './support/postgres.ts'
import { freshRedis } from './support/redis.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const PAGES = [
  ...['README.md', 'README.ja.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  'examples/README.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
]

interface Block {
  readonly lang: string
  readonly code: string
}

/** The fenced blocks of a page that name their language. */
function blocksOf(page: string): Block[] {
  return [...read(page).matchAll(/^```([a-z]+)\n(.*?)^```$/gms)].map(
    ([, lang = '', code = '']) => ({ lang, code }),
  )
}

/** The one shell block of a page in which a text stands. */
function shellOf(page: string, text: string): string {
  const found = blocksOf(page).filter(({ lang, code }) => lang === 'sh' && code.includes(text))
  expect(found, `${page}: ${text}`).toHaveLength(1)
  return found[0]!.code
}

/** Code without the words that differ between the languages. */
const withoutComments = ({ lang, code }: Block): string =>
  `${lang}\n${code.replace(lang === 'sh' ? /\s+#.*$/gm : /\s*\/\/ .*$/gm, '')}`

it('both READMEs show the same commands and the same code', () => {
  const english = blocksOf('README.md').map(withoutComments)
  expect(english.length).toBeGreaterThanOrEqual(5)
  expect(blocksOf('README.ja.md').map(withoutComments)).toEqual(english)
})

it.each(PAGES)('every link of %s leads to a file', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  for (const link of links.filter((each) => !/^(https?:|#)/.test(each))) {
    const [path = '', anchor] = link.split('#')
    const target = join(ROOT, dirname(page), path)
    expect(existsSync(target), `${page}: ${link}`).toBe(true)
    expect(statSync(target).isDirectory(), `${page}: ${link}`).toBe(path.endsWith('/'))
    expect(anchor, `${page}: ${link}`).toBeUndefined()
  }
})

it('every npm script that the READMEs name is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/npm run (?:-s )?([a-z:]+)/g)])
  expect(named.length).toBeGreaterThan(10)
  for (const [, name = ''] of named) expect(Object.keys(scripts)).toContain(name)
})

/** What the reader's own server has, for the code of the READMEs. */
const OWN = `
import type { StandardDocument } from 'madoguchi'
declare const communityGuidelines: StandardDocument
declare const posts: {
  findByUrl(url: string): Promise<{ ref: { id: string } } | null>
  hide(id: string, options: { idempotencyKey: string }): Promise<Date>
}
`

/** Messages of the compiler on a module that would stand in `examples/`. */
function complaintsAbout(code: string): string[] {
  const path = join(ROOT, 'examples', 'snippet-of-the-readme.ts')
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (name) =>
    ts.sys.readFile(name),
  ) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT)
  const real = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...real,
    fileExists: (name) => name === path || real.fileExists(name),
    getSourceFile: (name, version) =>
      name === path ? ts.createSourceFile(name, code, version) : real.getSourceFile(name, version),
  }
  return ts
    .getPreEmitDiagnostics(ts.createProgram([path], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

it('the code of the README compiles, and its calls are those of the example', () => {
  const [{ code } = { code: '' }] = blocksOf('README.md').filter(({ lang }) => lang === 'ts')
  expect(code).toContain('createMadoguchi')
  expect(complaintsAbout(`${OWN}${code}`)).toEqual([])
  expect(complaintsAbout(`${OWN}${code.replace('executed(', 'pending(')}`)).not.toEqual([])
  const example = read('examples/platform.ts')
  const calls = code
    .split('\n')
    .filter((line) => /^(app\.use|await madoguchi|\s+remove|\s+exec)/.test(line))
  expect(calls.length).toBeGreaterThanOrEqual(5)
  for (const call of calls) expect(example).toContain(call.replace(/ \/\/ .*$/, ''))
}, 60_000)

it.each([
  ['README.md', 'reviewer-1'],
  ['README.ja.md', 'reviewer-1'],
  ['examples/README.md', 'tantou-a'],
])(
  'the desk of %s is set up by its lines as pasted',
  async (page, name) => {
    const shell = paste(shellOf(page, 'operators add'), newClone())
    await shell.until(/"event":"listening"/)
    expect(shell.text()).toContain(name)
    expect(shell.text()).not.toContain('✗')
  },
  60_000,
)

it.each(['README.md', 'README.ja.md'])(
  'the line of %s puts the desk on PostgreSQL and Redis',
  async (page) => {
    const store = await testDatabase({ isEmpty: true })
    const queue = (await freshRedis()).url
    const line = shellOf(page, 'db migrate')
      .replace('postgres://madoguchi@localhost/madoguchi', store)
      .replace('redis://localhost:6379', queue)
    const shell = paste(`${line}\n${shellOf(page, 'operators add')}`, newClone())
    await shell.until(/"event":"listening"/)
    expect(shell.text()).not.toContain('✗')
    const [{ count } = { count: 0 }] = await runSql(store, 'select count(*)::int from operator')
    expect(count).toBe(1)
  },
  90_000,
)

it('the development desk of the README runs, gets a notice and lists its case', async () => {
  const [dev = '', trigger = '', list = ''] = shellOf('README.md', '-- dev ').trim().split('\n')
  const clone = newClone()
  const desk = paste(dev, clone)
  await desk.until(/Ctrl\+C/)
  const sent = paste(trigger, clone)
  expect(await sent.ended, sent.text()).toBe(0)
  await desk.until(/受付 +ntc_/)
  const listed = paste(list, clone)
  expect(await listed.ended, listed.text()).toBe(0)
  expect(listed.text()).toMatch(/cas_\S+ .*闇バイト.*判断待ち/)
  const next = /^ +(npm run .*cases show .*)$/m.exec(listed.text())?.[1] ?? ''
  const shown = paste(next, clone)
  expect(await shown.ended, shown.text()).toBe(0)
  expect(shown.text()).toContain('--expected-version 1 --no-measure --dev')
}, 60_000)
