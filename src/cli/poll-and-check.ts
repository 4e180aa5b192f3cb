import { SECOND } from '../core/time.ts'
import { checkOutcome, type CheckedOutcome } from './hotline/check-outcome.ts'
import { HotlineClient, type PollQuestion } from './hotline/hotline-client.ts'
import { polledMessages } from './hotline/polled-messages.ts'
import type { Output } from './output.ts'
import {
  checksForMachines,
  printChecks,
  SENDER_WORLD,
  tellRefusal,
  type Sending,
  type SentNotice,
} from './send-and-check.ts'

/** Where other outcomes of the sender wait, an answer comes at once; ours is looked for again after this. */
const PAUSE_MS = 2 * SECOND

/** The notice whose outcome is waited for. */
export interface Polling extends Pick<Sending, 'desk' | 'identity'> {
  readonly sent: SentNotice
  readonly seconds: number
}

/**
 * Polls, as a sender without an endpoint does, for the outcome of one notice; checks and acknowledges it,
 * or refuses it where a check fails. Outcomes of other notices are left for whoever sent those.
 *
 * @returns whether it came and everything checked holds.
 */
export async function pollAndCheck(
  out: Output,
  { desk, identity, sent, seconds }: Polling,
): Promise<boolean> {
  const client = new HotlineClient(desk, identity, SENDER_WORLD)
  const { clock } = SENDER_WORLD
  const endsAt = clock.now() + seconds * SECOND
  while (clock.now() < endsAt) {
    const { status, answer } = await client.poll({ maxEvents: 100 }, out.lang)
    if (status !== 200) {
      tellRefusal(out, status, answer)
      return false
    }
    const messages = polledMessages(answer)
    const found = messages
      .map((message) => checkOutcome(desk, identity.issuer, message, sent.leafHash))
      .find(({ senderNoticeId }) => senderNoticeId === sent.senderNoticeId)
    if (found !== undefined) return settle(out, client, found)
    if (messages.length > 0) await new Promise((resume) => setTimeout(resume, PAUSE_MS))
  }
  out.say({ ja: '<-- 対応結果はまだありません', en: '<-- no outcome yet' })
  out.record({ outcome: null })
  return false
}

async function settle(
  out: Output,
  client: HotlineClient,
  outcome: CheckedOutcome,
): Promise<boolean> {
  const holds = outcome.checks.every((check) => check.holds)
  const { id, status, statement } = outcome
  out.say({ ja: `<-- 対応結果 ${status}`, en: `<-- outcome ${status}` })
  out.say(`    ${out.text(statement)}`)
  printChecks(out, outcome.checks)
  const settling: PollQuestion = holds
    ? { ack: [id] }
    : { setErrs: { [id]: { err: 'invalid_request' } } }
  const answer = await client.poll({ maxEvents: 0, ...settling }, out.lang)
  const isSettled = answer.status === 200
  if (isSettled && holds) out.say({ ja: '--> 受領確認', en: '--> acknowledged' })
  out.record({ outcome: id, status, checks: checksForMachines(outcome.checks), holds })
  return holds && isSettled
}
