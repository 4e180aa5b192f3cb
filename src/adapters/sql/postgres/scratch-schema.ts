import { randomUUID } from 'node:crypto'
import { PostgresConnection } from './postgres-connection.ts'

/** A schema beside what the database holds; nothing outside of it is read or changed through its URL. */
export interface ScratchSchema {
  /** The same database, by that schema alone. */
  readonly url: string
  /** Removes it with all that is in it. */
  drop(): Promise<void>
}

/**
 * Makes an empty schema in a database, for what is thrown away afterwards.
 *
 * @throws StoreUnavailable `no_permission` where the user may not create one, and others.
 */
export async function createScratchSchema(url: string): Promise<ScratchSchema> {
  const name = `madoguchi_scratch_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string): Promise<void> => {
    const connection = await PostgresConnection.open(url)
    try {
      await connection.run(statement, [])
    } finally {
      await connection.close()
    }
  }
  await run(`create schema "${name}"`)
  const inside = new URL(url)
  inside.searchParams.set('options', `-c search_path=${name}`)
  return { url: inside.href, drop: () => run(`drop schema "${name}" cascade`) }
}
