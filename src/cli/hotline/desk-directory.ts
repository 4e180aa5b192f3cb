import type { Jwks } from '../../signing/verify-ours.ts'
import { isJsonObject, parseStrictJson, type JsonObject } from '../../signing/strict-json.ts'
import { parseVkey, type VerifierKey } from '../../ledger/note.ts'
import { CommandFault } from '../usage-error.ts'
import { overNetwork, type Ask } from './ask.ts'

/** What a sender learns of a desk from its two well-known documents. */
export interface DeskDirectory {
  readonly issuer: string
  readonly noticesUrl: string
  readonly pollUrl: string
  readonly registrationUrl: string
  readonly jwks: Jwks
  readonly logOrigin: string
  readonly logKey: VerifierKey
  /** How far clocks may differ, and how long a token may live. */
  readonly window: {
    readonly toleranceSeconds: number
    readonly leadSeconds: number
    readonly lifeSeconds: number
  }
}

/**
 * Fetches the well-known documents of the desk at a public URL.
 *
 * @throws CommandFault where no desk answers there.
 */
export async function findDesk(publicUrl: string, ask = overNetwork): Promise<DeskDirectory> {
  const origin = originOf(publicUrl)
  const configuration = await fetchJson(`${origin}/.well-known/madoguchi-configuration`, ask)
  const jwks = await fetchJson(`${origin}/.well-known/jwks.json`, ask)
  const { ledger } = configuration
  const log = isJsonObject(ledger) ? ledger : {}
  const logKey = parseVkey(textOf(log, 'vkey'))
  if (logKey === undefined || !Array.isArray(jwks['keys'])) notADesk()
  return {
    issuer: textOf(configuration, 'issuer'),
    noticesUrl: textOf(configuration, 'notices_endpoint'),
    pollUrl: textOf(configuration, 'poll_endpoint'),
    registrationUrl: textOf(configuration, 'registration_endpoint'),
    logOrigin: textOf(log, 'origin'),
    logKey,
    window: {
      toleranceSeconds: numberOf(configuration, 'clock_tolerance_seconds'),
      leadSeconds: numberOf(configuration, 'clock_lead_seconds'),
      lifeSeconds: numberOf(configuration, 'max_token_life_seconds'),
    },
    jwks: { keys: jwks['keys'] as Jwks['keys'] },
  }
}

function textOf(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' ? value : notADesk()
}

function numberOf(object: JsonObject, name: string): number {
  const value = object[name]
  return typeof value === 'number' ? value : notADesk()
}

function originOf(publicUrl: string): string {
  return URL.parse(publicUrl)?.origin ?? notADesk()
}

async function fetchJson(url: string, ask: Ask): Promise<JsonObject> {
  let bytes: Uint8Array
  try {
    const response = await ask(new Request(url, { redirect: 'error' }))
    bytes = new Uint8Array(await response.arrayBuffer())
  } catch {
    throw new CommandFault(
      'desk_unreachable',
      '窓口に接続できません。URL と、窓口が動いていることを確認してください（開発用なら madoguchi dev）。',
      'No desk answers there. Check the URL, and that the desk runs (for development: madoguchi dev).',
    )
  }
  try {
    const value = parseStrictJson(bytes)
    if (isJsonObject(value)) return value
  } catch {
    // Falls through: it isn't JSON, so no desk.
  }
  return notADesk()
}

function notADesk(): never {
  throw new CommandFault(
    'not_a_desk',
    'この URL は窓口ではありません（/.well-known/madoguchi-configuration を読めません）。',
    'There is no desk at this URL (/.well-known/madoguchi-configuration cannot be read).',
  )
}
