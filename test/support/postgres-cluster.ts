import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../src/cli/free-port.ts'

/** Variable with the process whose end, however it ends, is the end of its clusters. */
export const RUN_PID = 'TEST_RUN_PID'
/** A file of this name in a cluster's folder asks for the same. */
export const OVER = 'over'
const PASSWORD = 'the-password-of-the-tests'
const DEBIAN = '/usr/lib/postgresql'

/** A PostgreSQL server of our own in a temporary folder, on a free port of this machine only. */
export interface Cluster {
  readonly folder: string
  /** Of the database `postgres`, with user and password. */
  readonly url: string
  readonly start: (settings?: Readonly<Record<string, string>>) => void
  /** `immediate` is a crash. */
  readonly stop: (mode?: 'fast' | 'immediate') => void
  /** Stops it and removes everything. */
  readonly remove: () => void
}

/** Where Debian keeps the newest server, which isn't on the path; `undefined` where there is none. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined
  const versions = readdirSync(DEBIAN).map(Number)
  const newest = versions.sort((a, b) => b - a).find((version) => existsSync(bin(version)))
  return newest === undefined ? undefined : join(DEBIAN, String(newest), 'bin')
}

const bin = (version: number): string => join(DEBIAN, String(version), 'bin', 'postgres')

export function newClusterFolder(): string {
  return mkdtempSync(join(tmpdir(), 'madoguchi-postgres-'))
}

/**
 * Makes and starts a cluster whose databases sort by the rules of a language, as most do; ours doesn't.
 * A server refuses to run as root, so there the user of the Debian package runs it.
 */
export async function makeCluster(folder = newClusterFolder()): Promise<Cluster> {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const as = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
  const command = (name: string, ...args: string[]): [string, ...string[]] =>
    [...as, join(programs, name), ...args] as [string, ...string[]]
  const run = (...[program, ...args]: [string, ...string[]]): void => {
    execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD)
  run(
    ...command('initdb', '-D', data, '-U', 'desk', '--no-sync', '--encoding=UTF8'),
    ...['--locale-provider=icu', '--icu-locale=en', '--locale=C.UTF-8'],
    ...[`--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
  )
  const port = await freePort(0)
  const control = (...args: string[]): void => {
    run(...command('pg_ctl', '-D', data, '-w', '-s', '-l', join(folder, 'log'), ...args))
  }
  const start: Cluster['start'] = (settings = {}) => {
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
      ...settings,
    }
    control(
      '-o',
      Object.entries(all)
        .map(([name, value]) => `-c ${name}='${value}'`)
        .join(' '),
      'start',
    )
  }
  const stop: Cluster['stop'] = (mode = 'fast') => {
    if (existsSync(join(data, 'postmaster.pid'))) control('-m', mode, 'stop')
  }
  start()
  watch(folder, command('pg_ctl', '-D', data, '-m', 'immediate', 'stop'))
  const remove = (): void => {
    stop('immediate')
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    folder,
    url: `postgres://desk:${PASSWORD}@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove,
  }
}

/** Stops the cluster also where this run is killed and can't. */
function watch(folder: string, stop: readonly string[]): void {
  const pid = process.env[RUN_PID] ?? String(process.pid)
  const script = `folder=$1 pid=$2; shift 2
    while kill -0 "$pid" && [ -d "$folder/data" ] && [ ! -e "$folder/over" ]; do sleep 0.3; done
    [ -d "$folder/data" ] && "$@"; rm -rf "$folder"`
  spawn('sh', ['-c', script, 'watch', folder, pid, ...stop], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
  }).unref()
}

const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
