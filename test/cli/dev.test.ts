import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exampleNoticeNames } from '../../src/cli/example-files.ts'
import { newFolder, runCommand, startCommand } from '../support/command-line.ts'

it('opens a desk without settings, takes notices, and answers them', async () => {
  const cwd = newFolder()
  const run = (...args: string[]): ReturnType<typeof runCommand> => runCommand(args, { cwd })
  const dev = startCommand(['dev', '--lang', 'en'], { cwd })
  await dev.until(/Ctrl\+C ends it/)

  const sent = await run('trigger', 'yamibaito_recruitment', '--json')
  expect(sent.code).toBe(0)
  expect(JSON.parse(sent.out)).toMatchObject({
    status: 202,
    checks: { receipt_signature: true, receipt_body: true, entry_hash: true, entry_proof: true },
  })
  await dev.until(/accepted {2}ntc_/)

  const list = JSON.parse((await run('cases', 'list', '--dev', '--json')).out) as {
    items: { id: string }[]
  }
  const id = list.items[0]?.id ?? ''
  const shown = await run('cases', 'show', id, '--dev')
  expect(shown.out).toContain('この依頼への対応は任意です。')
  expect(shown.out).not.toContain('https://sns.example')
  expect((await run('cases', 'claim', id, '--dev')).code).toBe(0)
  const decided = await run(
    ...['decide', id, '--dev', '--expected-version', '1', '--action', 'remove'],
    ...['--clause', 'removal-standard/2025-04-01/3.2', '--weight', 'considered'],
  )
  expect(decided).toMatchObject({ code: 0, err: '' })
  await dev.until(/outcome {3}out_\S+ {2}Removed/, 15_000)
  await dev.until(/notice → decision → outcome/)
  expect(dev.text()).not.toContain('✗')

  expect(JSON.parse((await run('ledger', 'verify', '--dev', '--json')).out)).toMatchObject({
    ok: true,
  })
  expect((await run('outbox', 'list', '--dev')).out).toContain('受領確認済み')
  dev.child.kill('SIGINT')
  expect(await dev.ended).toMatchObject({ code: 0 })
})

it('shows how wrong requests are refused', async () => {
  const cwd = newFolder()
  const dev = startCommand(['dev'], { cwd })
  await dev.until(/Ctrl\+C/)
  const wrongs = [
    ['body_hash_mismatch', ['--tamper', 'body']],
    ['signature_rejected', ['--tamper', 'signature']],
    ['signature_rejected', ['--tamper', 'claims']],
    ['signature_rejected', ['--unknown-key']],
    ['signature_missing', ['--no-sign']],
    ['time_skew', ['--skew', '900']],
    ['time_skew', ['--skew=-900']],
  ] as const
  for (const [code, faults] of wrongs) {
    const ran = await runCommand(['trigger', 'handgun_sale', '--json', ...faults], { cwd })
    expect(JSON.parse(ran.out)).toMatchObject({ code })
    expect(ran.code).toBe(0)
  }
})

it('says what had to come and what came, and ends with 1 where they differ', async () => {
  const cwd = newFolder()
  const run = (...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(['trigger', ...args], { cwd })
  const dev = startCommand(['dev'], { cwd })
  await dev.until(/Ctrl\+C/)
  const refused = await run('handgun_sale', '--tamper', 'claims', '--lang', 'en')
  expect(refused).toMatchObject({ code: 0 })
  expect(refused.out).toContain('✓ as expected: 401 refused signature_rejected')
  const replay = await run('handgun_sale', '--replay', '--json')
  expect(replay.code).toBe(0)
  const [first, again] = replay.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect([first, again]).toMatchObject([{ replayed: false }, { replayed: true }])
  // A clock that is off by less than is tolerated is taken, and that is said to be right.
  expect((await run('handgun_sale', '--skew=-300')).out).toContain('✓ 想定どおり: 202 受付')
  const started = performance.now()
  const many = await run('handgun_sale', '--count', '3', '--rate', '2/s', '--test', '--json')
  expect([many.code, many.out.trim().split('\n').length]).toEqual([0, 3])
  expect(performance.now() - started).toBeGreaterThan(1_000)
  const listed = await runCommand(['cases', 'list', '--dev', '--tests', '--json'], { cwd })
  expect((JSON.parse(listed.out) as { items: unknown[] }).items).not.toEqual([])

  const keys = await runCommand(['keys', 'list', 'https://hotline.example/', '--dev', '--json'], {
    cwd,
  })
  const kid = /"kid":"([\w-]+)"/.exec(keys.out)?.[1] ?? ''
  const revoked = await runCommand(['keys', 'revoke', 'https://hotline.example/', kid, '--dev'], {
    cwd,
  })
  expect(revoked).toMatchObject({ code: 0 })
  const surprised = await run('handgun_sale', '--lang', 'en')
  expect(surprised.code).toBe(1)
  expect(surprised.out).toContain('✗ not as expected, which was: 202 accepted')
})

it('is no tool to flood anybody with', async () => {
  const cwd = newFolder()
  const dev = startCommand(['dev'], { cwd })
  await dev.until(/Ctrl\+C/)
  const elsewhere = ['--to', 'https://desk.example/madoguchi']
  for (const args of [
    ['--count', '1001'],
    ['--rate', '51/s'],
    ['--rate', '0'],
    ['--tamper', 'body', '--no-sign'],
    ['--replay', '--skew', '900'],
    elsewhere,
    [...elsewhere, '--confirm-host', 'other.example'],
    ['--to', 'http://desk.example/madoguchi', '--confirm-host', 'desk.example'],
    [...elsewhere, '--confirm-host', 'desk.example', '--count', '21'],
    [...elsewhere, '--confirm-host', 'desk.example', '--rate', '2/s'],
  ]) {
    const ran = await runCommand(['trigger', 'handgun_sale', '--lang', 'en', ...args], { cwd })
    expect([ran.code, ran.out], args.join(' ')).toEqual([2, ''])
  }
})

it('keeps keys and tokens for the folder, for its owner only', async () => {
  const cwd = newFolder()
  const files = ['signing-key.pem', 'log-key.pem', 'hotline-key.pem', 'tokens.json']
  const contents: string[] = []
  for (let times = 0; times < 2; times += 1) {
    const dev = startCommand(['dev'], { cwd })
    await dev.until(/Ctrl\+C/)
    dev.child.kill('SIGTERM')
    expect(await dev.ended).toMatchObject({ code: 0 })
    contents.push(files.map((file) => readFileSync(join(cwd, '.madoguchi', file), 'utf8')).join())
    for (const secret of contents.at(-1)?.match(/mdgo_[\w-]+|MI[\w+/]{20,}/g) ?? [])
      expect(dev.text()).not.toContain(secret)
  }
  expect(contents[0]).toBe(contents[1])
  for (const file of files)
    expect(statSync(join(cwd, '.madoguchi', file)).mode & 0o777, file).toBe(0o600)
})

it('names the notices that can be sent', async () => {
  const { out, code } = await runCommand(['trigger', '--help'], { cwd: newFolder() })
  expect(code).toBe(0)
  expect(exampleNoticeNames().length).toBeGreaterThan(3)
  for (const name of exampleNoticeNames()) expect(out).toContain(name)
})
