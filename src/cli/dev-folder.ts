import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { GivenSettings } from '../config/env.ts'
import type { Role } from '../core/vocabulary.ts'
import { exportPrivateKeyPem } from '../signing/key-pem.ts'
import type { HotlineIdentity } from './hotline/hotline-client.ts'
import { keyOfFile, publicJwkOf, writeSecret } from './key-files.ts'
import { PROGRAM } from './next-command.ts'
import { PRETEND_HOST, pretendHotline } from './pretend-hotline.ts'
import { CommandFault } from './usage-error.ts'

/** Where the development desk of a folder keeps everything. */
export const DEV_FOLDER = '.madoguchi'

/** Pseudonyms of the development desk, with their roles. */
export const DEV_OPERATORS = {
  reviewer: 'reviewer',
  second: 'second_reviewer',
  lead: 'lead',
  auditor: 'auditor',
  legal: 'legal',
  admin: 'admin',
} as const satisfies Record<string, Role>
/** Pseudonym of somebody at the development desk. */
export type DevOperator = keyof typeof DEV_OPERATORS

const ISSUER = 'http://localhost:8787/madoguchi'

/** The files of a development desk: keys, store, tokens. Stable for each folder, and for no other use. */
export class DevFolder {
  readonly path: string

  /** @param path Default: `.madoguchi` in the working directory. */
  constructor(path = DEV_FOLDER) {
    this.path = resolve(path)
  }

  get exists(): boolean {
    return existsSync(join(this.path, 'signing-key.pem'))
  }

  /** Makes what is missing. */
  create(): this {
    mkdirSync(this.path, { recursive: true, mode: 0o700 })
    writeFileSync(join(this.path, '.gitignore'), '*\n')
    this.#key('signing')
    this.#key('log')
    this.#key('hotline')
    return this
  }

  /** @throws CommandFault where `madoguchi dev` never ran here. */
  require(): this {
    if (this.exists) return this
    throw new CommandFault(
      'no_dev_folder',
      `このフォルダに開発用の窓口はありません。先に ${PROGRAM} dev を実行してください。`,
      `There is no development desk in this folder. Run ${PROGRAM} dev first.`,
    )
  }

  settings(publicUrl: string): GivenSettings {
    return {
      MADOGUCHI_STORE: `sqlite:${join(this.path, 'madoguchi.db')}`,
      MADOGUCHI_QUEUE: 'memory',
      MADOGUCHI_PUBLIC_URL: publicUrl,
      MADOGUCHI_ISSUER: ISSUER,
      MADOGUCHI_PLATFORM_NAME: 'サンプルSNS（開発用）',
      MADOGUCHI_TARGET_HOSTS: PRETEND_HOST,
      MADOGUCHI_SIGNING_KEY: exportPrivateKeyPem(this.#key('signing')),
      MADOGUCHI_LOG_KEY: exportPrivateKeyPem(this.#key('log')),
      MADOGUCHI_UNDO_WINDOW_SECONDS: '5',
      MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS: 'true',
    }
  }

  get hotline(): HotlineIdentity {
    const privateKey = this.#key('hotline')
    return {
      issuer: pretendHotline('').id,
      kid: String(publicJwkOf(privateKey)['kid']),
      privateKey,
    }
  }

  get hotlineJwk(): Readonly<Record<string, unknown>> {
    return publicJwkOf(this.#key('hotline'))
  }

  /** Bearer tokens by pseudonym. */
  get tokens(): Readonly<Partial<Record<string, string>>> {
    return this.#read('tokens.json')
  }

  set tokens(tokens: Readonly<Partial<Record<string, string>>>) {
    writeSecret(join(this.path, 'tokens.json'), `${JSON.stringify(tokens, null, 2)}\n`)
  }

  /** Where the desk listened last. */
  get publicUrl(): string {
    return this.#read('server.json')['url'] ?? ISSUER
  }

  set publicUrl(url: string) {
    writeFileSync(join(this.path, 'server.json'), `${JSON.stringify({ url })}\n`)
  }

  #read(name: string): Readonly<Partial<Record<string, string>>> {
    const path = join(this.path, name)
    if (!existsSync(path)) return {}
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<string, string>>
  }

  #key(name: 'signing' | 'log' | 'hotline'): KeyObject {
    return keyOfFile(join(this.path, `${name}-key.pem`), name === 'log' ? 'EdDSA' : 'ES256')
  }
}
