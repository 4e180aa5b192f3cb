import { expect } from 'vitest'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import type { AppContext } from '../../src/app/context.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { auditSourceOf } from '../../src/ledger/audit-source.ts'
import { auditLog } from '../../src/ledger/audit.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import type { Reader, RecordStore, Transaction } from '../../src/ports/record-store.ts'
import type { Signer } from '../../src/ports/signer.ts'
import { openBareStore, PATIENCE_MS } from '../support/backing.ts'
import { openDesk, type Desk, type DeskOptions } from '../support/desk.ts'
import { FaultyStore } from '../support/faulty-store.ts'
import { TestClock } from '../support/test-clock.ts'

/** A store that fails on demand, counts its transactions, and knows when it is left alone. */
export class CountedStore extends FaultyStore {
  transactions = 0
  #asked = 0
  #running = 0
  readonly #read: Reader

  constructor(inner: RecordStore) {
    super(inner)
    this.#read = this.#counted(inner.read)
  }

  override get read(): Reader {
    return this.#read
  }

  override async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    this.transactions += 1
    return this.#count(() => super.transact(body))
  }

  /** Waits in real time until nobody has read or written, or is about to, for a moment. */
  async quiet(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      const before = this.#asked
      await pause()
      calm = this.#asked === before && this.#running === 0 ? calm + 1 : 0
    }
  }

  async #count<R>(ask: () => Promise<R>): Promise<R> {
    this.#asked += 1
    this.#running += 1
    try {
      return await ask()
    } finally {
      this.#running -= 1
    }
  }

  #counted(inner: Reader): Reader {
    type Ask = (...given: unknown[]) => Promise<unknown>
    return new Proxy(inner, {
      get: (reader, name) => {
        const ask = Reflect.get(reader, name) as Ask
        return (...given: unknown[]) => this.#count(() => ask.apply(reader, given))
      },
    })
  }
}

const storeOf = new WeakMap<TestClock, CountedStore>()

export interface TimedDesk extends Desk {
  readonly ctx: AppContext
  readonly clock: TestClock
  readonly store: CountedStore
}

/** A desk on a clock that moves only when told, and a real store that can be made to fail. */
export async function openTimedDesk(
  options: DeskOptions = {},
  kept?: CountedStore,
): Promise<TimedDesk> {
  const clock = new TestClock()
  const store = kept ?? new CountedStore(await openBareStore())
  const adapters = { clock, store, ...options.adapters }
  const desk = await openDesk({ ...options, adapters })
  storeOf.set(clock, store)
  return { ...desk, ctx: desk.madoguchi.internals.ctx, clock, store }
}

/** Waits in real time for an effect, without moving any clock. */
export async function seen<R>(look: () => Promise<R | undefined>, ms = PATIENCE_MS): Promise<R> {
  const end = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error('not seen in time')
    await pause()
  }
}

/** Lets what is under way go on. */
export const pause = (ms = 3): Promise<void> => new Promise((resume) => setTimeout(resume, ms))

/** Moves a clock in steps until something is seen; what is under way runs to its end before each. */
export async function seenAfter<R>(
  clock: TestClock,
  stepMs: number,
  look: () => Promise<R | undefined>,
  steps = 200,
): Promise<R> {
  for (let step = 0; step < steps; step += 1) {
    await (storeOf.get(clock)?.quiet() ?? pause())
    const found = await look()
    if (found !== undefined) return found
    clock.advance(stepMs)
  }
  throw new Error('not seen after these steps')
}

/** The case of a notice, once people are offered it. */
export function readyCase(ctx: AppContext, noticeId: string): Promise<CaseRecord> {
  return seen(async () => {
    const notice = await ctx.read.get('notice', { id: noticeId as `ntc_${string}` })
    if (notice?.caseId == null) return undefined
    const found = await ctx.read.get('case', { id: notice.caseId })
    return found?.state === 'new' ? undefined : found
  })
}

export const GROUND = {
  kind: 'published_standard_clause',
  standard: 'removal-standard',
  version: '2026-04-01',
  clause: '3.2',
} as const

let commands = 0

/** Claims and decides at the newest version, whatever the answer. */
export async function decide(
  { madoguchi, ctx }: TimedDesk,
  caseId: CaseRecord['id'],
  by: DecidedBy,
  input: Partial<DecideCommand> = {},
): Promise<CaseAnswer> {
  commands += 1
  await madoguchi.cases.claim(caseId, by)
  const record = await ctx.read.get('case', { id: caseId })
  return madoguchi.cases.decide(caseId, {
    commandId: `command-${commands}`,
    expectedVersion: record?.version ?? 0,
    by,
    actions: [],
    ...input,
  })
}

/** Decides for measures, on the ground of the fixtures. */
export const act = (
  desk: TimedDesk,
  caseId: CaseRecord['id'],
  by: DecidedBy,
  ...kinds: readonly DecideCommand['actions'][number]['kind'][]
): Promise<CaseAnswer> =>
  decide(desk, caseId, by, { actions: kinds.map((kind) => ({ kind })), ground: GROUND })

/** Re-reads the whole log; everything fits. */
export async function expectSoundLog(ctx: AppContext): Promise<number> {
  const key = parseVkey(ctx.ledger.verifierKey)
  const result = await auditLog(auditSourceOf(ctx.read), {
    origin: ctx.ledger.origin,
    keys: key === undefined ? [] : [key],
  })
  expect(result).toMatchObject({ ok: true })
  return result.ok ? result.size : 0
}

/** A signer that fails, or waits, on demand. */
export class UnsteadySigner implements Signer {
  readonly kid: string
  readonly alg: Signer['alg']
  readonly publicJwk: Signer['publicJwk']
  fails = false
  gate: Promise<void> | undefined
  asked = 0
  signatures = 0
  readonly #inner: Signer

  constructor(inner: Signer) {
    this.#inner = inner
    this.kid = inner.kid
    this.alg = inner.alg
    this.publicJwk = inner.publicJwk
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    this.asked += 1
    if (this.fails) throw new Error('no answer from the key store')
    await this.gate
    this.signatures += 1
    return this.#inner.sign(bytes)
  }
}

/** A promise to be fulfilled by hand. */
export function newGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  return {
    opened: promise,
    open: () => {
      resolve(undefined)
    },
  }
}

/** The code that something is refused with; `none` where it isn't. */
export function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'none',
    (fault: unknown) => (fault as { code?: unknown }).code ?? fault,
  )
}
