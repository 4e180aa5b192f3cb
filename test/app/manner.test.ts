import { expect, it } from 'vitest'
import { mannerFacts } from '../../src/app/manner-facts.ts'
import { readCase } from '../../src/app/read-case.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy } from '../../src/core/decision.ts'
import { DAY } from '../../src/core/time.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import type { Transaction } from '../../src/ports/record-store.ts'
import { sample } from '../contract/sample-rows.ts'
import { noticeOf } from '../support/fixtures.ts'
import { act, decide, GROUND, openTimedDesk, readyCase, seen, type TimedDesk } from './support.ts'

const A: DecidedBy = { operator: 'a', role: 'reviewer' }
type Kind = DecideCommand['actions'][number]['kind']

/** `account.digest.item`: what the platform says of an item. */
async function open(): Promise<TimedDesk> {
  const carryOut = () => Promise.resolve({ kind: 'executed', at: desk.clock.now() } as const)
  const desk = await openTimedDesk({
    platform: {
      resolve: ({ url }) => {
        const [account = ''] = new URL(url).pathname.slice(1).split('.')
        return Promise.resolve({ ref: { id: url }, ...(account === '-' ? {} : { account }) })
      },
      observe: ({ ref }) => {
        const [, digest = ''] =
          (ref as { id: string }).id.split('example/').at(-1)?.split('.') ?? []
        return Promise.resolve({
          state: 'present' as const,
          ...(digest === '-' ? {} : { digest }),
          ...(digest === 'bot' ? { manner: ['bot_like', 'made_up'] as never } : {}),
        })
      },
      executors: {
        remove: carryOut,
        suspend_account: carryOut,
        label_informational: carryOut,
        restore: carryOut,
      },
    },
  })
  await desk.madoguchi.start({ work: true })
  return desk
}

let sent = 0
async function send(desk: TimedDesk, item: string): Promise<CaseRecord> {
  sent += 1
  const { id } = await desk.hotline.send(
    noticeOf('yamibaito_recruitment', {
      id: `manner-${String(sent).padStart(4, '0')}`,
      target: { url: `https://sns.example/${item}` },
    }),
  )
  return readyCase(desk.ctx, id)
}

async function restrict(desk: TimedDesk, item: string, ...kinds: Kind[]): Promise<CaseRecord> {
  const record = await send(desk, item)
  expect(
    await act(desk, record.id, A, ...(kinds.length === 0 ? ['remove' as const] : kinds)),
  ).toMatchObject({ ok: true })
  await seen(async () => {
    const actions = await desk.ctx.read.find('action', { caseId: record.id })
    return actions.every(({ state }) => state === 'executed') ? true : undefined
  })
  return record
}

async function manner(desk: TimedDesk, record: CaseRecord) {
  const notices = await desk.ctx.read.find('notice', { caseId: record.id })
  return mannerFacts(desk.ctx.read, record, notices, desk.clock.now())
}

async function write(desk: TimedDesk, body: (tx: Transaction) => Promise<unknown>): Promise<void> {
  const run = async (tx: Transaction) => {
    await body(tx)
    return { result: undefined, events: [] }
  }
  await desk.ctx.committer.submit({ name: 'test.write', bytes: 1, locks: [], run })
}

it('counts the other items of an account, and those with the same content, that we restricted ourselves', async () => {
  const desk = await open()
  await restrict(desk, 'ann.x.1')
  await restrict(desk, 'ann.x.2', 'remove', 'suspend_account')
  await restrict(desk, 'ben.x.3')
  await restrict(desk, 'ben.-.4', 'label_informational')
  await restrict(desk, '-.-.5')
  const declined = await send(desk, 'ann.y.6')
  await decide(desk, declined.id, A, {})
  for (let at = 0; at < 3; at += 1) await send(desk, `ann.z.${at}`)
  const here = await send(desk, 'ann.x.7')
  // Two items of the account, three with the content; what was asked for, declined or labelled is none.
  expect(await manner(desk, here)).toEqual({ repeat: 2, duplicate: 3, supplied: [] })
  expect(await manner(desk, await send(desk, 'ann.x.1'))).toMatchObject({ repeat: 1, duplicate: 2 })
  expect(await manner(desk, await send(desk, '-.-.8'))).toEqual({
    repeat: 0,
    duplicate: 0,
    supplied: [],
  })
  expect(await manner(desk, await send(desk, 'cat.bot.9'))).toEqual({
    repeat: 0,
    duplicate: 0,
    supplied: ['bot_like'],
  })
  const view = await readCase(desk.ctx, A, here.id)
  expect(view.manner).toMatchObject({ repeat: 2, duplicate: 3 })
  expect(view.manner.sentence?.ja).toContain('別の投稿2件')
})

it('counts no longer what was taken back, what somebody objects to, or what is older than a year', async () => {
  const desk = await open()
  const first = await restrict(desk, 'ann.x.1')
  const here = await send(desk, 'ann.x.2')
  expect(await manner(desk, here)).toMatchObject({ repeat: 1, duplicate: 1 })
  desk.clock.advance(364 * DAY)
  expect(await manner(desk, here)).toMatchObject({ repeat: 1 })
  desk.clock.advance(2 * DAY)
  expect(await manner(desk, here)).toMatchObject({ repeat: 0, duplicate: 0 })

  const second = await restrict(desk, 'ann.x.3')
  expect(await manner(desk, here)).toMatchObject({ repeat: 1 })
  await write(desk, (tx) =>
    tx.insert('appeal', sample('appeal', { caseId: second.id, state: 'open' })),
  )
  expect(await manner(desk, here)).toMatchObject({ repeat: 0 })
  await write(desk, (tx) => tx.update('appeal', { id: sample('appeal').id }, { state: 'upheld' }))
  expect(await manner(desk, here)).toMatchObject({ repeat: 1 })
  const version = (await desk.ctx.read.get('case', { id: second.id }))?.version ?? 0
  await desk.madoguchi.cases.reverse(second.id, {
    by: A,
    commandId: 'take-back-1',
    expectedVersion: version,
    reason: 'mistake',
  })
  expect(await manner(desk, here)).toMatchObject({ repeat: 0, duplicate: 0 })
  expect(first.targetKey).not.toBe(second.targetKey)
})

it('never counts what a person did who may be seeking help', async () => {
  const desk = await open()
  const record = await restrict(desk, 'ann.x.1')
  const here = await send(desk, 'ann.x.2')
  const mark = async (selfHarm: CaseRecord['selfHarm']): Promise<void> => {
    await write(desk, (tx) => tx.update('case', { id: record.id }, { selfHarm }))
  }
  await mark('seeking')
  expect(await manner(desk, here)).toMatchObject({ repeat: 0, duplicate: 0 })
  await mark('luring')
  expect(await manner(desk, here)).toMatchObject({ repeat: 1, duplicate: 1 })
})

it('is a ground only where it was counted, with the numbers kept beside the decision', async () => {
  const desk = await open()
  const early = await send(desk, 'ann.x.1')
  const ground = { ...GROUND, kind: 'manner_policy_repeat' }
  const wish = { actions: [{ kind: 'remove' as const }], ground }
  expect(await decide(desk, early.id, A, wish)).toMatchObject({
    ok: false,
    refusal: { code: 'manner_not_counted' },
  })
  await restrict(desk, 'ann.x.2')
  expect(await decide(desk, early.id, A, wish)).toMatchObject({ ok: true })
  const [event] = await desk.ctx.read.find('event', { caseId: early.id, type: 'decision.made' })
  expect(JSON.parse(new TextDecoder().decode(event?.payload))).toMatchObject({
    manner: { repeat: 1, duplicate: 1 },
    input: { ground },
  })
})
