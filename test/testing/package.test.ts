import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newFolder, startNode } from '../support/command-line.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MODULES = join(ROOT, 'node_modules')

/** A project that has the package as it would be published, and its dependencies beside it. */
function newProject(): string {
  const folder = newFolder()
  const npm = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const packed = execFileSync('npm', npm, { cwd: ROOT, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', join(folder, packed)], { cwd: folder })
  mkdirSync(join(folder, 'node_modules'))
  renameSync(join(folder, 'package'), join(folder, 'node_modules', 'madoguchi'))
  for (const name of readdirSync(MODULES)) {
    if (name.startsWith('.') || name === 'madoguchi') continue
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name))
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'ES2024',
        lib: ['ES2024', 'ESNext.Disposable'],
        module: 'NodeNext',
        types: ['node'],
      },
      include: ['*.ts'],
    }),
  )
  copyFileSync(fileURLToPath(new URL('user.ts', import.meta.url)), join(folder, 'desk.test.ts'))
  return folder
}

it('serves the tests of a platform, from the package as it is published', async () => {
  const cwd = newProject()
  const compiler = join(MODULES, 'typescript', 'bin', 'tsc')
  const types = await startNode([compiler, '-p', '.'], { cwd }).ended
  expect(types).toMatchObject({ code: 0, out: '' })
  const ran = await startNode(['--test', 'desk.test.ts'], { cwd }).ended
  expect(ran.code, ran.out + ran.err).toBe(0)
  expect(ran.out).toMatch(/pass 3\b/)
}, 120_000)
