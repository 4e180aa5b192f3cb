import type { Jwks } from '../../signing/verify-ours.ts'
import { isJsonObject, parseStrictJson, type JsonObject } from '../../signing/strict-json.ts'
import { parseVkey, type VerifierKey } from '../../ledger/note.ts'
import { CommandFault } from '../usage-error.ts'

/** What a sender learns of a desk from its two well-known documents. */
export interface DeskDirectory {
  readonly issuer: string
  readonly noticesUrl: string
  readonly jwks: Jwks
  readonly logOrigin: string
  readonly logKey: VerifierKey
}

/**
 * Fetches the well-known documents of the desk at a public URL.
 *
 * @throws CommandFault where no desk answers there.
 */
export async function findDesk(publicUrl: string): Promise<DeskDirectory> {
  const origin = originOf(publicUrl)
  const configuration = await fetchJson(`${origin}/.well-known/madoguchi-configuration`)
  const jwks = await fetchJson(`${origin}/.well-known/jwks.json`)
  const { issuer, notices_endpoint: noticesUrl, ledger } = configuration
  const { origin: logOrigin, vkey } = isJsonObject(ledger) ? ledger : {}
  const logKey = typeof vkey === 'string' ? parseVkey(vkey) : undefined
  const isWhole =
    typeof issuer === 'string' && typeof noticesUrl === 'string' && typeof logOrigin === 'string'
  if (!isWhole || logKey === undefined || !Array.isArray(jwks['keys'])) throw notADesk()
  return { issuer, noticesUrl, logOrigin, logKey, jwks: { keys: jwks['keys'] as Jwks['keys'] } }
}

function originOf(publicUrl: string): string {
  if (!URL.canParse(publicUrl)) throw notADesk()
  return new URL(publicUrl).origin
}

async function fetchJson(url: string): Promise<JsonObject> {
  let bytes: Uint8Array
  try {
    const response = await fetch(url, { redirect: 'error' })
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
  throw notADesk()
}

function notADesk(): CommandFault {
  return new CommandFault(
    'not_a_desk',
    'この URL は窓口ではありません（/.well-known/madoguchi-configuration を読めません）。',
    'There is no desk at this URL (/.well-known/madoguchi-configuration cannot be read).',
  )
}
