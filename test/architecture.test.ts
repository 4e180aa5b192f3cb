import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breaches, MAX_LINES } from './support/architecture.ts'

const SRC = new URL('../src/', import.meta.url)

it('the code in src/ keeps the rules of the house', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(50)
  expect(files.flatMap((file) => breaches(file, readFileSync(new URL(file, SRC), 'utf8')))).toEqual(
    [],
  )
})

/** What a planted file is found guilty of. */
const found = (file: string, text: string): string[] =>
  breaches(file, text).map((breach) => breach.slice(file.length + 2))

describe('a breach is found:', () => {
  it.each([
    ['core/a.ts', `import { x } from '../app/x.ts'`, 'imports ../app/x.ts'],
    ['core/a.ts', `import type { X } from '../ports/x.ts'`, 'imports ../ports/x.ts'],
    [
      'core/a/b.ts',
      `export { x } from '../../ports/x.ts'\nconst y = 1`,
      'imports ../../ports/x.ts',
    ],
    ['core/a.ts', `import 'node:crypto'`, 'imports node:crypto'],
    ['core/a.ts', `const x = await import('../app/x.ts')`, 'imports ../app/x.ts'],
    ['core/a.ts', `type X = import('../app/x.ts').X`, 'imports ../app/x.ts'],
    ['core/a.ts', `const x = await import(name)`, 'imports (computed)'],
    ['errors/a.ts', `import { x } from '../core/x.ts'`, 'imports ../core/x.ts'],
    ['errors/a.ts', `import { type X, y } from '../core/x.ts'`, 'imports ../core/x.ts'],
    ['app/a.ts', `import { x } from '../adapters/sql/x.ts'`, 'imports ../adapters/sql/x.ts'],
    ['app/a.ts', `import express from 'express'`, 'imports express'],
    ['app/a.ts', `import { x } from 'node:fs'`, 'imports node:fs'],
    ['app/a.ts', `import { x } from '../server.ts'`, 'imports ../server.ts'],
    ['signing/a.ts', `import { x } from 'jose'`, 'imports jose'],
    ['ledger/a.ts', `import { x } from '../signing/x.ts'`, 'imports ../signing/x.ts'],
    ['adapters/sql/a.ts', `import { x } from '../memory/x.ts'`, 'imports ../memory/x.ts'],
    ['adapters/sql/a.ts', `import { x } from 'p-queue'`, 'imports p-queue'],
    ['adapters/memory/a.ts', `import { x } from 'node:fs'`, 'imports node:fs'],
    ['http/a.ts', `import { x } from '../adapters/sql/x.ts'`, 'imports ../adapters/sql/x.ts'],
    ['config/a.ts', `import { x } from '../app/x.ts'`, 'imports ../app/x.ts'],
    ['cli/a.ts', `import { env } from 'node:process'`, 'imports node:process'],
    ['utils/a.ts', `const x = 1`, 'is in a folder without a row'],
  ])('%s: %s', (file, text, breach) => {
    expect(found(file, text)).toEqual([breach])
  })

  it.each([
    ['config/config.ts', `const x = process.env['HOME']`, 'process.env'],
    ['cli/a.ts', `const { env } = process`, 'process.env'],
    ['cli/a.ts', `const x = process['env']`, 'process.env'],
    ['cli/a.ts', `const x = globalThis.process.env`, 'process.env'],
    ['cli/main.ts', `process.exit(1)`, 'process.exit'],
    ['server.ts', `process.exit()`, 'process.exit'],
    ['app/a.ts', `console.log('x')`, 'console'],
    ['cli/a.ts', `globalThis.console.log('x')`, 'console'],
    ['cli/a.ts', `const say = console`, 'console'],
    ['core/a.ts', `const x = Date.now()`, 'Date.now'],
    ['core/a.ts', `const clock = Date.now`, 'Date.now'],
    ['core/a.ts', `const x = new Date()`, 'new Date()'],
    ['core/a.ts', `const x = new Date`, 'new Date()'],
    ['core/a.ts', `const x = Date()`, 'Date()'],
    ['http/a.ts', `const x = performance.now()`, 'performance.now'],
    ['app/a.ts', `const x = Math.random()`, 'Math.random'],
    ['app/a.ts', `const x = crypto.randomUUID()`, 'random'],
    ['signing/a.ts', `import { randomBytes } from 'node:crypto'`, 'random'],
  ])('%s: %s', (file, text, breach) => {
    expect(found(file, text)).toEqual([breach])
  })

  it.each([
    ['core/a.ts', `export default 1`, 'has a default export'],
    ['core/a.ts', `export default function a() {}`, 'has a default export'],
    ['core/a.ts', `const a = 1\nexport { a as default }`, 'has a default export'],
    ['core/a.ts', `const a = 1\nexport * from './b.ts'`, 'exports *'],
    ['core/a.ts', `export { b } from './b.ts'\nexport type { C } from './c.ts'`, 'is a barrel'],
    ['core/index.ts', `const a = 1`, 'is an index inside a folder'],
  ])('%s: %s', (file, text, breach) => {
    expect(found(file, text)).toEqual([breach])
  })
})

describe('what is allowed passes:', () => {
  it.each([
    ['core/a.ts', `import { x } from './transition/x.ts'`],
    ['core/a/b.ts', `import { x } from '../../errors/x.ts'`],
    ['errors/a.ts', `import type { X } from '../core/x.ts'`],
    ['errors/a.ts', `import { type X, type Y } from '../core/x.ts'`],
    ['adapters/sql/sqlite/a.ts', `import { x } from '../x.ts'\nimport y from 'node:sqlite'`],
    ['adapters/memory/a.ts', `import PQueue from 'p-queue'`],
    ['adapters/system/clock.ts', `const x = [Date.now(), new Date()]`],
    ['server.ts', `import { x } from './adapters/sql/x.ts'\nconst y = Date.now()`],
    ['cli/main.ts', `import { x } from '../server.ts'\nprocess.exitCode = 1`],
    ['cli/output.ts', `console.log('x')`],
    ['config/env.ts', `const x = process.env`],
    ['core/a.ts', `const x = new Date(0)\nconst y: Date = x\nconst z = Date.parse('')`],
    ['core/a.ts', `// process.env, console.log(Date.now())\nconst x = 'new Date() process.exit'`],
    ['core/a.ts', `const x = { console: 1, process: 2 }\nconst y = x.console`],
    ['index.ts', `export { x } from './server.ts'\nexport type { Y } from './core/y.ts'`],
  ])('%s: %s', (file, text) => {
    expect(found(file, text)).toEqual([])
  })
})

it('a file may have 250 lines of code, comments and blank lines aside', () => {
  const most = '/** Why. */\nconst a = 1 // so\n\n'.repeat(MAX_LINES)
  expect(found('core/a.ts', most)).toEqual([])
  expect(found('core/a.ts', `${most}const b = ` + '`\n`')).toEqual(['has 252 lines of code'])
  expect(found('generated/a.ts', `${most}const b = 1`)).toEqual([])
})
