import type { KeyObject } from 'node:crypto'
import { createOutcomeTransport } from './adapters/http-client/outcome-transport.ts'
import { createPinoLogger } from './adapters/pino/logger.ts'
import { systemClock } from './adapters/system/clock.ts'
import { createSystemRandom } from './adapters/system/random.ts'
import { Committer } from './app/committer.ts'
import type { AppConfig, AppContext } from './app/context.ts'
import { HandlerTable } from './app/handlers.ts'
import { InFlight } from './app/in-flight.ts'
import { LedgerDesk } from './app/ledger-desk.ts'
import { openLog } from './app/open-log.ts'
import { RefusalBook } from './app/refusal-book.ts'
import { WaitingPolls } from './app/waiting-polls.ts'
import { Workers } from './app/workers.ts'
import { loadConfig, requireSite, type Config, type Site } from './config/config.ts'
import type { GivenSettings } from './config/env.ts'
import { ConfigurationError } from './config/faults.ts'
import type { Secrets } from './config/secrets.ts'
import {
  DEFAULT_BAND0_CATEGORIES,
  DEFAULT_GRAVE_CATEGORIES,
  DEFAULT_NO_VIEW_CATEGORIES,
} from './core/vocabulary-lookup.ts'
import type { ProceduresDocument } from './generated/types.ts'
import { loadProcedures, type LoadedProcedures } from './load-procedures.ts'
import { Madoguchi } from './madoguchi.ts'
import { openBell } from './open-bell.ts'
import { openStore, placeOf } from './open-store.ts'
import type { Bell } from './ports/bell.ts'
import type { OutcomeTransport } from './ports/outcome-transport.ts'
import type { Platform } from './ports/platform.ts'
import type { RecordStore } from './ports/record-store.ts'
import type { Clock, Logger, Random } from './ports/runtime.ts'
import type { Signer } from './ports/signer.ts'
import { createKeySigner } from './signing/key-signer.ts'

/** What the world is made of, where it isn't what the configuration says: for tests and own adapters. */
export interface Adapters {
  readonly clock?: Clock
  readonly random?: Random
  readonly log?: Logger
  readonly store?: RecordStore
  readonly transport?: OutcomeTransport
  readonly signer?: Signer
  readonly logSigner?: Signer
}

export interface AssembleOptions {
  readonly platform: Omit<Platform, 'hosts'> & { readonly hosts?: readonly string[] }
  /** Settings that hold whatever the environment says. */
  readonly settings?: GivenSettings
  /** Settings that hold where the environment says nothing. */
  readonly defaults?: GivenSettings
  /** Instead of what `MADOGUCHI_PROCEDURES_FILE` names. */
  readonly procedures?: ProceduresDocument
  readonly adapters?: Adapters
}

/**
 * The composition root: the one place that knows every adapter. Reads `MADOGUCHI_*`, opens the store,
 * begins the log if there is none. Dispatches nothing before {@link Madoguchi.start}.
 *
 * @throws ConfigurationError with every faulty setting; StoreUnavailable.
 */
export async function assemble(options: AssembleOptions): Promise<Madoguchi> {
  const { adapters = {} } = options
  const { config, secrets } = loadConfig({
    ...(options.settings === undefined ? {} : { given: options.settings }),
    ...(options.defaults === undefined ? {} : { defaults: options.defaults }),
  })
  const site = requireSite(config)
  const procedures = loadProcedures(config, options.procedures)
  const keys = signersOf(secrets, adapters)
  const clock = adapters.clock ?? systemClock
  const log = adapters.log ?? createPinoLogger({ level: config.logLevel })
  const store = adapters.store ?? (await openStore(placeOf({ config, secrets })))
  const hosts = options.platform.hosts ?? config.targetHosts
  const transport =
    adapters.transport ??
    createOutcomeTransport({ clock, allowLoopback: config.allowLoopbackCallbacks })
  let bell: Bell | undefined
  try {
    bell = await openBell({ config, secrets, issuer: site.issuer, log, clock })
    const random = adapters.random ?? createSystemRandom(clock)
    return await build(
      appConfigOf(config, site, procedures),
      { clock, random, log, store, bell },
      keys,
      { ...options.platform, hosts },
      transport,
    )
  } catch (fault) {
    await bell?.stop()
    await store.close()
    throw fault
  }
}

interface World {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly store: RecordStore
  readonly bell: Bell
}

async function build(
  config: AppConfig,
  { clock, random, log, store, bell }: World,
  { signer, logSigner }: { signer: Signer; logSigner: Signer },
  platform: Platform,
  transport: OutcomeTransport,
): Promise<Madoguchi> {
  const committer = new Committer({
    store,
    clock,
    random,
    log,
    ring: (tickets) => {
      for (const [kind, count] of tickets) void bell.ring(kind, count)
    },
  })
  const origin = `${new URL(config.issuer).host}/madoguchi/1`
  const ledger = new LedgerDesk({ read: store.read, signer: logSigner, clock, origin })
  committer.addPreamble((tx) => ledger.keep(tx))
  const ctx: AppContext = Object.freeze({
    config,
    clock,
    random,
    log,
    read: store.read,
    committer,
    ledger,
    signer,
    platform,
    bell,
    transport,
    handlers: new HandlerTable(),
    inFlight: new InFlight(),
    refusals: new RefusalBook({ committer, clock, log }),
    polls: new WaitingPolls(clock),
  })
  await store.check()
  await openLog(ctx)
  return new Madoguchi({ ctx, store, workers: new Workers(ctx) })
}

function signersOf(secrets: Secrets, adapters: Adapters): { signer: Signer; logSigner: Signer } {
  const signer = adapters.signer ?? keySigner(secrets.signingKey)
  const logSigner = adapters.logSigner ?? keySigner(secrets.logKey)
  if (signer !== undefined && logSigner !== undefined) return { signer, logSigner }
  throw new ConfigurationError([
    ...(signer === undefined
      ? [{ variable: 'MADOGUCHI_SIGNING_KEY', code: 'missing' as const }]
      : []),
    ...(logSigner === undefined
      ? [{ variable: 'MADOGUCHI_LOG_KEY', code: 'missing' as const }]
      : []),
  ])
}

function keySigner(key: KeyObject | null): Signer | undefined {
  return key === null ? undefined : createKeySigner(key)
}

function appConfigOf(config: Config, site: Site, procedures: LoadedProcedures): AppConfig {
  return Object.freeze({
    ...site,
    mode: config.mode,
    ...procedures,
    clockToleranceMs: config.clockToleranceMs,
    clockLeadMs: 60_000,
    maxBodyBytes: 262_144,
    undoWindowMs: config.undoWindowMs,
    claimLeaseMs: config.claimLeaseMs,
    outcomePatienceMs: config.outcomePatienceMs,
    machineStepsMs: 60_000,
    ownGoalMs: config.ownGoalMs,
    band0GoalMs: config.band0GoalMs,
    band0Categories: new Set(config.band0Categories ?? DEFAULT_BAND0_CATEGORIES),
    graveCategories: new Set(config.graveCategories ?? DEFAULT_GRAVE_CATEGORIES),
    noViewCategories: new Set(config.noViewCategories ?? DEFAULT_NO_VIEW_CATEGORIES),
    openLanes: new Set([
      'voluntary_illegal',
      'voluntary_public_order',
      'agency',
      'legal_desk',
    ] as const),
  })
}
