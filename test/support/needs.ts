import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { postgresPrograms } from './postgres-cluster.ts'

const onPath = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

/** Programs beside Node that the tests run: the Debian package of each, and whether it is there. */
const NEEDS: Readonly<Record<string, () => boolean>> = {
  strace: () => onPath('strace'),
  postgresql: () => postgresPrograms() !== undefined,
  'redis-server': () => onPath('redis-server'),
}
const POLICY = '/usr/sbin/policy-rc.d'

/** Before any test: what is needed is there, installed where we may, or named in one clear error. */
export function setup(): void {
  const missing = Object.keys(NEEDS).filter((name) => NEEDS[name]?.() !== true)
  if (missing.length > 0) install(missing)
}

/** The tests start their own servers: those of the packages aren't started (invoke-rc.d, policy-rc.d). */
function install(packages: readonly string[]): void {
  if (process.getuid?.() !== 0)
    throw new Error(`The tests need these Debian packages: ${packages.join(' ')}`)
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
    execFileSync('apt-get', ['install', '-y', '-qq', ...packages], { stdio: 'ignore', env })
  } finally {
    if (isOurs) rmSync(POLICY)
  }
}
