import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { KeyObject } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { exportPrivateKeyPem } from '../../src/signing/key-pem.ts'
import { thumbprint } from '../../src/signing/jwk.ts'
import { makeRequestToken } from '../../src/signing/make-request.ts'
import { queueUrlIn, storeUrlIn } from '../support/backing.ts'
import { HOTLINE, ISSUER, publicJwk, type DeskKeys } from '../support/desk.ts'

const CHILD = fileURLToPath(new URL('desk-child.ts', import.meta.url))

/** A running front desk in another process. */
export interface ChildDesk {
  readonly process: ChildProcess
  readonly port: number
  /** Of the desk itself, under whatever wrapper. */
  readonly pid: number
}

/** Starts `desk-child.ts` on a folder; `wrapper` goes before the command, e.g. strace and its options. */
export async function startChild(
  folder: string,
  keys: DeskKeys,
  env: Readonly<Record<string, string>> = {},
  wrapper: readonly string[] = [],
): Promise<ChildDesk> {
  const [program, ...args] = [...wrapper, process.execPath, CHILD] as unknown as [
    string,
    ...string[],
  ]
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DESK_FOLDER: folder,
      DESK_STORE: await storeUrlIn(folder),
      DESK_QUEUE: await queueUrlIn(folder),
      DESK_SIGNING: exportPrivateKeyPem(keys.signing),
      DESK_LOG: exportPrivateKeyPem(keys.log),
      ...env,
    },
  })
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the desk ended with ${String(code)} before it listened`)
    }),
  ])
  const { port, pid } = JSON.parse(line) as { port: number; pid: number }
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(pid, 'SIGKILL')
  })
  return { process: child, port, pid }
}

let tokens = 0

/** Signs a notice as the hotline and posts it. Answers with the status, or throws as the connection does. */
export async function post(port: number, key: KeyObject, notice: unknown): Promise<number> {
  const body = new TextEncoder().encode(JSON.stringify(notice))
  tokens += 1
  const token = await makeRequestToken({
    privateKey: key,
    kid: thumbprint(publicJwk(key)),
    issuer: HOTLINE,
    audience: ISSUER,
    method: 'POST',
    url: `${ISSUER}/v1/notices`,
    body,
    contentType: 'application/json',
    now: Date.now(),
    jti: `chaos-${String(process.pid)}-${String(tokens).padStart(12, '0')}`,
  })
  const answer = await fetch(`http://127.0.0.1:${String(port)}/madoguchi/v1/notices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  })
  await answer.arrayBuffer()
  return answer.status
}
