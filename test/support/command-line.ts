import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly child: ChildProcess
  /** What was printed so far. */
  text(): string
  /** Waits until the output fits. */
  until(pattern: RegExp, ms?: number): Promise<string>
  readonly ended: Promise<Ran>
}

export type Variables = Readonly<Record<string, string>>

/** The environment of a child: ours without settings, and the given ones. */
function environment(variables: Variables): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MADOGUCHI_'))
  return { ...Object.fromEntries(own), ...variables }
}

/** Starts a Node program as a child; it is killed when the test ends. */
export function startNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Variables },
): Running {
  const child = spawn(process.execPath, [...args], {
    cwd: options.cwd,
    env: environment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    tell()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    tell()
  })
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, out, err })
    })
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const until = (pattern: RegExp, ms = 10_000): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`not printed: ${String(pattern)}\n${out}\n${err}`))
      }, ms)
      const look = (): void => {
        const found = pattern.exec(out + err)
        if (found === null) return
        clearTimeout(timer)
        listeners.delete(look)
        resolve(found[1] ?? found[0])
      }
      listeners.add(look)
      look()
    })
  return { child, ended, until, text: () => out + err }
}

/** Starts `madoguchi …` from `dist`. */
export function startCommand(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Variables },
): Running {
  return startNode([MAIN, ...args], options)
}

/** Runs `madoguchi …` to its end. */
export function runCommand(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Variables },
): Promise<Ran> {
  return startCommand(args, options).ended
}

/** A folder of its own, gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-cli-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
