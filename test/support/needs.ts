import { execFileSync, spawnSync } from 'node:child_process'

/** Programs beside Node that the tests run, and the Debian package of each. */
const NEEDS = { strace: 'strace' } as const

/** Before any test: what is needed is there, installed where we may, or named in one clear error. */
export function setup(): void {
  const missing = Object.entries(NEEDS)
    .filter(([program]) => spawnSync(program, ['-V']).error !== undefined)
    .map(([, debian]) => debian)
  if (missing.length > 0) install(missing)
}

function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0)
    throw new Error(`The tests need these Debian packages: ${packages.join(' ')}`)
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
  execFileSync('apt-get', ['install', '-y', '-qq', ...packages], { stdio: 'ignore' })
}
