import type { Observation } from '../core/notice.ts'
import type { ActionKind } from '../core/action-kind.ts'
import type { Clock } from '../ports/runtime.ts'
import type { Executor, Platform, ResolvedTarget } from '../ports/platform.ts'
import { PRETEND_HOST } from './pretend-hotline.ts'

/** Measures that the toy can carry out by itself; the others wait for a person. */
const BY_ITSELF: readonly ActionKind[] = [
  'remove',
  'disable_access',
  'label_informational',
  'label_interstitial',
  'demote',
  'limit_interaction',
]
const HIDING: ReadonlySet<ActionKind> = new Set<ActionKind>(['remove', 'disable_access'])

/** What the toy is told from outside. */
export interface ToyOptions {
  readonly clock: Clock
  /** Posts that their posters have taken down, and when (epoch ms). */
  readonly gone?: (postId: string) => number | undefined
  /** Told of each measure that is carried out for the first time. */
  readonly onMeasure?: (kind: ActionKind, postId: string) => void
}

/**
 * A social network in memory: every post of its host exists until it is hidden. Measures are idempotent
 * by their key, as an executor has to be.
 */
export class ToySns implements Platform {
  readonly hosts = [PRETEND_HOST]
  readonly executors: Readonly<Partial<Record<ActionKind, Executor<unknown>>>>
  readonly #options: ToyOptions
  readonly #done = new Map<string, number>()
  readonly #hiddenAt = new Map<string, number>()

  constructor(options: ToyOptions) {
    this.#options = options
    this.executors = Object.fromEntries(BY_ITSELF.map((kind) => [kind, this.#executor(kind)]))
  }

  readonly resolve = ({ url }: { readonly url: string }): Promise<ResolvedTarget<unknown>> => {
    const id = /\/posts\/(\d+)$/.exec(new URL(url).pathname)?.[1]
    return Promise.resolve(id === undefined ? { ref: { path: 'other' } } : { ref: { id } })
  }

  readonly observe = ({ ref }: { readonly ref: unknown }): Promise<Observation> => {
    const id = postId(ref)
    const since = this.#hiddenAt.get(id) ?? this.#options.gone?.(id)
    return Promise.resolve(since === undefined ? { state: 'present' } : { state: 'gone', since })
  }

  /** Whether anybody can see the post. */
  isVisible(id: string): boolean {
    return !this.#hiddenAt.has(id) && this.#options.gone?.(id) === undefined
  }

  #executor(kind: ActionKind): Executor<unknown> {
    return ({ ref, idempotencyKey }) => {
      const at = this.#done.get(idempotencyKey) ?? this.#carryOut(kind, postId(ref))
      this.#done.set(idempotencyKey, at)
      return Promise.resolve({ kind: 'executed', at })
    }
  }

  #carryOut(kind: ActionKind, id: string): number {
    const at = this.#options.clock.now()
    if (HIDING.has(kind)) this.#hiddenAt.set(id, at)
    this.#options.onMeasure?.(kind, id)
    return at
  }
}

function postId(ref: unknown): string {
  return typeof ref === 'object' && ref !== null && 'id' in ref && typeof ref.id === 'string'
    ? ref.id
    : ''
}
