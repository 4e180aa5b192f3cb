import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { SecretText } from '../../src/config/secret-text.ts'
import { moveStore } from '../../src/open-store.ts'
import { runCommand, startCommand, type Ran } from '../support/command-line.ts'
import { noticeOf } from '../support/fixtures.ts'
import { runSql, testDatabase } from '../support/postgres.ts'
import { newCommandDesk, type CommandDesk } from '../support/served-desk.ts'

const DESK_MS = 90_000
type Answer = Record<string, unknown>

async function newDatabase(desk: CommandDesk): Promise<{ url: string; file: string }> {
  const url = await testDatabase()
  const file = join(desk.folder, 'database-url')
  writeFileSync(file, `${url}\n`)
  return { url, file }
}

const sendTo = (desk: CommandDesk): readonly string[] => {
  const file = join(desk.folder, 'notice.json')
  writeFileSync(file, JSON.stringify(noticeOf('yamibaito_recruitment', { id: 'moved-later' })))
  const iss = ['--iss', 'https://hotline.example/']
  return ['send', file, '--key', desk.senderKey, ...iss, '--to', desk.url, '--json']
}

const answerOf = ({ code, out, err }: Ran): Answer => {
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Answer
}

it(
  'moves the record to a database, where the desk goes on with the same ledger and receipts',
  async () => {
    const desk = await newCommandDesk()
    const serving = await desk.serve()
    const first = answerOf(await desk.run(...sendTo(desk)))
    expect(await desk.run('db', 'move', '--to', 'postgres://nobody@127.0.0.1:1/x')).toMatchObject({
      code: 1,
      err: expect.stringContaining(String(serving.child.pid)) as string,
    })
    serving.child.kill('SIGTERM')
    await serving.ended

    const { url, file } = await newDatabase(desk)
    const moved = answerOf(await desk.run('db', 'move', '--to-file', file, '--json'))
    const state = new DatabaseSync(join(desk.folder, 'desk.db'), { readOnly: true })
    const { size } = state.prepare('select size from ledger_state').get() as { size: number }
    const last = state.prepare('select max(seq) as seq from event').get() as { seq: number }
    expect(moved).toEqual({ ok: true, entries: size })

    const env = { ...desk.env, MADOGUCHI_STORE: url }
    const options = { cwd: desk.folder, env }
    answerOf(await runCommand(['ledger', 'verify', '--json'], options))
    const again = startCommand(['serve'], options)
    await again.until(/"event":"listening"/)
    const replayed = answerOf(await desk.run(...sendTo(desk)))
    expect(replayed).toMatchObject({ id: first['id'], replayed: true, receipt: first['receipt'] })
    again.child.kill('SIGTERM')
    await again.ended
    // What came before keeps its place in the order of events; what comes is beyond it.
    answerOf(
      await runCommand(['senders', 'suspend', 'https://hotline.example/', '--json'], options),
    )
    const events = await runSql(url, 'select seq::int as seq from event order by seq')
    expect(events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: events.length }, (_, at) => at + 1),
    )
    expect(events.length).toBeGreaterThan(last.seq)

    expect(answerOf(await runCommand(['db', 'status', '--json'], options))['moved']).toBe(false)
    expect(answerOf(await desk.run('db', 'status', '--json'))['moved']).toBe(true)
    expect((await desk.run('db', 'status')).out).toContain('控え')
    // The file stays to be read, and no desk writes to it, nor is it moved twice.
    answerOf(await desk.run('ledger', 'verify', '--json'))
    for (const command of [['serve'], ['db', 'move', '--to-file', file]]) {
      const { code, err } = await desk.run(...command, '--lang', 'en')
      expect([code, err]).toEqual([1, expect.stringContaining('moved')])
    }
  },
  DESK_MS,
)

it(
  'leaves nothing in the database where it is not empty, or the ledger does not fit',
  async () => {
    const desk = await newCommandDesk()
    const { url, file } = await newDatabase(desk)
    const move = async (): Promise<unknown[]> => {
      const { code, out } = await desk.run('db', 'move', '--to-file', file, '--json')
      return [code, (JSON.parse(out) as { error: { code: string } }).error.code]
    }
    await runSql(url, "insert into setting (name, value) values ('something', 'there')")
    expect(await move()).toEqual([1, 'not_empty'])
    await runSql(url, 'delete from setting')

    const source = new DatabaseSync(join(desk.folder, 'desk.db'))
    const entries = source.prepare('select count(*) as n from ledger_entry').get()
    source.exec(`update ledger_entry set bytes = cast(bytes || ' ' as blob) where "index" = 1`)
    expect(await move()).toEqual([1, 'copy_differs'])
    for (const table of ['setting', 'ledger_entry', 'event', 'sender'])
      expect(await runSql(url, `select count(*)::int as n from ${table}`)).toEqual([{ n: 0 }])
    expect(source.prepare('select count(*) as n from ledger_entry').get()).toEqual(entries)
    source.exec(`update ledger_entry set bytes = substr(bytes, 1, length(bytes) - 1)
      where "index" = 1`)
    source.close()
    expect(answerOf(await desk.run('db', 'move', '--to', url, '--json'))).toMatchObject({
      ok: true,
    })
  },
  DESK_MS,
)

it('is told from where and where to', async () => {
  const desk = await newCommandDesk()
  for (const to of [[], ['--to', 'sqlite:other.db'], ['--to', 'postgres://nowhere']])
    expect(await desk.run('db', 'move', ...to)).toMatchObject({ code: 2 })
}, 60_000)

it(
  'which breaks off at the commit leaves neither store to go on, and is ended by moving again',
  async () => {
    const desk = await newCommandDesk()
    const { url, file } = await newDatabase(desk)
    const path = join(desk.folder, 'desk.db')
    const from = { kind: 'sqlite', path } as const
    const to = { kind: 'postgres', url: new SecretText(url) } as const
    const cutOff = moveStore(from, to, async () => {
      await runSql(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      )
      return true
    })
    await expect(cutOff).rejects.toThrow('commit')
    expect(await runSql(url, 'select count(*)::int as n from setting')).toEqual([{ n: 0 }])
    const refused = await desk.run('serve', '--lang', 'en')
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('moving')])
    const mark = (): unknown => {
      const db = new DatabaseSync(path)
      const row = db.prepare("select value from setting where name = 'store.moved'").get()
      db.close()
      return row?.['value']
    }
    expect(mark()).toBe('moving')
    const moved = answerOf(await desk.run('db', 'move', '--to-file', file, '--json'))
    expect(mark()).toBe('postgres')
    expect(await runSql(url, "select 1 as n from setting where name = 'store.moved'")).toEqual([])

    // Committed, and broken off before that was written down; the database may be at work by now.
    const db = new DatabaseSync(path)
    db.exec("update setting set value = 'moving' where name = 'store.moved'")
    db.close()
    const other = await newDatabase(desk)
    const options = { cwd: desk.folder, env: { ...desk.env, MADOGUCHI_STORE: url } }
    answerOf(
      await runCommand(['senders', 'suspend', 'https://hotline.example/', '--json'], options),
    )
    await runSql(other.url, "insert into ledger_state (name, size, root) values ('ledger', 0, '')")
    const { code, out } = await desk.run('db', 'move', '--to-file', other.file, '--json')
    expect([code, JSON.parse(out)]).toMatchObject([1, { error: { code: 'not_empty' } }])
    expect(mark()).toBe('moving')
    writeFileSync(file, url)
    expect(answerOf(await desk.run('db', 'move', '--to-file', file, '--json'))).toEqual(moved)
    expect(mark()).toBe('postgres')
  },
  DESK_MS,
)
