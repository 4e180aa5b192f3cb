import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { runCommand, startCommand } from '../support/command-line.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

const HOTLINE = 'https://hotline.example/'

it('works on the store directly while no server runs', async () => {
  const desk = await newCommandDesk()
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const ran = await desk.run(...args, '--json')
    expect(ran, args.join(' ')).toMatchObject({ code: 0, err: '' })
    return JSON.parse(ran.out) as Record<string, unknown>
  }
  expect(await json('senders', 'list')).toMatchObject({ items: [{ id: HOTLINE, state: 'active' }] })
  expect(await json('senders', 'suspend', HOTLINE)).toMatchObject({ state: 'suspended' })
  expect(await json('senders', 'activate', HOTLINE)).toMatchObject({ state: 'active' })
  const { keys } = (await json('senders', 'show', HOTLINE)) as { keys: { kid: string }[] }
  const kid = keys[0]?.kid ?? ''
  expect(await json('keys', 'list', HOTLINE)).toMatchObject({ items: [{ kid, state: 'active' }] })
  expect(await json('keys', 'revoke', HOTLINE, kid)).toMatchObject({ kid, state: 'revoked' })
  expect(await json('standards', 'list')).toMatchObject({
    items: [{ id: 'removal-standard', in_force: true }],
  })
  const { items } = (await json('operators', 'list')) as { items: { id: string }[] }
  expect(items).toMatchObject([{ name: 'tantou-a', role: 'reviewer' }])
  expect(JSON.stringify(items)).not.toContain('mdgo_')
  expect(await json('cases', 'list', '--as', 'tantou-a')).toMatchObject({ items: [] })
  expect(await json('outbox', 'list')).toMatchObject({ items: [] })
  expect(await json('ledger', 'verify')).toMatchObject({ ok: true })
  expect(await json('ledger', 'proof', '0')).toMatchObject({
    text: expect.stringContaining('c2sp.org/tlog-proof@v1') as string,
  })
  expect(await json('ledger', 'checkpoint')).toHaveProperty('text')
  expect(await json('db', 'migrate')).toEqual({ ok: true })
  expect(await json('db', 'status')).toMatchObject({ notices: 0 })
  expect(await json('doctor')).toMatchObject({ ok: true })
  const [operator] = items
  expect(await json('operators', 'remove', operator?.id ?? '')).toMatchObject({ state: 'removed' })
})

it('gives access from outside for a time, and shows auditors who read what', async () => {
  const desk = await newCommandDesk()
  const add = (...args: string[]): ReturnType<typeof desk.run> =>
    desk.run('operators', 'add', 'council', '--role', 'external_auditor', ...args)
  const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  const period = ['--from', '2026-01-01', '--to', '2026-01-31']
  expect((await add(...period, '--until', soon)).code).toBe(2)
  expect((await add(...period, '--until', 'soon', '--size', '5')).code).toBe(2)
  const tooLong = await add(...period, '--until', '2999-01-01', '--size', '5', '--json')
  expect(JSON.parse(tooLong.out)).toMatchObject({ error: { code: 'invalid_input' } })
  const added = await add(...period, '--until', soon, '--size', '5', '--json')
  expect(JSON.parse(added.out)).toMatchObject({
    role: 'external_auditor',
    sample_id: expect.stringMatching(/^smp_/) as string,
    expires_at: expect.stringMatching(/T15:00:00\.000Z$/) as string,
  })
  expect((await desk.run('operators', 'add', 'kansa', '--role', 'auditor')).code).toBe(0)
  expect((await desk.run('cases', 'list', '--state', 'decided', '--as', 'kansa')).code).toBe(0)
  const readings = await desk.run('operators', 'readings', '--as', 'kansa', '--json')
  expect(JSON.parse(readings.out)).toMatchObject({
    items: [{ operator: 'kansa', what: 'search', subject: 'state=decided', times: 1 }],
  })
  const told = await desk.run('operators', 'readings', '--as', 'kansa', '--what', 'search')
  expect(told.out).toContain('kansa')
  expect((await desk.run('operators', 'readings', '--as', 'council')).code).toBe(1)
  expect((await desk.run('operators', 'readings', '--as', 'kansa', '--since', 'x')).code).toBe(2)
  const unknown = 'cas_01920000-0000-7000-8000-000000000000'
  const names = await desk.run('cases', 'names', unknown, '--as', 'kansa', '--json')
  expect(JSON.parse(names.out)).toMatchObject({ error: { code: 'not_found' } })
})

it('reads the same in both languages', async () => {
  const desk = await newCommandDesk()
  for (const args of [
    ['senders', 'list'],
    ['operators', 'list'],
    ['standards', 'list'],
    ['doctor'],
  ]) {
    const [ja, en] = [await desk.run(...args), await desk.run(...args, '--lang', 'en')]
    expect([ja.code, en.code], args.join(' ')).toEqual([0, 0])
    expect(ja.out.split('\n').length).toBe(en.out.split('\n').length)
    expect(ja.out).not.toBe(en.out)
  }
})

it('doctor shows where a process runs in another mode than the settings say', async () => {
  const desk = await newCommandDesk()
  const modeOf = async (env = desk.env): Promise<unknown> => {
    const { out } = await runCommand(['doctor', '--json'], { cwd: desk.folder, env })
    const { findings } = JSON.parse(out) as { findings: { id: string; state: string }[] }
    return findings.find(({ id }) => id === 'mode')?.state
  }
  const observing = { ...desk.env, MADOGUCHI_MODE: 'observe' }
  expect([await modeOf(), await modeOf(observing)]).toEqual(['ok', 'advice'])
  const serving = startCommand(['serve'], { cwd: desk.folder, env: observing })
  await serving.until(/"event":"listening"/)
  expect([await modeOf(), await modeOf(observing)]).toEqual(['advice', 'ok'])
  serving.child.kill('SIGTERM')
  await serving.ended
}, 60_000)

it('says who acts, and never guesses', async () => {
  const desk = await newCommandDesk()
  expect((await desk.run('cases', 'list')).code).toBe(2)
  const unknown = await desk.run('cases', 'list', '--as', 'nobody')
  expect(unknown.code).toBe(1)
  expect(unknown.err).toContain('operators list')
})

it('ends with 1 and the code for what the desk refuses', async () => {
  const desk = await newCommandDesk()
  const again = await desk.run('senders', 'add', exampleFile('senders/hotline.json'), '--json')
  expect(again.code).toBe(1)
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'already' } })
  const wrong = await desk.run('standards', 'publish', exampleFile('senders/hotline.json'))
  expect(wrong.code).toBe(1)
  expect(wrong.err).toContain('invalid_input')
  expect((await desk.run('ledger', 'proof', '9999')).code).toBe(1)
})

it('writes keys for their owner only, shows none, and overwrites none', async () => {
  const desk = await newCommandDesk()
  for (const file of ['keys/signing-key.pem', 'keys/log-key.pem', 'hotline/sender-key.pem'])
    expect(statSync(join(desk.folder, file)).mode & 0o777, file).toBe(0o600)
  const again = await runCommand(['keys', 'generate', '--out', 'keys'], { cwd: desk.folder })
  expect(again.code).toBe(1)
  const fresh = await runCommand(['keys', 'generate', '--out', 'more'], { cwd: desk.folder })
  expect(fresh.out).toContain('MADOGUCHI_SIGNING_KEY_FILE=more/signing-key.pem')
  expect(fresh.out + fresh.err).not.toContain('PRIVATE KEY')
})

it('goes through the running server, or refuses naming its process and both ways out', async () => {
  const desk = await newCommandDesk()
  const serve = await desk.serve()
  const held = await desk.run('cases', 'list', '--as', 'tantou-a')
  expect(held.code).toBe(1)
  expect(held.err).toContain(`pid ${String(serve.child.pid)}`)
  expect(held.err).toContain('--url')
  expect(held.err).toContain(`kill ${String(serve.child.pid)}`)
  const asJson = await desk.run('senders', 'list', '--json')
  expect(JSON.parse(asJson.out)).toMatchObject({
    error: { code: 'locked_by_other_process', details: { pid: serve.child.pid } },
  })
  const through = ['--url', desk.url, '--token-file', desk.tokenFile]
  const two = join(desk.folder, 'two-tokens')
  writeFileSync(two, `mdgo_${'A'.repeat(43)}\nmdgo_${'B'.repeat(43)}\n`)
  expect(
    await desk.run('cases', 'list', '--url', desk.url, '--token-file', two, '--lang', 'en'),
  ).toMatchObject({ code: 2, err: expect.stringContaining('no token') as string })
  expect(await desk.run('cases', 'list', ...through, '--json')).toMatchObject({ code: 0, err: '' })
  const notAllowed = await desk.run('operators', 'list', ...through)
  expect(notAllowed.code).toBe(1)
  expect(notAllowed.err).toContain('not_allowed')
  expect(await desk.run('ledger', 'verify')).toMatchObject({ code: 0 })
  expect(await desk.run('doctor', '--url', desk.url)).toMatchObject({ code: 0 })
})

it('finds the first entry that somebody changed, and ends with 1', async () => {
  const desk = await newCommandDesk()
  const db = new DatabaseSync(join(desk.folder, 'desk.db'))
  db.exec(`update ledger_entry set bytes = cast(replace(cast(bytes as text), '"v":1', '"v":2') as blob)
    where "index" = 2`)
  db.close()
  const plain = await desk.run('ledger', 'verify', '--lang', 'en')
  expect(plain.code).toBe(1)
  expect(plain.out).toContain('#2')
  const asJson = await desk.run('ledger', 'verify', '--json')
  expect(JSON.parse(asJson.out)).toMatchObject({ ok: false, index: 2 })
})
