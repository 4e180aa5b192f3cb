import { allStandards } from './app/read-standards.ts'
import { publishStandard } from './app/publish-standard.ts'
import { SYSTEM } from './app/actor.ts'
import type { GivenSettings } from './config/env.ts'
import type { ActionKind } from './core/action-kind.ts'
import type { DeskMode } from './core/trial.ts'
import type { ProceduresDocument, StandardDocument } from './generated/types.ts'
import type { Madoguchi } from './madoguchi.ts'
import type { Executor, ExecutorResult, Platform, PosterTeller } from './ports/platform.ts'
import type { Clock } from './ports/runtime.ts'
import { assemble } from './server.ts'

/** How the platform finds a reported item and looks at it. Called after the 202, never before. */
export interface TargetOptions<Ref> {
  /** Default: `MADOGUCHI_TARGET_HOSTS`. URLs of other hosts are refused without asking the platform. */
  readonly hosts?: readonly string[]
  /** Default: the normalised URL itself is the reference, and `Ref` is `string`. */
  readonly resolve?: Platform<Ref>['resolve']
  /** Absent: nothing is observed. */
  readonly observe?: NonNullable<Platform<Ref>['observe']>
}

/** What a platform says about itself when it opens its front desk. */
export interface MadoguchiOptions<Ref = string> {
  /** Versions of the own published rules; those that aren't in the record yet are published. */
  readonly standards?: readonly StandardDocument[]
  readonly targets: TargetOptions<Ref>
  /** A kind without an executor is `manual`: pending until an operator confirms. */
  readonly executors?: Readonly<Partial<Record<ActionKind, Executor<Ref>>>>
  /** 発信者への通知. Absent: the platform tells its posters by itself, and says so (`posters.told`). */
  readonly tellPoster?: PosterTeller<Ref>
  /** Default: `MADOGUCHI_PROCEDURES_FILE`; without either everything is off, or the safest. */
  readonly procedures?: ProceduresDocument
  /** Default: `MADOGUCHI_MODE`. In `observe` decisions are recorded, and nothing comes of them. */
  readonly mode?: DeskMode
  /** By which everything runs. Default: the machine's own. */
  readonly clock?: Clock
  /** Hold whatever the environment says; names and texts as in the handbook. */
  readonly settings?: GivenSettings
}

/**
 * Opens the front desk of a platform: reads `MADOGUCHI_*`, opens the record and publishes standards that
 * are new. Starts nothing: see {@link Madoguchi.start}.
 *
 * @throws ConfigurationError with every faulty setting; StoreUnavailable; MadoguchiError for a standard
 *   that isn't one.
 */
export async function createMadoguchi<Ref = string>(
  options: MadoguchiOptions<Ref>,
): Promise<Madoguchi> {
  const { targets, executors = {}, mode, clock, procedures, standards = [] } = options
  const settings = { ...options.settings, ...(mode === undefined ? {} : { MADOGUCHI_MODE: mode }) }
  const platform: Omit<Platform<Ref>, 'hosts'> = {
    // Without a resolver `Ref` is the URL's text, as the default of the type says.
    resolve: targets.resolve ?? (resolveToUrl as unknown as Platform<Ref>['resolve']),
    executors,
    ...(options.tellPoster === undefined ? {} : { tellPoster: options.tellPoster }),
    ...(targets.observe === undefined ? {} : { observe: targets.observe }),
  }
  const madoguchi = await assemble({
    platform: {
      // The record hands back what `resolve` gave, so references of this platform are all of one type.
      ...(platform as unknown as Omit<Platform, 'hosts'>),
      ...(targets.hosts === undefined ? {} : { hosts: targets.hosts }),
    },
    settings,
    ...(procedures === undefined ? {} : { procedures }),
    ...(clock === undefined ? {} : { adapters: { clock } }),
  })
  try {
    await publishNew(madoguchi, standards)
    return madoguchi
  } catch (fault) {
    await madoguchi.close()
    throw fault
  }
}

/** 実施済み: says that a measure was carried out, and when (epoch milliseconds or a date). */
export function executed(at: number | Date): Extract<ExecutorResult, { kind: 'executed' }> {
  return { kind: 'executed', at: typeof at === 'number' ? at : at.getTime() }
}

/** 実施待ち: says that a measure is carried out later; settled through `madoguchi.actions.settle`. */
export function pending(reference?: string): Extract<ExecutorResult, { kind: 'pending' }> {
  return reference === undefined ? { kind: 'pending' } : { kind: 'pending', reference }
}

/** Publishes, as the platform itself, the versions that the record doesn't hold. */
export async function publishNew(
  { internals: { ctx } }: Madoguchi,
  standards: readonly StandardDocument[],
): Promise<void> {
  const known = new Set((await allStandards(ctx)).map(({ id, version }) => `${id}\n${version}`))
  for (const standard of standards) {
    if (!known.has(`${standard.id}\n${standard.version}`))
      await publishStandard(ctx, SYSTEM, standard)
  }
}

const resolveToUrl: Platform<string>['resolve'] = ({ url }) =>
  Promise.resolve({ ref: new URL(url).href })
