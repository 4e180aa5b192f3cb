import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import express from 'express'
import { createMadoguchi, executed, senderRouter, wellKnownRouter } from 'madoguchi'
import {
  createTestSender,
  FakeHotline,
  fixedClock,
  fixtures,
  fixtureStandard,
  noticeOf,
  refusals,
  signRequest,
} from 'madoguchi/testing'
import { webHandler } from 'madoguchi/web'

const pem = (key: ReturnType<typeof generateKeyPairSync>): string =>
  (key as { privateKey: { export(form: object): string } }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  })

/** A platform that hides posts, as its own tests open it. */
async function openPlatform(name: string, settings = {}) {
  const clock = fixedClock(new Date('2026-11-22T00:00:00Z'))
  const hidden: string[] = []
  const madoguchi = await createMadoguchi({
    clock,
    standards: [fixtureStandard],
    targets: {
      hosts: ['sns.example'],
      resolve: ({ url }) => Promise.resolve({ ref: new URL(url).pathname }),
    },
    executors: {
      remove: ({ ref }) => {
        hidden.push(ref)
        return Promise.resolve(executed(clock.now()))
      },
    },
    settings: {
      MADOGUCHI_STORE: `sqlite:./${name}.db`,
      MADOGUCHI_PUBLIC_URL: 'https://sns.example/madoguchi',
      MADOGUCHI_SIGNING_KEY: pem(generateKeyPairSync('ed25519')),
      MADOGUCHI_LOG_KEY: pem(generateKeyPairSync('ed25519')),
      MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS: 'true',
      MADOGUCHI_LOG_LEVEL: 'silent',
      MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
      ...settings,
    },
  })
  return { madoguchi, clock, hidden }
}

void test('the routes refuse what they must, in an app without a port', async () => {
  const { madoguchi, clock } = await openPlatform('refusals')
  const sender = createTestSender({ clock, alg: 'EdDSA' })
  await sender.register(madoguchi)
  const app = express()
  app.use(wellKnownRouter(madoguchi))
  app.use('/madoguchi', senderRouter(madoguchi))
  const found = await refusals(app, { sender })
  assert.deepEqual(
    found.filter(({ ok }) => !ok),
    [],
  )
  assert.ok(found.length > 30)

  // On a port, the same.
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const overNetwork = await refusals(`http://127.0.0.1:${port}`, { sender })
  assert.deepEqual(
    overNetwork.filter(({ ok }) => !ok),
    [],
  )
  server.close()

  // A parser in the wrong place is found by name.
  const parsed = express().use(express.json(), app)
  const wrong = (await refusals(parsed, { sender })).filter(({ ok }) => !ok)
  const untouched = wrong.find(({ name }) => name === 'bytes_untouched')
  assert.deepEqual(untouched?.got, { status: 500, code: 'body_already_parsed' })
  await madoguchi.close()
})

void test('a hotline sends, is told, and can be out of order', async () => {
  const { madoguchi, clock, hidden } = await openPlatform('hotline')
  await madoguchi.start({ work: true })
  await using hotline = await FakeHotline.open(createTestSender({ clock }))
  await hotline.join(madoguchi, { fetch: webHandler(madoguchi) })

  const sent = await hotline.send(noticeOf('yamibaito_recruitment', { id: 'first-notice-1' }))
  assert.equal(sent.status, 202)
  assert.ok(sent.checks.length > 3 && sent.checks.every(({ holds }) => holds))
  assert.equal(
    (await hotline.send(noticeOf('yamibaito_recruitment', { id: 'first-notice-1' }))).replayed,
    true,
  )

  hotline.mood = 500
  const record = await decided(madoguchi)
  await seen(() => hotline.pushes > 0)
  assert.deepEqual(hotline.outcomes, [])
  hotline.mood = 'well'
  for (let n = 0; n < 100 && hotline.outcomes.length === 0; n += 1) {
    clock.advance(60_000)
    await new Promise((resume) => setTimeout(resume, 20))
  }
  const outcome = await hotline.outcomeOf('first-notice-1')
  assert.equal(outcome.status, 'deleted')
  assert.ok(outcome.checks.every(({ holds }) => holds))
  assert.equal(hidden.length, 1)
  assert.equal(record.trial, null)

  const asked = await signRequest(hotline.sender, {
    url: 'https://sns.example/madoguchi/v1/notices/first-notice-1',
    audience: 'https://sns.example/madoguchi',
  })
  const own = (await (await webHandler(madoguchi)(asked)).json()) as { status: string }
  assert.equal(own.status, 'deleted')
  await madoguchi.close()
})

void test('a test notice comes to nothing, and twelve notices are at hand', async () => {
  assert.equal(fixtures.length, 12)
  const { madoguchi, clock, hidden } = await openPlatform('test-notice')
  await madoguchi.start({ work: true })
  await using hotline = await FakeHotline.open(createTestSender({ clock }))
  await hotline.join(madoguchi, { fetch: webHandler(madoguchi) })
  const sent = await hotline.send(noticeOf('yamibaito_recruitment', { test: true }))
  assert.equal(sent.receipt['trial'], 'test')
  const record = await decided(madoguchi)
  assert.equal(record.trial, 'test')
  clock.advance(86_400_000)
  await new Promise((resume) => setTimeout(resume, 100))
  assert.deepEqual(await hotline.poll(), [])
  assert.deepEqual([hidden, hotline.outcomes], [[], []])
  await madoguchi.close()
})

type Desk = Awaited<ReturnType<typeof openPlatform>>['madoguchi']

/** Decides the one case for removal, as the platform's console would. */
async function decided(madoguchi: Desk) {
  const { read } = madoguchi.internals.ctx
  const [record] = await seen(async () => {
    const found = await read.find('case', { state: 'ready' })
    return found.length > 0 && found
  })
  assert.ok(record)
  const by = { operator: 'tantou-a', role: 'reviewer' } as const
  await madoguchi.cases.claim(record.id, by)
  const { id, version, clauses } = fixtureStandard
  const ground = {
    kind: 'published_standard_clause',
    standard: id,
    version,
    clause: clauses[0]?.id ?? '',
  }
  const answer = await madoguchi.cases.decide(record.id, {
    commandId: `decide-${record.id}`,
    expectedVersion: record.version,
    by,
    actions: [{ kind: 'remove' }],
    ground,
  })
  assert.ok(answer.ok, JSON.stringify(answer))
  return record
}

async function seen<R>(look: () => R | Promise<R>): Promise<Exclude<R, false>> {
  for (let n = 0; n < 500; n += 1) {
    const found = await look()
    if (found !== false) return found as Exclude<R, false>
    await new Promise((resume) => setTimeout(resume, 20))
  }
  throw new Error('not seen in time')
}
