/**
 * Measures; asserts nothing. `npm run bench -- --startup [--rounds N]`: how long `madoguchi serve` takes
 * from its start to its listening line, and what it holds in memory when idle.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const CLI = new URL('../../dist/cli/main.js', import.meta.url).pathname
const IDLE_MS = 3_000

const { values } = parseArgs({
  options: { startup: { type: 'boolean' }, rounds: { type: 'string', default: '5' } },
})
if (values.startup !== true) {
  process.stderr.write('Usage: npm run bench -- --startup [--rounds N]\n')
  process.exitCode = 2
} else {
  await startup(Number(values.rounds))
}

async function startup(rounds) {
  const ready = []
  const memory = []
  for (let round = 0; round < rounds; round += 1) {
    const [readyMs, residentMb] = await start()
    ready.push(readyMs)
    memory.push(residentMb)
  }
  process.stdout.write(`node ${process.version}, ${String(rounds)} rounds: median (min–max)\n`)
  process.stdout.write(`ready     ${spread(ready, 0)} ms\n`)
  process.stdout.write(`idle RSS  ${spread(memory, 1)} MB after ${String(IDLE_MS / 1000)} s\n`)
}

/** One start on a new store: milliseconds to the listening line, resident megabytes when idle. */
async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'))
  try {
    execFileSync(process.execPath, [CLI, 'keys', 'generate', '--out', folder], { stdio: 'ignore' })
    const startedAt = performance.now()
    const child = spawn(process.execPath, [CLI, 'serve'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        MADOGUCHI_STORE: `sqlite:${join(folder, 'desk.db')}`,
        MADOGUCHI_PUBLIC_URL: 'https://sns.example/madoguchi',
        MADOGUCHI_TARGET_HOSTS: 'sns.example',
        MADOGUCHI_SIGNING_KEY_FILE: join(folder, 'signing-key.pem'),
        MADOGUCHI_LOG_KEY_FILE: join(folder, 'log-key.pem'),
        MADOGUCHI_PORT: '0',
        MADOGUCHI_OPS_PORT: '0',
      },
    })
    const lines = createInterface({ input: child.stdout })
    for await (const line of lines) if (line.includes('listening')) break
    const readyMs = performance.now() - startedAt
    await new Promise((resume) => setTimeout(resume, IDLE_MS))
    const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8')
    const residentMb = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024
    child.kill('SIGTERM')
    await once(child, 'exit')
    return [readyMs, residentMb]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function spread(figures, digits) {
  const sorted = [...figures].sort((a, b) => a - b)
  const show = (figure) => figure.toFixed(digits)
  return `${show(sorted[sorted.length >> 1])} (${show(sorted[0])}–${show(sorted.at(-1))})`
}
