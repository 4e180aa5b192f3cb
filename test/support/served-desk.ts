import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import { freePort } from '../../src/cli/free-port.ts'
import { newFolder, runCommand, startCommand, type Ran, type Running } from './command-line.ts'

/** A file of `examples/`. */
export const exampleFile = (path: string): string =>
  fileURLToPath(new URL(`../../examples/${path}`, import.meta.url))

/** A desk that was set up by the command line alone, as the README says. */
export interface CommandDesk {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  readonly tokenFile: string
  readonly senderKey: string
  run(...args: string[]): Promise<Ran>
  serve(): Promise<Running>
}

const ISSUER = 'https://sns.example/madoguchi'

function variables(folder: string, url: string): Readonly<Record<string, string>> {
  return {
    MADOGUCHI_STORE: `sqlite:${join(folder, 'desk.db')}`,
    MADOGUCHI_ISSUER: ISSUER,
    MADOGUCHI_PUBLIC_URL: url,
    MADOGUCHI_PORT: new URL(url).port,
    MADOGUCHI_OPS_PORT: '0',
    MADOGUCHI_TARGET_HOSTS: 'sns.example',
    MADOGUCHI_UNDO_WINDOW_SECONDS: '0',
    MADOGUCHI_SIGNING_KEY_FILE: join(folder, 'keys', 'signing-key.pem'),
    MADOGUCHI_LOG_KEY_FILE: join(folder, 'keys', 'log-key.pem'),
  }
}

let template: Promise<string> | undefined
afterAll(async () => {
  if (template !== undefined) rmSync(await template, { recursive: true, force: true })
})

/** By the commands that a newcomer types: keys, a standard, a sender with a key, a reviewer. */
async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-template-'))
  const env = variables(folder, 'http://localhost:8787/madoguchi')
  const must = async (args: readonly string[], settings = env): Promise<string> => {
    const ran = await runCommand(args, { cwd: folder, env: settings })
    expect(ran, args.join(' ')).toMatchObject({ code: 0, err: '' })
    return ran.out
  }
  await must(['keys', 'generate', '--out', 'keys'], {})
  await must(['keys', 'generate', '--sender', '--out', 'hotline'], {})
  await must(['standards', 'publish', exampleFile('standards/removal-standard.json')])
  await must(['senders', 'add', exampleFile('senders/hotline.json')])
  await must(['keys', 'add', 'https://hotline.example/', 'hotline/sender-key.jwk.json'])
  const added = await must(['operators', 'add', 'tantou-a', '--role', 'reviewer', '--json'])
  writeFileSync(join(folder, 'token'), (JSON.parse(added) as { token: string }).token)
  return folder
}

/** A desk with keys, a standard, a sender with a key, and a reviewer; one of its own for each test. */
export async function newCommandDesk(): Promise<CommandDesk> {
  template ??= makeTemplate()
  const folder = newFolder()
  cpSync(await template, folder, { recursive: true })
  const url = `http://localhost:${await freePort(0)}/madoguchi`
  const env = variables(folder, url)
  return {
    folder,
    env,
    url,
    tokenFile: join(folder, 'token'),
    senderKey: join(folder, 'hotline', 'sender-key.pem'),
    run: (...args) => runCommand(args, { cwd: folder, env }),
    serve: async () => {
      const running = startCommand(['serve'], { cwd: folder, env })
      await running.until(/"event":"listening"/)
      return running
    },
  }
}
