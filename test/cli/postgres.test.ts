import { expect, it } from 'vitest'
import { newFolder, runCommand, startCommand, type Ran } from '../support/command-line.ts'
import { freePort } from '../../src/cli/free-port.ts'
import { testDatabase } from '../support/postgres.ts'

interface DatabaseDesk {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly run: (...args: string[]) => Promise<Ran>
}

/** Keys and settings for a desk on a database that is empty. */
async function emptyDesk(): Promise<DatabaseDesk> {
  const folder = newFolder()
  const url = `http://localhost:${await freePort(0)}/madoguchi`
  const env = {
    MADOGUCHI_STORE: await testDatabase({ isEmpty: true }),
    MADOGUCHI_PUBLIC_URL: url,
    MADOGUCHI_PORT: new URL(url).port,
    MADOGUCHI_OPS_PORT: String(await freePort(0)),
    MADOGUCHI_TARGET_HOSTS: 'sns.example',
    MADOGUCHI_SIGNING_KEY_FILE: 'keys/signing-key.pem',
    MADOGUCHI_LOG_KEY_FILE: 'keys/log-key.pem',
  }
  const run = (...args: string[]): Promise<Ran> => runCommand(args, { cwd: folder, env })
  expect(await run('keys', 'generate', '--out', 'keys')).toMatchObject({ code: 0 })
  return { folder, env, run }
}

it('is not used before its tables are made, and says by which command', async () => {
  const { run } = await emptyDesk()
  const commands = ['serve', 'db status', 'ledger verify', 'standards list', 'doctor']
  const told = commands.map(async (command) => {
    const { code, out, err } = await run(...command.split(' '), '--lang', 'en')
    expect([command, code, out + err]).toEqual([command, 1, expect.stringContaining('db migrate')])
  })
  await Promise.all(told)
}, 60_000)

it('is made by db migrate, then used by every command, and its password never shown', async () => {
  const { folder, env, run } = await emptyDesk()
  const all: string[] = []
  const must = async (...args: string[]): Promise<string> => {
    const ran = await run(...args, '--lang', 'en')
    expect(ran, args.join(' ')).toMatchObject({ code: 0, err: '' })
    all.push(ran.out)
    return ran.out
  }
  await must('db', 'migrate')
  await must('db', 'migrate')
  await must('operators', 'add', 'tantou-a', '--role', 'reviewer')
  const serving = startCommand(['serve'], { cwd: folder, env })
  await serving.until(/"event":"listening"/)
  // Others may read and write while it runs.
  await must('operators', 'add', 'tantou-b', '--role', 'lead')
  expect(await must('operators', 'list')).toContain('tantou-b')
  expect(await must('ledger', 'verify')).toContain('consistent')
  const status = JSON.parse(await must('db', 'status', '--json')) as Record<string, unknown>
  const { hostname, port, pathname, password } = new URL(env['MADOGUCHI_STORE'] ?? '')
  expect(status).toMatchObject({
    kind: 'postgres',
    host: `${hostname}:${port}`,
    database: pathname.slice(1),
    entries: expect.any(Number),
  })
  expect(await must('db', 'status')).toContain(`${pathname.slice(1)} @ ${hostname}:${port}`)
  expect(await must('doctor')).toContain(`${pathname.slice(1)} @ ${hostname}:${port}`)
  const ready = await fetch(`http://localhost:${env['MADOGUCHI_OPS_PORT']}/readyz`)
  expect(ready.status).toBe(200)
  serving.child.kill('SIGTERM')
  const { code, out, err } = await serving.ended
  expect(code).toBe(0)
  expect(all.join('') + out + err).not.toContain(password)
}, 60_000)

it('names what is wrong with it', async () => {
  const { folder, env } = await emptyDesk()
  const status = async (change: (url: URL) => void): Promise<unknown[]> => {
    const url = new URL(env['MADOGUCHI_STORE'] ?? '')
    change(url)
    const store = { ...env, MADOGUCHI_STORE: url.href }
    const args = ['db', 'status', '--json']
    const { code, out, err } = await runCommand(args, { cwd: folder, env: store })
    expect(out + err).not.toContain(url.password)
    return [code, (JSON.parse(out) as { error: { code: string } }).error.code]
  }
  const seen = await Promise.all([
    status((url) => (url.password = 'another-one')),
    status((url) => (url.pathname = '/nowhere')),
    status((url) => (url.port = '1')),
    status((url) => {
      url.searchParams.set('sslmode', 'verify-full')
    }),
  ])
  expect(seen).toEqual([
    [1, 'no_permission'],
    [1, 'cannot_open'],
    [1, 'connection_lost'],
    [1, 'connection_lost'],
  ])
})
