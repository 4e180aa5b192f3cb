import supertest from 'supertest'
import { expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { INVITES_ABOUT_PERSONS, namesAboutPersons } from './person-names.ts'
import { SCHEMAS } from '../../src/generated/schemas.ts'
import { openDesk, until } from '../support/desk.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  keptPosts,
  namesOfSchema,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  web,
} from './support.ts'

const ACCOUNT = 'account-himitsu-42'
const KINDS = Object.entries(ACTION_KINDS)
  .filter(([kind]) => kind !== 'restore' && kind !== 'require_reverification')
  .map(([kind, { scope }]) => ({ kind: kind as ActionKind, scope }))
const ON_ACCOUNTS = KINDS.filter(({ scope }) => scope === 'account').map(({ kind }) => kind)
const labelsOf = (kinds: readonly ActionKind[]): string[] =>
  kinds.flatMap((kind) => [kind, ACTION_KINDS[kind].label.ja, ACTION_KINDS[kind].label.en])

it.each<[string, ActionKind[], string, ActionKind[]]>([
  ['beside one on the item', ['remove', ...ON_ACCOUNTS], 'deleted', ['remove']],
  ['alone', [...ON_ACCOUNTS], 'other_measure_taken', []],
  ['one alone', ['suspend_account'], 'other_measure_taken', []],
  ['none, but one on the service', ['user_advisory'], 'other_measure_taken', []],
])(
  'Nothing about a person goes back through this channel: a measure on an account, %s, is not named, nor the account or who did what',
  async (_name, kinds, status, measures) => {
    const endpoint = keptPosts()
    const desk = await openDesk({
      adapters: { transport: endpoint },
      callbackUrl: 'https://hotline.example/callback',
      platform: {
        resolve: () => Promise.resolve({ ref: { id: 'one', owner: ACCOUNT }, account: ACCOUNT }),
        observe: () => Promise.resolve({ state: 'present', by: `poster ${ACCOUNT}` }),
        executors: Object.fromEntries(KINDS.map(({ kind }) => [kind, obedient()])),
      },
    })
    await desk.madoguchi.start({ work: true })
    const id = 'about-a-person-1'
    const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', { id })
    const wish = { actions: kinds.map((kind) => ({ kind })), ground: clause() }
    expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
    const outcome = await outcomeFor(desk, accepted)
    const claims = claimsOf(desk, outcome)
    expect(claims.outcome).toMatchObject({ status, measures })
    const { ctx } = desk.madoguchi.internals
    await until(async () => (await ctx.read.find('delivery', { state: 'delivered' }))[0])
    const path = `/v1/notices/${id}`
    const token = await desk.hotline.token(new Uint8Array(), {}, 'GET', path)
    const own = await supertest(web(desk))
      .get(`/madoguchi${path}`)
      .set('authorization', `Bearer ${token}`)
    expect(own.status).toBe(200)
    const entry = await ctx.read.get('ledgerEntry', { index: outcome.entryIndex })
    const out = [
      JSON.stringify(claims),
      own.text,
      endpoint.posts[0]!.body,
      Buffer.from(entry!.bytes).toString(),
    ]
    const words = [ACCOUNT, ...labelsOf(ON_ACCOUNTS)]
    for (const text of out)
      for (const word of [...words, 'poster']) expect(text).not.toContain(word)
    const log = JSON.stringify(desk.log.lines)
    for (const word of words) expect(log).not.toContain(word)
  },
)

it('No message to a sender has a member for one', () => {
  for (const name of ['receipt', 'outcome', 'problem'] as const)
    expect([name, namesAboutPersons(namesOfSchema(SCHEMAS[name]))]).toEqual([name, []])
  // The rule does find such members where they are.
  expect(namesAboutPersons(INVITES_ABOUT_PERSONS)).toEqual(INVITES_ABOUT_PERSONS)
})

it('An executor is told which item, never who asked', async () => {
  const calls: string[][] = []
  const desk = await openDesk({
    platform: {
      executors: {
        remove: (call) => {
          calls.push(Object.keys(call).sort())
          return Promise.resolve({ kind: 'executed', at: 1 })
        },
      },
    },
  })
  await desk.madoguchi.start({ work: true })
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  await decide(desk, record, person('a'), { actions: [{ kind: 'remove' }], ground: clause() })
  await outcomeFor(desk, accepted)
  expect(calls).toEqual([['actionId', 'attempt', 'idempotencyKey', 'ref', 'signal', 'terms']])
})
