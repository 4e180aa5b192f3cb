import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** The oldest Node that package.json allows, and the newest there was. */
it.each(['22.18.0', '26.10.0'])('the demo runs on Node %s', { timeout: 180_000 }, (version) => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-node-'))
  try {
    const needed = { private: true, allowScripts: { node: true }, dependencies: { node: version } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(needed))
    execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' })
    const node = join(folder, 'node_modules', '.bin', 'node')
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()).toBe(`v${version}`)
    const told = execFileSync(node, [CLI, 'demo', '--json'], { encoding: 'utf8', stdio: 'pipe' })
    expect(JSON.parse(told.trim().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'finished',
      failed: 0,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
