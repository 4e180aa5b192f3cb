import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Id } from '../../src/core/ids.ts'
import { buildEntry } from '../../src/ledger/entry.ts'
import { createKeySigner } from '../../src/signing/key-signer.ts'
import { makeOutcome } from '../../src/signing/outcome-jws.ts'
import { makeReceipt } from '../../src/signing/receipt.ts'
import { validateAgainst } from '../../src/schema/validate.ts'
import { noticeOf } from '../support/fixtures.ts'

const signer = createKeySigner(generateKeyPairSync('ed25519').privateKey)
const id = <P extends 'ntc' | 'out' | 'rcp'>(prefix: P): Id<P> =>
  `${prefix}_0199c0de-0000-7000-8000-000000000001`
const hash = randomBytes(32).toString('base64url')
const claimsOf = (jws: string): unknown =>
  JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString('utf8'))

const common = {
  issuer: 'https://sns.example',
  senderId: 'https://hotline.example/',
  senderNoticeId: noticeOf('handgun_sale').id,
  noticeId: id('ntc'),
  leafHash: hash,
}

test('a receipt fits its schema', async () => {
  const claims = claimsOf(
    await makeReceipt(signer, {
      ...common,
      senderMessageId: common.senderNoticeId,
      receiptId: id('rcp'),
      receivedAt: 1_795_305_601_123,
      bodySha256: hash,
      requestSha256: hash,
      kid: signer.kid,
      profile: 'mdg-jwt-1',
      trial: null,
    }),
  )
  expect(validateAgainst('receipt', claims)).toBe(claims)
})

test.each([
  ['removed', { status: 'deleted', measures: ['remove'] }],
  ['declined', { status: 'no_measure', measures: [], reason: 'unspecified' }],
  ['revised', { status: 'not_located', measures: [], revision: 2, supersedes: id('out') }],
] as const)('an outcome (%s) fits its schema', async (_, facts) => {
  const claims = claimsOf(
    await makeOutcome(signer, {
      ...common,
      id: id('out'),
      issuedAt: 1_795_305_601_123,
      revision: 1,
      asOf: 1_795_305_601_123,
      standard: { id: 's', version: '1', clause: '3.2', title: { ja: '題', en: 'Title' } },
      publicNote: { ja: '添え書き', en: 'note' },
      nature: 'voluntary_request',
      statement: { ja: '文', en: 'text' },
      previous: hash,
      ...facts,
    }),
  )
  expect(validateAgainst('outcome', claims)).toBe(claims)
})

test('a ledger entry fits its schema', () => {
  const { bytes } = buildEntry(
    {
      log: 'sns.example/madoguchi/1',
      type: 'decision.made',
      at: 1_795_305_601_123,
      pub: {
        form: 'illegal_information',
        lane: 'voluntary_illegal',
        category: 'crime_recruitment',
        mode: 'human',
        actions: ['remove'],
        ground: 'published_standard_clause',
      },
      refs: [hash],
      values: { case: null, sender: null, target: null, payload: new Uint8Array([1]) },
    },
    { bytes: (length) => randomBytes(length) },
  )
  const entry: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
  expect(validateAgainst('ledger-entry', entry)).toBe(entry)
})

test('a problem fits its schema and an unknown member does not', () => {
  const problem = {
    type: 'about:blank',
    code: 'schema_mismatch',
    title: 'The notice does not fit its form',
    status: 422,
    detail: 'Correct the members that errors[].pointer and keyword name.',
    errors: [{ pointer: '', keyword: 'required' }],
    retryable: false,
  }
  expect(validateAgainst('problem', problem)).toBe(problem)
  expect(() => validateAgainst('problem', { ...problem, input: 'x' })).toThrow('invalid_input')
})
