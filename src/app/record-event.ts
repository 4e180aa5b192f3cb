import { canonicalJson } from '../core/canonical-json.ts'
import type { EventType, LedgeredEvent } from '../core/event.ts'
import type { Id } from '../core/ids.ts'
import { formatTime, HOUR } from '../core/time.ts'
import type { Lane } from '../core/vocabulary.ts'
import { buildEntry, type EntryParts, type PublicFacts } from '../ledger/entry.ts'
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
  /** Of the case or notice that it is about; `null`: of none. What is of the legal desk is sealed. */
  readonly lane: Lane | null
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
  const { open, committed } = draft.lane === 'legal_desk' ? sealed(draft) : plain(draft)
  const payload = canonicalJson(committed)
  const entry = buildEntry(
    {
      log: deps.logOrigin,
      ...open,
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

type Open = Pick<EntryParts, 'type' | 'at' | 'pub' | 'refs'>
interface Split {
  /** What the entry says in clear. */
  readonly open: Open
  /** What it only commits to. */
  readonly committed: Readonly<Record<string, unknown>>
}

const plain = ({ type, at, pub, refs = [], payload }: LedgeredDraft): Split => ({
  open: { type, at, pub, refs },
  committed: payload,
})

/** 封じた記載: that something was written down within the hour, and nothing else. */
function sealed({ type, at, pub, refs = [], payload }: LedgeredDraft): Split {
  const hour = Math.floor(at / HOUR) * HOUR
  return {
    open: { type: 'sealed', at: hour, pub: {}, refs: [] },
    committed: { ...payload, sealed: { type, at: formatTime(at), pub, refs } },
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
