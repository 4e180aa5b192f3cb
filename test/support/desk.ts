import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { addOperator } from '../../src/app/add-operator.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { publishStandard } from '../../src/app/publish-standard.ts'
import type { Acceptance } from '../../src/app/receive-notice.ts'
import { receiveMessage } from '../../src/app/receive-message.ts'
import { receiveNotice } from '../../src/app/receive-notice.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import type { MessageKind } from '../../src/core/message.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import type { ProceduresDocument } from '../../src/generated/types.ts'
import type { Madoguchi } from '../../src/madoguchi.ts'
import type { Platform } from '../../src/ports/platform.ts'
import type { LogFields, Logger } from '../../src/ports/runtime.ts'
import { assemble, type Adapters } from '../../src/server.ts'
import { exportPrivateKeyPem } from '../../src/signing/key-pem.ts'
import { thumbprint } from '../../src/signing/jwk.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { PATIENCE_MS, queueUrlIn, storeUrlIn } from './backing.ts'
import { fixtureSenders, fixtureStandard, noticeOf } from './fixtures.ts'

/** The site of every desk of the tests. */
export const ISSUER = 'https://sns.example/madoguchi'
export const HOTLINE = 'https://hotline.example/'

export interface DeskOptions {
  readonly platform?: Partial<Platform>
  readonly procedures?: ProceduresDocument
  readonly adapters?: Adapters
  readonly settings?: Readonly<Record<string, string>>
  /** URL of a Redis that wakes the workers, see `freshRedis`; else they are woken inside the process. */
  readonly queue?: string
  /** Of the registered hotline; none by default. */
  readonly callbackUrl?: string
  /** Keeps the store of another desk. */
  readonly folder?: string
  readonly keys?: DeskKeys
  readonly isBare?: boolean
  /** Registers sender, key and standard also in a given folder. */
  readonly register?: boolean
}

export interface DeskKeys {
  readonly signing: KeyObject
  readonly log: KeyObject
  readonly hotline: KeyObject
}

export function newKeys(): DeskKeys {
  return {
    signing: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    log: generateKeyPairSync('ed25519').privateKey,
    hotline: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  }
}

/** Log lines of a test, kept. */
export class KeptLog implements Logger {
  readonly lines: { level: string; event: string; fields: LogFields }[] = []
  readonly debug = this.#at('debug')
  readonly info = this.#at('info')
  readonly warn = this.#at('warn')
  readonly error = this.#at('error')
  #at(level: string) {
    return (event: string, fields: LogFields = {}): void => {
      this.lines.push({ level, event, fields })
    }
  }
}

export interface Desk {
  readonly madoguchi: Madoguchi
  readonly log: KeptLog
  readonly keys: DeskKeys
  readonly folder: string
  readonly hotline: TestHotline
  operator(role: Role): Promise<{ token: string; by: { operator: string; role: Role } }>
}

/** A front desk on a real store in a folder of its own, with a registered hotline and a standard. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'madoguchi-'))
  const keys = options.keys ?? newKeys()
  const log = new KeptLog()
  const madoguchi = await assemble({
    platform: {
      hosts: ['sns.example'],
      resolve: ({ url }) => Promise.resolve({ ref: { id: new URL(url).pathname } }),
      executors: {},
      ...options.platform,
    },
    settings: {
      MADOGUCHI_STORE: await storeUrlIn(folder),
      MADOGUCHI_QUEUE: await queueUrlIn(folder),
      MADOGUCHI_PUBLIC_URL: ISSUER,
      MADOGUCHI_SIGNING_KEY: exportPrivateKeyPem(keys.signing),
      MADOGUCHI_LOG_KEY: exportPrivateKeyPem(keys.log),
      MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
      MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS: 'true',
      ...(options.queue === undefined ? {} : { MADOGUCHI_QUEUE: options.queue }),
      ...options.settings,
    },
    adapters: { log, ...options.adapters },
    ...(options.procedures === undefined ? {} : { procedures: options.procedures }),
  })
  onTestFinished(async () => {
    await madoguchi.close()
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  })
  const { ctx } = madoguchi.internals
  if (options.register ?? (options.folder === undefined && options.isBare !== true)) {
    for (const sender of fixtureSenders) {
      const callback = sender.id === HOTLINE ? { callback_url: options.callbackUrl ?? null } : {}
      await registerSender(ctx, SYSTEM, { ...sender, ...callback })
    }
    await registerKey(ctx, SYSTEM, HOTLINE, publicJwk(keys.hotline))
    await publishStandard(ctx, SYSTEM, fixtureStandard)
  }
  return {
    madoguchi,
    log,
    keys,
    folder,
    hotline: new TestHotline(madoguchi, keys.hotline),
    operator: async (role) => {
      const added = await addOperator(ctx, SYSTEM, {
        name: `${role}-${ctx.random.id('opr').slice(-6)}`,
        role,
        ...(role === 'external_auditor' ? outsideAccess(ctx.clock.now()) : {}),
      })
      return { token: added.token, by: { operator: added.operator.name, role } }
    },
  }
}

/** Thirty days, and whatever was decided up to a minute ago. */
export function outsideAccess(now: number): Record<string, unknown> {
  return {
    expires_at: new Date(now + 30 * 86_400_000).toISOString(),
    decided_from: new Date(now - 86_400_000).toISOString(),
    decided_until: new Date(now - 60_000).toISOString(),
    sample_percent: 100,
  }
}

export function publicJwk(key: KeyObject): Record<string, unknown> {
  const { kty, crv, x, y } = key.export({ format: 'jwk' })
  return { kty, crv, x, ...(y === undefined ? {} : { y }) }
}

/** Signs and hands in notices as the registered hotline does, without HTTP. */
export class TestHotline {
  readonly #madoguchi: Pick<Madoguchi, 'internals'>
  readonly #key: KeyObject
  readonly kid: string

  constructor(madoguchi: Pick<Madoguchi, 'internals'>, key: KeyObject) {
    this.#madoguchi = madoguchi
    this.#key = key
    this.kid = thumbprint(publicJwk(key))
  }

  /** The signed request for a body; `overrides` of claims show what is refused. */
  async token(
    body: Uint8Array,
    overrides: Record<string, unknown> = {},
    method = 'POST',
    path = '/v1/notices',
  ): Promise<string> {
    const { ctx } = this.#madoguchi.internals
    return makeRequestToken({
      privateKey: this.#key,
      kid: this.kid,
      issuer: HOTLINE,
      audience: ctx.config.issuer,
      method,
      url: `${ctx.config.publicUrl}${path}`,
      body,
      contentType: method === 'POST' ? 'application/json' : undefined,
      now: ctx.clock.now(),
      jti: ctx.random.id('evt'),
      overrides,
    })
  }

  async send(notice: unknown, overrides: Record<string, unknown> = {}): Promise<Acceptance> {
    const body = new TextEncoder().encode(JSON.stringify(notice))
    return this.sendBytes(body, overrides)
  }

  async sendBytes(body: Uint8Array, overrides: Record<string, unknown> = {}): Promise<Acceptance> {
    const { ctx } = this.#madoguchi.internals
    return receiveNotice(ctx, {
      method: 'POST',
      url: `${ctx.config.publicUrl}/v1/notices`,
      body,
      token: await this.token(body, overrides),
      contentType: 'application/json',
    })
  }

  /** A withdrawal or supplement of one notice, named by either id. */
  async message(
    kind: MessageKind,
    notice: string,
    document: unknown,
    overrides: Record<string, unknown> = {},
  ): Promise<Acceptance<'msg'>> {
    const { ctx } = this.#madoguchi.internals
    const body = new TextEncoder().encode(JSON.stringify(document))
    const path = `/v1/notices/${notice}/${kind}`
    const inbound = {
      method: 'POST',
      url: `${ctx.config.publicUrl}${path}`,
      body,
      token: await this.token(body, overrides, 'POST', path),
      contentType: 'application/json',
    }
    return receiveMessage(ctx, inbound, { kind, notice })
  }

  /** A fixture under another id and target, so that many can be sent. */
  async sendFixture(
    key: string,
    changes: Record<string, unknown> = {},
    overrides: Record<string, unknown> = {},
  ): Promise<Acceptance> {
    return this.send(noticeOf(key, changes), overrides)
  }
}

/** Waits until `look` gives something, at most `ms`. For effects of real workers. */
export async function until<R>(look: () => Promise<R | undefined>, ms = PATIENCE_MS): Promise<R> {
  const end = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error('not seen in time')
    await new Promise((resume) => setTimeout(resume, 20))
  }
}
