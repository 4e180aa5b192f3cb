import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openPostgresStore } from '../../src/adapters/sql/postgres/open-postgres-store.ts'
import { startCommand, type Running } from '../support/command-line.ts'
import { until } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { testDatabase } from '../support/postgres.ts'
import { freshRedis } from '../support/redis.ts'
import { exampleFile, newCommandDesk, type CommandDesk } from '../support/served-desk.ts'

/** A process of a desk, up and listening. */
async function start(desk: CommandDesk, ...args: string[]): Promise<Running> {
  const running = startCommand(args, { cwd: desk.folder, env: desk.env })
  await running.until(/"event":"listening"/)
  return running
}

function listening(running: Running): { readonly port?: number; readonly ops_port: number } {
  const line =
    running
      .text()
      .trim()
      .split('\n')
      .find((each) => each.includes('"listening"')) ?? ''
  return JSON.parse(line) as { port?: number; ops_port: number }
}

const readyz = async (running: Running): Promise<unknown> => {
  const answer = await fetch(`http://127.0.0.1:${listening(running).ops_port}/readyz`)
  return [answer.status, await answer.json()]
}

const nobodyAt = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  )

/** Set up in a database, by the commands of a newcomer; sends notices as the hotline. */
async function deskOnServers(queue: string): Promise<CommandDesk> {
  const desk = await newCommandDesk()
  const env = { ...desk.env, MADOGUCHI_STORE: await testDatabase(), MADOGUCHI_QUEUE: queue }
  Object.assign(desk, { env })
  for (const args of [
    ['standards', 'publish', exampleFile('standards/removal-standard.json')],
    ['senders', 'add', exampleFile('senders/hotline.json')],
    ['keys', 'add', 'https://hotline.example/', join('hotline', 'sender-key.jwk.json')],
  ]) {
    const added = startCommand(args, { cwd: desk.folder, env })
    expect(await added.ended, args.join(' ')).toMatchObject({ code: 0, err: '' })
  }
  return desk
}

async function send(desk: CommandDesk, id: string): Promise<void> {
  const file = join(desk.folder, `${id}.json`)
  const target = { url: `https://sns.example/posts/${id}` }
  writeFileSync(file, JSON.stringify(noticeOf('yamibaito_recruitment', { id, target })))
  const hotline = ['--key', desk.senderKey, '--iss', 'https://hotline.example/', '--to', desk.url]
  expect(await desk.run('send', file, ...hotline)).toMatchObject({ code: 0, err: '' })
}

it('one process takes notices, another works on them, and Redis may go', async () => {
  const redis = await freshRedis({ password: 'hunter2' })
  const desk = await deskOnServers(redis.url)
  const store = await openPostgresStore({ url: desk.env['MADOGUCHI_STORE'] ?? '' })
  onTestFinished(() => store.close())
  const hasCases = (count: number): Promise<true> =>
    until(async () => ((await store.read.count('case', {})) === count ? true : undefined), 20_000)
  const front = await start(desk, 'serve', '--http-only')
  await send(desk, 'notice-1')
  await hasCases(0)
  const work = await start({ ...desk, env: { ...desk.env, MADOGUCHI_PORT: '0' } }, 'work')
  expect(listening(work).port).toBeUndefined()
  await hasCases(1)
  for (const each of [front, work])
    expect(await readyz(each)).toEqual([200, { status: 'pass', bell: 'up' }])
  await redis.stop()
  await send(desk, 'notice-2')
  await hasCases(2)
  for (const each of [front, work])
    expect(await readyz(each)).toEqual([200, { status: 'warn', bell: 'away' }])
  for (const each of [front, work]) {
    each.child.kill('SIGTERM')
    expect(await each.ended).toMatchObject({ code: 0, signal: null, err: '' })
    for (const secret of ['hunter2', 'redis://', 'postgres'])
      expect(each.text()).not.toContain(secret)
  }
}, 120_000)

it('work opens no public port', async () => {
  const desk = await newCommandDesk()
  const work = await start(desk, 'work')
  expect(await readyz(work)).toEqual([200, { status: 'pass', bell: 'up' }])
  expect(await nobodyAt(desk.url)).toBe(true)
  work.child.kill('SIGTERM')
  expect(await work.ended).toMatchObject({ code: 0, signal: null })
})

it('work beside serve on SQLite is refused, naming the process that has the store', async () => {
  const desk = await newCommandDesk()
  const serve = await desk.serve()
  const { code, err } = await desk.run('work', '--lang', 'en')
  expect(code).toBe(1)
  expect(err).toContain(`pid ${String(serve.child.pid)}`)
})

it.each([
  ['ja', 'MADOGUCHI_QUEUE=redis://… を設定'],
  ['en', 'Set MADOGUCHI_QUEUE=redis://'],
])('serve --http-only wants a queue that reaches the workers (%s)', async (lang, text) => {
  const desk = await newCommandDesk()
  const { code, out, err } = await desk.run('serve', '--http-only', '--lang', lang)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(text)
})

it('doctor looks at the queue, and shows no password', async () => {
  const redis = await freshRedis({ password: 'hunter2' })
  const desk = await newCommandDesk()
  const doctor = async (url: string): Promise<string> => {
    const env = { ...desk.env, MADOGUCHI_QUEUE: url }
    const { code, out, err } = await startCommand(['doctor', '--lang', 'en'], {
      cwd: desk.folder,
      env,
    }).ended
    expect([code, err]).toEqual([0, ''])
    expect(out).not.toContain('hunter')
    return out
  }
  const first = await doctor(redis.url)
  expect(first).toMatch(/Redis \d+\.\d+\.\d+ \(127\.0\.0\.1:\d+\) answers/)
  expect(first).not.toContain('maxmemory-policy')
  await redis.use((client) => client.config('SET', 'maxmemory-policy', 'allkeys-lru'))
  expect(await doctor(redis.url)).toContain('maxmemory-policy of Redis is allkeys-lru')
  expect(await doctor(redis.url.replace('hunter2', 'hunter3'))).toContain('(access_denied)')
  await redis.stop()
  expect(await doctor(redis.url)).toContain('(unreachable)')
})
