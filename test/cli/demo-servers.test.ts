import { expect, it } from 'vitest'
import { newFolder, runCommand } from '../support/command-line.ts'
import { runSql, testDatabase } from '../support/postgres.ts'
import { freshRedis } from '../support/redis.ts'

it('shows the same on PostgreSQL and Redis by two variables, twice, and leaves a live desk alone', async () => {
  const database = await testDatabase({ isEmpty: true })
  const redis = await freshRedis()
  const env = { MADOGUCHI_STORE: database, MADOGUCHI_QUEUE: redis.url }
  const run = (...args: string[]) => runCommand(args, { cwd: newFolder(), env })
  expect(await run('db', 'migrate')).toMatchObject({ code: 0, err: '' })
  for (const lang of ['ja', 'en']) {
    const ran = await run('demo', '--lang', lang)
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).not.toContain('✗')
    expect(ran.out.match(/✓/g)?.length).toBeGreaterThan(30)
  }
  const schemas = await runSql(
    database,
    "select nspname from pg_namespace where nspname like 'madoguchi%'",
  )
  expect(schemas).toEqual([])
  expect(await runSql(database, 'select count(*)::int as n from notice')).toEqual([{ n: 0 }])
  expect(await redis.dump()).toContain('madoguchi:')
}, 120_000)
