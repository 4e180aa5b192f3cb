import type { LedgeredEvent } from '../core/event.ts'
import type { Actor } from './actor.ts'
import type { EventDraft } from './command.ts'
import type { AppContext } from './context.ts'
import { ledgeredEvent } from './record-event.ts'

/** Event types about the registry: who may send, with which keys, by which rules. */
export type AdministrativeEvent = Extract<
  LedgeredEvent,
  | 'standard.published'
  | 'sender.registered'
  | 'sender.changed'
  | 'key.registered'
  | 'key.activated'
  | 'key.retired'
  | 'key.revoked'
  | 'clock.reset'
  | 'sample.drawn'
  | 'policy.adopted'
  | 'policy.activated'
  | 'policy.retired'
>

/** An entry about the registry; whom it is about and who did it are only committed, never in clear. */
export function administrativeEvent(
  ctx: Pick<AppContext, 'random' | 'ledger' | 'clock'>,
  actor: Actor,
  type: AdministrativeEvent,
  facts: { readonly sender?: string; readonly detail: Readonly<Record<string, unknown>> },
): EventDraft {
  const { sender, detail } = facts
  return ledgeredEvent(
    { random: ctx.random, logOrigin: ctx.ledger.origin },
    {
      type,
      lane: null,
      at: ctx.clock.now(),
      pub: {},
      ...(sender === undefined ? {} : { sender }),
      payload: { v: 1, by: { operator: actor.operator, role: actor.role }, ...detail },
    },
  )
}
