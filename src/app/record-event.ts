import { canonicalJson } from '../core/canonical-json.ts'
import type { EventType, LedgeredEvent } from '../core/event.ts'
import type { Id } from '../core/ids.ts'
import { buildEntry, type PublicFacts } from '../ledger/entry.ts'
import type { Random } from '../ports/runtime.ts'
import type { EventDraft } from './command.ts'

export interface EventSubject {
  readonly noticeId?: Id<'ntc'>
  readonly caseId?: Id<'cas'>
  readonly decisionId?: Id<'dec'>
}

export interface LedgeredDraft extends EventSubject {
  readonly type: LedgeredEvent
  readonly at: number
  readonly pub: PublicFacts
  /** Leaf hashes, in clear; only on entries about one notice. */
  readonly refs?: readonly string[]
  /** Committed apart, so that each can be shown or erased alone. */
  readonly sender?: string
  readonly target?: string
  /** The full record of what happened; committed as one. */
  readonly payload: Readonly<Record<string, unknown>>
  readonly indexed?: EventDraft['indexed']
}

const utf8 = new TextEncoder()
const bytesOf = (text: string | undefined): Uint8Array | null =>
  text === undefined ? null : utf8.encode(text)

/** An event with its ledger entry, ready to be committed. Salts are drawn here. */
export function ledgeredEvent(
  deps: { readonly random: Random; readonly logOrigin: string },
  draft: LedgeredDraft,
): EventDraft & { readonly entry: NonNullable<EventDraft['entry']> } {
  const payload = canonicalJson(draft.payload)
  const entry = buildEntry(
    {
      log: deps.logOrigin,
      type: draft.type,
      at: draft.at,
      pub: draft.pub,
      refs: draft.refs ?? [],
      values: {
        case: bytesOf(draft.caseId),
        sender: bytesOf(draft.sender),
        target: bytesOf(draft.target),
        payload,
      },
    },
    deps.random,
  )
  return {
    ...subjectOf(draft),
    type: draft.type,
    at: draft.at,
    payload,
    entry,
    ...(draft.indexed === undefined ? {} : { indexed: draft.indexed }),
  }
}

/** An event that is no promise to anybody outside, and has no entry. */
export function plainEvent(
  type: Exclude<EventType, LedgeredEvent>,
  at: number,
  subject: EventSubject,
  payload: Readonly<Record<string, unknown>>,
): EventDraft {
  return { ...subjectOf(subject), type, at, payload: canonicalJson(payload) }
}

function subjectOf({ noticeId, caseId, decisionId }: EventSubject): EventSubject {
  return {
    ...(noticeId === undefined ? {} : { noticeId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(decisionId === undefined ? {} : { decisionId }),
  }
}
