import { describe, expect, it } from 'vitest'
import { LOG_LEVELS } from '../../src/adapters/pino/logger.ts'
import { CONFIG_LOG_LEVELS, loadConfig, requireSite } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/env.ts'
import { CONFIG_FAULTS, ConfigurationError, describeFault } from '../../src/config/faults.ts'
import { SETTINGS, type SettingName } from '../../src/config/settings.ts'

const HOUR = 3_600_000

/** What is wrong with an environment, as `NAME code`. */
function faultsOf(env: Environment, need: readonly SettingName[] = []): string[] {
  try {
    loadConfig({ env, need })
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map(({ variable, code }) => `${variable} ${code}`)
  }
}

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen))

describe('an empty environment', () => {
  it('gives the defaults, and no site', () => {
    const { config, secrets } = loadConfig({ env: { PATH: '/bin', MADOGUCHI_PORT: '' } })
    expect(config).toEqual({
      store: { kind: 'sqlite', path: './madoguchi.db' },
      queue: { kind: 'memory' },
      mode: 'act',
      site: null,
      host: '127.0.0.1',
      port: 8787,
      opsPort: 8788,
      targetHosts: [],
      logLevel: 'info',
      clockToleranceMs: 300_000,
      undoWindowMs: 30_000,
      claimLeaseMs: 900_000,
      outcomePatienceMs: 24 * HOUR,
      ownGoalMs: {
        priority: 4 * HOUR,
        verified: 12 * HOUR,
        ordinary: 24 * HOUR,
        probation: 72 * HOUR,
      },
      band0GoalMs: 900_000,
      band0Categories: null,
      graveCategories: null,
      noViewCategories: null,
      allowLoopbackCallbacks: false,
      procedures: null,
    })
    expect(secrets).toEqual({ signingKey: null, logKey: null, queueUrl: null, storeUrl: null })
    expect(() => requireSite(config)).toThrow('MADOGUCHI_PUBLIC_URL')
  })

  it('is not enough where something is needed', () => {
    expect(faultsOf({}, ['MADOGUCHI_PUBLIC_URL', 'MADOGUCHI_PORT'])).toEqual([
      'MADOGUCHI_PUBLIC_URL missing',
    ])
  })
})

describe('a full environment', () => {
  const env = {
    MADOGUCHI_STORE: 'sqlite:/var/lib/madoguchi/desk.db',
    MADOGUCHI_QUEUE: 'memory',
    MADOGUCHI_PUBLIC_URL: 'https://SNS.example/madoguchi/',
    MADOGUCHI_ISSUER: 'https://desk.sns.example/',
    MADOGUCHI_PORT: '0',
    MADOGUCHI_OPS_PORT: '0',
    MADOGUCHI_HOST: '::1',
    MADOGUCHI_PLATFORM_NAME: '架空の広場',
    MADOGUCHI_CONTACT: 'desk@sns.example',
    MADOGUCHI_TARGET_HOSTS: 'sns.example, M.sns.example,例え.example,sns.example',
    MADOGUCHI_LOG_LEVEL: 'silent',
    MADOGUCHI_CLOCK_TOLERANCE_SECONDS: '900',
    MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
    MADOGUCHI_GOAL_MINUTES_BAND0: '10',
    MADOGUCHI_BAND0_CATEGORIES: 'suicide_inducement,threat',
    MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS: 'true',
  }

  it('is read, normalised and frozen', () => {
    const { config } = loadConfig({ env })
    expect(config).toMatchObject({
      store: { kind: 'sqlite', path: '/var/lib/madoguchi/desk.db' },
      host: '::1',
      port: 0,
      opsPort: 0,
      targetHosts: ['sns.example', 'm.sns.example', 'xn--r8jz45g.example'],
      logLevel: 'silent',
      clockToleranceMs: 900_000,
      undoWindowMs: 0,
      band0GoalMs: 600_000,
      band0Categories: ['suicide_inducement', 'threat'],
      allowLoopbackCallbacks: true,
    })
    expect(requireSite(config)).toEqual({
      publicUrl: 'https://sns.example/madoguchi',
      issuer: 'https://desk.sns.example',
      platformName: '架空の広場',
      contact: 'desk@sns.example',
    })
    expect(isFrozen(config)).toBe(true)
  })

  it('derives the rest of the site from the public URL', () => {
    const { config } = loadConfig({ env: { MADOGUCHI_PUBLIC_URL: 'https://sns.example:8443/m' } })
    expect(config.site).toEqual({
      publicUrl: 'https://sns.example:8443/m',
      issuer: 'https://sns.example:8443/m',
      platformName: 'sns.example',
      contact: 'https://sns.example:8443/m',
    })
  })

  it('stands above defaults and below what is given', () => {
    const { config } = loadConfig({
      env: { MADOGUCHI_PORT: '1000', MADOGUCHI_HOST: '0.0.0.0' },
      defaults: { MADOGUCHI_PORT: '2000', MADOGUCHI_LOG_LEVEL: 'warn' },
      given: { MADOGUCHI_HOST: '127.0.0.2' },
    })
    expect([config.port, config.host, config.logLevel]).toEqual([1000, '127.0.0.2', 'warn'])
  })
})

describe('faults', () => {
  it('are told all at once, by name, without a value', () => {
    const env = {
      MADOGUCHI_STORE: 'postgres://user:hunter2@db',
      MADOGUCHI_QUEUE: 'redis://:hunter2@cache/first',
      MADOGUCHI_PROT: '80',
      MADOGUCHI_PORT: 'hunter2',
      MADOGUCHI_SIGNING_KEY: 'hunter2',
    }
    expect(faultsOf(env).sort()).toEqual([
      'MADOGUCHI_PORT bad_number',
      'MADOGUCHI_PROT unknown',
      'MADOGUCHI_QUEUE bad_queue',
      'MADOGUCHI_SIGNING_KEY bad_key',
      'MADOGUCHI_STORE bad_store',
    ])
    try {
      loadConfig({ env })
      expect.unreachable()
    } catch (error) {
      expect(String(error)).toContain('MADOGUCHI_PROT: is not a setting')
      expect(String(error) + JSON.stringify(error)).not.toContain('hunter2')
    }
  })

  it.each<[SettingName, string, readonly string[]]>([
    [
      'MADOGUCHI_STORE',
      'bad_store',
      [
        'sqlite:',
        'mysql://x',
        'sqlite::memory:',
        './x.db',
        'postgres:db',
        'postgres://db',
        'postgres://db/%zz',
        'postgres://[db/x',
      ],
    ],
    [
      'MADOGUCHI_QUEUE',
      'bad_queue',
      [
        'Memory',
        'kafka:',
        'redis:cache',
        'redis://',
        'redis://cache/one',
        'redis://cache/1/2',
        'redis://cache?family=6',
        'redis://cache#',
        'redis://cache:port',
      ],
    ],
    [
      'MADOGUCHI_PUBLIC_URL',
      'bad_url',
      [
        'sns.example',
        'http://sns.example',
        'ftp://sns.example',
        'https://u@sns.example',
        'https://sns.example/?a',
        'https://sns.example/#',
        'https://sns.example/a b',
        'http://127.0.0.1.sns.example',
      ],
    ],
    ['MADOGUCHI_ISSUER', 'bad_url', ['desk']],
    ['MADOGUCHI_PORT', 'bad_number', ['-1', '65536', '1e3', '0x50', '08', ' 80', '8.0']],
    ['MADOGUCHI_OPS_PORT', 'same_port', ['8787']],
    ['MADOGUCHI_CLOCK_TOLERANCE_SECONDS', 'bad_number', ['0', '901']],
    ['MADOGUCHI_GOAL_HOURS_PRIORITY', 'bad_number', ['0', '99999999999']],
    ['MADOGUCHI_HOST', 'bad_host', ['http://x', 'a b', '127.0.0.1:80']],
    ['MADOGUCHI_TARGET_HOSTS', 'bad_host', ['a.example,', 'a.example:443', 'https://a.example']],
    ['MADOGUCHI_LOG_LEVEL', 'bad_level', ['trace', 'INFO']],
    ['MADOGUCHI_MODE', 'bad_mode', ['ACT', 'test', 'off']],
    ['MADOGUCHI_GRAVE_CATEGORIES', 'bad_category', ['Threat', 'a,,b', 'a b']],
    ['MADOGUCHI_PLATFORM_NAME', 'bad_text', ['a\nb', 'x'.repeat(201)]],
    ['MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS', 'bad_boolean', ['1', 'yes', 'TRUE']],
  ])('%s: %s', (name, code, values) => {
    for (const value of values) expect(faultsOf({ [name]: value })).toEqual([`${name} ${code}`])
  })

  it('let http through for this machine', () => {
    for (const host of ['localhost', '127.0.0.1:8787', '[::1]:1'])
      expect(faultsOf({ MADOGUCHI_PUBLIC_URL: `http://${host}/m` })).toEqual([])
  })

  it('have their text in both languages', () => {
    for (const code of Object.keys(CONFIG_FAULTS) as (keyof typeof CONFIG_FAULTS)[]) {
      const fault = { variable: 'MADOGUCHI_PORT', code }
      expect(describeFault(fault, 'en')).toMatch(/^MADOGUCHI_PORT: [ -~]+$/)
      expect(describeFault(fault, 'ja')).toMatch(/^MADOGUCHI_PORT: .*[ぁ-ん]/)
    }
  })
})

describe('SETTINGS', () => {
  it('lists each variable once, in both languages, with a default that is sound', () => {
    const names = SETTINGS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const row of SETTINGS) {
      expect(row.name).toMatch(/^MADOGUCHI_[A-Z0-9_]+$/)
      expect(row.text.ja).toMatch(/[ぁ-ん]|[ァ-ン]|[一-龠]/)
      expect(row.text.en).toMatch(/^[ -~]+$/)
      if (row.default !== null) expect(faultsOf({ [row.name]: row.default })).toEqual([])
    }
    const keys = SETTINGS.filter(({ name }) => name.endsWith('_KEY'))
    expect(keys.map(({ default: text, secret }) => [text, secret])).toEqual([
      [null, true],
      [null, true],
    ])
  })

  it('knows the levels that the logger has', () => {
    expect(CONFIG_LOG_LEVELS).toEqual(LOG_LEVELS)
  })

  it('knows every variable that is read', () => {
    const nonsense = Object.fromEntries(SETTINGS.map(({ name }) => [name, '\u0000']))
    const told = new Set(faultsOf(nonsense).map((fault) => fault.split(' ')[0]))
    expect([...told].sort()).toEqual(SETTINGS.map(({ name }) => name).sort())
  })
})
