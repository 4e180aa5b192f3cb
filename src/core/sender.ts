import type { Accreditation, SenderCriteria } from './accreditation.ts'
import type { Bilingual, LegalNature, Tier } from './vocabulary.ts'

/** 委託・認証の有無: by which state body a sender is commissioned, for what, since when (M-17). */
export interface Commission {
  readonly by: string
  readonly purpose: string
  /** `YYYY-MM-DD`. */
  readonly since: string
}

/** 通知元: who signs notices. Registered by an operator, never created by a request. */
export interface Sender {
  /** `https` URI, equal to the `iss` of its tokens. */
  readonly id: string
  readonly name: string
  /** Open list: `hotline_state_commissioned`, `hotline_private`, `trusted_flagger` … */
  readonly type: string
  readonly tier: Tier
  /** Shown to the sender; `null`: the published criteria of the tier say it (M-15). */
  readonly tierReason: Bilingual | null
  /** The platform's default assessment; another axis than `type` (law 7). */
  readonly nature: LegalNature
  /** `null`: commissioned by nobody. Shown wherever the sender is shown. */
  readonly commission: Commission | null
  /** Of a trusted body. */
  readonly accreditation: Accreditation | null
  /** Its own published criteria that are in force now. */
  readonly criteria: SenderCriteria | null
  /** 所管する法令: names of the laws that a body of the state is in charge of; `null`: not established. */
  readonly statutesInCharge: readonly string[] | null
  /** 許認可等の権限 over this platform (行政手続法34条, 35条2項). */
  readonly licensingPowers: boolean
  /** Categories that the platform agreed to take from it; `null`: all. */
  readonly scope: readonly string[] | null
  /** Agreed notices per day; the measure of its slots, no quota of ours on reporting. */
  readonly agreedRatePerDay: number
  /** Agreed notices per day in band 0. */
  readonly agreedBand0RatePerDay: number
  /** Where outcomes are pushed; from registration only, never from a notice (law 14). */
  readonly callbackUrl: string | null
  readonly state: 'active' | 'suspended'
  readonly createdAt: number
}

export const KEY_STATES = ['pending', 'active', 'retiring', 'revoked'] as const
export type KeyState = (typeof KEY_STATES)[number]

/** Algorithms that a sender's key may have; one per key, from the registry, never from the token. */
export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'PS256', 'RS256'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** One public key of a sender. */
export interface SenderKey {
  readonly senderId: string
  /** RFC 7638 thumbprint by default; `^[A-Za-z0-9._-]{1,64}$`. */
  readonly kid: string
  readonly alg: SigningAlgorithm
  /** Public JWK; checked at import (curve or size, `use`, `key_ops`, no private members). */
  readonly jwk: Readonly<Record<string, string>>
  readonly state: KeyState
  readonly createdAt: number
  readonly lastUsedAt: number | null
  /** Of a `pending` key: when it becomes active by itself; `null`: when a person activates it. */
  readonly notBefore: number | null
  /** Of a `retiring` key: when it ends by itself; `null`: when a person revokes it. */
  readonly retireAt: number | null
}

/**
 * The state of a key at a time: a `pending` one becomes active at its `notBefore`, a `retiring` one ends
 * at its `retireAt`, both by themselves.
 */
export function keyStateAt(
  { state, notBefore, retireAt }: Pick<SenderKey, 'state' | 'notBefore' | 'retireAt'>,
  now: number,
): KeyState {
  if (state === 'pending' && notBefore !== null && now >= notBefore) return 'active'
  if (state === 'retiring' && retireAt !== null && now >= retireAt) return 'revoked'
  return state
}

/** Why a key may not sign now; `undefined`: it may. `retiring` keys still do until they end. */
export function keyRefusal(
  key: Pick<SenderKey, 'state' | 'notBefore' | 'retireAt'>,
  now: number,
): 'key_not_active' | 'key_revoked' | undefined {
  const state = keyStateAt(key, now)
  if (state === 'pending') return 'key_not_active'
  return state === 'revoked' ? 'key_revoked' : undefined
}

/** Where a key may go from a state: forward only, and nothing comes back. */
const NEXT_STATES: Readonly<Record<KeyState, readonly KeyState[]>> = {
  pending: ['active', 'revoked'],
  active: ['retiring', 'revoked'],
  retiring: ['revoked'],
  revoked: [],
}

/** Whether a person may bring a key from one state to another. */
export function mayBecome(from: KeyState, to: KeyState): boolean {
  return NEXT_STATES[from].includes(to)
}
