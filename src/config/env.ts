import { readFileSync } from 'node:fs'
import type { ConfigFault, ConfigFaultCode } from './faults.ts'
import { SETTINGS, type SettingName } from './settings.ts'

/** Variables as the operating system hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Texts by variable, before anything is decided about them. */
export type GivenSettings = Readonly<Partial<Record<SettingName, string>>>

/** How the settings are read: from where, and what stands below and above it. */
export interface EnvSources {
  /** Default: the environment of this process. */
  readonly env?: Environment
  /** Hold where the environment says nothing, before the table's own defaults. */
  readonly defaults?: GivenSettings
  /** Hold whatever the environment says. */
  readonly given?: GivenSettings
}

/**
 * Flat reads of the settings; the only place that looks at the environment. A variable that is empty
 * counts as absent. What fails is noted in `faults`, and the read answers `undefined`.
 */
export class Env {
  readonly faults: ConfigFault[] = []
  readonly #texts = new Map<SettingName, string>()

  constructor({ env = process.env, defaults = {}, given = {} }: EnvSources = {}) {
    this.#noteUnknown(env)
    for (const row of SETTINGS) {
      const { name } = row
      const found = row.secret ? this.#secret(name, env) : env[name]
      const text = [given[name], found, defaults[name], row.default].find((option) => option)
      if (typeof text === 'string') this.#texts.set(name, text)
    }
  }

  text(name: SettingName): string | undefined {
    return this.#texts.get(name)
  }

  /** Reads through `parse`; where that answers `undefined`, notes the fault. */
  read<T>(
    name: SettingName,
    code: ConfigFaultCode,
    parse: (text: string) => T | undefined,
  ): T | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = parse(text)
    if (value === undefined) this.fault(name, code)
    return value
  }

  /** A whole number in decimal digits, no sign, within the bounds. */
  integer(name: SettingName, min: number, max: number): number {
    const value = this.read(name, 'bad_number', (text) => {
      const number = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN
      return number >= min && number <= max ? number : undefined
    })
    return value ?? min
  }

  flag(name: SettingName): boolean {
    const parse = (text: string): boolean | undefined =>
      text === 'true' ? true : text === 'false' ? false : undefined
    return this.read(name, 'bad_boolean', parse) ?? false
  }

  /** Comma-separated items, each through `parse`; frozen. `undefined` where nothing is set. */
  list(
    name: SettingName,
    code: ConfigFaultCode,
    parse: (item: string) => string | undefined,
  ): readonly string[] | undefined {
    return this.read(name, code, (text) => {
      const items = text.split(',').map((item) => parse(item.trim()))
      const sound = items.filter((item) => item !== undefined)
      return sound.length === items.length ? Object.freeze([...new Set(sound)]) : undefined
    })
  }

  fault(variable: string, code: ConfigFaultCode): void {
    this.faults.push({ variable, code })
  }

  #noteUnknown(env: Environment): void {
    const known = new Set<string>(
      SETTINGS.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])),
    )
    for (const name of Object.keys(env).sort()) {
      if (name.startsWith('MADOGUCHI_') && !known.has(name)) this.fault(name, 'unknown')
    }
  }

  #secret(name: SettingName, env: Environment): string | undefined {
    const path = env[`${name}_FILE`]
    if (!path) return env[name]
    if (env[name]) {
      this.fault(name, 'twice')
      return undefined
    }
    try {
      return readFileSync(path, 'utf8')
    } catch {
      this.fault(`${name}_FILE`, 'unreadable_file')
      return undefined
    }
  }
}
