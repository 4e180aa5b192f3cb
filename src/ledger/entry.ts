import { toBase64Url } from '../core/base64.ts'
import { canonicalJson, parseCanonicalJson } from '../core/canonical-json.ts'
import type { LedgeredEvent } from '../core/event.ts'
import { formatTime, parseTime } from '../core/time.ts'
import type { SecretRecord } from '../ports/record-tables.ts'
import type { Random } from '../ports/runtime.ts'
import { COMMITTED_NAMES, commitmentOf, SALT_SIZE, type CommittedName } from './commitment.ts'
import { leafHash } from './merkle.ts'
import { isKeyName } from './note.ts'

/** Bytes that an entry may have; far below the 65,535 of an entry bundle. */
export const MAX_ENTRY_BYTES = 16 * 1024

/** Categorical facts that anybody with the entry may read: nothing personal, no id, no free text. */
export type PublicFacts = Readonly<Record<string, string | number | readonly string[]>>

/** A ledger entry, read back from its bytes. */
export interface LedgerEntry {
  /** Origin of the log. */
  readonly log: string
  /** A type of event. Readers take unknown ones, for the list grows and old readers stay. */
  readonly type: string
  readonly at: number
  readonly pub: PublicFacts
  /** base64url leaf hashes of earlier entries. */
  readonly refs: readonly string[]
  /** Digests of the commitments, sorted, so that their places don't tell which is which. */
  readonly commitments: readonly string[]
}

/** What an entry is made of. */
export interface EntryParts extends Pick<LedgerEntry, 'log' | 'at' | 'pub' | 'refs'> {
  /** `sealed`: what it is about stands in the committed payload alone. */
  readonly type: LedgeredEvent | 'sealed'
  /** Stored bytes to commit to. */
  readonly values: Readonly<Record<CommittedName, Uint8Array | null>>
}

/** An entry and what opens its commitments. */
export interface BuiltEntry {
  readonly bytes: Uint8Array
  /** base64url of the leaf hash: the name of the entry everywhere. */
  readonly leafHash: string
  /** One row per committed name. */
  readonly secrets: readonly SecretRecord[]
}

const VERSION = 1
const MEMBERS = ['_sd', 'at', 'log', 'pub', 'refs', 'type', 'v'].join()
const TYPE = /^[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)?$/
/** 32 bytes in base64url; the two spare bits of the last letter are 0. */
const DIGEST = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const FACT_NAME = /^[a-z][a-z0-9_]{0,63}$/

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown, isItem: (item: unknown) => boolean): value is readonly string[] =>
  Array.isArray(value) && value.every(isItem)

const isText = (value: unknown): value is string => typeof value === 'string'

const isOrigin = (value: unknown): value is string => isText(value) && isKeyName(value)

const isType = (value: unknown): value is string => isText(value) && TYPE.test(value)

const isDigest = (value: unknown): value is string => isText(value) && DIGEST.test(value)

const isFact = (value: unknown): boolean =>
  isText(value) || Number.isSafeInteger(value) || isList(value, isText)

const isPublicFacts = (value: unknown): value is PublicFacts =>
  isObject(value) &&
  Object.entries(value).every(([name, fact]) => FACT_NAME.test(name) && isFact(fact))

const isCommitments = (value: unknown): value is readonly string[] =>
  isList(value, isDigest) &&
  value.length === COMMITTED_NAMES.length &&
  [...new Set(value)].sort().join() === value.join()

/** The shape, apart from the canonical form of the bytes. */
function readEntry(value: unknown): LedgerEntry | undefined {
  if (!isObject(value) || Object.keys(value).sort().join() !== MEMBERS) return undefined
  const { v, log, type, at: wireTime, pub, refs, _sd: commitments } = value
  if (v !== VERSION || !isOrigin(log) || !isType(type)) return undefined
  if (!isPublicFacts(pub) || !isList(refs, isDigest) || !isCommitments(commitments))
    return undefined
  const at = isText(wireTime) ? parseTime(wireTime) : undefined
  return at === undefined ? undefined : { log, type, at, pub, refs, commitments }
}

/**
 * Writes an entry, with a fresh salt for each commitment. Throws TypeError for parts that make no
 * entry and RangeError above {@link MAX_ENTRY_BYTES}; the message holds none of the parts.
 */
export function buildEntry(parts: EntryParts, random: Pick<Random, 'bytes'>): BuiltEntry {
  const salts = random.bytes(SALT_SIZE * COMMITTED_NAMES.length)
  const opened = COMMITTED_NAMES.map((name, at) => {
    const salt = new Uint8Array(salts.subarray(at * SALT_SIZE, (at + 1) * SALT_SIZE))
    const value = parts.values[name]
    return { name, salt, value, digest: commitmentOf(name, salt, value) }
  })
  const entry = {
    v: VERSION,
    log: parts.log,
    type: parts.type,
    at: formatTime(parts.at),
    pub: parts.pub,
    refs: parts.refs,
    _sd: opened.map(({ digest }) => digest).sort(),
  }
  if (readEntry(entry) === undefined) throw new TypeError('these parts make no ledger entry')
  const bytes = canonicalJson(entry)
  if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError('ledger entry too large')
  const name = toBase64Url(leafHash(bytes))
  return {
    bytes,
    leafHash: name,
    secrets: opened.map((one) => ({
      leafHash: name,
      name: one.name,
      salt: one.salt,
      value: one.value,
    })),
  }
}

/** Reads the exact bytes of an entry; `undefined` unless {@link buildEntry} could have written them. */
export function parseEntry(bytes: Uint8Array): LedgerEntry | undefined {
  return bytes.length > MAX_ENTRY_BYTES ? undefined : readEntry(parseCanonicalJson(bytes))
}

/** Whether an entry committed to these bytes (or to null) under this name. */
export function checkDisclosure(
  entry: Pick<LedgerEntry, 'commitments'>,
  name: string,
  salt: Uint8Array,
  value: Uint8Array | null,
): boolean {
  return salt.length === SALT_SIZE && entry.commitments.includes(commitmentOf(name, salt, value))
}
