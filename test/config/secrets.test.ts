import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/env.ts'
import { ConfigurationError } from '../../src/config/faults.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString()
const ed25519 = generateKeyPairSync('ed25519').privateKey
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

function faultsOf(env: Environment): unknown[] {
  try {
    loadConfig({ env })
    return []
  } catch (error) {
    return error instanceof ConfigurationError
      ? error.faults.map(({ variable, code }) => [variable, code])
      : [error]
  }
}

it('takes keys as values, also with written-out line breaks, and from files', () => {
  const file = join(folder, 'log.pem')
  writeFileSync(file, pem(ed25519))
  const { config, secrets } = loadConfig({
    env: {
      MADOGUCHI_SIGNING_KEY: pem(p256).replaceAll('\n', '\\n'),
      MADOGUCHI_LOG_KEY_FILE: file,
    },
  })
  expect(secrets.signingKey?.equals(p256)).toBe(true)
  expect(secrets.logKey?.equals(ed25519)).toBe(true)
  expect(Object.isFrozen(secrets)).toBe(true)
  const shown = inspect({ config, secrets }, { depth: 9 }) + JSON.stringify({ config, secrets })
  for (const row of pem(p256).split('\n').slice(1, -2)) expect(shown).not.toContain(row)
})

it.each([
  ['redis://:hunter2@cache', 'cache'],
  ['redis://cache:6380/15', 'cache:6380'],
  ['rediss://desk:hunter2@[2001:db8::1]:6379/', '[2001:db8::1]:6379'],
])('takes the URL of a queue, and shows its host only: %s', (url, host) => {
  const file = join(folder, 'queue.url')
  writeFileSync(file, `${url}\n`)
  for (const env of [{ MADOGUCHI_QUEUE: url }, { MADOGUCHI_QUEUE_FILE: file }]) {
    const { config, secrets } = loadConfig({ env })
    expect(config.queue).toEqual({ kind: 'redis', host })
    expect(secrets.queueUrl?.reveal()).toBe(url)
    const shown = inspect({ config, secrets }, { depth: 9 }) + JSON.stringify({ config, secrets })
    expect(shown).not.toContain('hunter2')
    expect(shown).not.toContain('://')
  }
})

it('has no URL where workers are woken inside the process', () => {
  const { config, secrets } = loadConfig({ env: {} })
  expect([config.queue, secrets.queueUrl]).toEqual([{ kind: 'memory' }, null])
})

it('signs with either kind, logs with Ed25519 only', () => {
  expect(faultsOf({ MADOGUCHI_SIGNING_KEY: pem(ed25519) })).toEqual([])
  expect(faultsOf({ MADOGUCHI_LOG_KEY: pem(p256) })).toEqual([['MADOGUCHI_LOG_KEY', 'bad_key']])
})

it.each([
  ['P-384', pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)],
  ['secp256k1', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey)],
  ['X25519', pem(generateKeyPairSync('x25519').privateKey)],
  ['RSA', pem(generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey)],
  ['SEC1', p256.export({ format: 'pem', type: 'sec1' }).toString()],
  [
    'encrypted',
    p256.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
  ],
  ['cut short', pem(p256).slice(0, 80)],
])('refuses a key that is %s', (_what, text) => {
  expect(faultsOf({ MADOGUCHI_SIGNING_KEY: text.toString() })).toEqual([
    ['MADOGUCHI_SIGNING_KEY', 'bad_key'],
  ])
})

it('refuses a value beside a file, a file that is not there, and a file for what is no secret', () => {
  expect(faultsOf({ MADOGUCHI_SIGNING_KEY: pem(p256), MADOGUCHI_SIGNING_KEY_FILE: 'any' })).toEqual(
    [['MADOGUCHI_SIGNING_KEY', 'twice']],
  )
  expect(faultsOf({ MADOGUCHI_LOG_KEY_FILE: join(folder, 'none') })).toEqual([
    ['MADOGUCHI_LOG_KEY_FILE', 'unreadable_file'],
  ])
  expect(faultsOf({ MADOGUCHI_PORT_FILE: 'any' })).toEqual([['MADOGUCHI_PORT_FILE', 'unknown']])
})

it('takes the URL of a database from a file too, and shows host and name only', () => {
  const file = join(folder, 'store')
  const url = 'postgresql://desk:hunter2@db.internal:5433/the%20desk?sslmode=verify-full'
  writeFileSync(file, `${url}\n`)
  for (const env of [{ MADOGUCHI_STORE: url }, { MADOGUCHI_STORE_FILE: file }]) {
    const { config, secrets } = loadConfig({ env })
    expect(config.store).toEqual({
      kind: 'postgres',
      host: 'db.internal:5433',
      database: 'the desk',
    })
    expect(secrets.storeUrl?.reveal()).toBe(url)
    const shown = inspect({ config, secrets }, { depth: 9, showHidden: true })
    expect(shown + JSON.stringify({ config, secrets })).not.toContain('hunter2')
  }
})
