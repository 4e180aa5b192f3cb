import type { AppContext } from '../../src/app/context.ts'
import type { Acceptance } from '../../src/app/receive-notice.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import type { Id } from '../../src/core/ids.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import type { Executor } from '../../src/ports/platform.ts'
import { CountedStore } from '../app/support.ts'
import { lendKey } from '../laws/support.ts'
import { openBareStore, temporaryFolder } from '../support/backing.ts'
import { newKeys, openDesk, type Desk } from '../support/desk.ts'
import { TestClock } from '../support/test-clock.ts'

/** People of the desk; a step names one by number. */
export const PEOPLE: readonly DecidedBy[] = (
  [
    ['a', 'reviewer'],
    ['b', 'second_reviewer'],
    ['c', 'lead'],
    ['d', 'lead'],
  ] as const satisfies readonly (readonly [string, Role])[]
).map(([operator, role]) => ({ operator, role }))

/** One call of an executor, as the platform saw it. */
export interface Effect {
  readonly kind: string
  readonly actionId: string
  readonly key: string
}

/**
 * What a run of steps is done to: a whole desk on a real store, with a clock that only the steps move and
 * a platform that does what it is told, now, later, or at the second try.
 */
export class DeskUnderTest {
  readonly clock = new TestClock()
  readonly effects: Effect[] = []
  readonly accepted: Acceptance[] = []
  /** By the identifier of its sender, to be sent again. */
  readonly sent = new Map<string, { readonly body: Uint8Array; readonly iss: string }>()
  readonly #folder = temporaryFolder('model')
  readonly #keys = newKeys()
  #store!: CountedStore
  #desk!: Desk

  static async open(): Promise<DeskUnderTest> {
    const self = new DeskUnderTest()
    await self.#open(true)
    return self
  }

  get desk(): Desk {
    return this.#desk
  }

  get ctx(): AppContext {
    return this.#desk.madoguchi.internals.ctx
  }

  get store(): CountedStore {
    return this.#store
  }

  /** Ends the process in order, and starts another one on the same record. */
  async reopen(): Promise<void> {
    await this.#desk.madoguchi.close()
    await this.#open(false)
  }

  /** Lets everything that is due run to its end. */
  quiet(): Promise<void> {
    return this.#store.quiet()
  }

  /** All cases, oldest first. */
  cases(): Promise<CaseRecord[]> {
    return this.ctx.read.find('case', {}, { orderBy: 'id' })
  }

  /** The n-th of some, counted around; `undefined` where there is none. */
  pick<T>(all: readonly T[], n: number): T | undefined {
    return all.length === 0 ? undefined : all[n % all.length]
  }

  async #open(register: boolean): Promise<void> {
    this.#store = new CountedStore(await openBareStore(this.#folder))
    this.#desk = await openDesk({
      folder: this.#folder,
      keys: this.#keys,
      register,
      platform: {
        resolve: ({ url }) => Promise.resolve({ ref: { item: new URL(url).pathname } }),
        observe: () => Promise.resolve({ state: 'present' }),
        executors: {
          remove: this.#does('remove', 'executed'),
          disable_access: this.#does('disable_access', 'second_try'),
          label_informational: this.#does('label_informational', 'pending'),
          demonetize_item: this.#does('demonetize_item', 'executed'),
          restore: this.#does('restore', 'executed'),
        },
      },
      settings: { MADOGUCHI_GRAVE_CATEGORIES: 'firearm_transfer' },
      adapters: { clock: this.clock, store: this.#store },
    })
    if (register) await lendKey(this.#desk)
    await this.#desk.madoguchi.start({ work: true })
  }

  #does(kind: string, how: 'executed' | 'pending' | 'second_try'): Executor<unknown> {
    return ({ actionId, idempotencyKey, attempt }) => {
      this.effects.push({ kind, actionId, key: idempotencyKey })
      if (how === 'second_try' && attempt === 1) return Promise.reject(new Error('busy'))
      return Promise.resolve(
        how === 'pending' ? { kind: 'pending' } : { kind: 'executed', at: this.clock.now() },
      )
    }
  }
}

export type CaseId = Id<'cas'>
