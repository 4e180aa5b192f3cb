import { spawn } from 'node:child_process'
import { copyFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { newFolder } from './command-line.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A folder that looks like a clone after `npm ci`; what is written stays in it. */
export function newClone(): string {
  const folder = newFolder()
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  for (const name of ['dist', 'examples', 'node_modules', 'schemas'])
    symlinkSync(join(ROOT, name), join(folder, name))
  return folder
}

/** A shell that runs lines as they are pasted; it ends, with all that it started, with the test. */
export interface PastedShell {
  text(): string
  /** Waits until the output fits; fails where the shell ends before. */
  until(pattern: RegExp): Promise<void>
  /** The exit code. */
  readonly ended: Promise<number | null>
}

/** Pastes lines into a shell that stops at the first one that fails. Ports are free ones. */
export function paste(lines: string, cwd: string): PastedShell {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('MADOGUCHI_') && !name.startsWith('npm_'),
  )
  const child = spawn('bash', ['-e', '-c', lines], {
    cwd,
    detached: true,
    env: { ...Object.fromEntries(own), MADOGUCHI_PORT: '0', MADOGUCHI_OPS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let isOver = false
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      isOver = true
      resolve(code)
    })
  })
  onTestFinished(async () => {
    if (!isOver && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
  })
  const until = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(text)) {
      if (isOver) throw new Error(`ended before ${String(pattern)}:\n${text}`)
      await new Promise((resume) => setTimeout(resume, 50))
    }
  }
  return { ended, until, text: () => text }
}
