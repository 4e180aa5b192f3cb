import { systemClock } from '../adapters/system/clock.ts'
import { createSystemRandom } from '../adapters/system/random.ts'
import type { Check } from './hotline/check.ts'
import { checkReceipt, isAcceptance } from './hotline/check-receipt.ts'
import type { DeskDirectory } from './hotline/desk-directory.ts'
import { HotlineClient, type Faults, type HotlineIdentity } from './hotline/hotline-client.ts'
import type { Output } from './output.ts'

/** One notice to send: where to, by whom, and what is wrong with it on purpose. */
export interface Sending {
  readonly desk: DeskDirectory
  readonly identity: HotlineIdentity
  readonly body: Uint8Array
  readonly faults: Faults
}

/** The machine's own time and randomness, for commands that act as a sender. */
export const SENDER_WORLD = { clock: systemClock, random: createSystemRandom(systemClock) } as const

/** An accepted notice. */
export interface Sent {
  readonly senderNoticeId: string
  /** base64url; names the entry of the notice. */
  readonly leafHash: string
  /** Everything checked holds. */
  readonly holds: boolean
}

/** The same as {@link sendNotice}. @returns whether it was accepted and everything checked holds. */
export async function sendAndCheck(out: Output, sending: Sending): Promise<boolean> {
  return (await sendNotice(out, sending))?.holds ?? false
}

/**
 * Sends one notice as its sender would, checks the answer with public keys alone, and says what came.
 *
 * @returns `undefined` where it was refused.
 */
export async function sendNotice(
  out: Output,
  { desk, identity, body, faults }: Sending,
): Promise<Sent | undefined> {
  const client = new HotlineClient(desk, identity, SENDER_WORLD)
  const exchange = await client.send(body, faults, out.lang)
  const { status, answer, replayed } = exchange
  if (status !== 202 || !isAcceptance(answer)) {
    tellRefusal(out, status, answer)
    return undefined
  }
  const { checks, claims, leafHash } = checkReceipt(desk, identity.issuer, exchange, answer)
  out.say({
    ja: `<-- ${status} 受付 ${answer.id}${replayed ? '（同じ通知の再送。同じ受領証）' : ''}`,
    en: `<-- ${status} accepted ${answer.id}${replayed ? ' (sent before; the same receipt)' : ''}`,
  })
  printChecks(out, checks)
  out.record({ status, ...answer, replayed, checks: checksForMachines(checks) })
  const senderNoticeId = typeof claims['sub'] === 'string' ? claims['sub'] : ''
  return { senderNoticeId, leafHash, holds: checks.every(({ holds }) => holds) }
}

/** One line for each check. */
export function printChecks(out: Output, checks: readonly Check[], indent = '    '): void {
  for (const { holds, text } of checks) out.say(`${indent}${holds ? '✓' : '✗'} ${out.text(text)}`)
}

/** By id; words are for people. */
export function checksForMachines(checks: readonly Check[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(checks.map(({ id, holds }) => [id, holds]))
}

/** Says why nothing came of a request. */
export function tellRefusal(out: Output, status: number, answer: unknown): void {
  const { code = '?', title = '', detail = '' } = problemOf(answer)
  out.say({
    ja: `<-- ${status} 受付不可 ${code}`,
    en: `<-- ${status} refused ${code}`,
  })
  for (const line of [title, detail].filter((text) => text !== '')) out.say(`    ${line}`)
  out.record({ status, code })
}

function problemOf(answer: unknown): { code?: string; title?: string; detail?: string } {
  return typeof answer === 'object' && answer !== null ? answer : {}
}
