import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import { migratePostgresStore } from '../../src/adapters/sql/postgres/open-postgres-store.ts'
import { makeCluster } from './postgres-cluster.ts'
import { SHARED_FOLDER } from './postgres-once.ts'

const TEMPLATE = 'migrated'
/** An object is in use: the process of the last connection to a template takes a moment to go. */
const IN_USE = '55006'

export interface Database {
  /** With user and password; for `MADOGUCHI_STORE`. */
  readonly url: string
  /** Removes it, whoever is connected. Done by itself when the test ends, if it was made in one. */
  readonly drop: () => Promise<void>
}

/**
 * A database of its own on the one server of this test run, with tables that are up to date.
 *
 * @param options.isEmpty Without any table.
 */
export async function freshPostgres({ isEmpty = false } = {}): Promise<Database> {
  const server = await sharedServer()
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  await createDatabase(server, name, isEmpty ? 'template0' : TEMPLATE)
  const drop = (): Promise<void> =>
    runSql(server, `drop database if exists ${name} with (force)`).then(() => undefined)
  return { url: databaseUrl(server, name), drop }
}

/** The same, gone when the test ends. */
export async function testDatabase(options?: { isEmpty?: boolean }): Promise<string> {
  const { url, drop } = await freshPostgres(options)
  onTestFinished(drop)
  return url
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Makes a database by hand, e.g. on a server of one's own. */
export async function createDatabase(
  server: string,
  name: string,
  template: string,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await runSql(server, `create database ${name} template ${template} strategy file_copy`)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== IN_USE || tries === 50) throw error
      await pause(50)
    }
  }
}

/** Runs one statement on a connection of its own; for what a store doesn't do. */
export async function runSql(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

let known: Promise<string> | undefined

/** Whoever is first starts the server; the others of this run, in whatever process, wait for it. */
function sharedServer(): Promise<string> {
  known ??= findOrStart(process.env[SHARED_FOLDER] ?? '')
  return known
}

async function findOrStart(folder: string): Promise<string> {
  const announcement = join(folder, 'url')
  if (isFirst(folder)) {
    const { url } = await makeCluster(folder)
    await createDatabase(url, TEMPLATE, 'template0')
    await migratePostgresStore({ url: databaseUrl(url, TEMPLATE) })
    writeFileSync(`${announcement}.new`, url)
    renameSync(`${announcement}.new`, announcement)
  }
  for (let tries = 0; !existsSync(announcement); tries += 1) {
    if (tries === 300) throw new Error('the PostgreSQL server of the tests did not start')
    await pause(100)
  }
  return readFileSync(announcement, 'utf8')
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'))
    return true
  } catch {
    return false
  }
}
