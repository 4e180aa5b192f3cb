import { expect, it, onTestFinished } from 'vitest'
import { receiveNotice } from '../../src/app/receive-notice.ts'
import { checkOutcome } from '../../src/cli/hotline/check-outcome.ts'
import { checkReceipt } from '../../src/cli/hotline/check-receipt.ts'
import type { Check } from '../../src/cli/hotline/check.ts'
import type { DeskDirectory } from '../../src/cli/hotline/desk-directory.ts'
import { openReceiver } from '../../src/cli/hotline/outcome-receiver.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { parseVkey } from '../../src/ledger/note.ts'
import { HOTLINE, openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'

function directoryOf({ madoguchi }: Desk): DeskDirectory {
  const { config, ledger, signer } = madoguchi.internals.ctx
  return {
    issuer: config.issuer,
    noticesUrl: `${config.publicUrl}/v1/notices`,
    pollUrl: `${config.publicUrl}/v1/outcomes/poll`,
    registrationUrl: `${config.publicUrl}/v1/registration`,
    window: { toleranceSeconds: 300, leadSeconds: 60, lifeSeconds: 300 },
    jwks: { keys: [signer.publicJwk] },
    logOrigin: ledger.origin,
    logKey: parseVkey(ledger.verifierKey)!,
  }
}

const failing = (checks: readonly Check[]): string[] =>
  checks.filter(({ holds }) => !holds).map(({ id }) => id)

async function acceptedNotice(id: string): Promise<{
  directory: DeskDirectory
  exchange: { token: string; body: Uint8Array; replayed: boolean }
  answer: { id: string; receipt: string; entry: string; proof: string }
}> {
  const desk = await openDesk()
  const body = new TextEncoder().encode(JSON.stringify(noticeOf('yamibaito_recruitment', { id })))
  const token = await desk.hotline.token(body)
  const { ctx } = desk.madoguchi.internals
  const answer = await receiveNotice(ctx, {
    method: 'POST',
    url: `${ctx.config.publicUrl}/v1/notices`,
    body,
    token,
    contentType: 'application/json',
  })
  return { directory: directoryOf(desk), exchange: { token, body, replayed: false }, answer }
}

it('finds a sound receipt sound, and names what is wrong with any other', async () => {
  const one = await acceptedNotice('check-receipt-1')
  const other = await acceptedNotice('check-receipt-2')
  const { directory, exchange, answer } = one
  const check = (
    changes: Partial<typeof answer>,
    sent = exchange,
    desk = directory,
    sender = HOTLINE,
  ): string[] => failing(checkReceipt(desk, sender, sent, { ...answer, ...changes }).checks)
  expect(check({})).toEqual([])
  expect(check({ entry: other.answer.entry })).toEqual(['entry_hash', 'entry_proof'])
  expect(check({ proof: other.answer.proof })).toEqual(['entry_proof'])
  expect(check({}, { ...exchange, body: other.exchange.body })).toEqual(['receipt_body'])
  expect(check({}, { ...exchange, token: other.exchange.token })).toEqual(['receipt_request'])
  const again = { ...exchange, token: other.exchange.token, replayed: true }
  expect(check({}, again)).toEqual([])
  expect(check({}, exchange, directory, 'https://somebody.example/')).toEqual(['receipt_signature'])
  expect(check({ receipt: other.answer.receipt })).toContain('receipt_signature')
  expect(check({}, exchange, { ...directory, logKey: other.directory.logKey })).toEqual([
    'entry_proof',
  ])
})

it('takes nothing for an outcome that is none', async () => {
  const { directory, answer } = await acceptedNotice('check-outcome-1')
  const message = { outcome: answer.receipt, entry: answer.entry, proof: answer.proof }
  const { checks } = checkOutcome(directory, HOTLINE, message, 'no-such-leaf')
  expect(failing(checks)).toEqual(['outcome_signature', 'outcome_entry', 'outcome_chain'])
})

it('believes no push that the desk did not sign', async () => {
  const { directory, answer } = await acceptedNotice('check-push-1')
  const taken: unknown[] = []
  const receiver = await openReceiver(0, {
    clock: systemClock,
    senderId: HOTLINE,
    desk: () => directory,
    receiptLeaf: () => Promise.resolve(undefined),
    onOutcome: (outcome) => taken.push(outcome),
  })
  onTestFinished(() => receiver.close())
  const body = JSON.stringify({ outcome: answer.receipt, entry: answer.entry, proof: answer.proof })
  for (const headers of [{}, { authorization: `Bearer ${answer.receipt}` }]) {
    const { status } = await fetch(receiver.url, { method: 'POST', headers, body })
    expect(status).toBe(401)
  }
  expect((await fetch(receiver.url)).status).toBe(400)
  expect(taken).toEqual([])
})
