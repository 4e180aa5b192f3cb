import type { Procedures } from '../core/procedures.ts'
import type { DeskMode } from '../core/trial.ts'
import type { Lane, Tier } from '../core/vocabulary.ts'
import type { ProceduresDocument } from '../generated/types.ts'
import type { Bell } from '../ports/bell.ts'
import type { OutcomeTransport } from '../ports/outcome-transport.ts'
import type { Platform } from '../ports/platform.ts'
import type { Reader } from '../ports/record-store.ts'
import type { Clock, Logger, Random } from '../ports/runtime.ts'
import type { Signer } from '../ports/signer.ts'
import type { Committer } from './committer.ts'
import type { HandlerTable } from './handlers.ts'
import type { InFlight } from './in-flight.ts'
import type { LedgerDesk } from './ledger-desk.ts'
import type { RefusalBook } from './refusal-book.ts'
import type { WaitingPolls } from './waiting-polls.ts'

/** Decisions taken once, at the composition root. Units are in the names. */
export interface AppConfig {
  /** `iss` of what we sign, `aud` of what we take. */
  readonly issuer: string
  /** Absolute, without trailing slash, with the mount path: `https://sns.example/madoguchi`. */
  readonly publicUrl: string
  /** Where people reach the front desk; shown in the configuration document. */
  readonly contact: string
  readonly platformName: string
  readonly clockToleranceMs: number
  /** How far a token may lie in the future. */
  readonly clockLeadMs: number
  readonly maxBodyBytes: number
  /** Until then an action can be taken back before it starts. */
  readonly undoWindowMs: number
  readonly claimLeaseMs: number
  /** After this time without a settled decision the sender hears `under_review` and the decided kinds. */
  readonly outcomePatienceMs: number
  /** A `new` case is offered to people after this time at the latest. */
  readonly machineStepsMs: number
  readonly ownGoalMs: Readonly<Record<Tier, number>>
  readonly band0GoalMs: number
  /** Categories whose danger to life or body puts a notice in band 0: the platform's own table. */
  readonly band0Categories: ReadonlySet<string>
  /** Two people, both ways (law 24). */
  readonly graveCategories: ReadonlySet<string>
  /** Toxic beyond the item: role `child_safety`, never in lists (law 11). */
  readonly noViewCategories: ReadonlySet<string>
  readonly openLanes: ReadonlySet<Lane>
  /** In `observe`, what is accepted and decided is on trial. */
  readonly mode: DeskMode
  /** 手続の定め, as the platform wrote it and with every default. */
  readonly proceduresDocument: ProceduresDocument
  readonly procedures: Procedures
}

/** What every use case is given: the ports and kernels in one frozen bag. */
export interface AppContext {
  readonly config: AppConfig
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Committed state. */
  readonly read: Reader
  /** The only way to change it. */
  readonly committer: Committer
  readonly ledger: LedgerDesk
  /** Signs receipts, outcomes and pushes. */
  readonly signer: Signer
  readonly platform: Platform
  readonly bell: Bell
  readonly transport: OutcomeTransport
  readonly handlers: HandlerTable
  /** One promise per (sender, id) in this process. */
  readonly inFlight: InFlight
  readonly refusals: RefusalBook
  /** Of this process. */
  readonly polls: WaitingPolls
}
