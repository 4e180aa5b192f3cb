import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { HOUR, MINUTE, SECOND } from '../core/time.ts'
import { DESK_MODES, type DeskMode } from '../core/trial.ts'
import type { Tier } from '../core/vocabulary.ts'
import { Env, type EnvSources } from './env.ts'
import { ConfigurationError } from './faults.ts'
import { readQueueLocation, type QueueLocation } from './queue-setting.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import type { SettingName } from './settings.ts'
import { readStoreLocation, type StoreLocation } from './store-setting.ts'

/** How the desk presents itself. Whole, or absent where no public URL is set. */
export interface Site {
  /** Absolute, with the mount path, without trailing slash. */
  readonly publicUrl: string
  readonly issuer: string
  readonly platformName: string
  readonly contact: string
}

export const CONFIG_LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Everything that was decided at start, without secrets; deeply frozen. Safe to show. */
export interface Config {
  readonly store: StoreLocation
  readonly queue: QueueLocation
  readonly mode: DeskMode
  readonly site: Site | null
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly opsPort: number
  /** Host names of the platform, as the URL standard writes them. */
  readonly targetHosts: readonly string[]
  readonly logLevel: (typeof CONFIG_LOG_LEVELS)[number]
  readonly clockToleranceMs: number
  readonly undoWindowMs: number
  readonly claimLeaseMs: number
  readonly outcomePatienceMs: number
  readonly ownGoalMs: Readonly<Record<Tier, number>>
  readonly band0GoalMs: number
  /** `null`: what the vocabulary says. */
  readonly band0Categories: readonly string[] | null
  readonly graveCategories: readonly string[] | null
  readonly noViewCategories: readonly string[] | null
  readonly allowLoopbackCallbacks: boolean
  /** Text of the procedures profile, unread; `null`: everything off, or the safest. */
  readonly procedures: string | null
}

/**
 * Turns the environment into the frozen configuration, and the secrets apart from it.
 *
 * @param options.need Variables that must be set for what is about to run.
 * @throws ConfigurationError with every fault at once.
 */
export function loadConfig(options: EnvSources & { readonly need?: readonly SettingName[] } = {}): {
  readonly config: Config
  readonly secrets: Secrets
} {
  const env = new Env(options)
  for (const name of options.need ?? []) {
    if (env.text(name) === undefined) env.fault(name, 'missing')
  }
  const config = readConfig(env)
  const secrets = readSecrets(env)
  if (env.faults.length > 0) throw new ConfigurationError(env.faults)
  return { config, secrets }
}

/** The site, for what can't run without one. */
export function requireSite(config: Config): Site {
  if (config.site) return config.site
  throw new ConfigurationError([{ variable: 'MADOGUCHI_PUBLIC_URL', code: 'missing' }])
}

function readConfig(env: Env): Config {
  const port = env.integer('MADOGUCHI_PORT', 0, 65_535)
  const opsPort = env.integer('MADOGUCHI_OPS_PORT', 0, 65_535)
  if (port === opsPort && port !== 0) env.fault('MADOGUCHI_OPS_PORT', 'same_port')
  return Object.freeze({
    store: readStoreLocation(env),
    queue: readQueueLocation(env),
    mode: env.read('MADOGUCHI_MODE', 'bad_mode', deskMode) ?? 'act',
    site: readSite(env),
    host: env.read('MADOGUCHI_HOST', 'bad_host', listenHost) ?? '',
    port,
    opsPort,
    targetHosts: env.list('MADOGUCHI_TARGET_HOSTS', 'bad_host', hostName) ?? Object.freeze([]),
    logLevel: env.read('MADOGUCHI_LOG_LEVEL', 'bad_level', logLevel) ?? 'info',
    clockToleranceMs: env.integer('MADOGUCHI_CLOCK_TOLERANCE_SECONDS', 1, 900) * SECOND,
    undoWindowMs: env.integer('MADOGUCHI_UNDO_WINDOW_SECONDS', 0, 3_600) * SECOND,
    claimLeaseMs: env.integer('MADOGUCHI_CLAIM_LEASE_SECONDS', 60, 86_400) * SECOND,
    outcomePatienceMs: env.integer('MADOGUCHI_OUTCOME_PATIENCE_HOURS', 1, 720) * HOUR,
    ownGoalMs: Object.freeze({
      priority: env.integer('MADOGUCHI_GOAL_HOURS_PRIORITY', 1, 8_760) * HOUR,
      verified: env.integer('MADOGUCHI_GOAL_HOURS_VERIFIED', 1, 8_760) * HOUR,
      ordinary: env.integer('MADOGUCHI_GOAL_HOURS_ORDINARY', 1, 8_760) * HOUR,
      probation: env.integer('MADOGUCHI_GOAL_HOURS_PROBATION', 1, 8_760) * HOUR,
    }),
    band0GoalMs: env.integer('MADOGUCHI_GOAL_MINUTES_BAND0', 1, 1_440) * MINUTE,
    band0Categories: env.list('MADOGUCHI_BAND0_CATEGORIES', 'bad_category', category) ?? null,
    graveCategories: env.list('MADOGUCHI_GRAVE_CATEGORIES', 'bad_category', category) ?? null,
    noViewCategories: env.list('MADOGUCHI_NO_VIEW_CATEGORIES', 'bad_category', category) ?? null,
    allowLoopbackCallbacks: env.flag('MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS'),
    procedures: env.read('MADOGUCHI_PROCEDURES_FILE', 'unreadable_file', fileText) ?? null,
  })
}

function readSite(env: Env): Site | null {
  const publicUrl = env.read('MADOGUCHI_PUBLIC_URL', 'bad_url', siteUrl)
  const issuer = env.read('MADOGUCHI_ISSUER', 'bad_url', siteUrl)
  const platformName = env.read('MADOGUCHI_PLATFORM_NAME', 'bad_text', line)
  const contact = env.read('MADOGUCHI_CONTACT', 'bad_text', line)
  if (publicUrl === undefined) return null
  return Object.freeze({
    publicUrl,
    issuer: issuer ?? publicUrl,
    platformName: platformName ?? new URL(publicUrl).hostname,
    contact: contact ?? publicUrl,
  })
}

/** Origin and path, without a trailing slash. */
function siteUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || /[?#\s]/.test(text) || url.username !== '' || url.password !== '') return undefined
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return undefined
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function hostName(text: string): string | undefined {
  if (/[/?#@:\s\\[\]]/.test(text) || !URL.canParse(`https://${text}/`)) return undefined
  return new URL(`https://${text}/`).hostname
}

function listenHost(text: string): string | undefined {
  return isIP(text) === 0 ? hostName(text) : text
}

function logLevel(text: string): Config['logLevel'] | undefined {
  return CONFIG_LOG_LEVELS.find((level) => level === text)
}

function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function deskMode(text: string): DeskMode | undefined {
  return DESK_MODES.find((mode) => mode === text)
}

function category(text: string): string | undefined {
  return /^[a-z][a-z0-9_]{0,63}$/.test(text) ? text : undefined
}

function line(text: string): string | undefined {
  return /^\P{Cc}{1,200}$/u.test(text) ? text : undefined
}
