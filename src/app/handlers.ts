import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { EventType } from '../core/event.ts'
import type { Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import type { Trial } from '../core/trial.ts'
import type { Form, Lane } from '../core/vocabulary.ts'

/** What a named handler may know of a notice: facts for routing, none of its words or target. */
export interface NoticeFacts {
  readonly id: Id<'ntc'>
  readonly senderId: string
  readonly form: Form
  readonly lane: Lane
  readonly category: string
  readonly assurance: NoticeRecord['assurance']
  /** Not `null`: nothing outside the desk should come of it. */
  readonly trial: Trial | null
  readonly band: 0 | 1
  readonly goalAt: number
  readonly receivedAt: number
}

/** Events that are always about one notice. */
export type NoticeEvent = Extract<EventType, `notice.${string}` | `outcome.${string}`>

export interface HandlerCall<E extends EventType = EventType> {
  readonly event: { readonly id: string; readonly type: E; readonly at: number }
  /** `null` only for events that aren't about one notice. */
  readonly notice: E extends NoticeEvent ? NoticeFacts : NoticeFacts | null
  readonly caseId: Id<'cas'> | null
  readonly decisionId: Id<'dec'> | null
  readonly attempt: number
  /** Fires when the handler's time is up. */
  readonly signal: AbortSignal
}

export type Handler<E extends EventType = EventType> = (call: HandlerCall<E>) => Promise<void>

/**
 * The named handlers of this process. A name is a subscription: each (event, name) has its own
 * attempts, backoff and dead letter; a process that doesn't know a name never takes its work.
 */
export class HandlerTable {
  readonly #byGroup = new Map<string, Handler>()

  /** @throws MadoguchiError `already` if the pair (event, name) is taken. */
  add<E extends EventType>(event: E, name: string, handler: Handler<E>): void {
    const group = `${event}/${name}`
    if (!/^[a-z0-9-]{1,64}$/.test(name))
      throw new MadoguchiError('invalid_input', {
        errors: [{ pointer: '/name', keyword: 'pattern' }],
      })
    if (this.#byGroup.has(group)) throw new MadoguchiError('already')
    // Called for this event alone, so what it expects of a call is what it gets.
    this.#byGroup.set(group, handler as Handler)
  }

  find(group: string): Handler | undefined {
    return this.#byGroup.get(group)
  }

  /** `event/name`, as work rows are grouped. */
  get groups(): string[] {
    return [...this.#byGroup.keys()]
  }
}
