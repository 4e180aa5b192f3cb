import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import supertest from 'supertest'
import { expect, it, onTestFinished } from 'vitest'
import { createPinoLogger } from '../../src/adapters/pino/logger.ts'
import { readCase } from '../../src/app/read-case.ts'
import { readDeadLetters } from '../../src/app/read-dead-letters.ts'
import { noteRefusal } from '../../src/app/note-refusal.ts'
import { readStatistics } from '../../src/app/read-statistics.ts'
import type { Reader } from '../../src/ports/record-store.ts'
import { openDesk, until } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import {
  clause,
  codeOf,
  decide,
  outcomeFor,
  person,
  sendToCase,
  thrown,
  web,
  without,
} from './support.ts'
import { toxicIn, toxicWordsOf } from './toxic-words.ts'

/** A site that counts who comes. */
async function openTarget(): Promise<{ readonly url: string; readonly hits: () => number }> {
  let hits = 0
  const server = createServer((_req, res) => {
    hits += 1
    res.end('x')
  })
  server.on('connection', () => (hits += 1))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${String(port)}/@himitsu/posts/9988776655`, hits: () => hits }
}

/** Tables whose rows are tickets, counters or facts about our own work. */
const OURS = [
  'work',
  'action',
  'delivery',
  'outcome',
  'refusalCount',
  'diagnosis',
  'checkpoint',
  'tokenId',
  'setting',
] as const

async function textOf(read: Reader): Promise<string> {
  const rows = await Promise.all(OURS.map((table) => read.find(table, {})))
  return JSON.stringify(rows)
}

const say = (text: string): Promise<never> => Promise.reject(new Error(text))

it('No media, no toxic words: over a whole loop with everything failing once, nobody visits the target, and no log line, ticket, metric, error or payload holds a word of it', async () => {
  const target = await openTarget()
  const notice = noticeOf('yamibaito_recruitment', {
    target: {
      ...noticeOf('yamibaito_recruitment').target,
      url: target.url,
      file_name: 'himitsu-0001.png',
    },
  })
  const secret = JSON.stringify(notice)
  const lines: string[] = []
  const log = createPinoLogger({
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  })
  const payloads: unknown[] = []
  const called = new Map<string, number>()
  /** Fails the first time with everything that it knows in its message. */
  const once = <R>(name: string, result: R): Promise<R> => {
    called.set(name, (called.get(name) ?? 0) + 1)
    return called.get(name) === 1 ? say(secret) : Promise.resolve(result)
  }
  const desk = await openDesk({
    adapters: {
      log,
      transport: { refuse: () => undefined, post: () => say(secret) },
    },
    callbackUrl: 'https://hotline.example/callback',
    platform: {
      hosts: [new URL(target.url).host],
      resolve: () => once('resolve', { ref: 'item-1', account: 'account-1' }),
      observe: () => once('observe', { state: 'present' as const }),
      executors: {
        remove: (call) => {
          payloads.push(without(call, 'signal'))
          return Promise.resolve({ kind: 'executed', at: Date.now() })
        },
        warn_poster: () => say(secret),
      },
    },
  })
  const { madoguchi } = desk
  const { ctx } = madoguchi.internals
  madoguchi.on('notice.accepted', 'keeps', (call) => {
    payloads.push(without(call, 'signal'))
    return Promise.resolve()
  })
  madoguchi.on('notice.accepted', 'fails', () => say(secret))
  await madoguchi.start({ work: true })
  const app = web(desk)
  const body = new TextEncoder().encode(secret)
  const accepted = await supertest(app)
    .post('/madoguchi/v1/notices')
    .set('authorization', `Bearer ${await desk.hotline.token(body)}`)
    .set('content-type', 'application/json')
    .send(secret)
  expect([accepted.status, (accepted.body as { code?: string }).code]).toEqual([202, undefined])
  const record = await until(async () => (await ctx.read.find('case', { state: 'ready' }))[0])
  const wish = { actions: [{ kind: 'remove' as const }], ground: clause() }
  expect(codeOf(await decide(desk, record, person('a'), wish))).toBe('ok')
  const { id } = (await ctx.read.find('notice', {}))[0]!
  const outcome = await outcomeFor(desk, { id })
  await until(
    async () => ((await ctx.read.find('delivery', {}))[0]?.attempts ?? 0) > 0 || undefined,
  )
  await until(
    async () => (await ctx.read.find('work', { kind: 'handle' }))[0]?.lastCode ?? undefined,
  )
  const again = await sendToCase(desk, 'handgun_sale', { target: notice.target })
  await decide(desk, again.record, person('a'), {
    actions: [{ kind: 'warn_poster' }],
    ground: clause('4.1'),
  })
  await until(async () => (await ctx.read.find('work', { kind: 'act' }))[0]?.lastCode ?? undefined)
  await supertest(app)
    .post('/madoguchi/v1/notices')
    .set('content-type', 'application/json')
    .send(secret)
  await ctx.refusals.flush()
  const spoken = {
    logs: lines.join('\n'),
    metrics: (await supertest(app).get('/ops/metrics')).text,
    answer:
      accepted.text + Buffer.from((accepted.body as { entry: string }).entry, 'base64').toString(),
    payloads: JSON.stringify(payloads),
    outcome: Buffer.from(outcome.jws.split('.')[1]!, 'base64url').toString(),
    tables: await textOf(ctx.read),
    ledger: (await ctx.read.ledgerEntries(0, 1_000))
      .map(({ bytes }) => Buffer.from(bytes).toString())
      .join('\n'),
    deadLetters: JSON.stringify(await readDeadLetters(ctx, person('a', 'lead'))),
    statistics: JSON.stringify(await readStatistics(ctx, person('a', 'lead'))),
  }
  for (const event of [
    'handler.failed',
    'target.lookup_failed',
    'action.attempt_failed',
    'delivery.attempted',
  ])
    expect(spoken.logs).toContain(event)
  expect(payloads.length).toBeGreaterThanOrEqual(2)
  expect(spoken.metrics).toContain('madoguchi_')
  const words = toxicWordsOf(notice)
  expect(toxicIn(secret, words).length).toBeGreaterThan(10)
  for (const [where, text] of Object.entries(spoken))
    expect([where, toxicIn(text, words)]).toEqual([where, []])
  expect(spoken.logs).not.toMatch(/https?:|\.example|eyJ/)
  expect(target.hits()).toBe(0)
})

it('No error holds a word of what was wrong with the input', async () => {
  const desk = await openDesk()
  const canary = 'himitsu-no-kotoba'
  const notice = noticeOf('yamibaito_recruitment')
  const bad: unknown[] = [
    { ...notice, [canary]: 1 },
    { ...notice, form: canary },
    { ...notice, issued_on: canary },
    { ...notice, supersedes: `${canary}-1` },
    { ...notice, target: { ...notice.target, url: `https://${canary}.example/` } },
    { ...notice, target: { ...notice.target, url: `javascript:${canary}` } },
    { ...notice, target: { ...notice.target, [canary]: canary } },
    { ...notice, ext: { observed_at: canary } },
    canary,
    [canary],
  ]
  const faults = bad.map((each) => desk.hotline.send(each))
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  faults.push(desk.hotline.sendBytes(encode(`{"id":"${canary}",}`)))
  faults.push(desk.hotline.sendBytes(encode(`{"${canary}":1,"${canary}":2}`)))
  faults.push(
    desk.hotline.sendBytes(encode(JSON.stringify(notice)), {
      aud: canary,
      iss: canary,
      htu: canary,
    }),
  )
  for (const fault of await Promise.allSettled(faults)) {
    expect(fault.status).toBe('rejected')
    expect(inspect(fault, { depth: 20, showHidden: true })).not.toContain(canary)
  }
  await Promise.all(
    bad.map(async (each) => {
      const code = await thrown(desk.hotline.send(each))
      const token = await desk.hotline.token(encode('x'), { iss: canary })
      await noteRefusal(desk.madoguchi.internals.ctx, { code, token, bytes: 1 })
    }),
  )
  expect(JSON.stringify(desk.log.lines)).not.toContain(canary)
})

it('A reported URL is shown to the desk dead, wherever it stands', async () => {
  const url = 'https://sns.example/@himitsu/posts/1'
  const desk = await openDesk({ platform: { resolve: () => Promise.resolve({ ref: { url } }) } })
  await desk.madoguchi.start({ work: true })
  const { record } = await sendToCase(desk, 'yamibaito_recruitment', {
    target: { url, other: `同じ内容: HTTPS://sns.example/@himitsu/posts/2` },
    content_description: `（${url}）の投稿`,
  })
  const view = JSON.stringify(await readCase(desk.madoguchi.internals.ctx, person('a'), record.id))
  expect(view).toContain('hxxps://sns[.]example/@himitsu/posts/1')
  expect(view).not.toMatch(/https?:\/\/sns\.example/i)
})
