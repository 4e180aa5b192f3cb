import { systemClock } from '../adapters/system/clock.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import type { Check } from './hotline/check.ts'
import { checkReceipt, isAcceptance } from './hotline/check-receipt.ts'
import type { DeskDirectory } from './hotline/desk-directory.ts'
import { HotlineClient } from './hotline/hotline-client.ts'
import type { Faults, HotlineIdentity, MessageAddress } from './hotline/hotline-client.ts'
import type { Output } from './output.ts'

/** One notice to send: where to, by whom, and what is wrong with it on purpose. */
export interface Sending {
  readonly desk: DeskDirectory
  readonly identity: HotlineIdentity
  readonly body: Uint8Array
  readonly faults: Faults
  /** Where it isn't a notice but a withdrawal or supplement of one. */
  readonly about?: MessageAddress
}

/** The machine's own time and randomness, for commands that act as a sender. */
export const SENDER_WORLD = { clock: systemClock, random: createSystemRandom(systemClock) } as const

/** An accepted notice. */
export interface SentNotice {
  readonly senderNoticeId: string
  /** base64url; names the entry of the notice. */
  readonly leafHash: string
}

/** What came back. */
export interface Sent {
  readonly status: number
  /** Of a refusal. */
  readonly code: string | null
  readonly replayed: boolean
  /** `null`: it was refused. */
  readonly notice: SentNotice | null
  /** It was accepted, and everything that was checked holds. */
  readonly holds: boolean
}

/**
 * Sends one notice, or a message about one, as its sender would, checks the answer with public keys
 * alone, and says what came.
 */
export async function sendAndCheck(
  out: Output,
  { desk, identity, body, faults, about }: Sending,
): Promise<Sent> {
  const client = new HotlineClient(desk, identity, SENDER_WORLD)
  const exchange = await (about === undefined
    ? client.send(body, faults, out.lang)
    : client.message(about, body, out.lang))
  const { status, answer, replayed } = exchange
  if (status !== 202 || !isAcceptance(answer)) {
    const code = tellRefusal(out, status, answer)
    return { status, code, replayed, notice: null, holds: false }
  }
  const { checks, claims, leafHash } = checkReceipt(desk, identity.issuer, exchange, answer)
  out.say({
    ja: `<-- ${status} 受付 ${answer.id}${replayed ? '（同じものの再送。同じ受領証）' : ''}`,
    en: `<-- ${status} accepted ${answer.id}${replayed ? ' (sent before; the same receipt)' : ''}`,
  })
  printChecks(out, checks)
  out.record({ status, ...answer, replayed, checks: checksForMachines(checks) })
  const senderNoticeId = typeof claims['sub'] === 'string' ? claims['sub'] : ''
  const holds = checks.every((each) => each.holds)
  return { status, code: null, replayed, notice: { senderNoticeId, leafHash }, holds }
}

/** One line for each check. */
export function printChecks(out: Output, checks: readonly Check[], indent = '    '): void {
  for (const { holds, text } of checks) out.say(`${indent}${holds ? '✓' : '✗'} ${out.text(text)}`)
}

/** By id; words are for people. */
export function checksForMachines(checks: readonly Check[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(checks.map(({ id, holds }) => [id, holds]))
}

/** Says why nothing came of a request. @returns the code. */
export function tellRefusal(out: Output, status: number, answer: unknown): string {
  const { code = '?', title = '', detail = '' } = problemOf(answer)
  out.say({
    ja: `<-- ${status} 受付不可 ${code}`,
    en: `<-- ${status} refused ${code}`,
  })
  for (const line of [title, detail].filter((text) => text !== '')) out.say(`    ${line}`)
  out.record({ status, code })
  return code
}

function problemOf(answer: unknown): { code?: string; title?: string; detail?: string } {
  return typeof answer === 'object' && answer !== null ? answer : {}
}
