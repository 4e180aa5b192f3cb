import { HOUR } from '../core/time.ts'
import { MadoguchiError, type ErrorCode } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import type { Clock, Logger, Timer } from '../ports/runtime.ts'
import type { Committer } from './committer.ts'

const FLUSH_AFTER_MS = 1_000
const RING = 200

/** What is kept of a refused request of a known sender: enough to mend a client, no content (law 16). */
export interface RefusalFacts {
  readonly code: ErrorCode
  readonly senderId?: string
  readonly kid?: string
  readonly skewMs?: number
  readonly bytes?: number
}

/**
 * Counts refusals per hour and code, and keeps a ring of 200 diagnoses for each known sender. Collected
 * in memory and written once a second, so that a flood of bad requests costs no commit each; a crash
 * loses at most that second of counts.
 */
export class RefusalBook {
  readonly #deps: { committer: Committer; clock: Clock; log: Logger }
  #counts = new Map<string, Count>()
  #diagnoses = new Map<string, readonly DatedFacts[]>()
  #timer: Timer | undefined
  readonly #expected = new Set<Promise<void>>()
  #writing: Promise<void> = Promise.resolve()

  constructor(deps: { committer: Committer; clock: Clock; log: Logger }) {
    this.#deps = deps
  }

  note(facts: RefusalFacts): void {
    const now = this.#deps.clock.now()
    const hour = Math.floor(now / HOUR) * HOUR
    const key = `${hour} ${facts.code}`
    const row = this.#counts.get(key) ?? { hour, code: facts.code, count: 0 }
    row.count += 1
    this.#counts.set(key, row)
    if (facts.senderId !== undefined)
      this.#diagnose({ ...facts, senderId: facts.senderId, at: now })
    this.#timer ??= this.#deps.clock.after(FLUSH_AFTER_MS, () => {
      this.#timer = undefined
      this.flush().catch(() => {
        this.#deps.log.warn('refusals.not_written')
      })
    })
  }

  /** Something is about to be noted: {@link flush} waits for it. It must not reject. */
  expect(noting: Promise<void>): void {
    this.#expected.add(noting)
    void noting.then(() => this.#expected.delete(noting))
  }

  /** A flood in one sender's name leaves the diagnoses of the others alone. */
  #diagnose(facts: DatedFacts): void {
    const waiting = this.#diagnoses.get(facts.senderId) ?? []
    if (waiting.length < RING) this.#diagnoses.set(facts.senderId, [...waiting, facts])
  }

  /** Writes what was collected until now. Where that fails the counts wait for the next time. */
  async flush(): Promise<void> {
    await Promise.all(this.#expected)
    const before = this.#writing.catch(() => undefined)
    this.#writing = before.then(() => this.#writeCollected())
    await this.#writing
  }

  async #writeCollected(): Promise<void> {
    this.#timer?.cancel()
    this.#timer = undefined
    const counts = this.#counts
    const diagnoses = this.#diagnoses
    this.#counts = new Map()
    this.#diagnoses = new Map()
    if (counts.size === 0) return
    try {
      await this.#write([...counts.values()], [...diagnoses.values()].flat())
    } catch (fault) {
      const mayStand = fault instanceof MadoguchiError && fault.code === 'commit_unknown'
      if (!mayStand) this.#giveBack(counts)
      throw fault
    }
  }

  #giveBack(counts: ReadonlyMap<string, Count>): void {
    for (const [key, row] of counts) {
      const count = row.count + (this.#counts.get(key)?.count ?? 0)
      this.#counts.set(key, { ...row, count })
    }
  }

  async #write(counts: readonly Count[], diagnoses: readonly DatedFacts[]): Promise<void> {
    await this.#deps.committer.submit({
      name: 'refusals.count',
      bytes: 256,
      locks: counts.map(({ hour, code }) => `refusalCount:${hour}/${code}`),
      run: async (tx) => {
        for (const { hour, code, count } of counts) await tx.countRefusal(hour, code, count)
        for (const { senderId, at, code, kid, skewMs, bytes } of diagnoses)
          await tx.put('diagnosis', {
            senderId,
            slot: await freeSlot(tx, senderId),
            at,
            code,
            kid: kid ?? null,
            skewMs: skewMs ?? null,
            bytes: bytes ?? null,
          })
        return { result: undefined, events: [] }
      },
    })
  }
}

interface Count {
  readonly hour: number
  readonly code: ErrorCode
  count: number
}

type DatedFacts = RefusalFacts & { readonly at: number; readonly senderId: string }

/** The next slot of the ring, or that of an oldest diagnosis once it is full. */
async function freeSlot(tx: Transaction, senderId: string): Promise<number> {
  const held = await tx.count('diagnosis', { senderId })
  if (held < RING) return held
  const [oldest] = await tx.find('diagnosis', { senderId }, { orderBy: 'at', limit: 1 })
  return oldest?.slot ?? 0
}
