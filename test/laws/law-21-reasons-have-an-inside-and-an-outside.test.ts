import supertest from 'supertest'
import { expect, it } from 'vitest'
import { INSIDE_REASONS, outwardAbsence, outwardReason } from '../../src/core/outward.ts'
import { outcomeOf } from '../../src/core/outcome-of.ts'
import { OUTWARD_REASONS } from '../../src/core/outward-reasons.ts'
import { statementOf } from '../../src/core/statements.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import { ownNotice } from '../../src/app/read-own-notices.ts'
import { HOTLINE, openDesk, until } from '../support/desk.ts'
import {
  claimsOf,
  clause,
  codeOf,
  decide,
  keptPosts,
  obedient,
  outcomeFor,
  person,
  sendToCase,
  web,
} from './support.ts'

const REASONS = Object.keys(INSIDE_REASONS) as (keyof typeof INSIDE_REASONS)[]
const INSIDE = new RegExp(`\\b(${REASONS.join('|')})\\b`)
const INSIDE_JA = /保全|秘匿|発信者|投稿者|異議|凍結|係争/

const claimsPart = (jws: string): string =>
  Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()

it('Reasons have an inside and an outside: every inside reason, put in wherever one can be, is found in nothing that goes out', async () => {
  const endpoint = keptPosts()
  const desk = await openDesk({
    adapters: { transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
    platform: {
      resolve: ({ url }) =>
        Promise.resolve({
          ref: url.split('/').at(-1),
          account: `account-of-${url.split('/').at(-1) ?? ''}`,
        }),
      observe: ({ ref }) =>
        Promise.resolve({ state: 'gone', by: String(ref), digest: String(ref) }),
    },
  })
  await desk.madoguchi.start({ work: true })
  const { ctx } = desk.madoguchi.internals
  const app = web(desk)
  const { token } = await desk.operator('reviewer')
  const out: string[] = []
  for (const [index, reason] of REASONS.entries()) {
    const target = { url: `https://sns.example/p/${reason}` }
    const id = `about-item-${String(index)}`
    const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment', { id, target })
    const [notice] = await ctx.read.find('notice', { id: accepted.id })
    expect(notice?.observation).toMatchObject({ by: reason })
    const refused = await decide(desk, record, person('a'), { actions: [], declineReason: reason })
    expect([reason, codeOf(refused)]).toEqual([reason, 'decline_reason_not_outward'])
    const overHttp = await supertest(app)
      .post(`/staff/v1/cases/${record.id}/decision`)
      .set('authorization', `Bearer ${token}`)
      .send({
        command_id: `http-${id}`,
        expected_version: record.version,
        actions: [],
        awareness_cause: 'other',
        weight_given: 'none',
        decline_reason: reason,
      })
    expect(overHttp.status).toBeGreaterThanOrEqual(400)
    const decided = await decide(desk, record, person('a'), {
      actions: [],
      alreadyGone: true,
      internalNote: reason,
      contextConsidered: `${reason}、発信者から異議`,
      senderFinding: reason,
    })
    expect(codeOf(decided)).toBe('ok')
    const outcome = await outcomeFor(desk, accepted)
    expect(claimsOf(desk, outcome).outcome).toMatchObject({
      status: 'gone_before_receipt',
      measures: [],
    })
    const headers = {
      authorization: `Bearer ${await desk.hotline.token(new Uint8Array(), {}, 'GET', `/v1/notices/${id}`)}`,
    }
    const status = await supertest(app).get(`/madoguchi/v1/notices/${id}`).set(headers)
    expect(status.status).toBe(200)
    const own = status.body as { outcome: string; entry: string; outcome_entry: string }
    out.push(
      overHttp.text,
      claimsPart(outcome.jws),
      status.text,
      claimsPart(own.outcome),
      Buffer.from(own.entry, 'base64').toString(),
      Buffer.from(own.outcome_entry, 'base64').toString(),
    )
  }
  await until(async () =>
    (await ctx.read.count('delivery', { state: 'delivered' })) === REASONS.length
      ? true
      : undefined,
  )
  out.push(
    ...endpoint.posts.map(
      ({ body }) => body + claimsPart((JSON.parse(body) as { outcome: string }).outcome),
    ),
  )
  out.push(JSON.stringify(await readStatistics(ctx, person('a', 'auditor'))))
  out.push(JSON.stringify(desk.log.lines))
  expect(endpoint.posts).toHaveLength(REASONS.length)
  for (const text of out) {
    expect(INSIDE.exec(text)?.[0]).toBeUndefined()
    expect(INSIDE_JA.exec(text)?.[0]).toBeUndefined()
  }
})

it.each(REASONS)(
  'Even where it stands in the record as the reason of a decline (%s), it goes out as another',
  (reason) => {
    const decision = {
      decidedAt: 2,
      input: { actions: [], alreadyGone: false, declineReason: reason },
    }
    const notice = {
      receivedAt: 1,
      observation: { state: 'present' as const, by: reason },
      observedAt: 1,
    }
    const facts = outcomeOf({ decision, actions: [], notice })
    expect(facts).toEqual({
      status: 'no_measure',
      asOf: 2,
      measures: [],
      declineReason: 'unspecified',
    })
    const said = statementOf({
      facts,
      nature: 'voluntary_request',
      receivedAt: 1,
      clause: null,
      publicNote: null,
    })
    expect(`${said.ja} ${said.en}`).not.toMatch(INSIDE)
    expect(outwardReason(reason)).toBe('unspecified')
    expect(Object.keys(OUTWARD_REASONS)).not.toContain(reason)
  },
)

it('Whoever took an item down, the words are the same', () => {
  const seen = ['poster', 'platform', 'another_authority', undefined].map((by) =>
    outwardAbsence({
      receivedAt: 1_000_000,
      observation: { state: 'gone', since: 2_000_000, ...(by === undefined ? {} : { by }) },
      observedAt: 3_000_000,
    }),
  )
  expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1)
  expect(seen[0]?.status).toBe('gone_without_measure')
})

it('What the desk does with a case stays inside: who set it aside or passed it on, and why a decision was taken back', async () => {
  const endpoint = keptPosts()
  const desk = await openDesk({
    adapters: { transport: endpoint },
    callbackUrl: 'https://hotline.example/callback',
    platform: { executors: { remove: obedient(), restore: obedient() } },
  })
  await desk.madoguchi.start({ work: true })
  const { cases, internals } = desk.madoguchi
  const { ctx } = internals
  const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
  const [a, b] = [(await desk.operator('reviewer')).by, (await desk.operator('reviewer')).by]
  const told = async (): Promise<string> => (await ownNotice(ctx, HOTLINE, accepted.id)).status
  const atFirst = await told()
  await cases.claim(record.id, a)
  const handed = { commandId: 'inside-01', by: a, to: b.operator, note: 'inside-note' }
  expect(codeOf(await cases.handOver(record.id, handed))).toBe('ok')
  const holdUntil = ctx.clock.now() + 60_000
  const held = {
    commandId: 'inside-02',
    by: b,
    expectedVersion: 1,
    until: holdUntil,
    reason: 'inside-hold',
  }
  expect(codeOf(await cases.hold(record.id, held))).toBe('ok')
  expect(await told()).toBe(atFirst)
  expect(codeOf(await cases.resume(record.id, { commandId: 'inside-03', by: a }))).toBe('ok')
  const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
  expect(codeOf(await decide(desk, record, a, wish))).toBe('ok')
  await outcomeFor(desk, accepted)
  const reason = 'new_facts' as const
  const taken = { commandId: 'inside-04', by: b, expectedVersion: 2, reason }
  expect(codeOf(await cases.reverse(record.id, { ...taken, internalNote: 'inside-why' }))).toBe(
    'ok',
  )
  const outcome = await until(async () => {
    const newest = await outcomeFor(desk, accepted)
    return newest.status === 'restored' ? newest : undefined
  })
  const out = [
    JSON.stringify(claimsOf(desk, outcome)),
    JSON.stringify(await readStatistics(ctx, { operator: 'l', role: 'lead' })),
    ...(await ctx.read.find('outcome', {})).map(({ jws }) => claimsPart(jws)),
    ...(await ctx.read.ledgerEntries(0, 1_000)).map(({ bytes }) => Buffer.from(bytes).toString()),
    ...desk.log.lines.map((line) => JSON.stringify(line)),
  ].join()
  for (const word of ['inside-', 'new_facts', a.operator, b.operator])
    expect(out, word).not.toContain(word)
})

it('No sender learns that the poster objected: what it is told after a change is what any reversal tells, and of one that was upheld nothing', async () => {
  const words = ['inside-dispute', '引用でした', 'poster', '発信者', '異議', 'apl_']
  const told: Record<string, unknown>[] = []
  for (const way of ['objection', 'recheck', 'upheld'] as const) {
    const desk = await openDesk({
      platform: {
        executors: { remove: obedient(), restore: obedient() },
        tellPoster: () => Promise.resolve({ kind: 'executed', at: 1 }),
      },
    })
    await desk.madoguchi.start({ work: true })
    const { cases, appeals, internals } = desk.madoguchi
    const { ctx } = internals
    const { accepted, record } = await sendToCase(desk, 'yamibaito_recruitment')
    const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
    expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
    await outcomeFor(desk, accepted)
    await until(async () => (await ctx.read.find('posterNotice', { state: 'told' }))[0])
    const { version: expectedVersion } = (await ctx.read.get('case', { id: record.id }))!
    const by = person('b')
    if (way === 'recheck') {
      const reason = 'own_recheck' as const
      await cases.reverse(record.id, { commandId: 'dispute-0', by, expectedVersion, reason })
    } else {
      const from = { caseId: record.id }
      const text = 'inside-dispute 引用でした'
      const { id } = await appeals.open({ commandId: 'dispute-1', from, about: ['request'], text })
      const verdict = way === 'objection' ? ('change' as const) : ('uphold' as const)
      const judged = await appeals.decide(id, {
        commandId: 'dispute-2',
        by,
        expectedVersion,
        verdict,
      })
      expect(judged.ok).toBe(true)
    }
    await until(async () => {
      const answers = await ctx.read.find('posterNotice', { state: 'told' })
      return answers.length === (way === 'objection' ? 3 : 2) ? true : undefined
    })
    const outcome = await until(async () => {
      const newest = await outcomeFor(desk, accepted)
      return newest.status === (way === 'upheld' ? 'deleted' : 'restored') ? newest : undefined
    })
    const claims = claimsOf(desk, outcome).outcome
    told.push({ ...claims, id: null, as_of: null, supersedes: null })
    const own = await ownNotice(ctx, HOTLINE, accepted.id)
    const entry = await ctx.read.get('ledgerEntry', { index: outcome.entryIndex })
    const out = [
      JSON.stringify([claims, { ...own, proof: '', outcomeProof: '' }]),
      Buffer.from(entry!.bytes).toString(),
    ].join()
    for (const word of words) expect(out, `${way} ${word}`).not.toContain(word)
    const log = JSON.stringify(desk.log.lines)
    for (const word of words.slice(0, 2)) expect(log).not.toContain(word)
  }
  const [byObjection, byRecheck, upheld] = told
  expect(byObjection).toEqual(byRecheck)
  expect(upheld).toMatchObject({ revision: 1, status: 'deleted' })
})
